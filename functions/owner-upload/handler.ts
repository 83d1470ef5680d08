import { randomUUID } from 'node:crypto';
import { systemClock } from '../adapters/clock.ts';
import { openImportQueue } from '../adapters/import-queue.ts';
import { readConfiguration } from '../runtime/configuration.ts';
import { makeOwnerUpload } from './recipe.ts';

const { importQueue, payloadBucket } = readConfiguration(['importQueue', 'payloadBucket']);
const queue = openImportQueue({
  queueUrl: importQueue,
  openPayloads: async () => (await import('../adapters/payload-bucket.ts')).openPayloadBucket(payloadBucket),
  newName: randomUUID,
});

export const handler = makeOwnerUpload({ send: queue.send, now: systemClock, newImportId: randomUUID });
