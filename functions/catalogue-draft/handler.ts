import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openBuiltInCatalogue } from '../adapters/built-in-catalogue.ts';
import { openCatalogueStore } from '../adapters/catalogue-store.ts';
import { systemClock } from '../adapters/clock.ts';
import { readConfiguration } from '../runtime/configuration.ts';
import { openDrafts } from '../service/drafts.ts';
import { makeCatalogueDraft } from './recipe.ts';

const { table } = readConfiguration(['table']);

export const handler = makeCatalogueDraft(
  openDrafts({
    store: openCatalogueStore(new DynamoDBClient(), table),
    builtIn: openBuiltInCatalogue(),
    now: systemClock,
  }),
);
