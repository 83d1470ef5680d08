import { fc, test as property } from '@fast-check/jest';
import { jsonFault } from '../../../functions/runtime/json-fault.ts';

test.each([
  ['{"a":x}', 1, 6, 'expected a value'],
  ['{"a":1,}', 1, 8, 'expected a name in quotes'],
  ['{a:1}', 1, 2, 'expected a name or "}"'],
  ['{"a" 1}', 1, 6, 'expected ":"'],
  ['[1\n 2]', 2, 2, 'expected "," or "]"'],
  ['{"a":1]', 1, 7, 'expected "," or "}"'],
  ['[1,]', 1, 4, 'expected a value'],
  ['[,]', 1, 2, 'expected a value or "]"'],
  ['{"a":1}{', 1, 8, 'expected the end'],
  ['01', 1, 2, 'expected the end'],
  ['nul', 1, 1, 'expected a value'],
  ['["a\tb"]', 1, 4, 'a control character inside quotes'],
  ['["\\x"]', 1, 3, 'no such escape'],
  ['["abc', 1, 6, 'the text ends inside quotes'],
  ['[[1', 1, 4, 'the text ends inside ['],
  ['{"a":', 1, 6, 'the text ends inside {'],
  ['', 1, 1, 'expected a value'],
  ["{'a':1}", 1, 2, 'expected a name or "}"'],
])('%j', (text, line, column, expected) => {
  expect(jsonFault(text)).toEqual({ line, column, expected });
});

property.prop([fc.json(), fc.nat(), fc.constantFrom(',', ']', '}', '"', 'x', ':', '0', '\\', '\n', '{', '')])(
  'the text before the fault is how some JSON begins; with the character there it is not',
  (json, place, sign) => {
    const at = place % (json.length + 1);
    const text = sign === '' ? json.slice(0, at) : json.slice(0, at) + sign + json.slice(at);
    let told: number | undefined;
    try {
      JSON.parse(text);
      return;
    } catch (error) {
      told = Number(/at position (\d+)/.exec((error as Error).message)?.[1] ?? Number.NaN);
    }
    const { line, column } = jsonFault(text);
    const offset =
      text
        .split('\n')
        .slice(0, line - 1)
        .join('\n').length +
      (line > 1 ? 1 : 0) +
      column -
      1;
    expect(offset).toBeLessThanOrEqual(text.length);
    // Where JSON.parse reports the place, it is the same, except in numbers and escapes, where it may report a later character.
    if (!Number.isNaN(told) && !text.includes('\\')) {
      expect(text.slice(Math.min(offset, told), Math.max(offset, told))).toMatch(/^[\w.+-]*$/);
    }
  },
);

test('depth and size cost neither the stack nor much time', () => {
  expect(jsonFault('['.repeat(1_000_000))).toMatchObject({ column: 1_000_001 });
  expect(jsonFault(`["${'ż'.repeat(4_000_000)}`)).toMatchObject({ expected: 'the text ends inside quotes' });
});
