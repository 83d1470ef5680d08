/** Arbitrary rows and imports, and the result of a naive reading of the contract. */
import { fc } from '@fast-check/jest';
import type { LedgerRow } from '../../functions/domain/labels/labelled-row.ts';
import {
  type Account,
  type AccountImport,
  accountKey,
  type DayStatement,
  type Import,
  putInCanonicalOrder,
  type Row,
  type Stamp,
} from '../../functions/domain/ledger/ledger.ts';
import { joinPages, type Page } from '../../functions/domain/ledger/page.ts';
import { type Day, dayOf, dayOfInstant, monthOf, startOfDay } from '../../functions/domain/values/day.ts';

export const TODAY: Day = dayOf(2026, 11, 22);
export const EVERYTHING = { erasedAt: 0, firstMonth: -1970 * 12 };

export const ACCOUNTS: readonly Account[] = [
  { iban: 'PL61109010140000071219812874', currency: 'PLN' },
  { iban: 'PL61109010140000071219812874', currency: 'EUR' },
  { iban: 'DE89370400440532013000', currency: 'PLN' },
  { accountId: 'savings-1', currency: 'PLN' },
  { accountId: 'exotic', currency: 'QQQ' },
];

/** Rows that interact: equal amounts, wages, streams, transfers between the accounts. */
export const row: fc.Arbitrary<Row> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(-4999, -5000, -4500, -100, 100, 5000, 0),
      fc.constantFrom('ZOOPLUS.PL', 'LIDL 12 LISBOA PT', 'przelew', '', 'cele'),
    )
    .map(([amount, title]) => ({ amount, title })),
  fc
    .tuple(fc.constantFrom(-4999, -5200, 5000, -900), fc.constantFrom('NETFLIX', 'Jan Kowalski', 'ACME sp z o o'))
    .map(([amount, party]) => ({ amount, title: '1', party })),
  fc.constantFrom<Row>(
    { amount: 500_000, title: 'wynagrodzenie', party: 'ACME' },
    { amount: 500_000, title: 'wynagrodzenie', party: 'ACME', partyIban: 'DE89370400440532013000' },
    { amount: -5000, title: 'x', partyIban: 'PL61109010140000071219812874' },
    { amount: 5000, title: 'x', partyIban: 'DE89370400440532013000' },
    { amount: -700, title: '7', labels: ['monthly', 'own words', '__proto__'] },
    { amount: 70_000, title: 'zasilek', merchantCategoryCode: '5995' },
    { amount: -4999, title: 'LIDL', pending: true },
  ),
);

/** Booked rows in ledger order; most of them periodic, so that structure arises. */
export function ledgerRows(first: Day, last: Day): fc.Arbitrary<LedgerRow[]> {
  const one = fc.record({
    day: fc.integer({ min: first, max: last }),
    account: fc.constantFrom(...ACCOUNTS),
    row: row.filter(({ pending }) => !pending),
    times: fc.integer({ min: 1, max: 6 }),
    step: fc.constantFrom(0, 1, 7, 30, 31, 33),
  });
  return fc
    .array(one, { maxLength: 12 })
    .map((parts) =>
      inLedgerOrder(
        parts.flatMap(({ day, account, row, times, step }) =>
          Array.from({ length: times }, (_, index) => ({ day: day + index * step, account, row })).filter(
            (each) => each.day <= last,
          ),
        ),
      ),
    );
}

export function inCanonicalOrder(rows: readonly Row[]): Row[] {
  const ordered = [...rows];
  putInCanonicalOrder(ordered);
  return ordered;
}

/** Rows as a ledger holds them: by days, accounts and canonical order. */
export function inLedgerOrder(rows: readonly LedgerRow[]): LedgerRow[] {
  const groups = Map.groupBy(rows, ({ day, account }) => `${String(day).padStart(9, '0')} ${accountKey(account)}`);
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, group]) => {
      const { day, account } = group[0]!;
      return inCanonicalOrder(group.map(({ row }) => row)).map((row) => ({ day, account, row }));
    });
}

/** Pages that hold rows, each day from one import. */
export function pagesOfRows(rows: readonly LedgerRow[]): Page[] {
  const stamp: Stamp = { importedAt: startOfDay(TODAY), importId: 'i', source: 'AIS' };
  const byAccount = Map.groupBy(rows, ({ account }) => accountKey(account));
  const accounts = [...byAccount.values()].map((ofAccount) => {
    const days = Map.groupBy(ofAccount, ({ day }) => day);
    const inDays = [...days].map(([day, group]) => [day, inCanonicalOrder(group.map((each) => each.row))] as const);
    const all = [...days.keys()];
    const { account } = ofAccount[0]!;
    return { account, from: Math.min(...all), to: Math.max(...all), rows: new Map(inDays) };
  });
  return [...joinPages([], [{ stamp, accounts }], EVERYTHING).pages];
}

