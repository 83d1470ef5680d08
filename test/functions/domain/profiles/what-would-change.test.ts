/** What would change or keep a profile: each answer is tried by deriving again, and on small cases nothing less is enough. */
import { fc, test as property } from '@fast-check/jest';
import { preparedCatalogue } from '../../../../catalogue/build/prepared.ts';
import { generateFieldLives } from '../../../../evaluation/lives/field.ts';
import { openCatalogue } from '../../../../functions/domain/catalogue/catalogue.ts';
import type { RuleDocument } from '../../../../functions/domain/catalogue/definition.ts';
import type { LedgerRow } from '../../../../functions/domain/labels/labelled-row.ts';
import { interpretImport } from '../../../../functions/domain/ledger/import.ts';
import { joinPages } from '../../../../functions/domain/ledger/page.ts';
import {
  columnsFor,
  type DerivationInput,
  deriveProfiles,
  rowsOf,
} from '../../../../functions/domain/profiles/derive.ts';
import { profileDays } from '../../../../functions/domain/profiles/history.ts';
import { HORIZON, has } from '../../../../functions/domain/profiles/judge.ts';
import {
  changeSentence,
  type FurtherTransactions,
  keepSentence,
  type WhatIf,
  whatIfChanged,
  whatIfKept,
} from '../../../../functions/domain/profiles/what-if.ts';
import { whatWouldChange, whatWouldKeep } from '../../../../functions/domain/profiles/what-would-change.ts';
import { type Day, dayOf, formatDay, parseDay } from '../../../../functions/domain/values/day.ts';
import { parseAmount } from '../../../../functions/domain/values/money.ts';
import { EVERYTHING, ledgerRows, TODAY } from '../../../support/ledgers.ts';
import { rule, tinyCatalogue } from '../../../support/tiny-catalogue.ts';

type Asked = DerivationInput & { readonly day: Day };

const dayIn = (text: string | null): Day => parseDay(text ?? '') as Day;

/** The transactions of an answer as a client would send them: only the API's answer is used, nothing of the search. */
function sent(transactions: readonly FurtherTransactions[], account: LedgerRow['account']): LedgerRow[] {
  const rows = transactions.flatMap((one, kind) =>
    one.days.map((day, index): LedgerRow => {
      const size = parseAmount(one.currencyAmount, one.currencyName) as number;
      const amount = one.direction === 'in' ? size : -size;
      const party = `shop ${'abcdefghij'[kind]} ${one.differentParties ? String.fromCharCode(97 + index).repeat(5) : ''}`;
      const labels = one.label === null ? {} : { labels: [one.label] };
      return { day: dayIn(day), account, row: { amount, title: '', party: party.trim(), ...labels } };
    }),
  );
  return rows.sort((a, b) => a.day - b.day);
}

function accountIn(rows: readonly LedgerRow[], { transactions }: WhatIf): LedgerRow['account'] {
  const { currencyName } = transactions[0]!;
  return rows.findLast(({ account }) => account.currency === currencyName)!.account;
}

/** Checks an answer by derivations; returns its kinds of facts. */
function check({ day, ...input }: Asked): string[] {
  const columns = columnsFor(input, day);
  const [definition] = input.definitions;
  if (!definition) return [];
  const known = input.rows.filter((row) => row.day <= day);
  const appliesOn = (rows: readonly LedgerRow[], on: Day) => deriveProfiles({ ...input, rows }, on).length > 0;
  if (appliesOn(known, day)) return checkKept({ ...input, rows: known, day });
  const change = whatWouldChange(input, definition, day, columns);
  const answer = whatIfChanged(change, input.catalogue);
  const facts: string[] = [];
  if (answer.on !== null) {
    facts.push('transactions');
    const on = dayIn(answer.on);
    const rows = sent(answer.transactions, accountIn(known, answer));
    expect(rows.every((row) => row.day > day && row.day <= on)).toBe(true);
    expect(appliesOn([...known, ...rows], on)).toBe(true);
    expect(appliesOn(known, on)).toBe(false);
  }
  if (answer.byItselfOn !== null) {
    facts.push('by itself');
    const on = dayIn(answer.byItselfOn);
    expect(appliesOn(known, on)).toBe(true);
    expect(appliesOn(known, on - 1)).toBe(false);
  }
  if (change.without.length > 0) {
    facts.push('without');
    const gone = new Set(change.without.map(({ row }) => row));
    expect(
      appliesOn(
        known.filter(({ row }) => !gone.has(row)),
        day,
      ),
    ).toBe(true);
  }
  expect(changeSentence(change, day) === null).toBe(facts.length === 0);
  return facts;
}

