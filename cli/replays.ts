/** Replays for operators: at the table and the state machine, not through the API, by the code that publications use. */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { catalogueOf } from '../functions/adapters/catalogue/built-in-catalogue.ts';
import { openCatalogueStore } from '../functions/adapters/catalogue/catalogue-store.ts';
import { openClients } from '../functions/adapters/clients/clients.ts';
import { openOwnerDirectory } from '../functions/adapters/owners/owner-directory.ts';
import { openRunResults } from '../functions/adapters/runs/run-results.ts';
import { openStateMachine } from '../functions/adapters/runs/state-machine.ts';
import type { ReplayView } from '../functions/contracts/http/catalogue.ts';
import type { Estimate } from '../functions/contracts/http/previews.ts';
import { systemClock } from '../functions/runtime/clock.ts';
import { replayOf, startReplay } from '../functions/use-cases/catalogue/publications.ts';
import { estimateRun } from '../functions/use-cases/runs/runs.ts';
import { openCatalogues } from '../functions/use-cases/service/catalogues.ts';
import { answered, clientOptions, TABLE } from './aws.ts';
import { builtInCatalogue } from './catalogue/built-in.ts';
import type { TableConnection } from './connection.ts';
import { usage } from './errors.ts';

/** Who started it, where publications name a key. */
const OPERATOR = 'operator';
/** As many as in production; only the estimate depends on it. */
const OWNERS_PER_SLICE = 300;

export type Replays = {
  readonly clientIds: () => Promise<readonly string[]>;
  readonly estimate: (clientId: string) => Promise<Estimate>;
  /** @returns the id of the run */
  readonly start: (clientId: string) => Promise<string>;
  readonly read: (clientId: string, runId: string) => Promise<ReplayView>;
  readonly close: () => void;
};

/** @throws {CliError} with the exit code that fits, from every function */
export async function openReplays({ endpoint, region, table, outputs }: TableConnection): Promise<Replays> {
  const { StateMachineArn, ResultsBucketName, StatesEndpoint, S3Endpoint } = outputs;
  if (!StateMachineArn || !ResultsBucketName) {
    throw usage('the outputs name no StateMachineArn and ResultsBucketName', 'give --outputs FILE of this release');
  }
  const dynamo = new DynamoDBClient(clientOptions(region, endpoint));
  const s3 = new S3Client({ ...clientOptions(region, S3Endpoint), forcePathStyle: Boolean(S3Endpoint) });
  const states = new SFNClient(clientOptions(region, StatesEndpoint));
  const store = openCatalogueStore(dynamo, table);
  const clients = openClients(dynamo, table);
  const builtIn = catalogueOf(await builtInCatalogue());
  const parts = {
    service: { clock: systemClock, catalogues: openCatalogues(builtIn, store.readAmendment) },
    store,
    directory: openOwnerDirectory(dynamo, table),
    machine: openStateMachine(StateMachineArn, states),
    results: openRunResults(ResultsBucketName, s3),
    getClient: clients.getClient,
    ownersPerSlice: OWNERS_PER_SLICE,
  };
  return {
    clientIds: async () => (await answered(TABLE, clients.listClients())).map(({ clientId }) => clientId),
    estimate: (clientId) => answered(TABLE, estimateRun(parts, clientId, { kind: 'replay' })),
    start: async (clientId) => (await answered(TABLE, startReplay(parts, clientId, OPERATOR))).runId,
    read: (clientId, runId) =>
      answered(
        TABLE,
        store.readRun(clientId, runId).then((run) => replayOf(parts, clientId, run)),
      ),
    close: () => {
      for (const client of [dynamo, s3, states]) client.destroy();
    },
  };
}
