/**
 * The first law of files: cut a statement at any row into files, shuffle and repeat them, import them in any grouping;
 * every covered day has all its rows, every row that is not sent is named, and all pieces together lose none.
 */
import { fc, test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import { formatDay, parseDay } from '../../../functions/domain/values/day.ts';
import { type Joined, joinStatements } from '../../../functions/readers/join-statements.ts';
import { fileOf } from './reading.ts';

const FIRST = parseDay('2026-06-01') as number;

type Row = { readonly day: number; readonly cents: number; readonly title: string };

/** Rows of some days in June, several on a day, with few different amounts, so that balances repeat. */
const history = fc
  .array(fc.record({ day: fc.integer({ min: 0, max: 6 }), cents: fc.constantFrom(-300, -100, 100, 300, 500) }), {
    minLength: 1,
    maxLength: 12,
  })
  .map((rows) =>
    rows
      .sort((a, b) => a.day - b.day)
      .map((row, index): Row => ({ ...row, day: FIRST + row.day, title: `ROW ${index}` })),
  );

const euros = (cents: number) =>
  `${cents < 0 ? 'D' : 'C'}${Math.floor(Math.abs(cents) / 100)},${String(Math.abs(cents) % 100).padStart(2, '0')}`;
const yymmdd = (day: number) => formatDay(day).slice(2).replaceAll('-', '');
const balance = (tag: string, day: number, cents: number) =>
  `:${tag}:${cents < 0 ? 'D' : 'C'}${yymmdd(day)}EUR${euros(cents).slice(1)}`;

/** Pages of one MT940, or statements of their own, cut before the rows at these places. */
function pieces(rows: readonly Row[], cuts: readonly number[], style: 'pages' | 'statements'): string[] {
  const places = [
    0,
    ...[...new Set(cuts)].filter((cut) => cut > 0 && cut < rows.length).sort((a, b) => a - b),
    rows.length,
  ];
  const balanceAt = (place: number) => 100_000 + rows.slice(0, place).reduce((sum, { cents }) => sum + cents, 0);
  return places.slice(0, -1).map((from, page) => {
    const to = places[page + 1]!;
    const [isFirst, isLast] = [from === 0, to === rows.length];
    const opened = isFirst ? FIRST - 1 : rows[from - 1]!.day;
    const closed = isLast ? FIRST + 9 : rows[to - 1]!.day;
    const [before, behind] = style === 'pages' ? [isFirst ? '60F' : '60M', isLast ? '62F' : '62M'] : ['60F', '62F'];
    const lines = rows
      .slice(from, to)
      .map(
        ({ day, cents, title }) => `:61:${yymmdd(day)}${yymmdd(day).slice(2)}${euros(cents)}NTRFNONREF\n:86:${title}`,
      );
    return [
      ':20:A',
      ':25:DE89370400440532013000',
      `:28C:6/${page + 1}`,
      balance(before, opened, balanceAt(from)),
      ...lines,
      balance(behind, closed, balanceAt(to)),
      '-',
    ].join('\n');
  });
}

const ddmmyy = (day: number) => yymmdd(day).replace(/^(..)(..)(..)$/, '$3$2$1');
/** Fourteen characters, with the sign in the last one. */
function signed(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(14, '0');
  return digits.slice(0, -1) + (cents < 0 ? '}JKLMNOPQR' : '{ABCDEFGHI')[Number(digits.slice(-1))];
}

/** The same statement as files of CFONB 120, each with the balances at its ends. */
function frenchPieces(rows: readonly Row[], cuts: readonly number[]): string[] {
  const of = (code: string, day: number, middle: string, cents: number) =>
    `${code}20041    01005EUR2 0500013M026  ${ddmmyy(day)}${middle.padEnd(50)}${signed(cents)}`.padEnd(120);
  return cutAt(rows, cuts).map(({ part, opened, closed, before, behind }) =>
    [
      of('01', opened, '', before),
      ...part.map(({ day, cents, title }) => of('04', day, `  ${ddmmyy(day)}${title}`, cents)),
      of('07', closed, '', behind),
    ].join('\n'),
  );
}

/** The same as files of Norma 43, each with its period: they are cut between days. */
function spanishPieces(rows: readonly Row[], cuts: readonly number[]): string[] {
  const amount = (cents: number) => `${cents < 0 ? 1 : 2}${String(Math.abs(cents)).padStart(14, '0')}`;
  return cutAt(rows, betweenDays(rows, cuts)).map(({ part, opened, closed, before, behind }) => {
    const debits = part.filter(({ cents }) => cents < 0).length;
    return [
      `11210004180200051332${yymmdd(opened + 1)}${yymmdd(closed)}${amount(before)}9783`,
      ...part.flatMap(({ day, cents, title }) => [
        `22    0418${yymmdd(day)}${yymmdd(day)}12100${amount(cents)}`,
        `2301${title}`,
      ]),
      `33210004180200051332${String(debits).padStart(5, '0')}${'0'.repeat(14)}${String(part.length - debits).padStart(5, '0')}${'0'.repeat(14)}${amount(behind)}978`,
    ].join('\n');
  });
}

/** Parts of a history with the days and balances at their ends. */
function cutAt(rows: readonly Row[], cuts: readonly number[]) {
  const inside = [...new Set(cuts)].filter((cut) => cut > 0 && cut < rows.length).sort((a, b) => a - b);
  const places = [0, ...inside, rows.length];
  const balanceAt = (place: number) => 100_000 + rows.slice(0, place).reduce((sum, { cents }) => sum + cents, 0);
  return places.slice(0, -1).map((from, index) => {
    const to = places[index + 1]!;
    return {
      part: rows.slice(from, to),
      opened: from === 0 ? FIRST - 1 : rows[from - 1]!.day,
      closed: to === rows.length ? FIRST + 9 : rows[to - 1]!.day,
      before: balanceAt(from),
      behind: balanceAt(to),
    };
  });
}

const formatOf = (text: string) =>
  text.startsWith('01') ? 'cfonb120' : text.startsWith('11') ? 'norma43' : ('mt940' as const);
const read = (texts: readonly string[]) => texts.map((text) => fileOf(formatOf(text), text));
const titlesOf = ({ imports }: Joined) =>
  imports
    .flatMap(({ accounts }) => accounts.flatMap(({ transactions }) => transactions.map(({ title }) => title)))
    .sort();
const daysOf = ({ imports }: Joined) =>
  imports.flatMap(({ accounts }) =>
    accounts.flatMap(({ covers }) => {
      const [from, to] = covers ? [parseDay(covers.from) as number, parseDay(covers.to) as number] : [1, 0];
      return Array.from({ length: to - from + 1 }, (_, index) => from + index);
    }),
  );

const cuts = fc.array(fc.nat(12), { maxLength: 5 });
const shuffle = fc.array(fc.nat(1000), { minLength: 20, maxLength: 20 });

function shuffled<Value>(values: readonly Value[], by: readonly number[]): Value[] {
  return values
    .map((value, index) => ({ value, key: by[index % by.length]! }))
    .sort((a, b) => a.key - b.key)
    .map(({ value }) => value);
}

/** Statement pieces that end inside a day mark that day as closed, so they are cut between days here. */
function betweenDays(rows: readonly Row[], places: readonly number[]): number[] {
  return places.filter((place) => rows[place - 1]?.day !== rows[place]?.day);
}

describe('pieces of one statement', () => {
  test.prop([history, cuts, shuffle, fc.constantFrom('pages' as const, 'statements' as const)], { numRuns: 120 })(
    'all together, shuffled and repeated, lose no row and add none',
    (rows, places, order, style) => {
      const files = pieces(rows, places, style);
      const joined = joinStatements(read(shuffled([...files, ...files.slice(0, 2)], order)));
      expect(titlesOf(joined)).toEqual(rows.map(({ title }) => title).sort());
      expect(joined.warnings).toEqual([]);
      expect(daysOf(joined)).toEqual(Array.from({ length: 10 }, (_, index) => FIRST + index));
    },
  );

  test.prop([history, cuts, shuffle, fc.constantFrom(frenchPieces, spanishPieces)], { numRuns: 120 })(
    'of fixed records lose no row together and add none, and claim only whole days alone',
    (rows, places, order, cut) => {
      const files = cut(rows, places);
      const joined = joinStatements(read(shuffled([...files, ...files.slice(0, 2)], order)));
      expect(titlesOf(joined)).toEqual(rows.map(({ title }) => title).sort());
      expect(joined.warnings).toEqual([]);
      expect(daysOf(joined)).toEqual(Array.from({ length: 10 }, (_, index) => FIRST + index));
      const chosen = betweenDays(rows, places);
      checkClaims(
        rows,
        cut(rows, chosen).filter((_, index) => order[index]! % 2 === 0),
      );
    },
  );

  test.prop([history, cuts, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), shuffle], { numRuns: 120 })(
    'some of them claim only days with all their rows, and name every row that they leave out',
    (rows, places, chosen, order) => {
      const files = shuffled(pieces(rows, places, 'pages'), order).filter((_, index) => chosen[index]);
      checkClaims(rows, files);
    },
  );

  test.prop([history, cuts, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 })], { numRuns: 40 })(
    'so do statements that are cut between days',
    (rows, places, chosen) => {
      checkClaims(
        rows,
        pieces(rows, betweenDays(rows, places), 'statements').filter((_, index) => chosen[index]),
      );
    },
  );

  test.prop([history, cuts, cuts, shuffle], { numRuns: 80 })(
    'cut in two ways, both given',
    (rows, one, other, order) => {
      const files = [...pieces(rows, one, 'pages'), ...pieces(rows, betweenDays(rows, other), 'statements')];
      const joined = joinStatements(read(shuffled(files, order)));
      expect(titlesOf(joined)).toEqual(rows.map(({ title }) => title).sort());
    },
  );

  test.prop([history, cuts], { numRuns: 40 })(
    'taken as whole days, each piece is sent with all its rows',
    (rows, places) => {
      for (const file of pieces(rows, places, 'pages')) {
        const [statement] = read([file]);
        const joined = joinStatements([statement as NonNullable<typeof statement>], { wholeDays: true });
        expect(titlesOf(joined)).toHaveLength(statement?.statements[0]?.transactions.length ?? 0);
        expect(joined.warnings).toEqual([]);
      }
    },
  );
});

