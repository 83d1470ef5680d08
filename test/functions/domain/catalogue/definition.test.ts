import { fc, test as property } from '@fast-check/jest';
import { compileCatalogue, versionFor } from '../../../../functions/domain/catalogue/catalogue.ts';
import {
  compileDefinition,
  conditionsOf,
  type DefinitionDocument,
  meets,
  type RuleDocument,
} from '../../../../functions/domain/catalogue/definition.ts';
import { condition, definitions, rule, tinyCatalogue, tinyDocument } from '../../../support/tiny-catalogue.ts';

const { labels, rates } = tinyCatalogue();
const base = { id: 'p', title: 'P', description: 'P' };
const compile = (document: Partial<DefinitionDocument>) =>
  compileDefinition(
    { ...base, enter: { feature: 'pets.count', window: '30d', atLeast: 1 }, ...document },
    { labels },
    rates,
  );
const faultsOf = (enter: unknown) => compile({ enter: enter as RuleDocument }).faults;
const fault = (path: string, message: string) => [{ path, message }];

test('every operator, at and beside its bounds', () => {
  const verdicts = (operator: object) => {
    const { definition } = compile({ enter: { feature: 'pets.count', window: '30d', ...operator } });
    const [compiled] = conditionsOf(definition?.enter ?? { kind: 'all', rules: [] });
    if (!compiled) throw new Error('no condition');
    return [null, 1, 2, 3, 4, 5, Number.POSITIVE_INFINITY].map((value) => Number(meets(compiled, value))).join('');
  };
  expect({
    atLeast: verdicts({ atLeast: 3 }),
    atMost: verdicts({ atMost: 3 }),
    above: verdicts({ above: 3 }),
    below: verdicts({ below: 3 }),
    between: verdicts({ between: [2, 4] }),
    exactly: verdicts({ between: [3, 3] }),
  }).toEqual({
    atLeast: '0001111',
    atMost: '0111000',
    above: '0000111',
    below: '0110000',
    between: '0011100',
    exactly: '0001000',
  });
});

test('thresholds in the unit of their feature', () => {
  const bounds = (feature: string, given: object) => {
    const { definition, faults } = compile({ enter: { feature, window: '30d', ...given } });
    const [compiled] = definition ? conditionsOf(definition.enter) : [];
    return compiled ? [compiled.low, compiled.high, compiled.threshold] : faults;
  };
  expect(bounds('pets.total', { atLeast: '60 EUR' })).toEqual([6000, 6000, '60 EUR']);
  expect(bounds('pets.total', { between: ['10 EUR', '60 PLN'] })).toEqual([1000, 1500, '10 EUR and 60 PLN']);
  expect(bounds('pets.average', { below: '160 JPY' })).toEqual([100, 100, '160 JPY']);
  expect(bounds('pets.share', { atMost: '12.5%' })).toEqual([0.125, 0.125, '12.5%']);
  expect(bounds('owner.savingsRate', { above: '-10%' })).toEqual([-0.1, -0.1, '-10%']);
  expect(bounds('owner.weekendShare', { above: 0.5 })).toEqual([0.5, 0.5, '0.5']);
});

