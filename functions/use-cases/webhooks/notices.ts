/** The notice of each kind of event. */
import type { Listed } from '../../adapters/changes/change-feed.ts';
import type { RefusedImport } from '../../adapters/imports/refused-imports.ts';
import type { Run } from '../../adapters/runs/run-store.ts';
import type { WebhookNotice } from '../../adapters/webhooks/delivery-queue.ts';
import { formatDay } from '../../domain/values/day.ts';

const iso = (at: number) => new Date(at).toISOString();

export function changeNotice({ position, change: { id, at } }: Listed): WebhookNotice {
  return { id, type: 'owner-profiles.changed', at, data: { kind: 'change', position } };
}

/** @param messageId of the message that was refused, so that it has one id however often it is tried */
export function refusalNotice(
  { importId, owner, at, reason, detail }: RefusedImport,
  messageId: string,
): WebhookNotice {
  const data = refusalData({ importId, owner, at, reason, detail });
  return {
    id: `refused-${messageId}`,
    type: 'import.refused',
    at,
    data: { kind: 'refused', hash: owner?.hash ?? null, importId, data },
  };
}

/** What a webhook gets of a refused import. */
export function refusalData({ importId, owner, at, reason, detail }: RefusedImport) {
  return { importId, ownerExternalId: owner?.externalId ?? null, at: iso(at), reason, detail };
}

export function snapshotNotice(
  { runId, asOf, createdAt, finishedAt, result, sample }: Run,
  now: number,
): WebhookNotice {
  const at = finishedAt ?? now;
  const data = {
    snapshotId: runId,
    status: 'finished',
    asOf: formatDay(asOf),
    startedAt: iso(createdAt),
    finishedAt: iso(at),
    owners: result?.owners ?? 0,
    hash: result?.hash ?? null,
    ...(sample !== undefined && { sample }),
  };
  return { id: runId, type: 'snapshot.finished', at, data: { kind: 'data', data } };
}
