/** What large files need: the table, the bucket, and the key for hashes of owners. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openHashKey } from '../../adapters/hash-key.ts';
import { openStatementUploads } from '../../adapters/imports/statement-uploads.ts';
import { openUploadObjects } from '../../adapters/imports/upload-objects.ts';
import { leanClient } from '../../adapters/sdk/lean-client.ts';
import type { Configuration } from '../../runtime/configuration.ts';
import { askForUpload } from '../../use-cases/imports/large-uploads.ts';
import type { GiveUrlParts } from './give-url.ts';

type Needed = Pick<Configuration, 'table' | 'payloadBucket' | 'hashKeySecret'>;

export async function openLargeUploads(needed: Needed): Promise<GiveUrlParts['askForUpload']> {
  const { ownerKey } = await openHashKey(needed.hashKeySecret)();
  const parts = {
    uploads: openStatementUploads(leanClient(DynamoDBClient), needed.table),
    objects: openUploadObjects(needed.payloadBucket),
  };
  return (clientId, externalId, importId, parameters, now) => {
    const owner = { clientId, hash: ownerKey(clientId, externalId), externalId };
    return askForUpload(parts, owner, importId, parameters, now);
  };
}