function checkClaims(rows: readonly Row[], files: readonly string[]): void {
  const joined = joinStatements(read(files));
  const claimed = new Set(daysOf(joined));
  const given = new Set(
    read(files).flatMap(({ statements }) =>
      statements.flatMap(({ transactions }) => transactions.map(({ title }) => title)),
    ),
  );
  expect(titlesOf(joined)).toEqual(
    rows
      .filter(({ day }) => claimed.has(day))
      .map(({ title }) => title)
      .sort(),
  );
  const leftOut = rows.filter(({ day, title }) => given.has(title) && !claimed.has(day));
  const named = joined.warnings.reduce((sum, { rows: count = 0 }) => sum + count, 0);
  expect(named).toBe(leftOut.length);
  expect(new Set(joined.warnings.map(({ day }) => day))).toEqual(new Set(leftOut.map(({ day }) => formatDay(day))));
}

test('a warning names place, rows, day, account and what would complete it', () => {
  const rows = [0, 1, 1].map((day, index) => ({ day: FIRST + day, cents: -100, title: `ROW ${index}` }));
  const [first = ''] = pieces(rows, [2], 'pages');
  const { warnings } = joinStatements(read([first]));
  expect(warnings).toEqual([
    {
      account: 'DE89370400440532013000',
      currencyName: 'EUR',
      day: '2026-06-02',
      rows: 1,
      file: 0,
      message:
        'line 1: 1 row of 2026-06-02 (DE89370400440532013000, EUR) left out: the statement ends inside this day; import the one that follows together with it, or take the days as whole (--whole-days; wholeDays=true of the API)',
    },
  ]);
});
