/** The meaning of expressions, against an evaluation of the text alone; and the faults of invalid ones. */
import fc from 'fast-check';
import { countBits, hasBit, selectBits, setBit } from '../../../../functions/domain/segments/bits.ts';
import {
  DEEPEST_EXPRESSION,
  type Expression,
  isMeant,
  LONGEST_EXPRESSION,
  readExpression,
} from '../../../../functions/domain/segments/expression.ts';

const PROFILES = ['parent', 'pet-owner', 'tenant', 'student', 'ev-driver'];

const tree = fc.letrec<{ node: Expression }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 5, depthIdentifier: 'expression' },
    fc.constantFrom(...PROFILES).map((profile): Expression => ({ profile })),
    tie('node').map((not): Expression => ({ not })),
    fc.array(tie('node'), { minLength: 2, maxLength: 4 }).map((all): Expression => ({ all })),
    fc.array(tie('node'), { minLength: 2, maxLength: 4 }).map((any): Expression => ({ any })),
  ),
})).node;

/** With no more parentheses than precedence needs. */
function written(expression: Expression, above: 'any' | 'all' | 'not' | undefined, gap: string): string {
  if ('profile' in expression) return expression.profile;
  if ('not' in expression) return `!${gap}${written(expression.not, 'not', gap)}`;
  const [parts, own] = 'all' in expression ? [expression.all, 'all' as const] : [expression.any, 'any' as const];
  const text = parts.map((part) => written(part, own, gap)).join(`${gap}${own === 'all' ? '&' : '|'}${gap}`);
  const isBound = above === 'not' || (above === 'all' && own === 'any');
  return isBound ? `(${gap}${text}${gap})` : text;
}

/** By the operators of this language, which have the same precedence. */
function byJavaScript(text: string, has: (profile: string) => boolean): boolean {
  const code = text
    .replace(/[a-z-]+/g, (profile) => `has("${profile}")`)
    .replace(/&/g, '&&')
    .replace(/\|/g, '||');
  return new Function('has', `return ${code}`)(has) as boolean;
}

test('an expression means what its operators mean, for each owner and for all at once', () => {
  fc.assert(
    fc.property(
      tree,
      fc.constantFrom('', ' ', '  '),
      fc.array(fc.subarray(PROFILES), { minLength: 0, maxLength: 20 }),
      (expression, gap, owners) => {
        const text = written(expression, undefined, gap);
        const read = readExpression(text, PROFILES).expression!;
        const bits = new Map(PROFILES.map((profile) => [profile, new Uint8Array(Math.ceil(owners.length / 8))]));
        for (const [at, profiles] of owners.entries()) for (const profile of profiles) setBit(bits.get(profile)!, at);
        const selected = selectBits(read, owners.length, (profile) => bits.get(profile));
        const expected = owners.map((profiles) => byJavaScript(text, (profile) => profiles.includes(profile)));
        expect(owners.map((profiles) => isMeant(read, (profile) => profiles.includes(profile)))).toEqual(expected);
        expect(owners.map((_, at) => hasBit(selected, at))).toEqual(expected);
        expect(countBits(selected)).toBe(expected.filter(Boolean).length);
      },
    ),
    { seed: 15, numRuns: 500 },
  );
});

test.each([
  ['', 'must not be empty: name profiles, such as `parent & !tenant`'],
  [' \t\n', 'must not be empty: name profiles, such as `parent & !tenant`'],
  ['parent & tennant', 'must be a known profile, and `tennant` is not: did you mean `tenant`? (at character 10)'],
  ['Parent', 'must be a known profile, and `Parent` is not: did you mean `parent`? (at character 1)'],
  [
    'zzzzzzzzzzzz',
    'must be a known profile, and `zzzzzzzzzzzz` is not: if it is new, take a snapshot first (at character 1)',
  ],
  ['parent tenant', 'must have `&` or `|` between profiles, and has `tenant` (at character 8)'],
  ['parent &', 'must end with a profile'],
  ['!', 'must end with a profile'],
  ['& parent', 'must have a profile, and has `&` (at character 1)'],
  ['parent && tenant', 'must have a profile, and has `&` (at character 9)'],
  ['parent != tenant', 'must have `&` or `|` between profiles, and has `!` (at character 8)'],
  ['()', 'must have a profile, and has `)` (at character 2)'],
  ['(parent', 'must close this parenthesis (at character 1)'],
  ['(parent tenant)', 'must have `)`, `&` or `|`, and has `tenant` (at character 9)'],
  ['parent)', 'must have `&` or `|` between profiles, and has `)` (at character 7)'],
  ['parent; drop', 'must have `&` or `|` between profiles, and has `;` (at character 7)'],
  ['__proto__', 'must have a profile, and has `_` (at character 1)'],
])('%j: %s', (text, fault) => {
  expect(readExpression(text, PROFILES)).toEqual({ fault });
});

test('neither length nor depth costs more than is allowed', () => {
  const deep = (levels: number, open: string, close: string) =>
    open.repeat(levels) + PROFILES[0] + close.repeat(levels);
  for (const [open, close] of [
    ['(', ')'],
    ['!', ''],
    ['!(', ')'],
  ] as const) {
    const most = Math.floor(DEEPEST_EXPRESSION / open.length);
    expect(readExpression(deep(most, open, close), PROFILES).fault).toBeUndefined();
    expect(readExpression(deep(most + 1, open, close), PROFILES).fault).toMatch(/nested deeper than 50 levels \(/);
  }
  const wide = Array.from({ length: Math.floor(LONGEST_EXPRESSION / 7) }, () => 'parent').join('|');
  expect(readExpression(wide, PROFILES).fault).toBeUndefined();
  expect(readExpression('!'.repeat(LONGEST_EXPRESSION), PROFILES).fault).toMatch(/nested deeper/);
  expect(readExpression(' '.repeat(LONGEST_EXPRESSION + 1), PROFILES).fault).toBe('must have at most 4000 characters');
});
