/**
 * From the statements of all files that are given together to imports (contract, sections 3 and 6).
 *
 * `covers` says "this is every transaction of these days", so a day that is claimed wrongly wipes out what another
 * import knows of it. Only days that are shown to be whole are claimed; rows of any other day are left out and named.
 */
import type { Source } from '../domain/ledger/ledger.ts';
import { formatDay } from '../domain/values/day.ts';
import { exact } from './decimal.ts';
import { type Piece, pieceOf } from './pieces.ts';
import { type Place, ReaderError } from './reader-error.ts';
import type { Account, Statement, StatementFile } from './statement.ts';
import { daysOf, type LeftOut, stretchesOf } from './whole-days.ts';

/** Rows that were left out, or balances that do not fit. */
export type Warning = {
  readonly account: string;
  readonly currencyName: string;
  /** The day whose rows were left out. */
  readonly day?: string | undefined;
  /** How many rows were left out. */
  readonly rows?: number | undefined;
  /** Position of the file among those given. */
  readonly file: number;
  /** A whole sentence, with place, account, day, number of rows and what would complete it. */
  readonly message: string;
};

/** What becomes one import message: each account is in it once. */
export type JoinedImport = {
  readonly source: Source;
  /** The latest of the instants at which its files were made; absent when one of them does not say. */
  readonly importedAt?: string | undefined;
  readonly accounts: readonly Account[];
};

export type Joined = { readonly imports: readonly JoinedImport[]; readonly warnings: readonly Warning[] };

export type JoinOptions = {
  /** Take the first and the last day of every statement as whole, whatever its balances and its period say. */
  readonly wholeDays?: boolean | undefined;
};

type OfAccount = {
  readonly name: Statement['account'];
  readonly currencyName: string;
  readonly source: Source;
  readonly pieces: Piece[];
  readonly warnings: Warning[];
};

/** Beyond these a file is hostile: joining looks at pairs of statements of one account. */
const MOST_ACCOUNTS = 1000;
const MOST_STATEMENTS = 5000;
const MOST_IMPORTS = 1000;

/**
 * Joins the files of one owner: pages by number, statements by balance, overlaps by equal rows; the same statement given
 * twice counts once. The answer does not depend on the order of the files.
 *
 * @throws {ReaderError} when there are more accounts, statements of an account or gaps than can be joined at once
 */
export function joinStatements(files: readonly StatementFile[], options: JoinOptions = {}): Joined {
  const accounts = new Map<string, OfAccount>();
  files.forEach((file, index) => {
    for (const statement of file.statements) {
      const key = JSON.stringify([statement.account, statement.currencyName, file.source]);
      const { account: name, currencyName } = statement;
      const known = accounts.get(key) ?? { name, currencyName, source: file.source, pieces: [], warnings: [] };
      accounts.set(key, known);
      refuseBeyond(MOST_ACCOUNTS, accounts.size, 'accounts');
      refuseBeyond(MOST_STATEMENTS, known.pieces.length, 'statements of one account');
      const warning = balanceWarning(statement, index);
      if (warning) known.warnings.push(warning);
      known.pieces.push(pieceOf(statement, index, options.wholeDays === true));
    }
  });
  const imports = new Map<string, Account[][]>();
  const warnings: Warning[] = [];
  for (const { name, currencyName, source, pieces, warnings: ofBalances } of accounts.values()) {
    const { whole, leftOut } = daysOf(pieces, madeAt(files), options.wholeDays === true);
    for (const { importedAt, ...days } of stretchesOf(whole, pieces, madeAt(files))) {
      put(imports, JSON.stringify([source, importedAt ?? null]), { ...name, currencyName, ...days });
    }
    for (const warning of ofBalances) warnings.push(warning);
    for (const day of leftOut) warnings.push(dayWarning(day, nameOf(name), currencyName));
  }
  return { imports: [...imports].flatMap(([key, messages]) => messages.map((of) => importOf(key, of))), warnings };
}

function refuseBeyond(most: number, count: number, what: string): void {
  if (count > most) throw new ReaderError(`more than ${most} ${what} at once; import fewer files at a time`);
}

function importOf(key: string, accounts: readonly Account[]): JoinedImport {
  const [source, importedAt] = JSON.parse(key) as [Source, string | null];
  return { source, ...(importedAt !== null && { importedAt }), accounts };
}

/** Into the first message that does not hold this account yet. */
function put(imports: Map<string, Account[][]>, key: string, account: Account): void {
  const messages = imports.get(key) ?? [];
  imports.set(key, messages);
  const same = (other: Account) =>
    other.iban === account.iban && other.accountId === account.accountId && other.currencyName === account.currencyName;
  const free = messages.find((accounts) => !accounts.some(same));
  if (free) free.push(account);
  else messages.push([account]);
  refuseBeyond(MOST_IMPORTS, messages.length, 'stretches of days with gaps between them');
}

/** Rows that do not lead from the opening to the closing balance: some may be missing, or were added by hand. */
function balanceWarning(statement: Statement, file: number): Warning | undefined {
  const { opening, closing, transactions, currencyName } = statement;
  if (!opening || !closing) return undefined;
  const booked = transactions.filter(({ status }) => status !== 'PENDING');
  const sum = booked.reduce((total, row) => total + exact(String(row.currencyAmount)), exact(opening.amount));
  if (sum === exact(closing.amount)) return undefined;
  const reason = 'the rows do not lead from the opening to the closing balance; rows may be missing';
  return { account: nameOf(statement.account), currencyName, file, message: `${placed(statement.place)}${reason}` };
}

function nameOf(name: Statement['account']): string {
  return 'iban' in name ? name.iban : name.accountId;
}

function placed({ line }: Place): string {
  return line === undefined ? '' : `line ${line}: `;
}

/** The latest instant at which files were made; `undefined` when one of them does not say. */
function madeAt(files: readonly StatementFile[]) {
  return (indices: readonly number[]): string | undefined => {
    const instants = indices.map((index) => files[index]?.importedAt);
    if (instants.includes(undefined)) return undefined;
    return (instants as string[]).reduce((last, next) => (Date.parse(next) > Date.parse(last) ? next : last));
  };
}

function dayWarning({ day, piece, rows, pending, reason }: LeftOut, account: string, currencyName: string): Warning {
  const date = formatDay(day);
  const count = `${rows} ${pending ? 'pending ' : ''}row${rows === 1 ? '' : 's'}`;
  const message = `${placed(piece.place)}${count} of ${date} (${account}, ${currencyName}) left out: ${WHY[reason]}`;
  return { account, currencyName, day: date, rows, file: piece.files[0]!, message };
}

const WAY_OUT = 'or take the days as whole (--whole-days; wholeDays=true of the API)';
const WHY: Readonly<Record<LeftOut['reason'], string>> = {
  starts: `the statement begins inside this day; import the one before it together with it, ${WAY_OUT}`,
  ends: `the statement ends inside this day; import the one that follows together with it, ${WAY_OUT}`,
  inside: `only a part of this day was read; import its other parts together, ${WAY_OUT}`,
  disagree: `statements disagree about this day; import all statements of this day together, ${WAY_OUT}`,
};
