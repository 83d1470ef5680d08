import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { APIGatewayProxyEvent, Context, SQSEvent } from 'aws-lambda';
import { openCatalogueStore } from '../../adapters/catalogue/catalogue-store.ts';
import { openAnnouncer } from '../../adapters/changes/announcer.ts';
import { openStatementUploads } from '../../adapters/imports/statement-uploads.ts';
import { openUploadObjects } from '../../adapters/imports/upload-objects.ts';
import type { Erased } from '../../adapters/owners/erased.ts';
import { leanClient } from '../../adapters/sdk/lean-client.ts';
import { openErasures } from '../../adapters/segments/erasures.ts';
import { openSnapshotFiles } from '../../adapters/segments/snapshot-files.ts';
import { readConfiguration, WRITER_VARIABLES } from '../../runtime/configuration.ts';
import { lazy, opened } from '../../runtime/lazy.ts';
import { forgetUploads } from '../../use-cases/imports/forget-uploads.ts';
import { type ErasureParts, eraseOwner, finishErasure } from '../../use-cases/owners/erase.ts';
import { forgetOwner } from '../../use-cases/segments/forget-owner.ts';
import { openService } from '../../use-cases/service/open-service.ts';
import { makeFinish } from './finish.ts';
import { makeOwnerErasure } from './recipe.ts';

const configuration = readConfiguration([...WRITER_VARIABLES, 'snapshotsBucket', 'payloadBucket', 'erasureQueue']);
const { table, snapshotsBucket, payloadBucket, erasureQueue } = configuration;
const dynamo = leanClient(DynamoDBClient);
const service = opened(() => openService(configuration, dynamo, openAnnouncer(configuration.changeQueue)));
const snapshots = {
  store: openCatalogueStore(dynamo, table),
  files: openSnapshotFiles(snapshotsBucket),
  erasures: openErasures(dynamo, table),
};
const queue = lazy(async () => (await import('../../adapters/owners/erasure-queue.ts')).openErasureQueue(erasureQueue));
const forget = async (owner: Erased, hasTime: () => boolean) =>
  forgetOwner({ service: await service(), ...snapshots }, owner, hasTime);

const uploads = { uploads: openStatementUploads(dynamo, table), objects: openUploadObjects(payloadBucket) };
const forgetCopies: ErasureParts['forgetCopies'] = (owner, erasedAt) => forgetUploads(uploads, owner, erasedAt);

const answer = makeOwnerErasure({
  eraseOwner: async (owner, hasTime) => {
    // Should this die after the tombstone: what is left is removed all the same.
    await (await queue()).later(owner);
    const { isFinished } = await eraseOwner(await service(), owner, { hasTime, forgetCopies });
    if (!isFinished || !(await forget(owner, hasTime))) await (await queue()).now(owner);
  },
});
const finish = makeFinish({
  finish: async (owner, hasTime) => {
    const { ownerKey, ...rest } = await service();
    const key = ownerKey(owner.clientId, owner.ownerExternalId);
    const progress = await finishErasure({ ownerKey, ...rest }, key, { hasTime, forgetCopies });
    if (!progress?.isFinished) return progress;
    return { ...progress, isFinished: await forget(owner, hasTime) };
  },
  goOn: async (owner) => (await queue()).now(owner),
});

/** Erases by request, and finishes by its queue what a request had no time for: with the same rights, and by the same code. */
export const handler = (event: APIGatewayProxyEvent | SQSEvent, context: Context) =>
  'Records' in event ? finish(event, context) : answer(event, context);
