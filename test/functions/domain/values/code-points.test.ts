import { fc, test as property } from '@fast-check/jest';
import { FoldedText, tokensOf } from '../../../../functions/domain/labels/matching/folding.ts';
import { Patterns } from '../../../../functions/domain/labels/matching/pattern-index.ts';
import { PatternWriter } from '../../../../functions/domain/labels/matching/pattern-writer.ts';
import { compareCodePoints } from '../../../../functions/domain/values/code-points.ts';
import { nearest } from '../../../../functions/domain/values/nearest.ts';

const near = fc.string({
  unit: fc.constantFrom('a', 'b', '\ud7ff', '\ue000', '\uffff', '\u{10000}', '\u{10ffff}', 'ł'),
  maxLength: 4,
});

property.prop([fc.oneof(near, fc.string({ unit: 'binary' })), fc.oneof(near, fc.string({ unit: 'binary' }))], {
  numRuns: 5000,
})('code points order as the bytes of UTF-8 do', (a, b) => {
  expect(Math.sign(compareCodePoints(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
});

describe('folding', () => {
  test('letters with and without a decomposition', () => {
    const texts = {
      'ŁÓDŹ żółć Ćma': ['lodz', 'zolc', 'cma'],
      'SØREN Ærø': ['soren', 'aero'],
      'Straße Œuvre': ['strasse', 'oeuvre'],
      'Ţară ţ ț Ș ş': ['tara', 't', 't', 's', 's'],
      'őŰ Đorđe ðþ ħ': ['ou', 'dorde', 'dth', 'h'],
      'ĆESKÉ BUDĚJOVICE-Ř': ['ceske', 'budejovice', 'r'],
      'e\u0301clair Z\u0307': ['eclair', 'z'],
      'ZOOPLUS.PL*MUENCHEN/12,50': ['zooplus', 'pl', 'muenchen', '12', '50'],
      'İı ſ': ['ii', 's'],
      'Лидл ЩИ': ['лидл', 'щи'],
      '\u{1f600}a\u{1f600}b\ud800c': ['a', 'b', 'c'],
      '  \t\u00a0': [],
    };
    expect(Object.fromEntries(Object.keys(texts).map((text) => [text, tokensOf(text)]))).toEqual(texts);
  });

  describe('any code point', () => {
    const CODE_POINTS = Array.from({ length: 0x110000 }, (_, code) => String.fromCodePoint(code));
    const reader = new FoldedText();
    const folded = (text: string) => reader.read(text).tokens().join(' ');

    test('folded twice is as folded once', () => {
      expect(CODE_POINTS.filter((one) => folded(folded(one)) !== folded(one))).toEqual([]);
    });

    test('folds as its small letter does', () => {
      expect(CODE_POINTS.filter((one) => folded(one) !== folded(one.toLowerCase()))).toEqual([]);
      expect(['ẞ', '\u212b', 'Ȿ', 'Ⱥ', 'Ɓ'].map(folded)).toEqual(['ss', 'a', '', 'ⱥ', 'ɓ']);
    });
  });

  property.prop([fc.string({ unit: 'binary' })], { numRuns: 3000 })(
    'folding what is folded changes nothing',
    (text) => {
      const tokens = tokensOf(text);
      expect(tokensOf(tokens.join(' '))).toEqual(tokens);
      expect(tokens.every((token) => token !== '')).toBe(true);
    },
  );

  property.prop([fc.string({ unit: fc.constantFrom(...'aąbcćełńóśźżőůčřţășA ') })], { numRuns: 2000 })(
    'composed and decomposed texts are the same',
    (text) => {
      const plain = (form: string) => tokensOf(text.normalize(form));
      expect(plain('NFD')).toEqual(plain('NFC'));
    },
  );
});

describe('patterns', () => {
  test('what no record has room for is refused', () => {
    const writer = new PatternWriter();
    for (let value = 1; value <= 256; value++) writer.add('lidl', value);
    expect(() => writer.written()).toThrow('256 rules of one pattern; at most 255 can be stored');
    const long = new PatternWriter();
    long.add('x'.repeat(256), 1);
    expect(() => long.written()).toThrow(/^256 units of "x+"; at most 63 can be stored$/);
  });

  const open = (texts: readonly string[]) => {
    const writer = new PatternWriter();
    texts.forEach((text, value) => {
      writer.add(text, value);
    });
    return new Patterns(writer.written());
  };
  const found = (patterns: Patterns, text: string) => {
    patterns.find(new FoldedText().read(text));
    return Array.from({ length: patterns.count }, (_, at) => ({
      start: patterns.starts[at]!,
      end: patterns.ends[at]!,
      value: patterns.values[at]!,
    }));
  };
  const word = fc.constantFrom('aaa', 'aaab', 'aab', 'bbb', 'bbba', 'ccc');
  const step = fc.tuple(word, fc.boolean()).map(([text, prefix]) => (prefix ? `${text}*` : text));
  const pattern = fc.array(step, { maxLength: 3 }).map((steps) => steps.join(' '));

  property.prop([fc.array(pattern, { maxLength: 8 }), fc.array(word, { maxLength: 8 })], { numRuns: 3000 })(
    'finds what a loop over all places and patterns finds',
    (given, tokens) => {
      const fits = (part: string, token: string | undefined) =>
        token !== undefined && (part.endsWith('*') ? token.startsWith(part.slice(0, -1)) : token === part);
      const expected = tokens.flatMap((_, start) =>
        given.flatMap((text, value) => {
          const parts = text.split(' ').filter((part) => part !== '');
          const found = parts.length > 0 && parts.every((part, index) => fits(part, tokens[start + index]));
          return found ? [{ start, end: start + parts.length, value }] : [];
        }),
      );
      const inOrder = (matches: readonly { start: number; end: number; value: number }[]) =>
        [...matches].sort((a, b) => a.start - b.start || a.value - b.value);
      expect(inOrder(found(open(given), tokens.join(' ')))).toEqual(inOrder(expected));
    },
  );

  test('patterns are folded; one without a token says nothing; a short prefix is refused', () => {
    const patterns = open(['Żabka', '  **  ', 'H&M', 'WYNAGRODZ*']);
    expect(found(patterns, 'H M ŻABKA wynagrodzenie')).toEqual([
      { start: 0, end: 2, value: 2 },
      { start: 2, end: 3, value: 0 },
      { start: 3, end: 4, value: 3 },
    ]);
    expect(found(patterns, '')).toEqual([]);
    expect(found(open([]), 'zabka')).toEqual([]);
    expect(() => open(['ab*'])).toThrow('the pattern "ab*" has less than 3 letters before a *');
  });

  test('texts of any length, one after another', () => {
    const patterns = open(['lidl', 'щит*']);
    const text = new FoldedText();
    for (const times of [1, 400, 2]) {
      patterns.find(text.read('Lidl, Щиток '.repeat(times)));
      expect([text.count, patterns.count]).toEqual([2 * times, 2 * times]);
    }
  });
});

describe('nearest', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });
  const distance = (a: string, b: string): number => {
    if (a === '' || b === '') return a.length + b.length;
    const change = a[0] === b[0] ? 0 : 1;
    const [x, y] = [a.slice(1), b.slice(1)];
    return Math.min(distance(x, b) + 1, distance(a, y) + 1, distance(x, y) + change);
  };

  property.prop([letters, fc.array(letters, { maxLength: 5 })], { numRuns: 300 })(
    'is the first name of least distance, a third of the letters at most',
    (name, names) => {
      const most = Math.max(1, Math.ceil(name.length / 3));
      const near = names.map((candidate) => ({ candidate, far: distance(name, candidate) }));
      const least = Math.min(...near.map(({ far }) => far));
      expect(nearest(name, names)).toBe(least <= most ? near.find(({ far }) => far === least)?.candidate : undefined);
    },
  );
});
