/** Texts that differ in numbers alone share what was read of the first of them: each is labelled as if it were the only one. */
import { fc, test as property } from '@fast-check/jest';
import { compileDocument } from '../../../../catalogue/build/compile.ts';
import { generateFieldLives } from '../../../../evaluation/lives/field.ts';
import { Frame } from '../../../../functions/domain/labels/matching/frame.ts';
import { Patterns } from '../../../../functions/domain/labels/matching/pattern-index.ts';
import { PatternWriter } from '../../../../functions/domain/labels/matching/pattern-writer.ts';
import { prepareRules } from '../../../../functions/domain/labels/prepared-rules.ts';
import { type Labeller, openLabeller } from '../../../../functions/domain/labels/row-labeller.ts';
import type { Account, Row } from '../../../../functions/domain/ledger/ledger.ts';
import { openRates } from '../../../../functions/domain/values/rates.ts';
import { TODAY } from '../../../support/ledgers.ts';

const document = compileDocument();
const prepared = prepareRules(document.rules);
const groups = new Map(document.labels.map(({ id, group }) => [id, group]));
const opened = () => openLabeller(prepared, groups, openRates(document.rates));
const ACCOUNT: Account = { iban: 'PL61109010140000071219812874', currency: 'PLN' };

const shown = (labeller: Labeller, row: Row) => {
  const ledgerRow = { day: TODAY, account: ACCOUNT, row };
  const { labels, reasons, party, country } = labeller.label(ledgerRow);
  return { labels, reasons, party: party.name, country, masked: labeller.masked(ledgerRow) };
};

const { brands, words, noise } = document.rules;
const patterns = [
  ...brands.flatMap(({ brand, also = [] }) => [brand, ...also]),
  ...words.flatMap((rule) => rule.words),
  ...noise,
];
/** Where numbers do say something: at their place in a pattern, and between it and its neighbours. */
const numbered = patterns
  .filter((pattern) => /(^|[^\p{L}\d])\d+($|[^\p{L}\d])/u.test(pattern))
  .map((text) => text.replace('*', ''));
const printed = generateFieldLives(7, 'open', 2).flatMap(({ imports }) =>
  imports.flatMap(({ accounts }) =>
    (accounts ?? []).flatMap(({ transactions }) => transactions.map(({ title }) => title)),
  ),
);
const numbers = [
  ...new Set(numbered.flatMap((pattern) => pattern.match(/\d+/g) ?? [])),
  '16',
  '016',
  '2031',
  '5168',
  '900001',
];
const number = fc.constantFrom(...numbers);
const glue = fc.constantFrom(' ', ' ', '.', '/', ' - ', '', 'x', '\u0301', '\u0001', ' ß');
const text = fc
  .tuple(
    fc.constantFrom(...numbered, ...printed.slice(0, numbered.length)),
    glue,
    number,
    glue,
    fc.constantFrom('', 'UL', 'Kino', 'EUR', ...numbered),
  )
  .map((parts) => parts.join(''));
/** A text, and others of which only numbers differ. */
const alike = text.chain((one) =>
  fc
    .array(fc.array(number, { minLength: 8, maxLength: 8 }), { minLength: 2, maxLength: 5 })
    .map((others) => [one, ...others.map((put) => withNumbers(one, put))]),
);

/** Mostly numbers of the same length, so that texts have the same frame, unless the numbers say something. */
function withNumbers(one: string, put: readonly string[]): string {
  let next = 0;
  return one.replace(/\d+/g, (old) => {
    const other = put[next++ % put.length]!;
    return next % 3 === 0 ? other : other.padEnd(old.length, '7').slice(0, old.length);
  });
}

property.prop(
  [fc.array(alike, { minLength: 40, maxLength: 40 }), fc.constantFrom('title' as const, 'party' as const)],
  {
    numRuns: 6,
    seed: 5,
  },
)('what was read of one text holds for no text that says something else', (groupsOfTexts, field) => {
  const labeller = opened();
  for (const texts of groupsOfTexts) {
    for (const one of texts) {
      const row = { amount: -5000, title: 'x', [field]: one };
      expect([one, shown(labeller, row)]).toEqual([one, shown(opened(), row)]);
    }
  }
});

describe('the frame of a text', () => {
  const writer = new PatternWriter();
  for (const pattern of ['strefa 12', '7 dni', 'kod 400*', '24', 'p24 6']) writer.add(pattern, 1);
  const frame = new Frame(new Patterns(writer.written()).numbers);
  const isOne = (one: string, other: string) => {
    const kept = frame.read(one).toString();
    return frame.read(other).is(kept);
  };

  test.each([
    ['PAGO 19.05. LIDL', 'PAGO 28.06. LIDL', true],
    ['PAGO 19.05. LIDL', 'PAGO 28.11. LIDL', false],
    ['PAGO 19.05. LIDL', 'PAGO 28.11. Lidl', false],
    ['PAGO 19.05. LIDL', 'PAGO 28.110 LIDL', false],
    ['x 19', 'x 09', false],
    ['x 009', 'x 012', true],
    ['LIDL1234', 'LIDL5678', false],
    ['strefa 12', 'strefa 13', false],
    ['strefa1234 12', 'strefa1234 13', false],
    ['strefa 1 12', 'strefa 1 13', true],
    ['7 dni', '8 dni', false],
    ['7-ß dni', '8-ß dni', true],
    ['kod: 40017', 'kod: 50017', false],
    ['x 24 y', 'x 25 y', false],
    ['p24 6', 'p24 7', false],
    ['x \u0001', 'x 1', false],
    ['x \u0001', 'x \u0002', true],
  ])('%j and %j: %s', (one, other, expected) => {
    expect([isOne(one, other), isOne(other, one)]).toEqual([expected, expected]);
  });
});