function checkKept({ day, ...input }: Asked): string[] {
  const [definition] = input.definitions;
  const endOf = (rows: readonly LedgerRow[]) => {
    const [found] = profileDays({ ...input, rows }, day, day + 2 * HORIZON);
    let end = day;
    while (end <= day + 2 * HORIZON && has(found!.days, end)) end++;
    return end;
  };
  const end = endOf(input.rows);
  const keep = end > day + HORIZON ? undefined : whatWouldKeep(input, definition!, day, end, columnsFor(input, day));
  if (!keep) return ['no end or no way'];
  const answer = whatIfKept(keep);
  const rows = sent(answer.transactions, accountIn(input.rows, answer));
  expect(rows.every((row) => row.day > day && row.day <= end)).toBe(true);
  const kept = endOf([...input.rows, ...rows]);
  expect(kept).toBeGreaterThan(end);
  if (answer.endsOn !== null) expect(formatDay(kept)).toBe(answer.endsOn);
  return ['kept'];
}

const facts = new Map<string, number>();
const count = (some: readonly string[]) => {
  for (const fact of some.length > 0 ? some : ['nothing']) facts.set(fact, (facts.get(fact) ?? 0) + 1);
};

/** Each row is a separate object, so that one can be removed. */
const ownRows = (rows: readonly LedgerRow[]) => rows.map((row) => ({ ...row, row: { ...row.row } }));

property.prop(
  [
    fc.record({
      enter: rule,
      stay: fc.option(rule),
      needs: fc.option(fc.constantFrom('30d', '365d')),
      rows: ledgerRows(TODAY - 200, TODAY),
    }),
  ],
  { numRuns: 200, seed: 20 },
)('any rule: what is said to change or keep a profile does, by deriving again', ({ enter, stay, needs, rows }) => {
  const document = {
    id: 'p',
    title: 'P',
    description: 'P',
    enter,
    ...(stay && { stay }),
    ...(needs && { needs: { history: needs } }),
  };
  const catalogue = tinyCatalogue([document]);
  const input = { catalogue, definitions: catalogue.definitions, rows: ownRows(rows), dataFrom: rows[0]?.day ?? null };
  count(check({ ...input, day: TODAY }));
});

describe('over the built-in catalogue', () => {
  const catalogue = openCatalogue(preparedCatalogue());
  const owners = generateFieldLives(3, 'open', 4).map(({ imports }) => {
    const joined = imports.flatMap((message) => interpretImport(message, Date.parse('2027-06-01')).import ?? []);
    return ownRows(rowsOf(joinPages([], joined, EVERYTHING).pages));
  });
  const asked = fc.tuple(
    fc.constantFrom(...owners),
    fc.constantFrom(...catalogue.definitions),
    fc.integer({ min: 0, max: 240 }),
  );

  property.prop([asked], { numRuns: 30, seed: 7 })(
    'so it is, and nearly always there is something to say',
    ([rows, definition, back]) => {
      const day = rows.at(-1)!.day - back;
      const said = check({ catalogue, definitions: [definition], rows, dataFrom: rows[0]!.day, day });
      expect([definition.document.id, formatDay(day), said.length > 0]).toEqual([
        definition.document.id,
        formatDay(day),
        true,
      ]);
    },
  );
});

