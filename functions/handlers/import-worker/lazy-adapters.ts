/** What most workers never need, or not at once: the clients of S3 and SQS are loaded when the first of these is asked for. */
import type { Park } from '../../adapters/imports/parked-queue.ts';
import type { PayloadPlace } from '../../adapters/imports/payload-bucket.ts';
import type { BatchQueue } from '../../runtime/batch.ts';
import type { Configuration } from '../../runtime/configuration.ts';
import { lazy } from '../../runtime/lazy.ts';

export function openLazyAdapters({
  payloadBucket,
  parkedQueue,
  importQueue,
}: Pick<Configuration, 'payloadBucket' | 'parkedQueue' | 'importQueue'>) {
  const payloads = lazy(async () =>
    (await import('../../adapters/imports/payload-bucket.ts')).openPayloadBucket(payloadBucket),
  );
  const parked = lazy(async () =>
    (await import('../../adapters/imports/parked-queue.ts')).openParkedQueue(parkedQueue),
  );
  const deliveries = lazy(async () =>
    (await import('../../adapters/imports/import-deliveries.ts')).openImportDeliveries(importQueue),
  );
  const queue: BatchQueue = {
    remove: async (records) => (await deliveries()).remove(records),
    show: async (records, seconds) => (await deliveries()).show(records, seconds),
  };
  return {
    accountsAt: async (place: PayloadPlace) => (await payloads()).getAccounts(place),
    mostBytesOf: async (place: PayloadPlace) => (await payloads()).mostBytesOf(place),
    park: async (...message: Parameters<Park>) => (await parked())(...message),
    queue,
  };
}
