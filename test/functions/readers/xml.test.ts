import { describe, expect, test } from '@jest/globals';
import { parseXml, pathOf } from '../../../functions/readers/xml.ts';

describe('XML of strangers', () => {
  test.each([
    ['a DOCTYPE', '<!DOCTYPE reply>\n<reply/>'],
    ['an external entity', '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<r>&x;</r>'],
    [
      'a billion laughs',
      `<!DOCTYPE l [<!ENTITY a "ha">${Array.from({ length: 9 }, (_, i) => `<!ENTITY a${i} "${'&a;'.repeat(10)}">`).join('')}]>\n<l>&a8;</l>`,
    ],
  ])('%s is refused', (_, xml) => {
    expect(() => parseXml(xml)).toThrow(/has a DOCTYPE, which is refused/);
  });

  test.each([
    ['<r>&unknown;</r>', /line 1 .*not well-formed.*entity/],
    ['<r>\n<a></b></r>', /line 2 \(r\): is not well-formed/],
    ['<r>\n', /is not well-formed XML: unclosed tag: r/],
    ['<r/><r/>', /is not well-formed/],
    ['', /is not well-formed|contains no element/],
    ['<p:r/>', /is not well-formed XML: unbound namespace prefix/],
  ])('%s is refused', (xml, reason) => {
    expect(() => parseXml(xml)).toThrow(reason);
  });

  test('depth is bounded', () => {
    expect(() => parseXml('<a>'.repeat(100_000))).toThrow('nests elements deeper than 64');
  });

  test('character sets: as declared, by byte order mark, and never guessed', () => {
    const polish = Buffer.concat([
      Buffer.from('<?xml version="1.0" encoding="ISO-8859-2"?><r>'),
      Buffer.from([0xb1]),
      Buffer.from('</r>'),
    ]);
    expect(parseXml(polish).text).toBe('ą');
    expect(parseXml(Buffer.from('\ufeff<r>ą</r>', 'utf16le')).text).toBe('ą');
    expect(() => parseXml(Buffer.concat([Buffer.from('<r>'), Buffer.from([0xb1]), Buffer.from('</r>')]))).toThrow(
      'contains bytes that are not utf-8',
    );
    expect(() => parseXml(Buffer.from('<?xml version="1.0" encoding="x-klingon"?><r/>'))).toThrow(
      'not a known character set',
    );
  });

  test('paths count siblings of a name', () => {
    const root = parseXml('<r><a/><b/><a><c><![CDATA[<x>]]></c></a></r>');
    const c = root.children[2]?.children[0];
    expect(c && [pathOf(c), c.text]).toEqual(['r/a[2]/c', '<x>']);
  });
});
