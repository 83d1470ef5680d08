import { compileDocument } from '../../../../catalogue/build/compile.ts';
import { prepareRules } from '../../../../functions/domain/labels/prepared-rules.ts';
import { openLabeller } from '../../../../functions/domain/labels/row-labeller.ts';
import type { LabelRules } from '../../../../functions/domain/labels/rules.ts';
import type { Account, Row } from '../../../../functions/domain/ledger/ledger.ts';
import { fixedRates } from '../../../support/fixed-rates.ts';

const LABELS = [
  'airline',
  'bank',
  'compensation',
  'fast food',
  'fee',
  'fuel',
  'gambling',
  'grocery',
  'insurance',
  'online',
  'payment processor',
  'pets',
  'refund',
  'restaurant',
  'savings',
  'telecom',
  'verification',
];
const { meaning, names, countries } = compileDocument().rules;
const KNOWLEDGE = { meaning, names, countries };
const NONE: LabelRules = {
  brands: [],
  words: [],
  merchantCodes: [],
  bankCodes: [],
  gateways: [],
  noise: [],
  ordinaryWords: [],
  ...KNOWLEDGE,
};
const RULES: LabelRules = {
  brands: [
    { brand: 'Ryanair', out: ['airline'] },
    { brand: 'Orlen', also: ['PKN Orlen'], out: ['fuel'] },
    { brand: 'Lidl', out: ['grocery'], unless: ['lidl reise'] },
    { brand: 'Lidl Reise', out: ['airline'] },
    { brand: 'Plus', out: ['telecom'], with: ['faktura', 'abonament*'] },
    { brand: 'Fortuna', out: ['gambling'], in: ['gambling'], countries: ['PL', 'CZ'] },
    { brand: 'Generali', out: ['insurance'] },
    { brand: 'Zooplus', out: ['pets', 'online'] },
    { brand: 'mBank', out: ['bank'], in: ['bank'] },
  ],
  words: [
    { words: ['restauracja', 'pizz*'], out: ['restaurant'] },
    { words: ['kebab'], out: ['fast food'], weak: true },
    { words: ['wynagrodzenie'], in: ['compensation'] },
    { words: ['prowizja'], out: ['fee'], field: ['kind'] },
    { words: ['weryfikacja'], in: ['verification'], out: ['verification'], atMost: 1, atLeast: 0.01 },
    { words: ['oszczednosci'], out: ['savings'], in: ['savings'], atLeast: 10 },
  ],
  merchantCodes: [
    { mcc: '5541', out: ['fuel'] },
    { mcc: '3000-3002', out: ['airline'] },
    { mcc: '5411', out: ['grocery'] },
  ],
  bankCodes: [
    { code: 'PMNT/*/*', out: ['bank'] },
    { code: 'PMNT/RCDT/SALA', in: ['compensation'] },
  ],
  gateways: [{ gateway: 'PayU', patterns: ['payu'] }],
  noise: ['sp z o o', 'warszawa', 's a'],
  ordinaryWords: [],
  ...KNOWLEDGE,
};
const RATES = fixedRates({ PLN: '4' });
const labeller = openLabeller(prepareRules(RULES), new Map(LABELS.map((label) => [label, 'test'])), RATES);
const POLISH: Account = { iban: 'PL61109010140000071219812874', currency: 'PLN' };
const labelsOf = (row: Partial<Row>, account: Account = POLISH) => {
  const { labels, reasons } = labeller.label({ day: 0, account, row: { amount: -5000, title: '', ...row } });
  return Object.fromEntries(labels.map((label, index) => [LABELS[label], reasons[index]]));
};

test('brands, words and codes by what is surest', () => {
  expect(labelsOf({ title: 'RYANAIR 1234 DUBLIN' })).toEqual({ airline: 'brand Ryanair' });
  expect(labelsOf({ title: 'pkn orlen restauracja' })).toEqual({ fuel: 'brand Orlen' });
  expect(labelsOf({ title: 'Restauracja Kebab' })).toEqual({ restaurant: 'word "restauracja"' });
  expect(labelsOf({ title: 'U ALI KEBAB' })).toEqual({ 'fast food': 'word "kebab"' });
  expect(labelsOf({ title: 'PIZZERIA' })).toEqual({ restaurant: 'word "pizz*"' });
  expect(labelsOf({ title: 'kebab', merchantCategoryCode: '5411' })).toEqual({ grocery: 'code 5411' });
  expect(labelsOf({ title: 'Zooplus', merchantCategoryCode: '5411' })).toEqual({
    online: 'brand Zooplus',
    pets: 'brand Zooplus',
  });
  expect(labelsOf({ title: 'LIDL', merchantCategoryCode: '5541' })).toEqual({ fuel: 'code 5541' });
  expect(labelsOf({ title: 'x', merchantCategoryCode: '3001' })).toEqual({ airline: 'code 3001' });
  expect(labelsOf({ title: 'x', merchantCategoryCode: '3003' })).toEqual({});
  expect(labelsOf({ title: 'x', bankTransactionCode: 'PMNT/ICDT/ESCT' })).toEqual({ bank: 'bank code PMNT/ICDT/ESCT' });
});

