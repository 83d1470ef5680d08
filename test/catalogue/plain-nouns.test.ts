/**
 * A plain noun and the sign of the amount are enough for a row without a brand ("Pension", "Loyer", "Rezsi").
 *
 * The nouns were written by hand, one for each label and language; none was taken from the catalogue.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { preparedCatalogue } from '../../catalogue/build/prepared.ts';
import { openCatalogue } from '../../functions/domain/catalogue/catalogue.ts';

/** Language → noun, for each label. */
type Nouns = Readonly<Record<string, Readonly<Record<string, string>>>>;

const nouns: { readonly in: Nouns; readonly out: Nouns } = parse(
  readFileSync(new URL('./plain-nouns.yaml', import.meta.url), 'utf8'),
);

/** Where a language is spoken, and the currency there. */
const HOMES: Readonly<Record<string, readonly [country: string, currency: string]>> = {
  cs: ['CZ', 'CZK'],
  da: ['DK', 'DKK'],
  de: ['DE', 'EUR'],
  en: ['GB', 'GBP'],
  es: ['ES', 'EUR'],
  et: ['EE', 'EUR'],
  fi: ['FI', 'EUR'],
  fr: ['FR', 'EUR'],
  hu: ['HU', 'HUF'],
  it: ['IT', 'EUR'],
  lt: ['LT', 'EUR'],
  lv: ['LV', 'EUR'],
  nl: ['NL', 'EUR'],
  no: ['NO', 'NOK'],
  pl: ['PL', 'PLN'],
  pt: ['PT', 'EUR'],
  ro: ['RO', 'RON'],
  sk: ['SK', 'EUR'],
  sv: ['SE', 'SEK'],
};
/** Labels that always come with others. */
const COMPANY: Readonly<Record<string, readonly string[]>> = {
  'extra pay': ['compensation'],
  mortgage: ['repayment'],
  'credit card': ['repayment'],
  leasing: ['repayment'],
  press: ['leisure'],
};
/** Labels that no noun gives: they need other rows, a name, or the way of payment. */
const NOT_BY_A_NOUN = [
  ...['regular wage', 'salary', 'monthly', '500+', 'zus', 'bank', 'marketplace', 'streaming'],
  ...['payment processor', 'person to person', 'online', 'foreign', 'verification', 'reversed'],
];

const catalogue = openCatalogue(preparedCatalogue());

function labelsOf(title: string, language: string, direction: 'in' | 'out'): string[] {
  const [country, currency] = HOMES[language] as readonly [string, string];
  const row = { amount: direction === 'in' ? 43_21 : -43_21, title };
  const { labels } = catalogue.labeller.label({ day: 0, account: { iban: `${country}00`, currency }, row });
  return labels.map((label) => catalogue.labelNames[label] as string);
}

/** As a bank's old printer writes it. */
function inCapitals(noun: string): string {
  return noun.toUpperCase().normalize('NFD').replace(/\p{M}/gu, '');
}

test.each(['in', 'out'] as const)(
  'a plain noun of every language gives its label, and no other one, on money that goes %s',
  (direction) => {
    const misread = Object.entries(nouns[direction]).flatMap(([label, words]) =>
      Object.entries(words).flatMap(([language, noun]) =>
        [noun, inCapitals(noun)].flatMap((title) => {
          const given = labelsOf(title, language, direction);
          const expected = [label, ...(COMPANY[label] ?? [])];
          return given.length === expected.length && expected.every((one) => given.includes(one))
            ? []
            : [`${language} ${title}: ${given.join(', ') || 'nothing'}, not ${expected.join(', ')}`];
        }),
      ),
    );
    expect(misread).toEqual([]);
  },
);

test('every language of the catalogue has its nouns, and every label but those that no noun gives', () => {
  const words = new URL('../../catalogue/words/', import.meta.url);
  const languages = readdirSync(words)
    .map((file) => file.replace('.yaml', ''))
    .filter((name) => name !== 'gateways' && name !== 'noise');
  expect(languages.sort()).toEqual(Object.keys(HOMES).sort());
  for (const rows of [nouns.in, nouns.out]) {
    for (const [label, nounOf] of Object.entries(rows)) {
      // Polish social insurance has a label of its own.
      const expected = label === 'social insurance' ? languages.filter((name) => name !== 'pl') : languages;
      expect([label, Object.keys(nounOf).sort()]).toEqual([label, expected]);
    }
  }
  const told = new Set([...Object.keys(nouns.in), ...Object.keys(nouns.out), ...NOT_BY_A_NOUN]);
  expect(catalogue.labelNames.filter((label) => !told.has(label))).toEqual([]);
});

test('a noun of income says nothing of the same kind on money that goes out', () => {
  for (const label of ['compensation', 'pension', 'welfare', 'scholarship', 'invoice', 'dividend']) {
    for (const [language, noun] of Object.entries(nouns.in[label] as Readonly<Record<string, string>>)) {
      expect([language, noun, labelsOf(noun, language, 'out').includes(label)]).toEqual([language, noun, false]);
    }
  }
});
