import type { UploadParameters } from '../../adapters/imports/statement-uploads.ts';
import { MOST_LARGE_BYTES } from '../../contracts/http/limits.ts';
import { hasBody } from '../../http/body.ts';
import type { CalledEvent } from '../../http/caller.ts';
import { json } from '../../http/http-function.ts';
import { importPlace } from '../../http/location.ts';
import { invalidParameter, readOwnerExternalId } from '../../http/query.ts';
import { requestIdOf } from '../../http/request-id.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { UploadPlaceGiven } from '../../use-cases/imports/large-uploads.ts';
import { readStatementParameters } from './parameters.ts';

export type GiveUrlParts = {
  /** Keeps what is said of a large file, and signs a URL to put it. */
  readonly askForUpload: (
    clientId: string,
    ownerExternalId: string,
    importId: string,
    parameters: UploadParameters,
    now: number,
  ) => Promise<UploadPlaceGiven>;
  readonly now: Clock;
  readonly newImportId: () => string;
};

/** `large=true`: where to put a file that is too large for a request, and the import id to ask for its outcome. */
export async function giveUrl(event: CalledEvent, { askForUpload, now, newImportId }: GiveUrlParts) {
  const ownerExternalId = readOwnerExternalId(event);
  const parameters = readStatementParameters(event);
  if (hasBody(event))
    throw invalidParameter('large', 'must come without a body: put the file to the URL of the answer');
  const importId = newImportId();
  const { url, expiresAt } = await askForUpload(event.caller.clientId, ownerExternalId, importId, parameters, now());
  const answer = {
    requestId: requestIdOf(event),
    importId,
    url,
    expiresAt: new Date(expiresAt).toISOString(),
    mostBytes: MOST_LARGE_BYTES,
  };
  return json(200, answer, { Location: importPlace(importId, ownerExternalId) });
}
