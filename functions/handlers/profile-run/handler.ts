import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openCatalogueStore } from '../../adapters/catalogue/catalogue-store.ts';
import { openClients } from '../../adapters/clients/clients.ts';
import { openOwnerDirectory } from '../../adapters/owners/owner-directory.ts';
import { openRunResults } from '../../adapters/runs/run-results.ts';
import { readConfiguration, SERVICE_VARIABLES } from '../../runtime/configuration.ts';
import { opened } from '../../runtime/lazy.ts';
import { logger } from '../../runtime/logging.ts';
import { RUN_KINDS } from '../../use-cases/catalogue/run-kinds.ts';
import { openService } from '../../use-cases/service/open-service.ts';
import { makeProfileRun } from './recipe.ts';

const configuration = readConfiguration([...SERVICE_VARIABLES, 'resultsBucket', 'ownersPerSlice', 'ownersPerSecond']);
const { table, resultsBucket, ownersPerSlice, ownersPerSecond } = configuration;
const service = opened(() => openService(configuration));
const dynamo = new DynamoDBClient();
const clients = openClients(dynamo, table);
const kept = {
  kinds: RUN_KINDS,
  store: openCatalogueStore(dynamo, table),
  directory: openOwnerDirectory(dynamo, table),
  results: openRunResults(resultsBucket),
  getClient: clients.getClient,
  ownersPerSlice,
  ownersPerSecond,
  onFailure: (error: unknown) => logger.error('an owner could not be visited', error as Error),
};

/** A task of the state machine: plan, visit, finish. */
export const handler = makeProfileRun(async () => ({ ...kept, service: await service() }));
