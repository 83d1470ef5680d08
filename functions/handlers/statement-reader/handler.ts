import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openImportQueue } from '../../adapters/imports/import-queue.ts';
import { openPayloadBucket } from '../../adapters/imports/payload-bucket.ts';
import { openRefusedImports } from '../../adapters/imports/refused-imports.ts';
import { openStatementUploads } from '../../adapters/imports/statement-uploads.ts';
import { openUploadObjects } from '../../adapters/imports/upload-objects.ts';
import { leanClient } from '../../adapters/sdk/lean-client.ts';
import { systemClock } from '../../runtime/clock.ts';
import { readConfiguration } from '../../runtime/configuration.ts';
import { readUploaded } from '../../use-cases/imports/read-uploaded.ts';
import { openNotifier } from '../../use-cases/webhooks/open-notifier.ts';
import { makeStatementReader } from './recipe.ts';

const { table, importQueue, payloadBucket, webhookQueue } = readConfiguration([
  'table',
  'importQueue',
  'payloadBucket',
  'webhookQueue',
]);
const dynamo = leanClient(DynamoDBClient);
const parts = {
  uploads: openStatementUploads(dynamo, table),
  objects: openUploadObjects(payloadBucket),
  refused: openRefusedImports(dynamo, table),
  send: openImportQueue({
    queueUrl: importQueue,
    openPayloads: async () => openPayloadBucket(payloadBucket),
    newName: randomUUID,
  }).send,
  notify: openNotifier(dynamo, { table, webhookQueue }),
  now: systemClock,
};

export const handler = makeStatementReader({ read: (key) => readUploaded(parts, key) });
