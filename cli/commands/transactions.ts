/** `transactions`: the booked rows of an owner with their labels. */
import type { Command } from 'commander';
import { MOST_TRANSACTIONS_OF_A_PAGE } from '../../functions/contracts/http/limits.ts';
import { call } from '../api.ts';
import { type ApiConnection, apiConnection } from '../connection.ts';
import type { Context } from '../context.ts';
import { day, optionsOf, wholeNumber } from '../options.ts';
import { csvLine, safe, safeJson, styled, table } from '../terminal.ts';

type Options = {
  readonly from?: string;
  readonly to?: string;
  readonly label?: string;
  readonly unlabelled?: boolean;
  readonly text?: string;
  readonly limit: number;
  readonly csv?: boolean;
};
type Transaction = {
  readonly bookedOn?: string;
  readonly currencyAmount?: string;
  readonly currencyName?: string;
  readonly title?: string;
  readonly party?: string | null;
  readonly account?: string;
  readonly merchant?: string | null;
  readonly country?: string | null;
  readonly labels?: readonly { readonly label: string; readonly reason: string }[];
};
type Page = { readonly transactions?: readonly Transaction[]; readonly cursor?: string | null };

const USUAL_ROWS = 100;

export function transactionsCommand(cli: Command, context: Context): void {
  cli
    .command('transactions')
    .description('the transactions of an owner with their labels, newest first')
    .argument('<owner>', 'ownerExternalId')
    .option('--from <day>', 'first day, YYYY-MM-DD (default: 364 days before the last)', day)
    .option('--to <day>', 'last day (default: today)', day)
    .option('--label <label>', 'only those with this label')
    .option('--unlabelled', 'only those without any label')
    .option('--text <text>', 'only those with this text in title, party or merchant (ignores case)')
    .option('--limit <rows>', 'how many to show', wholeNumber, USUAL_ROWS)
    .option('--csv', 'as CSV, for a spreadsheet')
    .action(async (owner: string, _: unknown, command: Command) => {
      const options = optionsOf<Options>(command);
      const { rows, isMore } = await rowsOf(apiConnection(options, context.env), owner, options);
      if (options.json) return context.out(safeJson({ ownerExternalId: owner, transactions: rows }));
      if (options.csv) return context.out([CSV_HEAD, ...rows.map(cellsOf)].map(csvLine).join('\r\n'));
      context.out(rows.length === 0 ? styled('dim', 'no transactions') : shown(rows));
      if (isMore) context.note(`there are more than ${options.limit}: --limit shows them`);
    });
}

async function rowsOf(connection: ApiConnection, owner: string, options: Options) {
  const { from, to, label, limit, text = '' } = options;
  const rows: Transaction[] = [];
  const wanted = text.toLowerCase();
  for (let cursor: string | null | undefined; ; ) {
    const query = {
      ...{ ownerExternalId: owner, from, to, label, cursor: cursor ?? undefined },
      unlabelled: options.unlabelled ? 'true' : undefined,
      limit: String(
        text === '' ? Math.min(limit - rows.length + 1, MOST_TRANSACTIONS_OF_A_PAGE) : MOST_TRANSACTIONS_OF_A_PAGE,
      ),
    };
    const page = (await call(connection, { method: 'GET', path: 'owner-transactions', query })) as Page;
    rows.push(...(page.transactions ?? []).filter((row) => holds(row, wanted)));
    cursor = page.cursor;
    if (rows.length > limit) return { rows: rows.slice(0, limit), isMore: true };
    if (typeof cursor !== 'string') return { rows, isMore: false };
  }
}

function holds({ title, party, merchant }: Transaction, wanted: string): boolean {
  return [title, party, merchant].some((text) => (text ?? '').toLowerCase().includes(wanted));
}

function shown(rows: readonly Transaction[]): string {
  const cells = rows.map((row) => [
    safe(row.bookedOn),
    safe(`${row.currencyAmount} ${row.currencyName}`),
    [row.title, row.party].filter(Boolean).map(safe).join(' · '),
    safe(row.merchant),
    (row.labels ?? []).map(({ label, reason }) => safe(`${label} (${reason})`)).join(', '),
  ]);
  return table(['booked', 'amount', 'title · party', 'merchant', 'labels'], cells);
}

const CSV_HEAD = [
  ...['bookedOn', 'currencyAmount', 'currencyName', 'title', 'party', 'account', 'merchant', 'country'],
  ...['labels', 'reasons'],
];

function cellsOf(row: Transaction): string[] {
  const { bookedOn, currencyAmount, currencyName, title, party, account, merchant, country, labels = [] } = row;
  return [
    ...[bookedOn, currencyAmount, currencyName, title, party, account, merchant, country].map((cell) => cell ?? ''),
    labels.map(({ label }) => label).join(';'),
    labels.map(({ reason }) => reason).join(';'),
  ];
}
