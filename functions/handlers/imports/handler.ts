import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openStatementUploads } from '../../adapters/imports/statement-uploads.ts';
import { leanClient } from '../../adapters/sdk/lean-client.ts';
import { readConfiguration, SERVICE_VARIABLES } from '../../runtime/configuration.ts';
import { opened } from '../../runtime/lazy.ts';
import { importStatus, refusedImports } from '../../use-cases/imports/import-status.ts';
import { openService } from '../../use-cases/service/open-service.ts';
import { makeImports } from './recipe.ts';

const configuration = readConfiguration(SERVICE_VARIABLES);
const dynamo = leanClient(DynamoDBClient);
const service = opened(() => openService(configuration, dynamo));
const uploads = openStatementUploads(dynamo, configuration.table);

export const handler = makeImports({
  status: async (asked) => importStatus({ ...(await service()), uploads }, asked),
  refused: async (clientId, page) => refusedImports(await service(), clientId, page),
});
