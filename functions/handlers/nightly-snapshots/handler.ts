import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openBuiltInCatalogue } from '../../adapters/catalogue/built-in-catalogue.ts';
import { openCatalogueStore } from '../../adapters/catalogue/catalogue-store.ts';
import { openClients } from '../../adapters/clients/clients.ts';
import { openOwnerDirectory } from '../../adapters/owners/owner-directory.ts';
import { openStateMachine } from '../../adapters/runs/state-machine.ts';
import { leanClient } from '../../adapters/sdk/lean-client.ts';
import { systemClock } from '../../runtime/clock.ts';
import { readConfiguration } from '../../runtime/configuration.ts';
import { logger } from '../../runtime/logging.ts';
import { takeNightly } from '../../use-cases/segments/nightly.ts';
import { openCatalogues } from '../../use-cases/service/catalogues.ts';
import { makeNightlySnapshots } from './recipe.ts';

const { table, stateMachine, ownersPerSlice, answersPerSlice } = readConfiguration([
  'table',
  'stateMachine',
  'ownersPerSlice',
  'answersPerSlice',
]);
const dynamo = leanClient(DynamoDBClient);
const store = openCatalogueStore(dynamo, table);
const parts = {
  service: { clock: systemClock, catalogues: openCatalogues(openBuiltInCatalogue(), store.readAmendment) },
  store,
  directory: openOwnerDirectory(dynamo, table),
  machine: openStateMachine(stateMachine),
  ...openClients(dynamo, table),
  ownersPerSlice,
  answersPerSlice,
  onFailure: (clientId: string, error: unknown) =>
    logger.error('the snapshot of the night could not be started', { clientId, error: error as Error }),
};

export const handler = makeNightlySnapshots({ takeNightly: () => takeNightly(parts) });
