import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { openCatalogueStore } from '../../adapters/catalogue/catalogue-store.ts';
import { openAnnouncer } from '../../adapters/changes/announcer.ts';
import { openClients } from '../../adapters/clients/clients.ts';
import { openOwnerDirectory } from '../../adapters/owners/owner-directory.ts';
import { openRunResults } from '../../adapters/runs/run-results.ts';
import type { Run } from '../../adapters/runs/run-store.ts';
import { leanClient } from '../../adapters/sdk/lean-client.ts';
import { openErasures } from '../../adapters/segments/erasures.ts';
import { openSnapshotFiles } from '../../adapters/segments/snapshot-files.ts';
import { systemClock } from '../../runtime/clock.ts';
import { readConfiguration, WRITER_VARIABLES } from '../../runtime/configuration.ts';
import { opened } from '../../runtime/lazy.ts';
import { logger } from '../../runtime/logging.ts';
import { runKinds } from '../../use-cases/catalogue/run-kinds.ts';
import { openService } from '../../use-cases/service/open-service.ts';
import { snapshotNotice } from '../../use-cases/webhooks/notices.ts';
import { openNotifier } from '../../use-cases/webhooks/open-notifier.ts';
import { makeProfileRun } from './recipe.ts';

const configuration = readConfiguration([
  ...WRITER_VARIABLES,
  'resultsBucket',
  'snapshotsBucket',
  'ownersPerSlice',
  'answersPerSlice',
  'ownersPerSecond',
  'webhookQueue',
]);
const { table, resultsBucket, snapshotsBucket, ownersPerSlice, answersPerSlice, ownersPerSecond } = configuration;
const service = opened(() => openService(configuration, undefined, openAnnouncer(configuration.changeQueue)));
const dynamo = leanClient(DynamoDBClient);
const s3 = new S3Client();
const clients = openClients(dynamo, table);
const notify = openNotifier(dynamo, configuration);
const kept = {
  kinds: runKinds({ files: openSnapshotFiles(snapshotsBucket, s3), erasures: openErasures(dynamo, table) }),
  store: openCatalogueStore(dynamo, table),
  directory: openOwnerDirectory(dynamo, table),
  results: openRunResults(resultsBucket, s3, snapshotsBucket),
  getClient: clients.getClient,
  ownersPerSlice,
  answersPerSlice,
  ownersPerSecond,
  onFinished: async (clientId: string, run: Run) => {
    if (run.kind === 'snapshot') await notify(clientId, [snapshotNotice(run, systemClock())]);
  },
  onFailure: (error: unknown) => logger.error('an owner could not be visited', error as Error),
};

/** A task of the state machine: plan, visit, finish. */
export const handler = makeProfileRun(async () => ({ ...kept, service: await service() }));
