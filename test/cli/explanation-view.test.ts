import { expect, test } from '@jest/globals';
import { explained } from '../../cli/explanation-view.ts';

const condition = (path: string, feature: string, verdict: boolean) => ({
  ...{ part: 'enter', path, feature, window: null, operator: 'between', threshold: '1 and 3', value: null, verdict },
});

test('groups of conditions are named and indented', () => {
  process.env['NO_COLOR'] = '1';
  const text = explained(
    {
      profile: 'homeowner',
      applies: false,
      conditions: [
        condition('enter.any[0]', 'a', true),
        condition('enter.any[1].all[0]', 'b', false),
        condition('enter.any[1].all[1].not', 'c', true),
        condition('enter.any[2].all[0]', 'd', false),
      ],
    },
    false,
  );
  expect(text.split('\n')).toEqual([
    '✗ homeowner: does not apply',
    '  to get it',
    '    any of',
    '      ✓ a: no value within 1 and 3',
    '      all of',
    '        ✗ b: no value, needs between 1 and 3',
    '        not',
    '          ✗ c: no value, must not be between 1 and 3',
    '      all of',
    '        ✗ d: no value, needs between 1 and 3',
  ]);
});

test.each([
  ['atLeast', 'enter', '✗ x over 90d: 0, needs 4 or more'],
  ['atMost', 'enter', '✗ x over 90d: 0, needs 4 or less'],
  ['above', 'enter', '✗ x over 90d: 0, needs more than 4'],
  ['below', 'enter', '✗ x over 90d: 0, needs less than 4'],
  ['atLeast', 'enter.not', '✓ x over 90d: 0, not 4 or more'],
  ['atLeast', 'enter.not.all[0].not', '✗ x over 90d: 0, needs 4 or more'],
  ['matches', 'enter', '✗ x over 90d: 0, needs matches 4'],
])('a condition that does not hold is no formula: %s in %s', (operator, path, expected) => {
  process.env['NO_COLOR'] = '1';
  const given = {
    part: 'enter',
    path,
    feature: 'x',
    window: '90d',
    operator,
    threshold: '4',
    value: '0',
    verdict: false,
  };
  expect(
    explained({ profile: 'p', conditions: [given] }, false)
      .split('\n')
      .at(-1)
      ?.trim(),
  ).toBe(expected);
});

test('who applies is dated', () => {
  process.env['NO_COLOR'] = '1';
  const dates = { enteredOn: '2026-11-01', since: '2026-03-02', endsOn: '2027-01-14' };
  expect(explained({ profile: 'p', applies: true, ...dates }, false)).toBe(
    '✓ p: applies since 2026-03-02, last qualified on 2026-11-01, it ends on 2027-01-14 without new data',
  );
  expect(explained({ profile: 'p', judged: false }, false)).toBe('? p: not judged, too little data');
});

test('an answer that says little is shown as far as it goes', () => {
  expect(explained({ profile: 'x' }, true)).toBe('✗ x: does not apply');
});
