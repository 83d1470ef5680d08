import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openBuiltInCatalogue } from '../../adapters/catalogue/built-in-catalogue.ts';
import { openCatalogueStore } from '../../adapters/catalogue/catalogue-store.ts';
import { leanClient } from '../../adapters/sdk/lean-client.ts';
import { readConfiguration } from '../../runtime/configuration.ts';
import { profilesFor } from '../../use-cases/catalogue/profile-list.ts';
import { openCatalogues } from '../../use-cases/service/catalogues.ts';
import { makeProfiles } from './recipe.ts';

const { table } = readConfiguration(['table']);
const { readAmendment } = openCatalogueStore(leanClient(DynamoDBClient), table);
const catalogues = openCatalogues(openBuiltInCatalogue(), readAmendment);

/** Needs the catalogue alone: no owners and no hash key. */
export const handler = makeProfiles({
  profilesFor: (clientId, settings) => profilesFor({ catalogues }, clientId, settings),
});
