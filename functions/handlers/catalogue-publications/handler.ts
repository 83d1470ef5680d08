import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openBuiltInCatalogue } from '../../adapters/catalogue/built-in-catalogue.ts';
import { openCatalogueStore } from '../../adapters/catalogue/catalogue-store.ts';
import { openClients } from '../../adapters/clients/clients.ts';
import { openOwnerDirectory } from '../../adapters/owners/owner-directory.ts';
import { openRunResults } from '../../adapters/runs/run-results.ts';
import { openStateMachine } from '../../adapters/runs/state-machine.ts';
import { leanClient } from '../../adapters/sdk/lean-client.ts';
import { systemClock } from '../../runtime/clock.ts';
import { readConfiguration } from '../../runtime/configuration.ts';
import { logger } from '../../runtime/logging.ts';
import { openDrafts } from '../../use-cases/catalogue/drafts.ts';
import { openPublications } from '../../use-cases/catalogue/publications.ts';
import { openAskers } from '../../use-cases/segments/asker.ts';
import { openCatalogues } from '../../use-cases/service/catalogues.ts';
import { makeCataloguePublications } from './recipe.ts';

const { table, stateMachine, resultsBucket, ownersPerSlice, callerCacheSeconds } = readConfiguration([
  'table',
  'stateMachine',
  'resultsBucket',
  'ownersPerSlice',
  'callerCacheSeconds',
]);
const dynamo = leanClient(DynamoDBClient);
const builtIn = openBuiltInCatalogue();
const store = openCatalogueStore(dynamo, table);
const drafts = openDrafts({ store, builtIn, now: systemClock });
const clients = openClients(dynamo, table);

export const handler = makeCataloguePublications({
  ...openAskers(clients),
  ...openPublications({
    service: { clock: systemClock, catalogues: openCatalogues(builtIn, store.readAmendment) },
    store,
    directory: openOwnerDirectory(dynamo, table),
    machine: openStateMachine(stateMachine),
    results: openRunResults(resultsBucket),
    builtIn,
    clients,
    readDraft: drafts.read,
    ownersPerSlice,
    callerCacheSeconds,
    onFailure: (error) => logger.error('the replay of a publication could not be started', error as Error),
  }),
});
