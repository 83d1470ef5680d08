import { fc, test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import { safe, safeJson, table } from '../../cli/terminal.ts';

/**
 * Characters that drive a terminal or turn the direction of its text: categories Cc and Cf, but for joiners of emoji.
 */
const DRIVING = /(?![\u00ad\u200c\u200d])[\p{Cc}\u2028-\u202e\u2066-\u2069\u200e\u200f\u061c\ufeff]/u;

describe('texts of strangers', () => {
  test.prop([fc.string({ unit: 'binary' })])('cannot drive the terminal', (text) => {
    expect(safe(text)).not.toMatch(DRIVING);
  });

  test.prop([fc.jsonValue({ stringUnit: 'binary' })])('as JSON stay what they are', (value) => {
    const text = safeJson(value);
    expect(text.replaceAll('\n', '')).not.toMatch(DRIVING);
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
  });

  test('keep what they say', () => {
    expect(safe('Żabka\t👨‍👩‍👧\r\nul. Długa')).toBe('Żabka 👨‍👩‍👧 ul. Długa');
  });
});

test('a table wraps long text and cuts no word', () => {
  const id = 'x'.repeat(60);
  const text = table(['id', 'text'], [[id, 'word '.repeat(20).trim()]]);
  expect(text).toContain(id);
  expect(text.match(/word/g)).toHaveLength(20);
});