const ACCOUNT = { iban: 'DE89370400440532013000', currency: 'EUR' };
const bought = (day: Day, amount = -2000, title = 'zooplus'): LedgerRow => ({
  day,
  account: ACCOUNT,
  row: { amount, title },
});
const FEW = [bought(TODAY - 40), bought(TODAY - 20, -300), bought(TODAY - 20, -4000, 'lidl')];

function asked(enter: RuleDocument, rows: readonly LedgerRow[] = FEW, more: object = {}) {
  const catalogue = tinyCatalogue([{ id: 'p', title: 'P', description: 'P', enter, ...more }]);
  const input = { catalogue, definitions: catalogue.definitions, rows, dataFrom: rows[0]?.day ?? null };
  return { input, definition: catalogue.definitions[0]!, columns: columnsFor(input, TODAY) };
}

function sentence(enter: RuleDocument, rows: readonly LedgerRow[] = FEW, more: object = {}) {
  const { input, definition, columns } = asked(enter, rows, more);
  return changeSentence(whatWouldChange(input, definition, TODAY, columns), TODAY);
}

const COUNTED = ['count', 'days', 'months', 'parties'] as const;
const least = fc.constantFrom<'30d' | '90d'>('30d', '90d').chain((window) =>
  fc.array(
    fc.tuple(fc.constantFrom(...COUNTED), fc.integer({ min: 1, max: 4 })).map(([metric, atLeast]) => ({
      ...{ feature: `pets.${metric}`, window, atLeast },
    })),
    { minLength: 1, maxLength: 2 },
  ),
);

/** Lists of so many of the days, ascending, with repetition. */
function* choices(days: readonly Day[], of: number, from = 0): Generator<Day[]> {
  if (of === 0) yield [];
  else
    for (let at = from; at < days.length; at++)
      for (const rest of choices(days, of - 1, at)) yield [days[at]!, ...rest];
}

property.prop([least], { numRuns: 25, seed: 11 })(
  'fewer transactions are not enough, nor as many earlier: all were tried',
  (all) => {
    const { input, definition, columns } = asked({ all });
    if (deriveProfiles(input, TODAY).length > 0) return count(checkKept({ ...input, day: TODAY }));
    const { plan } = whatWouldChange(input, definition, TODAY, columns);
    if (!plan) return;
    count(['least']);
    const { days } = plan.additions[0]!;
    // Days between these add nothing: another month begins, or one more day has passed.
    const near = [1, 2, 3, 4].map((later) => TODAY + later);
    const months = [dayOf(2026, 12, 1), dayOf(2027, 1, 1), dayOf(2027, 2, 1), dayOf(2027, 3, 1)];
    const dates = [...near, ...months, plan.on].filter((day) => day <= plan.on);
    const appliesWith = (chosen: readonly Day[], on: Day) => {
      const added = chosen.map((day, index) => ({
        ...{ day, account: ACCOUNT },
        row: { amount: -1000, title: '', party: `shop ${'abcde'[index]?.repeat(4)}`, labels: ['pets'] },
      }));
      return deriveProfiles({ ...input, rows: [...FEW, ...added] }, on).length > 0;
    };
    expect(appliesWith(days, plan.on)).toBe(true);
    for (const on of dates) {
      const before = dates.filter((day) => day <= on);
      const most = days.length - (on === plan.on ? 1 : 0);
      for (let size = 0; size <= most; size++) {
        for (const chosen of choices(before, size))
          expect([chosen, on, appliesWith(chosen, on)]).toEqual([chosen, on, false]);
      }
    }
  },
);

test('rules of every kind were among them', () => {
  expect([...facts.keys()].sort()).toEqual([
    'by itself',
    'kept',
    'least',
    'no end or no way',
    'nothing',
    'transactions',
    'without',
  ]);
  expect(facts.get('transactions')).toBeGreaterThan(30);
  expect(facts.get('kept')).toBeGreaterThan(4);
});

