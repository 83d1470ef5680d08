import { expect, test } from '@jest/globals';
import { explained } from '../../cli/explanation-view.ts';

const condition = (path: string, feature: string, verdict: boolean) => ({
  ...{ part: 'enter', path, feature, window: null, operator: 'between', threshold: '1 to 3', value: null, verdict },
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
    '      ✓ a: no value within 1 to 3',
    '      all of',
    '        ✗ b: no value within 1 to 3',
    '        not',
    '          ✓ c: no value within 1 to 3',
    '      all of',
    '        ✗ d: no value within 1 to 3',
  ]);
});

test('an answer that says little is shown as far as it goes', () => {
  expect(explained({ profile: 'x' }, true)).toBe('✗ x: does not apply');
});
