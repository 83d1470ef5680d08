/** Files of strangers: nothing in them sets a property outside its own element, is fetched, or takes for ever. */
import { READERS } from '../../functions/readers/reader.ts';
import { ReaderError } from '../../functions/readers/reader-error.ts';
import { at, parseXml, textAt } from '../../functions/readers/xml.ts';

test('names that mean something to JavaScript are names like any others', () => {
  const root = parseXml(
    '<r __proto__="x" constructor="y"><__proto__>z</__proto__><constructor><prototype polluted="1"/></constructor></r>',
  );
  expect(Object.keys(root.attributes)).toEqual(['__proto__', 'constructor']);
  expect(textAt(root, '__proto__')).toBe('z');
  expect(at(root, 'toString')).toBeUndefined();
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  expect(Object.getPrototypeOf(root)).toBe(Object.prototype);
});

test.each([
  ['a parameter entity', '<!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]><r/>'],
  ['an external subset', '<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd"><r/>'],
  ['a DOCTYPE in small letters', '<!doctype r><r/>'],
  ['an entity nobody declared', '<r>&xxe;</r>'],
  [
    'an external schema that is never read',
    '<r xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a http://127.0.0.1:9/a.xsd"',
  ],
])('%s is refused', (_, xml) => {
  for (const { read } of READERS) expect(() => read(Buffer.from(xml), { now: 0 })).toThrow(ReaderError);
});

test('a UTF-16 or UTF-7 coat hides no DOCTYPE', () => {
  const xml = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><r>&x;</r>';
  expect(() => parseXml(Buffer.from(`\ufeff${xml}`, 'utf16le'))).toThrow('DOCTYPE');
  const declared = `<?xml version="1.0" encoding="utf-7"?>${xml}`;
  expect(() => parseXml(Buffer.from(declared))).toThrow(ReaderError);
});

test('an included file is not included', () => {
  const root = parseXml(
    '<r xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/hostname" parse="text"/></r>',
  );
  expect(root.children.map(({ name, text }) => [name, text])).toEqual([['include', '']]);
});

test.each([
  ['many attributes', () => `<r ${Array.from({ length: 50_000 }, (_, n) => `a${n}="1"`).join(' ')}/>`],
  ['one long text', () => `<r>${'&amp;'.repeat(400_000)}</r>`],
  ['many elements without an end', () => '<r>'.repeat(60)],
  ['blanks in a tag', () => `<r ${' '.repeat(1_000_000)}/>`],
])('%s are read or refused', (_, make) => {
  try {
    parseXml(make());
  } catch (error) {
    expect(error).toBeInstanceOf(ReaderError);
  }
});
