/** Files as the command line reads them, for tests. */
import { joinStatements } from '../../../functions/readers/join-statements.ts';
import { readerNamed } from '../../../functions/readers/reader.ts';
import type { Account, Reader, ReadOptions, StatementFile } from '../../../functions/readers/statement.ts';

/** The present of these tests. */
export const NOW = Date.UTC(2026, 10, 21, 10);

export function reader(name: string): Reader {
  const found = readerNamed(name);
  if (!found) throw new Error(`there is no reader ${name}`);
  return found;
}

export function fileOf(format: string, source: string | Uint8Array, options: Partial<ReadOptions> = {}): StatementFile {
  return reader(format).read(typeof source === 'string' ? Buffer.from(source) : source, { now: NOW, ...options });
}

/** Accounts of one file, as they would be sent. */
export function accountsIn(
  format: string,
  source: string | Uint8Array,
  options: Partial<ReadOptions> = {},
): readonly Account[] {
  return joinStatements([fileOf(format, source, options)]).imports.flatMap(({ accounts }) => accounts);
}
