import type { ImportQueue } from '../../adapters/imports/import-queue.ts';
import { MOST_BODY_BYTES, MOST_STATEMENT_BYTES } from '../../contracts/http/limits.ts';
import { type ByteBounds, readFileBody } from '../../http/body.ts';
import { answering, httpFunction, json } from '../../http/http-function.ts';
import { readOwnerExternalId } from '../../http/query.ts';
import { requestIdOf } from '../../http/request-id.ts';
import type { Clock } from '../../runtime/clock.ts';
import { count } from '../../runtime/metrics.ts';
import { METRICS } from '../../runtime/names.ts';
import { readUpload } from '../../use-cases/imports/read-upload.ts';
import { readStatementParameters } from './parameters.ts';

export type OwnerStatementsParts = {
  readonly send: ImportQueue['send'];
  readonly now: Clock;
  readonly newImportId: () => string;
};

const BOUNDS: ByteBounds = {
  sent: MOST_BODY_BYTES,
  inflated: MOST_STATEMENT_BYTES,
  advice: 'Ask the bank for fewer days in a file, or read it with the command line and send it through the queue.',
};

/** `POST /v1/owner/statements`: reads a bank's file and queues what it holds, once all of it is known to be right. */
export function makeOwnerStatements({ send, now, newImportId }: OwnerStatementsParts) {
  return httpFunction(answering('owner-statements'), async (event) => {
    const { clientId } = event.caller;
    const ownerExternalId = readOwnerExternalId(event);
    const parameters = readStatementParameters(event);
    const bytes = await readFileBody(event, BOUNDS);
    const { messages, report } = readUpload({ clientId, ownerExternalId, bytes, ...parameters }, now(), newImportId);
    for (const message of messages) {
      await send(message);
      count(METRICS.uploadsQueued);
    }
    return json(202, { requestId: requestIdOf(event), importIds: messages.map(({ importId }) => importId), report });
  });
}
