import { fc, test as property } from '@fast-check/jest';
import type { Condition, Definition } from '../../../../functions/domain/catalogue/definition.ts';
import { conditionsOf } from '../../../../functions/domain/catalogue/definition.ts';
import { columnsFor, type DerivationInput, deriveProfiles } from '../../../../functions/domain/profiles/derive.ts';
import {
  type ExplainedCondition,
  type ExplainedTransaction,
  explain,
} from '../../../../functions/domain/profiles/explain.ts';
import { parseDay } from '../../../../functions/domain/values/day.ts';
import { parseAmount } from '../../../../functions/domain/values/money.ts';
import { toCents } from '../../../../functions/domain/values/rates.ts';
import { ACCOUNTS, ledgerRows, TODAY } from '../../../support/ledgers.ts';
import { definitions, tinyCatalogue } from '../../../support/tiny-catalogue.ts';

const input = fc.tuple(definitions, ledgerRows(TODAY - 200, TODAY)).map(([profiles, rows]): DerivationInput => {
  const catalogue = tinyCatalogue(profiles);
  return { catalogue, definitions: catalogue.definitions, rows, dataFrom: rows[0]?.day ?? null };
});
const ALL = 100_000;

function explainedFor(given: DerivationInput, most = ALL) {
  return explain(given.definitions, columnsFor(given, TODAY), given.catalogue, TODAY, most);
}

/** EUR cents by the one rate that the tiny catalogue has of each currency. */
function inCents(minor: number, currency: string): number | undefined {
  const rate = tinyCatalogue().rates.rateIn(0, currency);
  return rate && toCents(minor, rate);
}

/** A feature's value from the shown transactions alone; undefined where it needs more than those. */
function recomputed(
  { feature: { metric } }: Condition,
  shown: readonly ExplainedTransaction[],
  on: string,
): string | null | undefined {
  const cents = shown.map(({ currencyAmount, currencyName }) =>
    inCents(parseAmount(currencyAmount, currencyName) as number, currencyName),
  );
  const known = cents.flatMap((one) => (one === undefined ? [] : Math.abs(one)));
  const total = known.reduce((sum, one) => sum + one, 0);
  const distinct = (values: readonly string[]) => String(new Set(values).size);
  const money = (value: number) => `${(Math.round(value) / 100).toFixed(2)} EUR`;
  switch (metric) {
    case 'count':
      return String(shown.length);
    case 'total':
      return money(total);
    case 'average':
      return known.length === 0 ? null : money(total / known.length);
    case 'largest':
      return known.length === 0 ? null : money(Math.max(...known));
    case 'months':
    case 'regularIncomeMonths':
      return distinct(shown.map(({ bookedOn }) => bookedOn.slice(0, 7)));
    case 'days':
      return distinct(shown.map(({ bookedOn }) => bookedOn));
    case 'foreignCurrencies':
      return distinct(shown.map(({ currencyName }) => currencyName));
    case 'lastSeen':
      return shown[0] === undefined ? null : String((parseDay(on) ?? 0) - (parseDay(shown[0].bookedOn) ?? 0));
    default:
      return undefined;
  }
}

const shownOf = (explained: readonly ExplainedCondition[], { enter, stay }: Definition) => {
  const conditions = [...conditionsOf(enter), ...(stay === enter ? [] : conditionsOf(stay))];
  const rest = explained.filter(({ part }) => part !== 'needs');
  expect(rest.map(({ path }) => path)).toEqual(conditions.map(({ path }) => path));
  return rest.map((shown, index) => ({ shown, condition: conditions[index]! }));
};

function meetsByHand({ operator, low, high }: Condition, value: number): boolean {
  if (operator === 'atLeast') return value >= low;
  if (operator === 'atMost') return value <= low;
  if (operator === 'above') return value > low;
  if (operator === 'below') return value < low;
  return value >= low && value <= high;
}

property.prop([input], { numRuns: 250 })('evidence gives its value and its verdict again', (given) => {
  const explanations = explainedFor(given);
  expect(explanations.filter(({ applies }) => applies).map(({ profile }) => profile)).toEqual(
    deriveProfiles(given, TODAY),
  );
  explanations.forEach(({ conditions }, index) => {
    for (const { shown, condition } of shownOf(conditions, given.definitions[index]!)) {
      const { value, transactions } = shown;
      const again = recomputed(condition, transactions, shown.on);
      if (again !== undefined)
        expect([shown.feature, shown.window, value]).toEqual([shown.feature, shown.window, again]);
      const exact = ['transactions', 'days', 'months', 'parties', 'countries', 'currencies', 'streams'];
      if (!exact.includes(condition.feature.unit)) continue;
      const number = value === null ? Number.POSITIVE_INFINITY : Number(value);
      expect([shown.feature, value, shown.verdict]).toEqual([shown.feature, value, meetsByHand(condition, number)]);
    }
  });
});

