import { test } from '@fast-check/jest';
import { compileDefinition } from '../../../../functions/domain/catalogue/definition.ts';
import { columnsFor } from '../../../../functions/domain/profiles/derive.ts';
import { has, judge } from '../../../../functions/domain/profiles/judge.ts';
import { openMargins } from '../../../../functions/domain/profiles/margin.ts';
import { ledgerRows, TODAY } from '../../../support/ledgers.ts';
import { rule, tinyCatalogue } from '../../../support/tiny-catalogue.ts';

const CATALOGUE = tinyCatalogue();
const definitionOf = (enter: Parameters<typeof compileDefinition>[0]['enter']) =>
  compileDefinition({ id: 'p', title: 'P', description: 'P', enter }, CATALOGUE, CATALOGUE.rates).definition!;

test.prop([rule, ledgerRows(TODAY - 400, TODAY)])('a rule holds by its margin as it is judged', (enter, rows) => {
  const columns = columnsFor({ catalogue: CATALOGUE, rows, dataFrom: rows[0]?.day ?? TODAY }, TODAY);
  const definition = definitionOf(enter);
  const [verdict] = judge([definition], columns, TODAY, TODAY);
  const { holds, distance } = openMargins(columns, TODAY)(definition);
  expect([holds, distance >= 0]).toEqual([has(verdict!.enter, TODAY), true]);
});

const count = (atLeast: number) => ({ feature: 'all.count', window: '30d', atLeast });
const HALF = { feature: 'all.total', window: '30d', atLeast: '10 EUR' };
const FREE = { feature: 'all.total', window: '30d', above: '0 EUR' };
const NONE = { feature: 'pets.average', window: '30d', atLeast: '1 EUR' };

/** Four rows of 5 EUR together. */
const rows = [5, 4, 3, 2].map((ago) => ({
  day: TODAY - ago,
  account: { accountId: 'a', currency: 'EUR' },
  row: { amount: -125, title: 'x' },
}));

test.each([
  ['at the threshold', count(4), [true, 0, 'all.count']],
  ['what fails by most decides `all`', { all: [count(4), count(5), HALF] }, [false, 0.5, 'all.total']],
  ['of what holds, the nearest', { all: [count(1), count(3), count(2)] }, [true, 1 / 3, 'all.count']],
  ['what fails by least decides `any`', { any: [HALF, count(5)] }, [false, 0.2, 'all.count']],
  ['of what holds, the farthest', { any: [count(3), count(1), HALF] }, [true, 3, 'all.count']],
  ['`not` turns it', { not: { any: [HALF, count(5)] } }, [true, 0.2, 'all.count']],
  ['a threshold of nothing counts in euros', FREE, [true, 5, 'all.total']],
  ['the nearer bound from inside', { feature: 'all.count', window: '30d', between: [2, 5] }, [true, 0.2, 'all.count']],
  ['the lower bound from below', { feature: 'all.count', window: '30d', between: [8, 9] }, [false, 0.5, 'all.count']],
  ['the upper bound from above', { feature: 'all.count', window: '30d', between: [1, 2] }, [false, 1, 'all.count']],
  ['no value is endlessly far', NONE, [false, Number.POSITIVE_INFINITY, 'pets.average']],
] as [string, Parameters<typeof definitionOf>[0], unknown[]][])('%s', (_, enter, expected) => {
  const columns = columnsFor({ catalogue: CATALOGUE, rows, dataFrom: TODAY - 5 }, TODAY);
  const { holds, distance, condition } = openMargins(columns, TODAY)(definitionOf(enter));
  expect([holds, distance, condition.feature.name]).toEqual(expected);
});
