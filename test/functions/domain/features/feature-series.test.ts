import { fc, test as property } from '@fast-check/jest';
import { columnsOf } from '../../../../functions/domain/features/columns.ts';
import { type Feature, featureKey, formatValue, readFeature } from '../../../../functions/domain/features/feature.ts';
import { seriesOf } from '../../../../functions/domain/features/feature-series.ts';
import type { Labelled } from '../../../../functions/domain/labels/labelled-row.ts';
import { rowsBehind, valueOn } from '../../../../functions/domain/profiles/explain.ts';
import { type Day, dayOfMonth, monthOf, weekday } from '../../../../functions/domain/values/day.ts';
import { toCents } from '../../../../functions/domain/values/rates.ts';
import { ACCOUNTS, TODAY } from '../../../support/ledgers.ts';
import { featureName, tinyCatalogue, windowText } from '../../../support/tiny-catalogue.ts';

const CATALOGUE = tinyCatalogue();
const SPAN = 60;

const labelled: fc.Arbitrary<Labelled[]> = fc
  .array(
    fc.record({
      day: fc.integer({ min: TODAY - SPAN, max: TODAY }),
      account: fc.constantFrom(...ACCOUNTS),
      row: fc.constantFrom(-4999, -100, 0, 1, 2500, 99_999, -1).map((amount) => ({ amount, title: '' })),
      labels: fc
        .subarray([...CATALOGUE.labels.values()], { maxLength: 3 })
        .map((labels) => [...labels].sort((a, b) => a - b)),
      party: fc.constantFrom('', '', 'a', 'b', 'c').map((name) => ({ name })),
      country: fc.constantFrom(undefined, 'PT', 'ES'),
    }),
    { maxLength: 30 },
  )
  .map((rows) =>
    rows
      .map((row) => ({ ...row, reasons: row.labels.map(() => 'test'), otherLabels: [] }))
      .sort((a, b) => a.day - b.day),
  );

const feature = fc.tuple(featureName, windowText).map(([{ name }, window]) => {
  const read = readFeature(name, name === 'owner.history' ? null : Number.parseInt(window, 10), CATALOGUE);
  if (typeof read === 'string') throw new Error(read);
  return read;
});

const has = (row: Labelled, ...names: string[]) =>
  row.labels.some((label) => names.includes(CATALOGUE.labelNames[label]!));
const cents = ({ day, row, account }: Labelled) => {
  const rate = CATALOGUE.rates.rateIn(monthOf(day), account.currency);
  return rate && toCents(row.amount, rate);
};
const spent = (row: Labelled) => row.row.amount < 0 && !has(row, 'internal', 'savings');
const earned = (row: Labelled) => row.row.amount > 0 && !has(row, 'internal', 'savings', 'refund');
const sum = (rows: readonly Labelled[]) => rows.reduce((all, row) => all + Math.abs(cents(row) ?? 0), 0);
const distinct = (values: readonly unknown[]) => new Set(values).size;
const divided = (a: number, b: number) => (b === 0 ? null : a / b);

/** A feature's value by its formula, over the rows of the window alone. */
function reference(feature: Feature, rows: readonly Labelled[], day: Day, dataFrom: Day | null): number | null {
  const seen = rows.filter((row) => row.day <= day && row.day > day - (feature.window ?? 0));
  if (feature.of === 'owner') {
    switch (feature.metric) {
      case 'history':
        return dataFrom === null ? 0 : Math.max(0, day - dataFrom + 1);
      case 'savingsRate':
        return divided(sum(seen.filter(earned)) - sum(seen.filter(spent)), sum(seen.filter(earned)));
      case 'weekendShare':
        return divided(
          seen.filter((row) => spent(row) && weekday(row.day) > 4).length,
          seen.filter((row) => spent(row)).length,
        );
      case 'monthStartShare':
        return divided(
          sum(seen.filter((row) => spent(row) && dayOfMonth(row.day) < 8)),
          sum(seen.filter((row) => spent(row))),
        );
      case 'foreignCountries':
        return distinct(seen.flatMap(({ country }) => country ?? []));
      case 'foreignCurrencies':
        return Math.max(0, distinct(seen.map(({ account }) => account.currency)) - 1);
      case 'recurringStreams':
        return distinct(
          seen
            .filter((row) => row.row.amount < 0 && row.party.name !== '' && has(row, 'monthly'))
            .map(({ party }) => party.name),
        );
      case 'regularIncomeMonths':
        return distinct(seen.filter((row) => has(row, 'regular wage', 'welfare')).map((row) => monthOf(row.day)));
    }
  }
  const { set } = feature;
  const inSet = (row: Labelled) => {
    if (set === 'all') return true;
    if (set === 'spending') return spent(row);
    if (set === 'income') return earned(row);
    // The tiny catalogue has no label for online orders.
    if (set === 'orders') return false;
    return row.labels.some((label) => set.includes(label)) && !row.labels.some((label) => set.includes(~label));
  };
  const own = seen.filter(inSet);
  switch (feature.metric) {
    case 'count':
      return own.length;
    case 'total':
      return sum(own);
    case 'average':
      return divided(sum(own), own.filter((row) => cents(row) !== undefined).length);
    case 'largest':
      return own.reduce<number | null>((largest, row) => {
        const one = cents(row);
        return one === undefined ? largest : Math.max(largest ?? 0, Math.abs(one));
      }, null);
    case 'share':
      return divided(sum(own.filter(({ row }) => row.amount < 0)), sum(seen.filter(spent)));
    case 'netShare':
      return divided(
        sum(own.filter(({ row }) => row.amount < 0)) - sum(own.filter(({ row }) => row.amount > 0)),
        sum(seen.filter(spent)),
      );
    case 'months':
      return distinct(own.map((row) => monthOf(row.day)));
    case 'days':
      return distinct(own.map((row) => row.day));
    case 'parties':
      return distinct(own.flatMap(({ party }) => party.name || []));
    case 'lastSeen':
      return own.length === 0 ? Number.POSITIVE_INFINITY : day - Math.max(...own.map((row) => row.day));
  }
}

