/** What an import holds, as a table for people and as JSON for scripts. */
import type { Message, ReadFile } from './import-files.ts';
import { safe, table } from './terminal.ts';

const MOST_ROWS = 60;

export type Totals = {
  readonly messages: number;
  readonly owners: number;
  readonly accounts: number;
  readonly transactions: number;
};

export function totalsOf(messages: readonly Message[]): Totals {
  const accounts = messages.flatMap((message) => message.accounts ?? []);
  return {
    messages: messages.length,
    owners: new Set(messages.map((message) => message.ownerExternalId)).size,
    accounts: accounts.length,
    transactions: accounts.reduce((sum, account) => sum + (account.transactions?.length ?? 0), 0),
  };
}

export function inWords({ messages, owners, accounts, transactions }: Totals): string {
  return [
    counted(messages, 'import'),
    `of ${counted(owners, 'owner')}`,
    `(${counted(accounts, 'account')}, ${counted(transactions, 'transaction')})`,
  ].join(' ');
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** One row per account. */
export function accountsTable(files: readonly ReadFile[]): string {
  const rows = files.flatMap(({ file, messages }) =>
    messages.flatMap((message) =>
      (message.accounts ?? []).map((account) => [
        safe(file),
        safe(message.ownerExternalId),
        safe(message.source),
        safe(account.iban ?? account.accountId),
        safe(account.currencyName),
        account.covers ? `${safe(account.covers.from)} to ${safe(account.covers.to)}` : 'the days of its rows',
        rowsOf(account.transactions ?? []),
      ]),
    ),
  );
  const shown = rows.slice(0, MOST_ROWS);
  const text = table(['file', 'owner', 'source', 'account', '', 'covers', 'transactions'], shown);
  return rows.length > shown.length ? `${text}\nand ${rows.length - shown.length} more accounts` : text;
}

function rowsOf(transactions: readonly { status?: string | undefined }[]): string {
  const pending = transactions.filter(({ status }) => status === 'PENDING').length;
  return pending > 0 ? `${transactions.length} (${pending} pending)` : String(transactions.length);
}

export function summaryOf({ file, format, messages, warnings }: ReadFile): object {
  return {
    file,
    format,
    warnings,
    messages: messages.map(({ clientId, importId, ownerExternalId, source, importedAt, accounts = [] }) => ({
      clientId,
      importId,
      ownerExternalId,
      source,
      importedAt,
      accounts: accounts.map(({ iban, accountId, currencyName, covers, transactions = [] }) => ({
        ...(iban === undefined ? { accountId } : { iban }),
        currencyName,
        covers,
        transactions: transactions.length,
      })),
    })),
  };
}
