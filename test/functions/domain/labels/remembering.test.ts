/** A labeller that has seen other rows answers as a fresh one does, whatever it has cached. */
import { fc, test as property } from '@fast-check/jest';
import type { LabelRules } from '../../../../functions/domain/labels/rules.ts';
import type { Account, Row } from '../../../../functions/domain/ledger/ledger.ts';
import { POLISH, tinyLabeller } from '../../../support/tiny-labeller.ts';

type Given = { readonly row: Partial<Row>; readonly account?: Account };

const RULES: Partial<LabelRules> = {
  brands: [
    { brand: 'lidl', out: ['grocery'] },
    { brand: 'lidl reise', out: ['fuel'] },
    { brand: 'zooplus', out: ['pets'] },
  ],
  words: [
    { words: ['kino'], out: ['culture'] },
    { words: ['obiad'], out: ['cafe'] },
    { words: ['zwrot'], in: ['refund'] },
    { words: ['kowal'], out: ['healthcare'] },
    { words: ['kwota'], out: ['fee'], in: ['fee'], atLeast: 10 },
    { words: ['po polsku'], out: ['parking'], countries: ['PL'] },
  ],
  gateways: [{ gateway: 'payu', patterns: ['payu'] }],
  merchantCodes: [
    { mcc: '5912', out: ['pharmacy'] },
    { mcc: '5995', out: ['pets'] },
  ],
  bankCodes: [
    { code: 'A/*/*', out: ['bank'] },
    { code: 'B/*/*', out: ['insurance'] },
  ],
  noise: ['warszawa'],
};
const fresh = ({ row, account }: Given) => tinyLabeller(RULES).say(row, account);

/** Rows that each differ from the first in one thing, and so have other results. */
const ALIKE: Readonly<Record<string, readonly Given[]>> = {
  'the currency and the country of the account': [
    { row: { title: 'po polsku 5,00 PLN' } },
    { row: { title: 'po polsku 5,00 PLN' }, account: { ...POLISH, currency: 'EUR' } },
    { row: { title: 'po polsku 5,00 PLN' }, account: { iban: 'DE89370400440532013000', currency: 'PLN' } },
    { row: { title: 'po polsku 5,00 PLN' }, account: { accountId: 'a', currency: 'QQQ' } },
  ],
  'whether the account has an IBAN': [
    { row: { title: 'lidl DE' }, account: { iban: 'PT50', currency: 'EUR' } },
    { row: { title: 'lidl DE' }, account: { accountId: 'a', currency: 'EUR' } },
  ],
  'the sign': [
    { row: { title: 'lidl' } },
    { row: { title: 'lidl', amount: 5000 } },
    { row: { title: 'lidl', amount: 0 } },
  ],
  'the amount, in the currency of the account': [
    { row: { title: 'kwota', amount: -3900 } },
    { row: { title: 'kwota', amount: -4100 } },
    { row: { title: 'kwota', amount: -3900 }, account: { ...POLISH, currency: 'EUR' } },
  ],
  'the amount, asked for by the party or the kind': [
    { row: { title: 'x', party: 'kwota', amount: -3900 } },
    { row: { title: 'x', party: 'kwota', amount: -4100 } },
    { row: { title: 'x', kind: 'kwota', amount: -4200 } },
    { row: { title: 'x', kind: 'kwota', amount: -3800 } },
  ],
  'the code': [
    { row: { title: 'kino' } },
    { row: { title: 'kino', merchantCategoryCode: '5912' } },
    { row: { title: 'kino', merchantCategoryCode: '5995' } },
  ],
  'the code of the bank': [
    { row: { title: 'x' } },
    { row: { title: 'x', bankTransactionCode: 'A/B/C' } },
    { row: { title: 'x', bankTransactionCode: 'B/B/C' } },
  ],
  'the place in the title': [
    { row: { title: 'lidl 12' } },
    { row: { title: 'lidl PT' } },
    { row: { title: 'lidl PL' } },
    { row: { title: 'lidl DE' } },
    { row: { title: 'lidl 5 EUR' } },
  ],
  'the party': [
    { row: { title: 'obiad' } },
    { row: { title: 'obiad', party: 'Jan Novak' } },
    { row: { title: 'obiad', party: 'jan novak' } },
    { row: { title: 'obiad', party: 'x', partyIban: 'PL1' } },
    { row: { title: 'obiad', partyIban: 'PL2' } },
    { row: { title: 'obiad', party: 'Kino' } },
  ],
  'a legal form behind the party': [
    { row: { title: 'obiad', party: 'Jan Novak SA' } },
    { row: { title: 'obiad', party: 'Jan Novak' } },
    { row: { title: 'obiad', party: 'Adam Novak' } },
  ],
  'the field': [
    { row: { title: 'zooplus' } },
    { row: { party: 'zooplus' } },
    { row: { kind: 'zooplus' } },
    { row: { title: 'lidl', party: 'zooplus' } },
    { row: { title: 'zooplus', party: 'lidl' } },
    { row: { title: 'x', party: 'payu', kind: 'lidl' } },
    { row: { title: 'x', party: 'lidl', kind: 'payu' } },
  ],
  'a surname': [{ row: { party: 'adam kowal' } }, { row: { party: 'Maria Kowal' } }, { row: { party: 'maria kowal' } }],
  'whether a word is a street': [
    { row: { title: 'x KINO y' } },
    { row: { title: 'UL KINO y' } },
    { row: { title: 'UL DLUGA KINO' } },
    { row: { title: 'UL DLUGA KINO 5' } },
  ],
  'a name that is noise': [{ row: { title: 'aa Warszawa' } }, { row: { title: 'aa bb' } }, { row: { title: 'aa' } }],
  'where in the text': [
    { row: { title: 'lidl zooplus' } },
    { row: { title: 'zooplus lidl' } },
    { row: { title: 'lidl reise' } },
    { row: { title: 'lidl x reise' } },
    { row: { title: 'reise lidl' } },
  ],
  'the labels of the publisher': [
    { row: { title: 'lidl' } },
    { row: { title: 'lidl', labels: ['pets'] } },
    { row: { title: 'lidl', labels: ['mine'] } },
    { row: { title: 'lidl', labels: ['grocery'] } },
  ],
};