const dataFrom = fc.option(fc.integer({ min: TODAY - SPAN, max: TODAY + 2 }));

property.prop([labelled, feature, dataFrom], { numRuns: 1500 })(
  'every day has the value of its formula',
  (rows, of, from) => {
    const series = seriesOf(of, columnsOf(rows, from, CATALOGUE));
    for (let day = TODAY - SPAN - 2; day < TODAY + 400; day += day > TODAY + 5 ? 30 : 1) {
      expect([featureKey(of), day, series.on(day)]).toEqual([featureKey(of), day, reference(of, rows, day, from)]);
    }
  },
);

property.prop([labelled, feature, dataFrom], { numRuns: 800 })('no change is skipped', (rows, of, from) => {
  const series = seriesOf(of, columnsOf(rows, from, CATALOGUE));
  const end = TODAY + 370;
  for (let day = TODAY - SPAN - 2; day < end; ) {
    const value = series.on(day);
    const next = Math.min(series.nextChange(), end);
    expect(next).toBeGreaterThan(day);
    for (let between = day; between < next; between++) {
      if (reference(of, rows, between, from) !== value) throw new Error(`${featureKey(of)} changes on ${between}`);
    }
    day = next;
  }
});

property.prop([labelled, feature, fc.integer({ min: 0, max: SPAN })], { numRuns: 800 })(
  'the rows behind a value lie in its window and give the same value alone',
  (rows, of, back) => {
    const day = TODAY - back;
    const columns = columnsOf(rows, TODAY - SPAN, CATALOGUE);
    const value = valueOn(of, columns, day);
    const behind = rowsBehind(of, columns, day).map((index) => rows[index]!);
    expect(behind.every((row) => row.day <= day && row.day > day - (of.window ?? 0))).toBe(true);
    if (of.metric === 'history' || of.metric === 'weekendShare' || of.metric === 'monthStartShare') return;
    if (of.metric === 'share') expect(sum(behind)).toBe(sum(behind.filter(({ row }) => row.amount < 0)));
    else if (of.metric === 'netShare')
      expect(behind.length).toBe(reference({ ...of, metric: 'count' }, rows, day, null));
    else if (of.metric === 'foreignCurrencies') expect(distinct(behind.map((row) => row.account.currency))).toBe(value);
    else expect(reference(of, behind, day, null)).toBe(value);
  },
);

property.prop([labelled, labelled, feature], { numRuns: 300 })(
  'rows out of the window change nothing',
  (rows, older, of) => {
    const long = of.window ?? 1;
    const early = older.map((row) => ({ ...row, day: row.day - SPAN - long - 1 }));
    const alone = valueOn(of, columnsOf(rows, TODAY, CATALOGUE), TODAY);
    expect(valueOn(of, columnsOf([...early, ...rows], TODAY, CATALOGUE), TODAY)).toBe(
      of.window !== null && of.window <= SPAN ? reference(of, rows, TODAY, TODAY) : alone,
    );
  },
);

test('names of features: faults with the nearest name', () => {
  const names = [
    'pets',
    'pet.count',
    'pets.cuont',
    'pets.count',
    'owner.histroy',
    'owner.savingsRate',
    '__proto__.count',
    'pets.toString',
    'pets|grocery|pets.total',
  ];
  expect(
    names.map((name) => readFeature(name, name.endsWith('e') || name === 'pets.count' ? null : 30, CATALOGUE)),
  ).toEqual([
    'must name what is counted and how, such as pets.months, and is "pets"',
    'must have a known label, and `pet` is not: did you mean `pets`?',
    'must have a known metric, and `cuont` is not: did you mean `count`?',
    'must have a window, such as 180d: pets.count counts within one',
    'must have a known metric of the owner, and `histroy` is not: did you mean `history`?',
    'must have a window, such as 180d: owner.savingsRate counts within one',
    'must have a known label, and `__proto__` is not',
    'must have a known metric, and `toString` is not',
    { name: 'pets|grocery|pets.total', window: 30, of: 'set', metric: 'total', unit: 'money', set: [0, 1] },
  ]);
  expect(readFeature('owner.history', 30, CATALOGUE)).toBe(
    'must not have a window: owner.history looks at the whole history',
  );
});

test('values as people read them', () => {
  expect([
    formatValue('money', 6120),
    formatValue('ratio', 1 / 3),
    formatValue('days', Number.POSITIVE_INFINITY),
    formatValue('months', 3),
    formatValue('money', null),
  ]).toEqual(['61.20 EUR', '0.3333', null, '3', null]);
});