const SPAN = 9;
/** Imports about few days and few accounts, so that they conflict. */
export function imports(around: Day): fc.Arbitrary<Import[]> {
  const stamp: fc.Arbitrary<Stamp> = fc.record({
    importedAt: fc
      .tuple(fc.integer({ min: -2, max: 4 }), fc.constantFrom(0, 1, 43_200_000, 86_399_999))
      .map(([day, ms]) => startOfDay(around + day) + ms),
    importId: fc.constantFrom('a', 'B', '\uffff', '\u{10000}'),
    source: fc.constantFrom('AIS', 'PDF', 'OWNER_UPLOAD'),
  });
  const account = (of: Account): fc.Arbitrary<AccountImport> =>
    fc
      .tuple(
        fc.integer({ min: around - SPAN, max: around }),
        fc.integer({ min: 0, max: SPAN }),
        fc.dictionary(fc.integer({ min: 0, max: SPAN }).map(String), fc.array(row, { maxLength: 3 }), { maxKeys: 4 }),
      )
      .map(([from, length, days]) => ({
        account: of,
        from,
        to: from + length,
        rows: new Map(
          Object.entries(days)
            .filter(([offset, rows]) => Number(offset) <= length && rows.length > 0)
            .map(([offset, rows]) => [from + Number(offset), inCanonicalOrder(rows)]),
        ),
      }));
  const one = fc.record({
    stamp,
    accounts: fc
      .uniqueArray(fc.constantFrom(...ACCOUNTS), { minLength: 1, maxLength: 3, selector: accountKey })
      .chain((chosen) => fc.tuple(...chosen.map(account))),
  });
  return fc.array(one, { maxLength: 6 });
}

/** All of one source, so that a later import wins and no statement stays hidden behind an erased one. */
export const ofOneSource = imports(TODAY - 5)
  .map((given) => given.slice(0, 2).map((one) => ({ ...one, stamp: { ...one.stamp, source: 'AIS' as const } })))
  .filter((given) => given.length > 0);

/** One import in pieces, by account and by whole days. */
export function split({ stamp, accounts }: Import, cut: (from: Day, to: Day) => Day): Import[] {
  return accounts.flatMap(({ account, from, to, rows }) => {
    const at = cut(from, to);
    const piece = (first: Day, last: Day): Import => ({
      stamp,
      accounts: [
        { account, from: first, to: last, rows: new Map([...rows].filter(([day]) => day >= first && day <= last)) },
      ],
    });
    return at >= to ? [piece(from, to)] : [piece(from, at), piece(at + 1, to)];
  });
}

/** The expected ledger: for each day and account of any import the statement that rule 3.2 of the contract names. */
export function reference(given: readonly Import[]): Record<string, DayStatement> {
  const speaking: Record<string, DayStatement> = {};
  for (const { stamp, accounts } of given) {
    for (const { account, from, to, rows } of accounts) {
      for (let day = from; day <= to; day++) {
        const key = `${accountKey(account)} ${day}`;
        const told = { stamp, rows: rows.get(day) ?? [] };
        if (!speaking[key] || speaksBefore(day, told, speaking[key])) speaking[key] = told;
      }
    }
  }
  return speaking;
}

function speaksBefore(day: Day, a: DayStatement, b: DayStatement): boolean {
  const settled = ({ stamp }: DayStatement) => (day <= dayOfInstant(stamp.importedAt) - 2 ? 1 : 0);
  const rank = ({ stamp }: DayStatement) => ({ AIS: 3, PDF: 2, OWNER_UPLOAD: 1 })[stamp.source];
  const canonical = ({ rows }: DayStatement) =>
    JSON.stringify(rows.map((each) => Object.fromEntries(Object.entries(each).sort(([x], [y]) => (x < y ? -1 : 1)))));
  const bytes = (x: string, y: string) => Buffer.compare(Buffer.from(x), Buffer.from(y));
  const order =
    settled(a) - settled(b) ||
    rank(a) - rank(b) ||
    a.stamp.importedAt - b.stamp.importedAt ||
    bytes(a.stamp.importId, b.stamp.importId) ||
    bytes(canonical(a), canonical(b));
  return order > 0;
}

/** Pages in the form of the reference. */
export function asReference(pages: readonly Page[]): Record<string, DayStatement> {
  return Object.fromEntries(
    pages.flatMap(({ account, month, days }) =>
      [...days].map(([day, statement]) => {
        if (monthOf(day) !== month) throw new Error('a day lies outside its page');
        return [`${accountKey(account)} ${day}`, statement];
      }),
    ),
  );
}
