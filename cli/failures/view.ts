/** Failures for people: as a table, and one of them in full. */
import { jsonIn } from '../../functions/contracts/import/json-text.ts';
import { shownClient } from '../../functions/contracts/import/shown-ids.ts';
import { summaryOf as plainSummaryOf } from '../../functions/use-cases/failures/summary.ts';
import { safe, safeJson, table } from '../terminal.ts';
import { maskedBody } from './mask.ts';
import type { Failure } from './queue.ts';

/** What is shown of a failure without its body. */
export function summaryOf(failure: Failure, now: number) {
  const { id, ...summary } = plainSummaryOf(failure);
  const ageSeconds = Math.max(0, Math.round((now - failure.sentAt) / 1000));
  return { id, queue: failure.queue, ...summary, ageSeconds };
}

export function failuresTable(failures: readonly Failure[], now: number): string {
  const rows = failures.map((failure) => {
    const { id, queue, reason, detail, clientId, importId, source, ageSeconds, receives, bytes } = summaryOf(
      failure,
      now,
    );
    const cells = [
      id,
      queue,
      reason ?? '–',
      clientId ?? '–',
      importId ?? '–',
      source ?? '–',
      age(ageSeconds),
      String(receives),
      size(bytes),
      beginningOf(detail ?? '–'),
    ];
    return cells.map(safe);
  });
  return table(['id', 'queue', 'reason', 'client', 'import', 'source', 'age', 'receives', 'size', 'detail'], rows);
}

export function detailsOf(failure: Failure, now: number) {
  const { queue, groupId, senderId } = failure;
  const client = shownClient(failure.clientId);
  return {
    ...summaryOf(failure, now),
    // By convention a group is the client's id; any other might be an owner's.
    group: groupId === undefined ? null : groupId === client ? groupId : '•••',
    // The worker sent a parked message there: its sender says nothing.
    senderId: (queue === 'dead' && senderId) || null,
  };
}

export function detailsText(failure: Failure, now: number): string {
  const { ageSeconds, bytes, ...rest } = detailsOf(failure, now);
  const facts = { ...rest, age: age(ageSeconds), size: size(bytes) };
  return Object.entries(facts)
    .map(([name, value]) => `${name.padEnd(10)}${safe(value ?? '–')}`)
    .join('\n');
}

export function maskedText(body: string): string {
  const shown = maskedBody(body);
  return jsonIn(body) === undefined ? (shown as string[]).map(safe).join('\n') : safeJson(shown);
}

/** The body unchanged, except for characters that could drive a terminal. */
export function unmaskedText(body: string): string {
  const parsed = jsonIn(body);
  return parsed === undefined ? body.split('\n').map(safe).join('\n') : safeJson(parsed.value);
}

const SHOWN = 60;
const beginningOf = (text: string): string => (text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);

function age(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} d`;
}

function size(bytes: number): string {
  if (bytes < 10_000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
