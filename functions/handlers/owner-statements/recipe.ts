import type { ImportQueue } from '../../adapters/imports/import-queue.ts';
import { MOST_BODY_BYTES, MOST_STATEMENT_BYTES } from '../../contracts/http/limits.ts';
import { type ByteBounds, readFileBody } from '../../http/body.ts';
import { answering, httpFunction, json } from '../../http/http-function.ts';
import { readOwnerExternalId } from '../../http/query.ts';
import { requestIdOf } from '../../http/request-id.ts';
import { count } from '../../runtime/metrics.ts';
import { METRICS } from '../../runtime/names.ts';
import { readUpload } from '../../use-cases/imports/read-upload.ts';
import { type GiveUrlParts, giveUrl } from './give-url.ts';
import { readLarge, readStatementParameters } from './parameters.ts';

export type OwnerStatementsParts = GiveUrlParts & { readonly send: ImportQueue['send'] };

const BOUNDS: ByteBounds = {
  sent: MOST_BODY_BYTES,
  inflated: MOST_STATEMENT_BYTES,
  advice: 'Ask for a URL by `large=true` and put the file there.',
};

/** `POST /v1/owner/statements`: reads a bank's file and queues what it holds, once all of it is known to be right. */
export function makeOwnerStatements(parts: OwnerStatementsParts) {
  return httpFunction(answering('owner-statements'), async (event) => {
    if (readLarge(event)) return giveUrl(event, parts);
    const { clientId } = event.caller;
    const ownerExternalId = readOwnerExternalId(event);
    const parameters = readStatementParameters(event);
    const bytes = await readFileBody(event, BOUNDS);
    const upload = { clientId, ownerExternalId, bytes, ...parameters };
    const { messages, report } = readUpload(upload, parts.now(), parts.newImportId);
    for (const message of messages) {
      await parts.send(message);
      count(METRICS.uploadsQueued);
    }
    return json(202, { requestId: requestIdOf(event), importIds: messages.map(({ importId }) => importId), report });
  });
}