const [LONG_AGO, RECENT] = [bought(TODAY - 80), bought(TODAY - 5)];
const WAGES = [TODAY - 62, TODAY - 31, TODAY - 1].map((day) => bought(day, 100_000, 'wynagrodzenie'));
const [once, window] = [{ atLeast: 1 }, '90d'];

test.each<[RuleDocument, readonly LedgerRow[], string | null]>([
  [
    { feature: 'pets.count', window, atLeast: 4 },
    FEW,
    '2 more transactions labelled pets (2 on 2026-11-23) would make it apply on 2026-11-23',
  ],
  [
    { feature: 'pets.days', window, atLeast: 8 },
    FEW,
    '6 more transactions labelled pets (on 6 days from 2026-11-23 to 2026-11-28) would make it apply on 2026-11-28',
  ],
  [
    { feature: 'pets.months', window, atLeast: 3 },
    FEW,
    '1 more transaction labelled pets (2026-12-01) would make it apply on 2026-12-01',
  ],
  [
    { feature: 'pets.parties', window, atLeast: 3 },
    FEW,
    '2 more transactions labelled pets (2 on 2026-11-23), of different counterparties would make it apply on 2026-11-23',
  ],
  [
    { feature: 'pets.total', window, above: '60 EUR' },
    FEW,
    '1 more transaction labelled pets (2026-11-23), 37.01 EUR or more would make it apply on 2026-11-23',
  ],
  [
    { feature: 'pets.largest', window, atLeast: '60 EUR' },
    FEW,
    '1 more transaction labelled pets (2026-11-23), 60.00 EUR or more would make it apply on 2026-11-23',
  ],
  [
    { feature: 'pets.average', window, below: '8 EUR' },
    FEW,
    '1 more transaction labelled pets (2026-11-23), 0.99 EUR or less would make it apply on 2026-11-23; without new data it applies on 2027-01-11; without 1 past transaction (2026-10-13) it would apply on 2026-11-22',
  ],
  [
    { feature: 'pets.share', window, atLeast: '80%' },
    FEW,
    '1 more transaction labelled pets (2026-11-23), 137.00 EUR or more would make it apply on 2026-11-23',
  ],
  [
    { feature: 'pets.share', window, atMost: '10%' },
    FEW,
    '1 more payment made (2026-11-23), 167.00 EUR or more would make it apply on 2026-11-23; without new data it applies on 2027-01-11; without 1 past transaction (2026-10-13) it would apply on 2026-11-22',
  ],
  [
    { feature: 'pets.lastSeen', window, atMost: 7 },
    FEW,
    '1 more transaction labelled pets (2026-11-23) would make it apply on 2026-11-23',
  ],
  [
    { feature: 'pets.lastSeen', window, atLeast: 30 },
    FEW,
    'without new data it applies on 2026-12-02; without 1 past transaction (2026-11-02) it would apply on 2026-11-22',
  ],
  [
    { feature: 'pets.count', window, atMost: 0 },
    FEW,
    'without new data it applies on 2027-01-31; without 2 past transactions (2026-10-13 to 2026-11-02) it would apply on 2026-11-22',
  ],
  [
    { not: { feature: 'pets.months', window, atLeast: 2 } },
    FEW,
    'without new data it applies on 2027-01-11; without 1 past transaction (2026-10-13) it would apply on 2026-11-22',
  ],
  [
    { feature: 'pets.total', window: '30d', below: '1 EUR' },
    [LONG_AGO, RECENT],
    'without new data it applies on 2026-12-17; without 1 past transaction (2026-11-17) it would apply on 2026-11-22',
  ],
  [{ feature: 'owner.history', atLeast: 60 }, FEW, 'without new data it applies on 2026-12-11'],
  [
    { feature: 'owner.savingsRate', window, atLeast: '99%' },
    [...FEW, ...WAGES.slice(2)],
    '1 more payment received (2026-11-23), 5300.00 EUR or more would make it apply on 2026-11-23; without new data it applies on 2027-01-31',
  ],
  [
    { feature: 'owner.weekendShare', window, atLeast: '75%' },
    FEW,
    '1 more payment made (2027-01-31) would make it apply on 2027-02-01',
  ],
  [
    { feature: 'owner.recurringStreams', window, atLeast: 2 },
    FEW,
    '2 more transactions labelled monthly (2 on 2026-11-23), of different counterparties would make it apply on 2026-11-23',
  ],
  [
    { feature: 'owner.regularIncomeMonths', window, atLeast: 2 },
    FEW,
    '2 more transactions labelled regular wage (2026-11-30, 2026-12-01) would make it apply on 2026-12-01',
  ],
  [{ feature: 'owner.foreignCountries', window, atLeast: 2 }, FEW, null],
  [
    {
      any: [
        { feature: 'grocery.count', window, atLeast: 9 },
        { feature: 'savings.count', window, ...once },
      ],
    },
    FEW,
    '1 more transaction labelled savings (2026-11-23) would make it apply on 2026-11-23',
  ],
  [
    {
      all: [
        { feature: 'grocery.count', window, atLeast: 2 },
        { feature: 'savings.months', window, atLeast: 2 },
      ],
    },
    FEW,
    '1 more transaction labelled grocery (2026-12-01) and 2 more transactions labelled savings (2026-11-30, 2026-12-01) would make it apply on 2026-12-01',
  ],
  [
    {
      all: [
        { feature: 'grocery.count', window, atLeast: 2 },
        { feature: 'pets.count', window, atMost: 1 },
      ],
    },
    FEW,
    '1 more transaction labelled grocery (2027-01-11) would make it apply on 2027-01-11',
  ],
  [{ feature: 'pets.count', window: '7d', atLeast: 90 }, FEW, null],
  [{ feature: 'pets.count', window, ...once }, [], null],
])('%j in the words of a person', (enter, rows, expected) => {
  expect(sentence(enter, rows)).toBe(expected);
});

