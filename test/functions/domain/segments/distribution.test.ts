/** Quantiles, bins and counts of a feature against counting each value. */
import fc from 'fast-check';
import { type Distribution, distributionOf, keptValue } from '../../../../functions/domain/segments/distribution.ts';

const values = fc.array(fc.oneof(fc.integer({ min: -50, max: 400 }), fc.constantFrom(0, 1, 100_000)), {
  maxLength: 120,
});
const sorted = (list: readonly number[]) => Float64Array.from(list).sort();
const number = (value: unknown) => Number(value);
const inBin = (value: number, { histogram }: Distribution, at: number) => {
  const { from, to } = histogram[at]!;
  return value >= number(from) && (value < number(to) || (at === histogram.length - 1 && value === number(to)));
};

test('quantiles are exact, bins hold every value once', () => {
  fc.assert(
    fc.property(values, fc.nat(9), (list, missing) => {
      const told = distributionOf('transactions', sorted(list), missing);
      expect([told.owners, told.missing]).toEqual([list.length, missing]);
      expect(Object.keys(told.quantiles).length).toBe(list.length === 0 ? 0 : 11);
      for (const [quantile, value] of Object.entries(told.quantiles)) {
        const reaches = (candidate: number) =>
          list.filter((each) => each <= candidate).length / list.length >= Number(quantile) - 1e-12;
        expect(value).toBe(Math.min(...list.filter(reaches)));
      }
      for (const at of told.histogram.keys()) {
        expect(told.histogram[at]!.owners).toBe(list.filter((value) => inBin(value, told, at)).length);
      }
      expect(told.histogram.reduce((sum, { owners }) => sum + owners, 0)).toBe(list.length);
      expect(told.histogram.length).toBeLessThanOrEqual(21);
      for (const { value, owners } of told.atLeast) {
        expect(owners).toBe(list.filter((each) => each >= number(value)).length);
      }
    }),
    { seed: 15, numRuns: 300 },
  );
});

test('a key for counts learns nothing of fewer owners than the smallest group', () => {
  fc.assert(
    fc.property(values, fc.integer({ min: 2, max: 15 }), (list, group) => {
      const told = distributionOf('transactions', sorted(list), 3, group);
      const numbers = [told.owners, told.missing, ...[...told.histogram, ...told.atLeast].map(({ owners }) => owners)];
      expect(numbers.filter((owners) => owners % group !== 0)).toEqual([]);
      for (const [quantile, value] of Object.entries(told.quantiles)) {
        const beyond = list.filter((each) => (Number(quantile) < 0.5 ? each < number(value) : each > number(value)));
        expect(beyond.length).toBeGreaterThanOrEqual(group);
      }
      expect(told.quantiles).not.toHaveProperty('1');
    }),
    { seed: 15, numRuns: 300 },
  );
});

test('amounts, ratios and what is endless', () => {
  expect(keptValue('money', 1234.5)).toBe(1235);
  expect(keptValue('ratio', 0.33336)).toBe(3334);
  expect([keptValue('days', Number.POSITIVE_INFINITY), keptValue('days', null)]).toEqual([null, null]);
  expect(distributionOf('money', Float64Array.of(-250, 5000), 0)).toMatchObject({
    quantiles: { 0: '-2.50 EUR', '0.5': '-2.50 EUR', 1: '50.00 EUR' },
  });
  expect(distributionOf('ratio', Float64Array.of(2500, 2500), 1)).toEqual({
    owners: 2,
    missing: 1,
    quantiles: Object.fromEntries(
      ['0', '0.01', '0.05', '0.1', '0.25', '0.5', '0.75', '0.9', '0.95', '0.99', '1'].map((quantile) => [
        quantile,
        0.25,
      ]),
    ),
    histogram: [{ from: 0.25, to: 0.25, owners: 2 }],
    atLeast: [{ value: 0.25, owners: 2 }],
  });
});
