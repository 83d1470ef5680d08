import { randomUUID } from 'node:crypto';
import { openImportQueue } from '../../adapters/imports/import-queue.ts';
import { systemClock } from '../../runtime/clock.ts';
import { readConfiguration } from '../../runtime/configuration.ts';
import { lazy } from '../../runtime/lazy.ts';
import { newSortableId } from '../../runtime/sortable-id.ts';
import { makeOwnerStatements } from './recipe.ts';

const configuration = readConfiguration(['importQueue', 'payloadBucket', 'table', 'hashKeySecret']);
const { importQueue, payloadBucket } = configuration;
const queue = openImportQueue({
  queueUrl: importQueue,
  openPayloads: async () => (await import('../../adapters/imports/payload-bucket.ts')).openPayloadBucket(payloadBucket),
  newName: randomUUID,
});
/** Loaded when the first URL is asked for: files that fit into a request need neither table nor secret. */
const askForUpload = lazy(async () => (await import('./large.ts')).openLargeUploads(configuration));

export const handler = makeOwnerStatements({
  send: queue.send,
  askForUpload: async (...asked) => (await askForUpload())(...asked),
  now: systemClock,
  newImportId: () => newSortableId(systemClock()),
});
