import { randomUUID } from 'node:crypto';
import { openImportQueue } from '../../adapters/imports/import-queue.ts';
import { systemClock } from '../../runtime/clock.ts';
import { readConfiguration } from '../../runtime/configuration.ts';
import { makeOwnerUpload } from './recipe.ts';

const { importQueue, payloadBucket } = readConfiguration(['importQueue', 'payloadBucket']);
const queue = openImportQueue({
  queueUrl: importQueue,
  openPayloads: async () => (await import('../../adapters/imports/payload-bucket.ts')).openPayloadBucket(payloadBucket),
  newName: randomUUID,
});

export const handler = makeOwnerUpload({ send: queue.send, now: systemClock, newImportId: randomUUID });
