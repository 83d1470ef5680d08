import { randomUUID } from 'node:crypto';
import { openImportQueue } from '../../adapters/imports/import-queue.ts';
import { systemClock } from '../../runtime/clock.ts';
import { readConfiguration } from '../../runtime/configuration.ts';
import { newSortableId } from '../../runtime/sortable-id.ts';
import { makeOwnerStatements } from './recipe.ts';

const { importQueue, payloadBucket } = readConfiguration(['importQueue', 'payloadBucket']);
const queue = openImportQueue({
  queueUrl: importQueue,
  openPayloads: async () => (await import('../../adapters/imports/payload-bucket.ts')).openPayloadBucket(payloadBucket),
  newName: randomUUID,
});

export const handler = makeOwnerStatements({
  send: queue.send,
  now: systemClock,
  newImportId: () => newSortableId(systemClock()),
});
