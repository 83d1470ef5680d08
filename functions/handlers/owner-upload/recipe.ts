import type { ImportQueue } from '../../adapters/imports/import-queue.ts';
import { ownerUploadSchema } from '../../contracts/import/import-message.ts';
import { parseInPieces } from '../../contracts/import/parse-import.ts';
import { interpretImport } from '../../domain/ledger/import.ts';
import type { Fault } from '../../domain/values/fault.ts';
import { readJsonBody } from '../../http/body.ts';
import { answering, httpFunction, json } from '../../http/http-function.ts';
import { importPlace } from '../../http/location.ts';
import { HttpProblem } from '../../http/problems.ts';
import { requestIdOf } from '../../http/request-id.ts';
import type { Clock } from '../../runtime/clock.ts';
import { count } from '../../runtime/metrics.ts';
import { METRICS } from '../../runtime/names.ts';
import { named, recordNames } from './body.ts';

export type OwnerUploadParts = {
  readonly send: ImportQueue['send'];
  readonly now: Clock;
  readonly newImportId: () => string;
};

/** `POST /v1/owner`: queues an import that the client uploads, once all that is wrong with it is known to be nothing. */
export function makeOwnerUpload({ send, now, newImportId }: OwnerUploadParts) {
  return httpFunction(answering('owner-upload'), async (event) => {
    const body = await readJsonBody(event);
    const upload = parseInPieces(ownerUploadSchema, body);
    if (upload.faults) throw invalid(named(upload.faults, body));
    const message = {
      type: 'owner-import' as const,
      version: 1 as const,
      clientId: event.caller.clientId,
      importId: upload.value.importId ?? newImportId(),
      ownerExternalId: upload.value.ownerExternalId,
      source: 'OWNER_UPLOAD' as const,
      importedAt: upload.value.importedAt ?? new Date(now()).toISOString(),
      accounts: upload.value.accounts,
    };
    const { faults } = interpretImport(message, now());
    if (faults) throw invalid(faults);
    await send(message);
    count(METRICS.uploadsQueued);
    recordNames(body, message.clientId);
    const { importId, ownerExternalId } = message;
    return json(202, { requestId: requestIdOf(event), importId }, { Location: importPlace(importId, ownerExternalId) });
  });
}

function invalid(errors: readonly Fault[]): HttpProblem {
  const faults = errors.length === 1 ? 'a fault' : `${errors.length} faults`;
  return new HttpProblem('INVALID_PAYLOAD', `The import has ${faults}; nothing of it was taken.`, { errors });
}
