import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openAnnouncer } from '../../adapters/changes/announcer.ts';
import { openClients } from '../../adapters/clients/clients.ts';
import type { PayloadPlace } from '../../adapters/imports/payload-bucket.ts';
import { batchFunction, OUTCOME_NAMES } from '../../runtime/batch.ts';
import { systemClock } from '../../runtime/clock.ts';
import { readConfiguration, WRITER_VARIABLES } from '../../runtime/configuration.ts';
import { lazy, opened } from '../../runtime/lazy.ts';
import { count, countBy } from '../../runtime/metrics.ts';
import { METRICS, UNKNOWN_SOURCE } from '../../runtime/names.ts';
import { openService } from '../../use-cases/service/open-service.ts';
import { openNotifier } from '../../use-cases/webhooks/open-notifier.ts';
import { cacheClients } from './client-cache.ts';
import { makeImportRecipe } from './recipe.ts';
import { keepRefusal } from './refusal.ts';

const configuration = readConfiguration([...WRITER_VARIABLES, 'parkedQueue', 'payloadBucket', 'webhookQueue']);
const dynamo = new DynamoDBClient();
const service = opened(() => openService(configuration, dynamo, openAnnouncer(configuration.changeQueue)));
const getClient = cacheClients(openClients(dynamo, configuration.table).getClient, systemClock);
/** Loaded when the first message names an object, and when the first one is parked: most workers never need the clients of S3 and SQS. */
const payloads = lazy(async () =>
  (await import('../../adapters/imports/payload-bucket.ts')).openPayloadBucket(configuration.payloadBucket),
);
const parkedQueue = lazy(async () =>
  (await import('../../adapters/imports/parked-queue.ts')).openParkedQueue(configuration.parkedQueue),
);
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
    accountsAt: async (place: PayloadPlace) => (await payloads()).getAccounts(place),
    now: systemClock,
  }),
  {
    park: async (record, reason, detail) => {
      // The client's list first: a message that cannot be parked is retried, and is then kept in its own place.
      await keepRefusal(record, reason, detail, { getClient, service, notify, now: systemClock });
      await (await parkedQueue())(record.body, reason, detail, record.attributes.MessageGroupId);
    },
    count: (kind, _reason, facts) => {
      count(COUNTED[kind]);
      countBy(METRICS.imports, { source: String(facts?.['source'] ?? UNKNOWN_SOURCE), outcome: OUTCOME_NAMES[kind] });
    },
  },
);
