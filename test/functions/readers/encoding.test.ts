import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { decodeText } from '../../../functions/readers/encoding.ts';
import { ReaderError } from '../../../functions/readers/reader-error.ts';

const TITLES = {
  Polish: 'Płatność kartą ŻABKA; Wynagrodzenie za wrzesień; Księgowanie, źródło, ćwiczenia, Łódź, Świnoujście',
  Czech: 'Příchozí úhrada; Žluťoučký kůň; Datum zaúčtování, měsíční poplatek, Řeznictví U Šťastných, ďábel, ňadra',
  Slovak: 'Kreditný úrok; Ľubica Môťovská, stĺp, vŕba, výplata mzdy, účtovné obdobie, Žilina',
  Hungarian: 'Kártyás vásárlás; Fűtési költség, Gyógyszertár, tűzoltó, őszi bérlet, Győr',
  Romanian: 'Plată cu cardul; încasare, sâmbătă, România, înainte, câștig'.replaceAll('ș', 'ş'),
  German: 'Überweisung an Bäckerei Müßig; Gehälter, Grüße, Löhne, Stärke',
  French: 'Prélèvement à échéance; café, crêpes, garçon, hôtel, Noël, où, sûr',
  Spanish: 'Nómina de enero; cumpleaños, teléfono, pingüino, médico, transacción',
  Portuguese: 'Pagamento de salário; educação, pensões, férias, avó, três',
  Swedish: 'Överföring till Åsa; lön från Västerås, köp',
  Lithuanian: 'Mokėjimas už šildymą; Žalgirio gatvė, ąžuolas, įmoka, ūkis, žiūronai',
  Estonian: 'Õpilaste sõidukaart; käsitöö, ülekanne, Tõrva, šokolaad',
} as const;

test.each([
  ['Polish', 'windows-1250'],
  ['Polish', 'iso-8859-2'],
  ['Polish', 'cp852'],
  ['Czech', 'windows-1250'],
  ['Czech', 'iso-8859-2'],
  ['Czech', 'cp852'],
  ['Slovak', 'windows-1250'],
  ['Slovak', 'iso-8859-2'],
  ['Slovak', 'cp852'],
  ['Hungarian', 'windows-1250'],
  ['Hungarian', 'iso-8859-2'],
  ['Hungarian', 'cp852'],
  ['Romanian', 'windows-1250'],
  ['German', 'windows-1252'],
  ['German', 'cp852'],
  ['French', 'windows-1252'],
  ['Spanish', 'windows-1252'],
  ['Portuguese', 'windows-1252'],
  ['Swedish', 'windows-1252'],
  ['Lithuanian', 'windows-1257'],
  ['Estonian', 'windows-1257'],
] as const)('%s text in %s is read by its letters, and that is said', (language, encoding) => {
  const decoded = decodeText(iconv.encode(TITLES[language], encoding));
  expect(decoded).toEqual({ text: TITLES[language], encoding: expect.any(String), guessed: true });
});

test('character sets are distinguished where they differ: the euro sign of ISO-8859-15, the ś of windows-1250', () => {
  expect(decodeText(iconv.encode('Café 5 €', 'iso-8859-15'))).toEqual({
    text: 'Café 5 €',
    encoding: 'iso-8859-15',
    guessed: true,
  });
  expect(decodeText(iconv.encode('Świeże wiśnie', 'windows-1250')).encoding).toBe('windows-1250');
  expect(decodeText(iconv.encode('Świeże wiśnie', 'iso-8859-2')).encoding).toBe('iso-8859-2');
});

test.each([
  ['utf-8', '\uFEFF', 'utf-8'],
  ['utf-16le', '\uFEFF', 'utf-16le'],
  ['utf-16be', '\uFEFF', 'utf-16be'],
  ['utf-16le', '', 'utf-16le'],
  ['utf-16be', '', 'utf-16be'],
  ['utf-8', '', 'utf-8'],
])('%s with the mark %j is known by its form', (encoding, mark, name) => {
  const text = 'Data lançamento;Descrição\r\n10-06-2026;Café';
  const bytes = iconv.encode(mark + text, encoding, { addBOM: false });
  expect(decodeText(bytes)).toEqual({ text, encoding: name, guessed: false });
});

test.each(['windows-1250', 'Windows-1252', 'ISO-8859-2', 'latin2', 'iso-8859-15', 'cp852', 'CP1250', 'utf-16le'])(
  'the parameter names %s',
  (encoding) => {
    expect(decodeText(iconv.encode('é', encoding), encoding)).toEqual({ text: 'é', encoding, guessed: false });
  },
);

test('an unknown name and wrong bytes are refused, never replaced', () => {
  expect(() => decodeText(Buffer.from('a'), 'klingon')).toThrow(
    new ReaderError('"klingon" is not a known character set'),
  );
  expect(() => decodeText(Buffer.from([0xc3, 0x28]), 'utf-8')).toThrow(
    new ReaderError('contains bytes that are not utf-8'),
  );
});

test('any text comes back from UTF-8 and UTF-16', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      fc.pre(!text.startsWith('\uFEFF'));
      for (const encoding of ['utf-8', 'utf-16le', 'utf-16be'])
        expect(decodeText(iconv.encode(text, encoding, { addBOM: true })).text).toBe(text);
    }),
    { seed: 13, numRuns: 100 },
  );
});
