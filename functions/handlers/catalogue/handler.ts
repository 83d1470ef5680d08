import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openBuiltInCatalogue } from '../../adapters/catalogue/built-in-catalogue.ts';
import { openCatalogueStore } from '../../adapters/catalogue/catalogue-store.ts';
import { leanClient } from '../../adapters/sdk/lean-client.ts';
import { amendmentJsonSchema } from '../../contracts/catalogue/amendment.ts';
import { readConfiguration } from '../../runtime/configuration.ts';
import { openCatalogueViews } from '../../use-cases/catalogue/views.ts';
import { openCatalogues } from '../../use-cases/service/catalogues.ts';
import { makeCatalogue } from './recipe.ts';

const { table } = readConfiguration(['table']);
const builtIn = openBuiltInCatalogue();
const store = openCatalogueStore(leanClient(DynamoDBClient), table);
const catalogues = openCatalogues(builtIn, store.readAmendment);

let schema: object | undefined;

export const handler = makeCatalogue({
  ...openCatalogueViews({ store, catalogues }),
  schema: () => (schema ??= amendmentJsonSchema([...builtIn.load().labels.keys()].sort())),
});
