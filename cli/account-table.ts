/** Maps the account ids of a feed that changed with a consent to ids that last (`--accounts FILE`). */
import { readFile } from 'node:fs/promises';
import { accountNamed } from '../functions/readers/account-number.ts';
import { messageOf, usage } from './errors.ts';

/** The old id (or IBAN) as printed, mapped to the new id. */
export type AccountTable = ReadonlyMap<string, string>;

type Named = { readonly iban?: string | undefined; readonly accountId?: string | undefined };

/** A JSON object `{"old":"new"}`, or lines of two columns (`old;new`, also by comma or tab). @throws {CliError} */
export async function readAccountTable(file: string): Promise<AccountTable> {
  const text = await readFile(file, 'utf8').catch((error) => {
    throw usage(`${file} cannot be read: ${messageOf(error)}`);
  });
  const table = new Map<string, string>();
  for (const [before, after] of pairsIn(text.replace(/^\uFEFF/, ''), file)) {
    if (!before || !after) throw usage(`${file}: each line must have an old and a new account id, such as old;new`);
    if ((table.get(before) ?? after) !== after) throw usage(`${file}: ${before} has two new ids`);
    table.set(before, after);
  }
  return table;
}

function pairsIn(text: string, file: string): (readonly (string | undefined)[])[] {
  if (!text.trimStart().startsWith('{')) {
    const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
    return lines.map((line) => line.split(/[;,\t]/).map((part) => part.trim()));
  }
  try {
    return Object.entries(JSON.parse(text)).map(([before, after]) => [
      before,
      typeof after === 'string' ? after : undefined,
    ]);
  } catch (error) {
    throw usage(`${file} is not JSON: ${messageOf(error)}`);
  }
}

/** The account under its new id, if the table has one. */
export function renamed<Account extends Named>(account: Account, table: AccountTable | undefined): Account {
  const after = table?.get(account.iban ?? account.accountId ?? '');
  if (after === undefined) return account;
  const { iban: _, accountId: __, ...rest } = account;
  return { ...accountNamed(after), ...rest } as Account;
}