test('too little data: on which day there is enough, and what more is needed then', () => {
  const needs = { needs: { history: '60d' } };
  expect(sentence({ feature: 'pets.count', window, ...once }, FEW, needs)).toBe(
    'without new data it applies on 2026-12-11',
  );
  expect(sentence({ feature: 'grocery.count', window, atLeast: 2 }, FEW, needs)).toBe(
    '1 more transaction labelled grocery (2026-12-11) would make it apply on 2026-12-11',
  );
});

test('what keeps it beyond its end, and until when', () => {
  const { input, definition, columns } = asked({ feature: 'pets.count', window, atLeast: 2 });
  const keep = whatWouldKeep(input, definition, TODAY, TODAY + 50, columns);
  expect(keep && keepSentence(keep)).toBe(
    '1 more transaction labelled pets (2027-01-11) would keep it beyond 2027-01-10; without more it then ends on 2027-01-31',
  );
});

test('for programs', () => {
  const { input, definition, columns } = asked({
    all: [
      { feature: 'grocery.total', window, atLeast: '60 EUR' },
      { feature: 'pets.count', window, atMost: 1 },
    ],
  });
  expect(whatIfChanged(whatWouldChange(input, definition, TODAY, columns), input.catalogue)).toEqual({
    transactions: [
      {
        ...{ label: 'grocery', direction: 'out', days: ['2027-01-11'], differentParties: false },
        ...{ amountIs: 'atLeast', currencyAmount: '20.00', currencyName: 'EUR' },
      },
    ],
    ...{ on: '2027-01-11', byItselfOn: null, endsOn: null, without: [], withoutOmitted: 0 },
  });
});
