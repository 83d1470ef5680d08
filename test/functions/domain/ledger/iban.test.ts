import { fc, test as property } from '@fast-check/jest';
import { hasIbanForm, hasRightCheckDigits, normaliseIban } from '../../../../functions/domain/ledger/iban.ts';

/** Examples of the SWIFT registry. */
const EXAMPLES = [
  'PL61109010140000071219812874',
  'DE89370400440532013000',
  'GB29NWBK60161331926819',
  'NO9386011117947',
  'MT84MALT011000012345MTLCAST001S',
  'LC55HEMM000100010012001200023015',
  'CZ6508000000192000145399',
  'SK3112000000198742637541',
  'RO49AAAA1B31007593840000',
  'PT50000201231234567890154',
  'ES9121000418450200051332',
  'LT121000011101001000',
  'LV80BANK0000435195001',
  'EE382200221020145685',
];

test('the examples of the registry are right', () => {
  expect(EXAMPLES.filter((iban) => !hasIbanForm(iban) || !hasRightCheckDigits(iban))).toEqual([]);
});

property.prop([
  fc.constantFrom(...EXAMPLES),
  fc.array(fc.constantFrom(' ', '\u00a0', '\u202f', '\u2007', '-'), { maxLength: 8 }),
  fc.boolean(),
])('is the same with blanks, hyphens and small letters', (iban, blanks, lower) => {
  const spread = blanks.reduce((text, blank, index) => text.slice(0, index * 3) + blank + text.slice(index * 3), iban);
  expect(normaliseIban(lower ? spread.toLowerCase() : spread)).toBe(iban);
});

property.prop([fc.constantFrom(...EXAMPLES), fc.nat(), fc.integer({ min: 1, max: 9 })])(
  'one wrong digit is found by the check digits',
  (iban, at, by) => {
    const digits = [...iban.matchAll(/\d/g)].map(({ index }) => index);
    const place = digits[at % digits.length]!;
    const wrong = iban.slice(0, place) + ((Number(iban[place]) + by) % 10) + iban.slice(place + 1);
    expect(hasIbanForm(wrong)).toBe(true);
    expect(hasRightCheckDigits(wrong)).toBe(false);
  },
);

test.each([
  '',
  'PL',
  'PL6110901014000007121981287',
  'PL611090101400000712198128745',
  '6109010140000071219812874PL',
  'PLAA109010140000071219812874',
  'pl61109010140000071219812874',
  'PL61-109010140000071219812874',
  `XX00${'A'.repeat(31)}`,
  'XX0012345',
])('no form of an IBAN: %s', (iban) => {
  expect(hasIbanForm(iban)).toBe(false);
});

test('a country outside the registry may have any length', () => {
  expect([hasIbanForm('XX0012345678901'), hasIbanForm(`XX00${'A'.repeat(30)}`)]).toEqual([true, true]);
});
