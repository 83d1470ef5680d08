import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openAnnouncer } from '../../adapters/changes/announcer.ts';
import { openClients } from '../../adapters/clients/clients.ts';
import { leanClient } from '../../adapters/sdk/lean-client.ts';
import { batchFunction, OUTCOME_NAMES } from '../../runtime/batch.ts';
import { systemClock } from '../../runtime/clock.ts';
import { readConfiguration, WRITER_VARIABLES } from '../../runtime/configuration.ts';
import { opened } from '../../runtime/lazy.ts';
import { count, countBy } from '../../runtime/metrics.ts';
import { METRICS, UNKNOWN_SOURCE } from '../../runtime/names.ts';
import { openService } from '../../use-cases/service/open-service.ts';
import { openNotifier } from '../../use-cases/webhooks/open-notifier.ts';
import { cacheClients } from './client-cache.ts';
import { cutBatch } from './cut-batch.ts';
import { openLazyAdapters } from './lazy-adapters.ts';
import { makeImportRecipe } from './recipe.ts';
import { keepRefusal } from './refusal.ts';

const configuration = readConfiguration([
  ...WRITER_VARIABLES,
  'importQueue',
  'parkedQueue',
  'payloadBucket',
  'webhookQueue',
]);
const dynamo = leanClient(DynamoDBClient);
const service = opened(() => openService(configuration, dynamo, openAnnouncer(configuration.changeQueue)));
const getClient = cacheClients(openClients(dynamo, configuration.table).getClient, systemClock);
const { accountsAt, mostBytesOf, park, queue } = openLazyAdapters(configuration);
const notify = openNotifier(dynamo, configuration);
const COUNTED = {
  done: METRICS.importsJoined,
  parked: METRICS.importsParked,
  retried: METRICS.importsRetried,
} as const;

/** Joins the imports of a batch into the ledgers of their owners. */
export const handler = batchFunction(
  makeImportRecipe({
    service,
    getClient,
    accountsAt,
    now: systemClock,
  }),
  {
    cut: (records) => cutBatch(records, mostBytesOf),
    queue,
    park: async (record, reason, detail) => {
      // The client's list first: a message that cannot be parked is retried, and is then kept in its own place.
      await keepRefusal(record, reason, detail, { getClient, service, notify, now: systemClock });
      await park(record, reason, detail);
    },
    count: (kind, _reason, facts) => {
      count(COUNTED[kind]);
      countBy(METRICS.imports, { source: String(facts?.['source'] ?? UNKNOWN_SOURCE), outcome: OUTCOME_NAMES[kind] });
    },
  },
);