test('the longest match counts, and a bank yields to a word', () => {
  expect(labelsOf({ title: 'LIDL REISE' })).toEqual({ airline: 'brand Lidl Reise' });
  expect(labelsOf({ title: 'mBank' })).toEqual({ bank: 'brand mBank' });
  expect(labelsOf({ title: 'restauracja', party: 'mBank' })).toEqual({ restaurant: 'word "restauracja"' });
});

test('with, unless, countries, fields', () => {
  expect(labelsOf({ title: 'PLUS' })).toEqual({});
  expect(labelsOf({ title: 'PLUS', kind: 'abonamentowa' })).toEqual({ telecom: 'brand Plus' });
  expect(labelsOf({ title: 'LIDL', party: 'Lidl Reise GmbH' })).toEqual({ airline: 'brand Lidl Reise' });
  expect(labelsOf({ title: 'FORTUNA' })).toEqual({ gambling: 'brand Fortuna' });
  expect(labelsOf({ title: 'FORTUNA' }, { iban: 'DE89370400440532013000', currency: 'EUR' })).toEqual({});
  expect(labelsOf({ title: 'prowizja' })).toEqual({});
  expect(labelsOf({ kind: 'PROWIZJA' })).toEqual({ fee: 'word "prowizja"' });
});

test('bounds of the amount, in EUR', () => {
  const verified = { verification: 'word "weryfikacja"' };
  expect([-1, -3, -400, -402].map((amount) => labelsOf({ title: 'weryfikacja', amount }))).toEqual([
    {},
    verified,
    verified,
    {},
  ]);
  const exotic = { accountId: 'a', currency: 'QQQ' };
  expect(labelsOf({ title: 'weryfikacja', amount: -1 }, exotic)).toEqual({});
  expect(labelsOf({ title: 'oszczednosci', amount: -3990 })).toEqual({});
  expect(labelsOf({ title: 'oszczednosci', amount: -1 }, exotic)).toEqual({ savings: 'word "oszczednosci"' });
});

test('money that comes in: income, refunds, and what is none', () => {
  const amount = 5000;
  expect(labelsOf({ title: 'wynagrodzenie', amount })).toEqual({ compensation: 'word "wynagrodzenie"' });
  expect(labelsOf({ title: 'wynagrodzenie' })).toEqual({});
  expect(labelsOf({ title: 'RYANAIR', amount })).toEqual({ refund: 'brand Ryanair, money back' });
  expect(labelsOf({ title: 'x', merchantCategoryCode: '5411', amount })).toEqual({ refund: 'code 5411, money back' });
  expect(labelsOf({ title: 'GENERALI', amount })).toEqual({});
  expect(labelsOf({ title: 'FORTUNA', amount })).toEqual({ gambling: 'brand Fortuna' });
  expect(labelsOf({ title: 'x', bankTransactionCode: 'PMNT/RCDT/SALA', amount })).toEqual({
    compensation: 'bank code PMNT/RCDT/SALA',
  });
});

test('a rail is given beside the merchant', () => {
  expect(labelsOf({ title: 'PAYU*LIDL' })).toEqual({ 'payment processor': 'gateway PayU', grocery: 'brand Lidl' });
  expect(labelsOf({ title: 'LIDL', party: 'PayU S.A.' })).toEqual({
    'payment processor': 'gateway PayU',
    grocery: 'brand Lidl',
  });
});

test('labels of the publisher are kept; unknown ones beside; nothing else on a zero amount', () => {
  const row = { amount: 0, title: 'LIDL', labels: ['__proto__', 'lifestyle', 'pets'] };
  const { labels, reasons, otherLabels } = labeller.label({ day: 0, account: POLISH, row });
  expect({ labels, reasons, otherLabels }).toEqual({
    labels: [LABELS.indexOf('pets')],
    reasons: ['publisher'],
    otherLabels: ['__proto__', 'lifestyle'],
  });
  expect(labelsOf({ title: 'LIDL', labels: ['pets', 'grocery'] })).toEqual({ pets: 'publisher', grocery: 'publisher' });
});

