/** The content of an import, as a table for people and as JSON for scripts. */
import type { FileReport } from './import-files.ts';
import type { Message } from './import-messages.ts';
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

/** What is sent: one row per account. */
export function accountsTable(messages: readonly Message[]): string {
  const rows = messages.flatMap(({ ownerExternalId, source, accounts = [] }) =>
    accounts.map((account) => [
      safe(ownerExternalId),
      safe(source),
      safe(account.iban ?? account.accountId),
      safe(account.currencyName),
      account.covers ? `${safe(account.covers.from)} to ${safe(account.covers.to)}` : 'the days of its rows',
      rowsOf(account.transactions ?? []),
    ]),
  );
  return firstOf(['owner', 'source', 'account', 'currency', 'covers', 'transactions'], rows, 'accounts');
}

/** The outcome for each file. */
export function filesTable(files: readonly FileReport[]): string {
  const rows = files.map(({ file, format, rows: read, leftOut, warnings }) => [
    safe(file),
    safe(format ?? ''),
    String(read),
    leftOut > 0 ? String(leftOut) : '',
    warnings.length > 0 ? String(warnings.length) : '',
  ]);
  return firstOf(['file', 'format', 'rows', 'left out', 'warnings'], rows, 'files');
}

function firstOf(head: string[], rows: string[][], noun: string): string {
  const shown = rows.slice(0, MOST_ROWS);
  const text = table(head, shown);
  return rows.length > shown.length ? `${text}\nand ${rows.length - shown.length} more ${noun}` : text;
}

function rowsOf(transactions: readonly { status?: string | undefined }[]): string {
  const pending = transactions.filter(({ status }) => status === 'PENDING').length;
  return pending > 0 ? `${transactions.length} (${pending} pending)` : String(transactions.length);
}

export function summaryOf(message: Message): object {
  const { clientId, importId, ownerExternalId, source, importedAt, accounts = [] } = message;
  return {
    ...{ clientId, importId, ownerExternalId, source, importedAt },
    accounts: accounts.map(({ iban, accountId, currencyName, covers, transactions = [] }) => ({
      ...(iban === undefined ? { accountId } : { iban }),
      currencyName,
      covers,
      transactions: transactions.length,
    })),
  };
}