property.prop([input, fc.integer({ min: 0, max: 3 })], { numRuns: 80 })('a bound keeps the newest', (given, most) => {
  const all = explainedFor(given);
  const few = explainedFor(given, most);
  expect(few).toEqual(
    all.map((explanation) => ({
      ...explanation,
      conditions: explanation.conditions.map((condition) => ({
        ...condition,
        transactions: condition.transactions.slice(0, most),
        transactionsOmitted: Math.max(0, condition.transactions.length - most),
      })),
    })),
  );
});

property.prop([input], { numRuns: 150 })('what does not apply says what is missing', (given) => {
  for (const { applies, judged, missing, enteredOn, summary } of explainedFor(given)) {
    expect(missing.length > 0).toBe(!applies);
    expect(enteredOn !== null).toBe(applies);
    expect(summary.startsWith(applies ? 'Applies' : judged ? 'Does not apply' : 'Not judged')).toBe(true);
    expect(missing.every((sentence) => sentence.length > 0)).toBe(true);
  }
});

test('a whole explanation', () => {
  const catalogue = tinyCatalogue([
    {
      id: 'pet-owner',
      title: 'Keeps a pet',
      description: 'x',
      enter: {
        all: [
          { feature: 'pets.total', window: '30d', atLeast: '20 EUR' },
          {
            any: [
              { feature: 'grocery.share', window: '30d', below: '50%' },
              { not: { feature: 'pets.count', window: '7d', above: 0 } },
            ],
          },
        ],
      },
      stay: { feature: 'pets.lastSeen', window: '90d', atMost: 10 },
      needs: { history: '5d' },
    },
  ]);
  const [account] = ACCOUNTS as [(typeof ACCOUNTS)[number]];
  const rows = [
    { day: TODAY - 20, account, row: { amount: -9000, title: 'zooplus', labels: ['my own', 'pets', '__proto__'] } },
    { day: TODAY - 1, account, row: { amount: -1000, title: 'LIDL', party: 'Lidl' } },
  ];
  const given = { catalogue, definitions: catalogue.definitions, rows, dataFrom: TODAY - 20 };
  const zooplus = {
    bookedOn: '2026-11-02',
    currencyAmount: '-90.00',
    currencyName: 'PLN',
    title: 'zooplus',
    party: null,
    labels: ['pets', 'my own', '__proto__'],
    reasons: { pets: 'publisher' },
  };
  const lidl = {
    bookedOn: '2026-11-21',
    currencyAmount: '-10.00',
    currencyName: 'PLN',
    title: 'LIDL',
    party: 'Lidl',
    labels: ['grocery'],
    reasons: { grocery: 'brand lidl' },
  };
  const on = { on: '2026-11-22', transactionsOmitted: 0 };
  expect(explainedFor(given)).toEqual([
    {
      profile: 'pet-owner',
      title: 'Keeps a pet',
      applies: false,
      judged: true,
      enteredOn: null,
      summary: 'Does not apply: its entry rule was not met in the last 60 days.',
      missing: ['pets.lastSeen over 90 days is 20, at most 10 is needed'],
      conditions: [
        {
          part: 'needs',
          path: 'needs.history',
          feature: 'owner.history',
          window: null,
          operator: 'atLeast',
          threshold: '5',
          value: '21',
          verdict: true,
          ...on,
          transactions: [],
        },
        {
          part: 'enter',
          path: 'enter.all[0]',
          feature: 'pets.total',
          window: '30d',
          operator: 'atLeast',
          threshold: '20 EUR',
          value: '22.50 EUR',
          verdict: true,
          ...on,
          transactions: [zooplus],
        },
        {
          part: 'enter',
          path: 'enter.all[1].any[0]',
          feature: 'grocery.share',
          window: '30d',
          operator: 'below',
          threshold: '50%',
          value: '0.1000',
          verdict: true,
          ...on,
          transactions: [lidl],
        },
        {
          part: 'enter',
          path: 'enter.all[1].any[1].not',
          feature: 'pets.count',
          window: '7d',
          operator: 'above',
          threshold: '0',
          value: '0',
          verdict: false,
          ...on,
          transactions: [],
        },
        {
          part: 'stay',
          path: 'stay',
          feature: 'pets.lastSeen',
          window: '90d',
          operator: 'atMost',
          threshold: '10',
          value: '20',
          verdict: false,
          ...on,
          transactions: [zooplus],
        },
      ],
    },
  ]);
});
