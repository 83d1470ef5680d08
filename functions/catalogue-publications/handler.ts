import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openBuiltInCatalogue } from '../adapters/built-in-catalogue.ts';
import { openCatalogueStore } from '../adapters/catalogue-store.ts';
import { openClients } from '../adapters/clients.ts';
import { systemClock } from '../adapters/clock.ts';
import { openOwnerDirectory } from '../adapters/owner-directory.ts';
import { openRunResults } from '../adapters/run-results.ts';
import { openStateMachine } from '../adapters/state-machine.ts';
import { readConfiguration } from '../runtime/configuration.ts';
import { logger } from '../runtime/logging.ts';
import { openCatalogues } from '../service/catalogues.ts';
import { openDrafts } from '../service/drafts.ts';
import { openPublications } from '../service/publications.ts';
import { makeCataloguePublications } from './recipe.ts';

const { table, stateMachine, resultsBucket, ownersPerSlice, callerCacheSeconds } = readConfiguration([
  'table',
  'stateMachine',
  'resultsBucket',
  'ownersPerSlice',
  'callerCacheSeconds',
]);
const dynamo = new DynamoDBClient();
const builtIn = openBuiltInCatalogue();
const store = openCatalogueStore(dynamo, table);
const drafts = openDrafts({ store, builtIn, now: systemClock });
const clients = openClients(dynamo, table);

export const handler = makeCataloguePublications(
  openPublications({
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
);