test('counterparties and countries', () => {
  const of = (row: Partial<Row>, account = POLISH) => {
    const { party, country } = labeller.label({ day: 0, account, row: { amount: -1, title: '', ...row } });
    return [party.name, country];
  };
  expect(of({ party: 'ACME Sp. z o.o. Warszawa 12' })).toEqual(['acme', undefined]);
  expect(of({ party: '123', partyIban: 'PL1' })).toEqual(['PL1', undefined]);
  expect(of({ title: 'SKLEP 77 WARSZAWA' })[0]).toContain('sklep');
  expect(of({ title: '12 3' })).toEqual(['', undefined]);
  expect(of({ party: 'one two three four five six' })).toEqual(['one two three four', undefined]);
  expect(
    [of({ title: 'CAFE LISBOA PT' }), of({ title: 'CAFE LISBOA PRT' }), of({ title: 'LIDL PL' })].map(([, c]) => c),
  ).toEqual(['PT', 'PT', undefined]);
  expect([of({ title: 'SKLEP XY' }), of({ title: 'cafe pt' }), of({ title: 'PT' })].map(([, c]) => c)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('places inside places, streets, people, services', () => {
  const words = [
    { words: ['szpital', 'szpitaln*', 'lekarz'], out: ['healthcare'] },
    { words: ['parking'], out: ['parking'] },
    { words: ['kawiarnia'], out: ['cafe'] },
    { words: ['teatr', 'teatralny'], out: ['culture'] },
    { words: ['myjnia'], out: ['car service'] },
    { words: ['burger'], out: ['fast food'] },
    { words: ['zwrot'], in: ['refund'] },
    { words: ['wyplata'], in: ['compensation'], weak: true },
    { words: ['premia'], in: ['compensation', 'extra pay'] },
    { words: ['ksero'], in: [], out: [], field: ['title' as const, 'party' as const] },
    { words: ['pod teatrem'], in: [], out: [] },
  ];
  const brands = [
    { brand: 'Orlen', out: ['fuel'] },
    { brand: 'Lidl', out: ['grocery'] },
    { brand: 'Warta', out: ['insurance'] },
  ];
  const merchantCodes = [
    { mcc: '5812', out: ['restaurant'], weak: true },
    { mcc: '8111', out: [] },
  ];
  const groups = ['cafe', 'car service', 'compensation', 'culture', 'extra pay', 'fast food', 'fuel', 'grocery'];
  const others = ['healthcare', 'insurance', 'parking', 'refund', 'restaurant'];
  const known = [...groups, ...others];
  const open = openLabeller(
    prepareRules({ ...NONE, brands, words, merchantCodes }),
    new Map(known.map((label) => [label, label === 'healthcare' ? 'health' : 'test'])),
    RATES,
  );
  const of = (title: string, row: Partial<Row> = {}) =>
    open.label({ day: 0, account: POLISH, row: { amount: -5000, title, ...row } }).labels.map((label) => known[label]);
  expect(of('PARKING SZPITAL')).toEqual(['parking']);
  expect(of('TEATR POLSKI KAWIARNIA')).toEqual(['cafe']);
  expect(of('kawiarnia', { party: 'TEATR SA' })).toEqual(['cafe']);
  expect(of('ORLEN MYJNIA')).toEqual(['car service']);
  expect(of('TEATR', { merchantCategoryCode: '5812' })).toEqual(['restaurant']);
  expect(of('LEKARZ I WSPOLNICY', { merchantCategoryCode: '8111' })).toEqual([]);
  expect(
    ['UL. SZPITALNA 12', 'SZPITALNA 12', 'PLAC TEATRALNY', 'C/ DEL TEATR', 'KSERO TEATR'].flatMap((t) => of(t)),
  ).toEqual([]);
  expect(['TEATR STREET', 'LEKARZSTRASSE', 'TEATR IELA', 'TEATRO G'].flatMap((t) => of(t))).toEqual([]);
  expect(of('WIZYTA SZPITALNA 12.05')).toEqual(['healthcare']);
  expect(of('BURGER STREET')).toEqual(['fast food']);
  expect(of('KAWIARNIA POD TEATREM')).toEqual(['cafe']);
  expect(of('obiad', { party: 'Jan Lekarz' })).toEqual([]);
  expect(of('obiad', { party: 'Jan Nowak Lekarz' })).toEqual(['healthcare']);
  expect(of('lekarz', { party: 'JAN KOWALSKI UL. DLUGA 5' })).toEqual([]);
  expect(of('lekarz', { party: 'J KOWALSKI' })).toEqual([]);
  expect(of('lekarz', { party: 'PRZYCHODNIA, SALA 5' })).toEqual(['healthcare']);
  expect(of('lekarz', { party: 'ZDROWA RODZINA' })).toEqual(['healthcare']);
  expect(of('obiad', { party: 'ZDROWA RODZINA' })).toEqual([]);
  const amount = 5000;
  expect(of('zwrot', { amount, party: 'Jan Nowak' })).toEqual([]);
  expect(of('zwrot', { amount, party: 'FIRMA SA' })).toEqual(['refund']);
  expect(of('wyplata', { amount })).toEqual(['compensation']);
  expect(of('wyplata', { amount, party: 'LIDL' })).toEqual(['compensation']);
  expect(of('wyplata', { amount, party: 'WARTA' })).toEqual([]);
  expect(of('premia', { amount, party: 'WARTA' })).toEqual([]);
});

test('rules that cannot hold are refused', () => {
  const short = { ...NONE, words: [{ words: ['ab*'], out: ['pets'] }] };
  expect(() => openLabeller(prepareRules(short), new Map(), RATES)).toThrow('less than 3 letters before a *');
});
