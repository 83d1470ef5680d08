import { fc, test as property } from '@fast-check/jest';
import { compileDocument } from '../../../../catalogue/build/compile.ts';
import { Places } from '../../../../functions/domain/labels/place.ts';
import { isKnownCurrency } from '../../../../functions/domain/values/money.ts';

const { countries } = compileDocument().rules;
const places = new Places(countries);

/** The same by expressions, which say it in fewer words and take longer. */
function placeByExpressions(title: string) {
  const code =
    /\s([A-Z]{2,3})(?:\s+\d+(?:[.,]\d{1,2})?\s?[A-Z]{3})?\s*$/.exec(title)?.[1] ??
    /\s([A-Z]{2,3})\s+[A-Z]{3}\s?\d+[.,]\d{2}\s*$/.exec(title)?.[1];
  const isTwoLetters = code !== undefined && code.length === 2 && countries.codes.includes(code);
  const country = isTwoLetters ? code : code?.length === 3 ? countries.threeLetters[code] : undefined;
  const behind = /(?:^|\s)\d+(?:[.,]\d{1,2})?\s?([A-Z]{3})(?:\s|$)/.exec(title)?.[1];
  const before = /(?:^|\s)([A-Z]{3})\s?\d+[.,]\d{2}(?:\s|$)/.exec(title)?.[1];
  return { country, currency: [behind, before].find((code) => code !== undefined && isKnownCurrency(code)) };
}

const part = fc.constantFrom(
  ...[
    'PL',
    'DE',
    'XX',
    'HRV',
    'EST',
    'EUR',
    'PLN',
    'QQQ',
    'LODZ',
    'A',
    'x',
    'é',
    '13,40',
    '13',
    '5.5',
    '1.',
    '12,345',
    '9',
  ],
  ...[' ', ' ', ' ', '\t', '\u00a0', '\u2003', '.', '-'],
);

property.prop([fc.array(part, { maxLength: 9 }).map((parts) => parts.join(''))], { numRuns: 5000 })(
  'a place is found as expressions find it',
  (title) => {
    expect(places.placeIn(title)).toEqual(placeByExpressions(title));
  },
);

test.each<[string, string | undefined, string | undefined]>([
  ['CAFE LISBOA PT', 'PT', undefined],
  ['KONZUM SPLIT HRV 13,40 EUR', 'HR', 'EUR'],
  ['100PLN 25.00 USD', undefined, 'PLN'],
  ['1.234 USD', undefined, undefined],
  ['PT', undefined, undefined],
  ['X AT', 'AT', undefined],
  ['X CZ', 'CZ', undefined],
  ['X AUT', 'AT', undefined],
  ['X CZE', 'CZ', undefined],
  ['5 ZAR', undefined, 'ZAR'],
  ['OMV WIEN AT EUR 45,00', 'AT', 'EUR'],
  ['VISA PURCHASE ROMA USD12.30 RATE', undefined, 'USD'],
  ['TOP 10', undefined, undefined],
  ['5 AED', undefined, 'AED'],
  ['.50 EUR', undefined, undefined],
  [',5 EUR', undefined, undefined],
  ['0.5 EUR', undefined, 'EUR'],
  ['9/5 EUR', undefined, undefined],
  [':5 EUR', undefined, undefined],
  ['X [T', undefined, undefined],
  ['5 E@R', undefined, undefined],
  ...['\t', '\n', '\v', '\f', '\r', ' ', '\u00a0', '\u2003'].map((space): [string, string, string] => [
    `5${space}EUR${space}PT${space}`,
    'PT',
    'EUR',
  ]),
])('%s', (title, country, currency) => {
  expect(places.placeIn(title)).toEqual({ country, currency });
});

test('a country of three letters before a comma', () => {
  expect(places.placeIn('BEA, Betaalpas REWE Markt Kleve DEU,PAS123 21.03.26/16:20').country).toBe('DE');
  expect(places.placeIn('INTERSPAR HAINBURG AUT, 12.03.2026').country).toBe('AT');
  for (const title of ['KLEVE QQQ,PAS1', 'AUT, 12.03.2026', 'KLEVE 5 AUT,', 'KLEVE AUT', 'KLEVE DE,PAS']) {
    expect(places.placeIn(title).country).toBe(title === 'KLEVE AUT' ? 'AT' : undefined);
  }
});
