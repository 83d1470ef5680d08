import { fc, test as property } from '@fast-check/jest';
import {
  accountKey,
  compareStatements,
  type DayStatement,
  type Import,
  type Row,
} from '../../../../functions/domain/ledger/ledger.ts';
import {
  firstBookedDay,
  joinPages,
  lastCoveredDay,
  monthsOf,
  type Page,
  withoutErased,
} from '../../../../functions/domain/ledger/page.ts';
import { compareCodePoints } from '../../../../functions/domain/values/code-points.ts';
import { dayOf, monthOf, startOfDay } from '../../../../functions/domain/values/day.ts';
import {
  ACCOUNTS,
  asReference,
  EVERYTHING,
  imports,
  inCanonicalOrder,
  reference,
  row,
  split,
} from '../../../support/ledgers.ts';

/** Three days before the end of a month, so that imports cross it. */
const AROUND = dayOf(2026, 11, 3);
const joined = (pages: readonly Page[], given: readonly Import[]) => joinPages(pages, given, EVERYTHING).pages;

property.prop([imports(AROUND)], { numRuns: 1500 })('the statement that the contract names speaks', (given) => {
  expect(asReference(joined([], given))).toEqual(reference(given));
});

property.prop([imports(AROUND), fc.infiniteStream(fc.nat())], { numRuns: 1000 })(
  'any order, repetition and split gives the same ledger',
  (given, random) => {
    const draw = (most: number) => (random.next().value as number) % most;
    const pieces = given.flatMap((one) =>
      draw(2) === 0 ? [one] : split(one, (from, to) => from + draw(to - from + 1)),
    );
    const repeated = pieces.flatMap((one) => Array.from({ length: 1 + draw(2) }, () => one));
    const shuffled = repeated.map((one) => ({ one, at: draw(1e6) })).sort((a, b) => a.at - b.at);
    let pages: readonly Page[] = [];
    for (const { one } of shuffled) pages = joined(pages, [one]);
    expect(asReference(pages)).toEqual(reference(given));
    expect(joinPages(pages, given, EVERYTHING).changed).toEqual([]);
  },
);

property.prop([imports(AROUND), imports(AROUND), imports(AROUND)], { numRuns: 500 })(
  'joining ledgers is commutative and associative',
  (a, b, c) => {
    const left = joined(joined(joined([], a), b), c);
    const right = joined(joined([], [...c, ...b]), a);
    expect(asReference(left)).toEqual(asReference(right));
  },
);

property.prop([imports(AROUND), fc.nat(), fc.nat()], { numRuns: 500 })(
  'what was erased or is past retention does not count, whenever it is met',
  (given, at, month) => {
    const erasedAt = given[at % Math.max(1, given.length)]?.stamp.importedAt ?? 0;
    const bounds = { erasedAt, firstMonth: monthOf(AROUND) - 1 + (month % 2) };
    const kept = given.filter(({ stamp }) => stamp.importedAt > erasedAt);
    const expected = Object.fromEntries(
      Object.entries(reference(kept)).filter(([key]) => monthOf(Number(key.split(' ').at(-1))) >= bounds.firstMonth),
    );
    const late = joinPages([], given, bounds).pages;
    expect(asReference(late)).toEqual(expected);
    const before = joined([], given).filter((page) => page.month >= bounds.firstMonth);
    const cleaned = joinPages(before, given, bounds);
    expect(asReference(cleaned.pages)).toEqual(expected);
    expect(withoutErased(before, erasedAt).flatMap(({ days }) => [...days.keys()]).length).toBeLessThanOrEqual(
      Object.keys(expected).length,
    );
    expect(cleaned.changed.every(({ month: of }) => monthsOf(given, bounds).includes(of))).toBe(true);
  },
);

property.prop([imports(AROUND)], { numRuns: 500 })('the first booked and the last covered day', (given) => {
  const days = Object.entries(reference(given)).map(([key, { rows }]) => ({
    day: Number(key.split(' ').at(-1)),
    booked: rows.some(({ pending }) => !pending),
  }));
  const least = (values: readonly number[]) => (values.length === 0 ? undefined : Math.min(...values));
  expect(firstBookedDay(joined([], given))).toBe(least(days.filter(({ booked }) => booked).map(({ day }) => day)));
  expect(lastCoveredDay(given, EVERYTHING)).toBe(
    days.length === 0 ? undefined : Math.max(...days.map(({ day }) => day)),
  );
});

test('statements by settled, source, instant, id and content', () => {
  const day = AROUND;
  const says = (
    source: 'AIS' | 'PDF' | 'OWNER_UPLOAD',
    importedAt: number,
    importId: string,
    title = 'x',
  ): DayStatement => ({ stamp: { source, importedAt, importId }, rows: [{ amount: -1, title }] });
  const unsettled = startOfDay(day + 2) - 1;
  const inOrder = [
    says('OWNER_UPLOAD', unsettled, 'z'),
    says('PDF', unsettled - 5000, 'z'),
    says('AIS', unsettled - 1, 'z'),
    says('AIS', unsettled, 'a'),
    says('OWNER_UPLOAD', unsettled + 1, 'a'),
    says('PDF', unsettled + 1, 'a'),
    says('PDF', unsettled + 2, 'a'),
    says('AIS', unsettled + 1, 'Z'),
    says('AIS', unsettled + 1, 'a'),
    says('AIS', unsettled + 1, '\uffff'),
    says('AIS', unsettled + 1, '\u{10000}'),
    says('AIS', unsettled + 1, '\u{10000}', 'y'),
    says('AIS', unsettled + 1, '\u{10000}', '\u{10000}'),
    says('AIS', unsettled + 2, 'a'),
  ];
  inOrder.forEach((a, i) => {
    inOrder.forEach((b, j) => {
      expect(Math.sign(compareStatements(day, a, b))).toBe(Math.sign(i - j));
    });
  });
});

const manyAmounts = fc.record({ amount: fc.maxSafeInteger(), title: fc.constantFrom('a', '"', '\uffff', '\u{10000}') });

property.prop([fc.array(fc.oneof(row, manyAmounts), { maxLength: 80, size: 'max' })], { numRuns: 300 })(
  'rows of a day are in the order of their JSON, its fields by name, however many they are',
  (rows) => {
    const text = (one: Row) => JSON.stringify(Object.fromEntries(Object.entries(one).sort()));
    expect(inCanonicalOrder(rows).map(text)).toEqual(rows.map(text).sort(compareCodePoints));
  },
);

test('pockets of one IBAN, and ids that look like IBANs, are accounts of their own', () => {
  const alike = [...ACCOUNTS, { accountId: 'PL61109010140000071219812874', currency: 'PLN' }];
  expect(new Set(alike.map(accountKey)).size).toBe(alike.length);
});

test('a day that a later import covers without rows is empty, and repeated rows stay repeated', () => {
  const [account] = ACCOUNTS;
  const coffee = { amount: -350, title: 'COFFEE' };
  const told = (importId: string, rows: readonly (typeof coffee)[]): Import => ({
    stamp: { importedAt: startOfDay(AROUND + 5), importId, source: 'AIS' },
    accounts: [
      { account: account as (typeof ACCOUNTS)[number], from: AROUND, to: AROUND, rows: new Map([[AROUND, rows]]) },
    ],
  });
  const twice = joined([], [told('1', [coffee, coffee])]);
  expect(twice[0]?.days.get(AROUND)?.rows).toEqual([coffee, coffee]);
  expect(joined(twice, [told('2', [])])[0]?.days.get(AROUND)?.rows).toEqual([]);
});
