import { fc, test as property } from '@fast-check/jest';
import { compileDefinition, conditionsOf, meets } from '../../../../functions/domain/catalogue/definition.ts';
import { columnsOf } from '../../../../functions/domain/features/columns.ts';
import { seriesOf } from '../../../../functions/domain/features/feature-series.ts';
import { spansOfEnough } from '../../../../functions/domain/profiles/days-at-least.ts';
import { fixedRates } from '../../../support/fixed-rates.ts';

const RATES = fixedRates();
const CATALOGUE = {
  labels: new Map([
    ['pets', 0],
    ['grocery', 1],
  ]),
  rates: RATES,
};
const SPAN = 200;
const ACCOUNT = { currency: 'EUR' };

const rows = fc
  .array(fc.record({ day: fc.integer({ min: 0, max: SPAN }), labels: fc.subarray([0, 1]) }), { maxLength: 25 })
  .map((all) => all.sort((a, b) => a.day - b.day));
const metric = fc.constantFrom('count', 'days', 'months', 'parties', 'total');
const operator = fc.constantFrom('atLeast', 'above', 'below', 'atMost');

property.prop(
  [
    rows,
    fc.constantFrom('pets', 'pets|grocery', 'all', 'spending'),
    metric,
    operator,
    fc.integer({ min: 0, max: 6 }),
    fc.integer({ min: 1, max: 120 }),
  ],
  { numRuns: 500 },
)(
  'the spans of enough rows, days or months are the days on which the series has enough',
  (all, set, of, is, threshold, window) => {
    const condition = {
      feature: `${set}.${of}`,
      window: `${window}d`,
      [is]: of === 'total' ? `${threshold} EUR` : threshold,
    };
    const document = { id: 'p', title: 'T', description: 'D', enter: { all: [condition] } };
    const { definition } = compileDefinition(document, CATALOGUE, RATES);
    const [compiled] = definition ? conditionsOf(definition.enter) : [];
    if (!compiled) throw new Error('the definition has faults');
    const columns = columnsOf(
      all.map(({ day, labels }) => ({
        day,
        account: ACCOUNT,
        row: { amount: -100, title: '' },
        labels,
        reasons: labels.map(() => 'test'),
        otherLabels: [],
        party: { name: '' },
        country: undefined,
      })),
      0,
      CATALOGUE,
    );
    const spans = spansOfEnough(compiled, columns);
    const isOfKind = (is === 'atLeast' || is === 'above') && of !== 'parties' && of !== 'total';
    expect(spans !== undefined).toBe(isOfKind && !(is === 'atLeast' && threshold === 0));
    if (!spans) return;
    const series = seriesOf(compiled.feature, columns);
    for (let day = 0; day <= SPAN + window; day++) {
      expect(spans.some(({ from, to }) => from <= day && day < to)).toBe(meets(compiled, series.on(day)));
    }
    expect(spans.every(({ from }, index) => index === 0 || from >= (spans[index - 1]?.to ?? 0))).toBe(true);
  },
);
