/** A failure for people, without its body: none of it names a person. */
import type { Failure } from '../../adapters/failures/failure-queues.ts';
import { shownClient } from '../../contracts/import/shown-ids.ts';
import { SOURCES } from '../../domain/ledger/ledger.ts';

export type FailureSummary = ReturnType<typeof summaryOf>;

export function summaryOf(failure: Failure) {
  const { messageId, reason, detail, clientId, importId, source, sentAt, receives, bytes } = failure;
  return {
    id: messageId,
    reason: reason ?? null,
    detail: detail ?? null,
    clientId: shownClient(clientId) ?? null,
    importId: importId ?? null,
    source: SOURCES.find((known) => known === source) ?? null,
    sentAt: new Date(sentAt).toISOString(),
    receives,
    bytes,
  };
}
