import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openBuiltInCatalogue } from '../../adapters/catalogue/built-in-catalogue.ts';
import { openCatalogueStore } from '../../adapters/catalogue/catalogue-store.ts';
import { openClients } from '../../adapters/clients/clients.ts';
import { openOwnerDirectory } from '../../adapters/owners/owner-directory.ts';
import { openRunResults } from '../../adapters/runs/run-results.ts';
import { openStateMachine } from '../../adapters/runs/state-machine.ts';
import { leanClient } from '../../adapters/sdk/lean-client.ts';
import { openSnapshotFiles } from '../../adapters/segments/snapshot-files.ts';
import { systemClock } from '../../runtime/clock.ts';
import { readConfiguration } from '../../runtime/configuration.ts';
import { openAskers } from '../../use-cases/segments/asker.ts';
import { openQuestions } from '../../use-cases/segments/questions.ts';
import { openSnapshots } from '../../use-cases/segments/snapshots.ts';
import { openCatalogues } from '../../use-cases/service/catalogues.ts';
import { makeSnapshots } from './recipe.ts';

const { table, stateMachine, snapshotsBucket, ownersPerSlice, answersPerSlice } = readConfiguration([
  'table',
  'stateMachine',
  'snapshotsBucket',
  'ownersPerSlice',
  'answersPerSlice',
]);
const dynamo = leanClient(DynamoDBClient);
const store = openCatalogueStore(dynamo, table);
const { getClient } = openClients(dynamo, table);
const parts = {
  service: { clock: systemClock, catalogues: openCatalogues(openBuiltInCatalogue(), store.readAmendment) },
  store,
  directory: openOwnerDirectory(dynamo, table),
  machine: openStateMachine(stateMachine),
  results: openRunResults(snapshotsBucket),
  files: openSnapshotFiles(snapshotsBucket),
  getClient,
  ownersPerSlice,
  answersPerSlice,
};

export const handler = makeSnapshots({ ...openSnapshots(parts), ...openQuestions(parts), ...openAskers(parts) });
