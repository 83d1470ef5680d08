/** The ten-at-a-time form of an action: each entry succeeds or fails by itself. */
import type { Input } from './context.ts';
import { list, record } from './context.ts';
import { emptyBatch, idsNotDistinct, invalidEntryId, SqsError, tooManyEntries } from './errors.ts';

export function entriesOf(input: Input, entryName: string): readonly Input[] {
  const entries = list(input, 'Entries').map(record);
  if (entries.length === 0) throw emptyBatch(entryName);
  if (entries.length > 10) throw tooManyEntries(entries.length);
  const seen = new Set<unknown>();
  for (const { Id } of entries) {
    if (typeof Id !== 'string' || !/^[\w-]{1,80}$/.test(Id)) throw invalidEntryId();
    if (seen.has(Id)) throw idsNotDistinct(Id);
    seen.add(Id);
  }
  return entries;
}

export async function eachEntry(entries: readonly Input[], work: (entry: Input) => Promise<object>) {
  const Successful: object[] = [];
  const Failed: object[] = [];
  const outcomes = await Promise.allSettled(entries.map(async (entry) => work(entry)));
  for (const [index, outcome] of outcomes.entries()) {
    const Id = entries[index]?.['Id'];
    if (outcome.status === 'fulfilled') {
      Successful.push({ Id, ...outcome.value });
      continue;
    }
    const error = outcome.reason;
    if (!(error instanceof SqsError)) throw error;
    Failed.push({ Id, SenderFault: true, Code: error.queryCode, Message: error.message });
  }
  return { Successful, ...(Failed.length > 0 ? { Failed } : {}) };
}
