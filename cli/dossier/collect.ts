/** Everything that the API returns about one person, page by page. */
import type * as z from 'zod';
import type { change } from '../../functions/contracts/http/changes.ts';
import type { refusedImportsAnswer } from '../../functions/contracts/http/imports.ts';
import {
  LONGEST_HISTORY,
  MOST_CHANGES_OF_A_PAGE,
  MOST_IMPORTS_OF_A_PAGE,
  MOST_TRANSACTIONS_OF_A_PAGE,
} from '../../functions/contracts/http/limits.ts';
import type { historySpan, ownerProfilesAnswer } from '../../functions/contracts/http/owners.ts';
import type { listedTransaction } from '../../functions/contracts/http/transactions.ts';
import { formatDay, parseDay } from '../../functions/domain/values/day.ts';
import { ApiError, call } from '../api.ts';
import type { ApiConnection } from '../connection.ts';
import type { Explanation } from '../explanation-view.ts';

export type DossierTransaction = z.infer<typeof listedTransaction>;
type Span = z.infer<typeof historySpan>;
type Change = z.infer<typeof change>;
type DossierChange = Pick<Change, 'at' | 'sequence' | 'entered' | 'left' | 'cause'>;
type ListedRefusal = z.infer<typeof refusedImportsAnswer>['imports'][number];
type RefusedImport = Omit<ListedRefusal, 'ownerExternalId'>;
type Account = {
  readonly account: string;
  readonly currencyName: string;
  readonly transactions: number;
  readonly from: string;
  readonly to: string;
};
/** What the API says about the owner as a whole. */
type Head = z.infer<typeof ownerProfilesAnswer>;
export type Dossier = Head & {
  readonly accounts: readonly Account[];
  readonly explanations: readonly Explanation[];
  /** From the first booked transaction to the day asked. */
  readonly history: readonly Span[];
  readonly features: Readonly<Record<string, number | string | null>>;
  /** Of the last 30 days; null: the key may not see them. */
  readonly changes: readonly DossierChange[] | null;
  /** Of the last 14 days. */
  readonly refusedImports: readonly RefusedImport[];
  /** Newest first. */
  readonly transactions: readonly DossierTransaction[];
};

/** Reports progress: what is being read, and how much of it so far. */
export type Progress = (what: string, count: number) => void;

/** @throws {ApiError} OWNER_NOT_FOUND and any other error of the service */
export async function collectDossier(
  connection: ApiConnection,
  ownerExternalId: string,
  progress: Progress,
): Promise<Dossier> {
  const get = (path: string, query: Readonly<Record<string, string | undefined>> = {}) =>
    call(connection, { method: 'GET', path, query });
  const ofOwner = (path: string, query: Readonly<Record<string, string | undefined>> = {}) =>
    get(path, { ownerExternalId, ...query });
  const head = (await ofOwner('owner-profiles')) as Head;
  const { asOf } = head;
  const from = head.dataFrom ?? asOf;
  const explanations = await explanationsOf(get, ofOwner, asOf, progress);
  const history = await historyOf(ofOwner, from, asOf);
  progress('spans of history', history.length);
  const { features } = (await ofOwner('owner-features', { asOf })) as Pick<Dossier, 'features'>;
  progress('features', Object.keys(features).length);
  const transactions = await pages<DossierTransaction>(
    (cursor) => ofOwner('owner-transactions', { from, limit: String(MOST_TRANSACTIONS_OF_A_PAGE), cursor }),
    'transactions',
    progress,
  );
  const refused = await pages<ListedRefusal>(
    (cursor) => get('imports', { status: 'refused', limit: String(MOST_IMPORTS_OF_A_PAGE), cursor }),
    'imports',
    progress,
  );
  return {
    ...head,
    accounts: accountsOf(transactions),
    explanations,
    history,
    features,
    changes: await changesOf(get, ownerExternalId, progress),
    refusedImports: refused
      .filter((each) => each.ownerExternalId === ownerExternalId)
      .map(({ importId, at, reason, detail }) => ({ importId, at, reason, detail })),
    transactions,
  };
}

type Get = (path: string, query?: Readonly<Record<string, string | undefined>>) => Promise<unknown>;

/** One profile after the other: the service says what would change a profile only when asked for it alone. */
async function explanationsOf(get: Get, ofOwner: Get, asOf: string, progress: Progress): Promise<Explanation[]> {
  const { profiles } = (await get('profiles')) as { profiles: readonly { id: string; enabled: boolean }[] };
  const found: Explanation[] = [];
  for (const { id } of profiles.filter(({ enabled }) => enabled)) {
    const answer = await ofOwner('owner-profiles/explanation', { profile: id, asOf });
    found.push(...(answer as { explanations: Explanation[] }).explanations);
    progress('profiles', found.length);
  }
  return found;
}

async function historyOf(ofOwner: Get, from: string, to: string): Promise<Span[]> {
  const [first, last] = [parseDay(from) ?? 0, parseDay(to) ?? 0];
  const spans: Span[] = [];
  for (let start = first; start <= last; start += LONGEST_HISTORY) {
    const end = Math.min(last, start + LONGEST_HISTORY - 1);
    const answer = await ofOwner('owner-profiles/history', { from: formatDay(start), to: formatDay(end) });
    for (const span of (answer as { spans: readonly Span[] }).spans) {
      const before = spans.at(-1);
      // A span that continues on the next page is one span.
      if (before?.profiles.join() === span.profiles.join()) spans[spans.length - 1] = { ...before, to: span.to };
      else spans.push(span);
    }
  }
  return spans;
}

async function changesOf(get: Get, owner: string, progress: Progress): Promise<DossierChange[] | null> {
  const found: DossierChange[] = [];
  let seen = 0;
  for (let after: string | undefined; ; ) {
    const limit = String(MOST_CHANGES_OF_A_PAGE);
    const page = (await get('changes', { after, limit }).catch(forbidden)) as ChangesPage | null;
    if (page === null) return null;
    const { changes, cursor } = page;
    for (const { ownerExternalId, at, sequence, entered, left, cause } of changes) {
      if (ownerExternalId === owner) found.push({ at, sequence, entered, left, cause });
    }
    seen += changes.length;
    progress('changes', seen);
    if (changes.length === 0) return found;
    after = cursor;
  }
}

type ChangesPage = {
  readonly changes: readonly Change[];
  readonly cursor: string;
};

/** A key with stricter rights than its client may not see changes: the dossier says so. */
function forbidden(error: unknown): null {
  if (error instanceof ApiError && error.code === 'FORBIDDEN') return null;
  throw error;
}

async function pages<Row>(
  read: (cursor: string | undefined) => Promise<unknown>,
  list: 'transactions' | 'imports',
  progress: Progress,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = (await read(cursor)) as { readonly cursor?: string | null } & Record<typeof list, readonly Row[]>;
    for (const row of page[list]) rows.push(row);
    progress(list === 'imports' ? 'refused imports' : list, rows.length);
    if (typeof page.cursor !== 'string') return rows;
    cursor = page.cursor;
  }
}

function accountsOf(transactions: readonly DossierTransaction[]): Account[] {
  const groups = Map.groupBy(transactions, ({ account, currencyName }) => `${account} ${currencyName}`);
  return [...groups.values()].map((rows) => ({
    account: rows[0]!.account,
    currencyName: rows[0]!.currencyName,
    transactions: rows.length,
    from: rows.at(-1)!.bookedOn,
    to: rows[0]!.bookedOn,
  }));
}