test.each(Object.entries(ALIKE))('rows that differ in one thing: %s', (_, rows) => {
  const alone = rows.map(fresh);
  // Rows with equal results would show nothing.
  expect(new Set(alone.map((said) => JSON.stringify(said))).size).toBeGreaterThan(1);
  for (let first = 0; first < rows.length; first++) {
    const { say } = tinyLabeller(RULES);
    const turned = [...rows.keys()].map((index) => (first + index) % rows.length);
    for (const index of [...turned, ...turned.reverse()]) {
      const { row, account } = rows[index]!;
      expect(say(row, account)).toEqual(alone[index]);
    }
  }
});

const all = Object.values(ALIKE).flat();
property.prop([fc.array(fc.constantFrom(...all), { minLength: 2, maxLength: 40 })], { numRuns: 60, seed: 11 })(
  'rows in any order',
  (rows) => {
    const { say } = tinyLabeller(RULES);
    for (const given of rows) expect(say(given.row, given.account)).toEqual(fresh(given));
  },
);

describe('texts that share a hash', () => {
  /** FNV-1a over UTF-16 units, the hash of every look-up here. */
  const hashOf = (text: string) => {
    let hash = 0x811c9dc5;
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    return hash;
  };

  test('a token is not mistaken for a known one, and both may be known', () => {
    for (const [known, other] of [
      ['lidl', 'yzibkag'],
      ['lidl', 'islmswv'],
      ['netflix', 'slurrtr'],
    ] as const) {
      expect(hashOf(known)).toBe(hashOf(other));
      const one = tinyLabeller({ brands: [{ brand: known, out: ['grocery'] }] });
      expect([one.labels(known), one.labels(other)]).toEqual([['grocery'], []]);
      for (const brands of [
        [
          { brand: known, out: ['grocery'] },
          { brand: other, out: ['pets'] },
        ],
        [
          { brand: other, out: ['pets'] },
          { brand: known, out: ['grocery'] },
        ],
      ]) {
        const both = tinyLabeller({ brands });
        expect([both.labels(known), both.labels(other)]).toEqual([['grocery'], ['pets']]);
      }
    }
  });

  test('a text is not mistaken for another', () => {
    const [one, other] = ['lidl i2h4tr', 'zooplus k71aj8'] as const;
    expect(hashOf(one)).toBe(hashOf(other));
    const { labels } = tinyLabeller(RULES);
    expect([one, other, one].map((title) => labels(title))).toEqual([['grocery'], ['pets'], ['grocery']]);
    expect([one, other, one].map((party) => labels({ party }))).toEqual([['grocery'], ['pets'], ['grocery']]);
    expect([one, other, one].map((kind) => labels({ kind }))).toEqual([['grocery'], ['pets'], ['grocery']]);
  });
});

test('more texts than are remembered, and longer ones', () => {
  const { say } = tinyLabeller(RULES);
  const numbers = Array.from({ length: 10_000 }, (_, index) => index);
  const titles = numbers.map((index) => `${index % 3 === 0 ? 'lidl' : 'zooplus'} ${index}`);
  const long = 'x '.repeat(600);
  titles.push(`${long} lidl`, `${long} zooplus`, `${long} lidl`, `lidl ${long}`);
  const labelOf = (title: string) => (title.includes('lidl') ? { grocery: 'brand lidl' } : { pets: 'brand zooplus' });
  const wrong = [...titles, ...titles].filter(
    (title) => JSON.stringify(say({ title }).labels) !== JSON.stringify(labelOf(title)),
  );
  expect(wrong).toEqual([]);
});