test('nesting, needs, hold and stay', () => {
  const enter = {
    not: {
      any: [{ feature: 'owner.history', atLeast: 9 }, { all: [{ feature: 'all.days', window: '1d', above: 0 }] }],
    },
  };
  const { definition } = compile({ enter, needs: { history: '90d' }, hold: '30d' });
  const history = { name: 'owner.history', window: null, of: 'owner', metric: 'history', unit: 'days' };
  const days = { name: 'all.days', window: 1, of: 'set', metric: 'days', unit: 'days', set: 'all' };
  const compiled = {
    kind: 'not',
    rule: {
      kind: 'any',
      rules: [
        {
          kind: 'condition',
          condition: {
            path: 'enter.not.any[0]',
            feature: history,
            operator: 'atLeast',
            low: 9,
            high: 9,
            threshold: '9',
            bounds: [
              { digits: '9', decimals: 0 },
              { digits: '9', decimals: 0 },
            ],
            key: 'owner.history atLeast 9e0 9e0',
          },
        },
        {
          kind: 'all',
          rules: [
            {
              kind: 'condition',
              condition: {
                path: 'enter.not.any[1].all[0]',
                feature: days,
                operator: 'above',
                low: 0,
                high: 0,
                threshold: '0',
                bounds: [
                  { digits: '0', decimals: 0 },
                  { digits: '0', decimals: 0 },
                ],
                key: 'all.days/1d above 0e0 0e0',
              },
            },
          ],
        },
      ],
    },
  };
  expect(definition).toEqual({
    document: { ...base, enter, needs: { history: '90d' }, hold: '30d' },
    enter: compiled,
    stay: compiled,
    history: 90,
    hold: 30,
  });
  expect(compile({}).definition).toMatchObject({ history: 0, hold: 60 });
});

test('faults of names and windows', () => {
  const one = { feature: 'pets.count', window: '30d', atLeast: 1 };
  expect(faultsOf({ ...one, feature: 'pet.count' })).toEqual(
    fault('enter.feature', 'must have a known label, and `pet` is not: did you mean `pets`?'),
  );
  expect(faultsOf({ all: [one, { not: { ...one, feature: 'pets.mnths' } }] })).toEqual(
    fault('enter.all[1].not.feature', 'must have a known metric, and `mnths` is not: did you mean `months`?'),
  );
  expect(faultsOf({ ...one, window: '366d' })).toEqual(fault('enter.window', 'must be at most 365 days, and is 366'));
  expect(faultsOf({ ...one, window: '0d' })).toEqual(
    fault('enter.window', 'must be a number of days such as 90d, and is "0d"'),
  );
  expect(faultsOf({ ...one, window: 'month' })).toEqual(
    fault('enter.window', 'must be a number of days such as 90d, and is "month"'),
  );
  expect(faultsOf({ feature: 'pets.count', atLeast: 1 })).toEqual(
    fault('enter.feature', 'must have a window, such as 180d: pets.count counts within one'),
  );
  expect(compile({ needs: { history: '400d' }, hold: '61d' }).faults).toEqual([
    ...fault('needs.history', 'must be at most 365 days, and is 400'),
    ...fault('hold', 'must be at most 60 days, and is 61'),
  ]);
});

test('faults of operators and thresholds', () => {
  const one = { feature: 'pets.count', window: '30d' };
  const sum = { feature: 'pets.total', window: '30d' };
  const operators = 'must have exactly one of atLeast, atMost, above, below, between, and has';
  expect(faultsOf(one)).toEqual(fault('enter', `${operators} 0`));
  expect(faultsOf({ ...one, atLeast: 1, below: 4 })).toEqual(fault('enter', `${operators} 2`));
  expect(faultsOf({ ...one, atLeast: 1.5 })).toEqual(fault('enter.atLeast', 'must be a whole number, and is 1.5'));
  expect(faultsOf({ ...one, atLeast: '3' })).toEqual(fault('enter.atLeast', 'must be a number, and is "3"'));
  expect(faultsOf({ ...one, atLeast: '3%' })).toEqual(
    fault('enter.atLeast', 'must not be a percentage: pets.count is a number of transactions'),
  );
  expect(faultsOf({ ...one, between: [4, 2] })).toEqual(
    fault('enter.between', 'must not have its lower bound above its upper one'),
  );
  expect(faultsOf({ ...sum, above: 60 })).toEqual(
    fault('enter.above', 'must be an amount with its currency, such as 60 EUR, and is "60"'),
  );
  expect(faultsOf({ ...sum, above: '60 PLM' })).toEqual(
    fault('enter.above', 'must be in a currency that the catalogue has a rate of, and is in PLM: did you mean PLN?'),
  );
  expect(faultsOf({ ...sum, above: '60.001 EUR' })).toEqual(
    fault('enter.above', 'must be an amount of EUR, and is "60.001"'),
  );
  expect(faultsOf({ feature: 'owner.history', atLeast: 366 })).toEqual(
    fault('enter.atLeast', 'must be at most 365 days of history, and is 366'),
  );
});

