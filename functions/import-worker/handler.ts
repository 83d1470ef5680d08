import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openClientStore } from '../adapters/client-store.ts';
import { systemClock } from '../adapters/clock.ts';
import { openParkedQueue } from '../adapters/parked-queue.ts';
import type { PayloadPlace } from '../adapters/payload-bucket.ts';
import { batchFunction, OUTCOMES } from '../runtime/batch.ts';
import { readConfiguration, SERVICE_VARIABLES } from '../runtime/configuration.ts';
import { count, countBy } from '../runtime/metrics.ts';
import { METRICS, UNKNOWN_SOURCE } from '../runtime/names.ts';
import { once, opened } from '../runtime/once.ts';
import { openService } from '../service/open-service.ts';
import { rememberClients } from './client-memory.ts';
import { makeImportRecipe } from './recipe.ts';

const configuration = readConfiguration([...SERVICE_VARIABLES, 'parkedQueue', 'payloadBucket']);
const service = opened(() => openService(configuration));
const clients = openClientStore({
  dynamo: new DynamoDBClient(),
  table: configuration.table,
  hashOf: () => Promise.reject(new Error('the worker makes no keys')),
  now: systemClock,
  random: randomBytes,
});
const park = openParkedQueue(configuration.parkedQueue);
/** Loaded when the first message names an object: most workers never need the S3 client. */
const payloads = once(async () =>
  (await import('../adapters/payload-bucket.ts')).openPayloadBucket(configuration.payloadBucket),
);
const COUNTED = {
  done: METRICS.importsJoined,
  parked: METRICS.importsParked,
  retried: METRICS.importsRetried,
} as const;

/** Joins the imports of a batch into the ledgers of their owners. */
export const handler = batchFunction(
  makeImportRecipe({
    service,
    getClient: rememberClients(clients.getClient, systemClock),
    accountsAt: async (place: PayloadPlace) => (await payloads()).getAccounts(place),
    now: systemClock,
  }),
  {
    park: (record, reason, detail) => park(record.body, reason, detail, record.attributes.MessageGroupId),
    count: (fate, _reason, facts) => {
      count(COUNTED[fate]);
      countBy(METRICS.imports, { source: String(facts?.['source'] ?? UNKNOWN_SOURCE), outcome: OUTCOMES[fate] });
    },
  },
);
