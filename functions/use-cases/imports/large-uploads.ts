/** Files of banks that are too large for a request: the caller gets a signed URL to put the file, whose arrival starts the reading. */
import {
  keyOfUpload,
  type StatementUpload,
  type StatementUploads,
  type UploadParameters,
} from '../../adapters/imports/statement-uploads.ts';
import type { UploadObjects } from '../../adapters/imports/upload-objects.ts';
import type { OwnerKey } from '../../adapters/owners/owner-key.ts';
import { UPLOAD_URL_SECONDS } from '../../contracts/http/limits.ts';
import { checkParameters } from './read-upload.ts';

export type AskParts = {
  readonly uploads: Pick<StatementUploads, 'keep'>;
  readonly objects: Pick<UploadObjects, 'sign'>;
};
export type UploadPlaceGiven = { readonly url: string; readonly expiresAt: number };

/**
 * Keeps whose file it will be and how it is read, then signs the URL. `now` becomes the instant of the import: of an upload that
 * is asked for before an erasure nothing is taken, however late the file arrives.
 *
 * @param now milliseconds since 1970
 * @throws RefusedError INVALID_PARAMETER
 */
export async function askForUpload(
  { uploads, objects }: AskParts,
  owner: OwnerKey,
  importId: string,
  parameters: UploadParameters,
  now: number,
): Promise<UploadPlaceGiven> {
  checkParameters(parameters);
  const upload: StatementUpload = { owner, importId, askedAt: now, parameters };
  await uploads.keep(upload);
  const url = await objects.sign(keyOfUpload({ ...owner, importId }));
  return { url, expiresAt: now + UPLOAD_URL_SECONDS * 1000 };
}