test('faults of size', () => {
  const one = { feature: 'pets.count', window: '30d', atLeast: 1 };
  const nested = (depth: number): unknown => (depth === 0 ? one : { not: nested(depth - 1) });
  expect(faultsOf(nested(7))).toBeUndefined();
  expect(faultsOf(nested(8))).toEqual(fault(`enter${'.not'.repeat(8)}`, 'must not be nested deeper than 8'));
  expect(faultsOf({ any: [] })).toEqual(fault('enter.any', 'must have at least one condition'));
  expect(faultsOf({ any: Array.from({ length: 40 }, () => one) })).toBeUndefined();
  expect(faultsOf({ any: Array.from({ length: 41 }, () => one) })).toEqual(
    fault('enter', 'must not have more than 40 conditions, and has 41'),
  );
});

property.prop([rule, rule], { numRuns: 500 })(
  'a right document compiles to as many conditions as it has',
  (enter, stay) => {
    const count = (document: RuleDocument): number => {
      if ('not' in document) return count(document.not);
      if ('all' in document) return document.all.reduce((sum, inner) => sum + count(inner), 0);
      return 'any' in document ? document.any.reduce((sum, inner) => sum + count(inner), 0) : 1;
    };
    const { definition, faults } = compile({ enter, stay });
    fc.pre(count(enter) + count(stay) <= 40);
    expect(faults).toBeUndefined();
    expect(definition && [conditionsOf(definition.enter).length, conditionsOf(definition.stay).length]).toEqual([
      count(enter),
      count(stay),
    ]);
  },
);

property.prop([condition, fc.double({ noNaN: true })], { numRuns: 500 })(
  'operators are each other’s opposite',
  (one, value) => {
    const { definition } = compile({ enter: one });
    const [compiled] = definition ? conditionsOf(definition.enter) : [];
    if (!compiled) throw new Error('no condition');
    const as = (operator: 'atLeast' | 'atMost' | 'above' | 'below') => meets({ ...compiled, operator }, value);
    expect([as('atLeast'), as('above')]).toEqual([!as('below'), !as('atMost')]);
    expect(meets(compiled, null)).toBe(false);
  },
);

describe('catalogue', () => {
  property.prop([definitions], { numRuns: 50 })('definitions are in the order of their ids', (given) => {
    const ids = compileCatalogue(tinyDocument([...given].reverse())).definitions.map(({ document }) => document.id);
    expect(ids).toEqual(given.map(({ id }) => id).sort());
  });

  test('every fault of every definition is reported at once', () => {
    const bad = (id: string) => ({
      ...base,
      id,
      enter: { feature: 'pet.count', window: '30d', atLeast: 1 },
      hold: 'x',
    });
    expect(() => tinyCatalogue([bad('a'), bad('b')])).toThrow(
      [
        'the catalogue does not hold:',
        'profile a: enter.feature must have a known label, and `pet` is not: did you mean `pets`?',
        'profile a: hold must be a number of days such as 90d, and is "x"',
        'profile b: enter.feature must have a known label, and `pet` is not: did you mean `pets`?',
        'profile b: hold must be a number of days such as 90d, and is "x"',
      ].join('\n'),
    );
  });

  test('the version names all that answers depend on', () => {
    const [off, on] = [{ enabledProfiles: [] }, { enabledProfiles: ['p', 'q'] }];
    expect([versionFor('v1', off), versionFor('v1', on)]).toEqual(['v1', 'v1+p+q']);
    expect(versionFor('v1', { ...on, amendment: 'abc' })).toBe('v1.abc+p+q');
  });
});
