/** What logs and metrics say of an import: counts, times and names of our own, neither owner nor contents. */
import type { SQSRecord } from 'aws-lambda';
import type { Facts } from '../../runtime/batch.ts';
import { count, countBy, measureTime } from '../../runtime/metrics.ts';
import { METRICS } from '../../runtime/names.ts';
import type { JoinOutcome } from '../../use-cases/imports/join-imports.ts';
import type { ReadImport } from './read-message.ts';

export function factsOf({ import: { stamp, accounts }, misspelt }: ReadImport): Facts {
  const days = accounts.flatMap(({ rows }) => [...rows.values()]);
  return {
    source: stamp.source,
    accounts: accounts.length,
    days: accounts.reduce((sum, { from, to }) => sum + to - from + 1, 0),
    transactions: days.reduce((sum, rows) => sum + rows.length, 0),
    ...(misspelt.length > 0 && { misspelt: misspelt.join(', ') }),
  };
}

/** Counts what a join came to, and says it. */
export function recordJoin({ outcome, conflicts, entered, left }: JoinOutcome, joinMs: number): Facts {
  if (conflicts > 0) count(METRICS.answerConflicts, conflicts);
  for (const profile of entered) countBy(METRICS.profilesEntered, { profile });
  for (const profile of left) countBy(METRICS.profilesLeft, { profile });
  measureTime(METRICS.joinTime, joinMs);
  return { result: outcome, conflicts, entered: entered.length, left: left.length };
}

/** Measures how old the news was when it was joined, and how long the queue and the worker had it. Milliseconds. */
export function recordAges({ attributes }: SQSRecord, { import: { stamp } }: ReadImport, now: number): Facts {
  const ageMs = Math.max(0, now - stamp.importedAt);
  measureTime(METRICS.importAge, ageMs);
  const queuedMs = Math.max(0, now - Number(attributes.SentTimestamp));
  if (Number.isNaN(queuedMs)) return { ageMs };
  measureTime(METRICS.importToAnswer, queuedMs);
  return { ageMs, queuedMs };
}
