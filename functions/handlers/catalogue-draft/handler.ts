import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openBuiltInCatalogue } from '../../adapters/catalogue/built-in-catalogue.ts';
import { openCatalogueStore } from '../../adapters/catalogue/catalogue-store.ts';
import { leanClient } from '../../adapters/sdk/lean-client.ts';
import { systemClock } from '../../runtime/clock.ts';
import { readConfiguration } from '../../runtime/configuration.ts';
import { openDrafts } from '../../use-cases/catalogue/drafts.ts';
import { makeCatalogueDraft } from './recipe.ts';

const { table } = readConfiguration(['table']);

export const handler = makeCatalogueDraft(
  openDrafts({
    store: openCatalogueStore(leanClient(DynamoDBClient), table),
    builtIn: openBuiltInCatalogue(),
    now: systemClock,
  }),
);
