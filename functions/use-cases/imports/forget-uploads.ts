/** Large files of an owner who is erased. */
import { keyOfUpload, type StatementUploads } from '../../adapters/imports/statement-uploads.ts';
import type { UploadObjects } from '../../adapters/imports/upload-objects.ts';
import type { OwnerKey } from '../../adapters/owners/owner-key.ts';

export type ForgetParts = {
  readonly uploads: Pick<StatementUploads, 'ofOwner' | 'remove'>;
  readonly objects: Pick<UploadObjects, 'remove'>;
};

/** Removes what is left of uploads that were asked for before the erasure, read or not. An object that arrives later belongs to nobody. */
export async function forgetUploads(
  { uploads, objects }: ForgetParts,
  owner: OwnerKey,
  erasedAt: number,
): Promise<void> {
  for await (const { askedAt, ...place } of uploads.ofOwner(owner)) {
    if (askedAt > erasedAt) continue;
    await objects.remove(keyOfUpload(place));
    await uploads.remove(place);
  }
}
