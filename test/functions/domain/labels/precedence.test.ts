/** Which of several findings about one row wins. Rules are named by Greek letters, so that nothing but their form decides. */
import type { LabelRules } from '../../../../functions/domain/labels/rules.ts';
import { tinyLabeller } from '../../../support/tiny-labeller.ts';

const IN = 5000;

describe('matches that overlap', () => {
  const gateway = { gateway: 'G', patterns: ['alfa beta'] };
  const brand = { brand: 'alfa beta', out: ['bank'] };
  const word = { words: ['alfa beta'], out: ['fee'] };
  const silent = { words: ['alfa beta'], out: [] };
  const weak = { words: ['alfa beta'], out: ['pets'], weak: true };

  test.each<[string, Partial<LabelRules>, string[]]>([
    ['a rail goes before a brand', { gateways: [gateway], brands: [brand] }, ['payment processor']],
    // A bank that is not covered would yield to the word.
    ['a brand goes before a word', { brands: [brand], words: [word] }, ['bank']],
    ['a word goes before a weak one, even if it says nothing', { words: [silent, weak] }, []],
    ['in any order', { words: [weak, silent] }, []],
  ])('of equal length: %s', (_, rules, expected) => {
    expect(tinyLabeller(rules).labels('alfa beta')).toEqual(expected);
  });

  test('the longer one counts, whatever its kind', () => {
    const rules = { brands: [{ brand: 'alfa', out: ['fuel'] }], words: [weak] };
    expect(tinyLabeller(rules).labels('ALFA BETA')).toEqual(['pets']);
    expect(tinyLabeller(rules).labels('ALFA GAMMA')).toEqual(['fuel']);
  });

  test('those that share one token overlap, those side by side do not', () => {
    const shared = { brands: [{ brand: 'beta gamma', out: ['fuel'] }], gateways: [gateway] };
    expect(tinyLabeller(shared).labels('alfa beta gamma')).toEqual(['payment processor']);
    const before = { brands: [{ brand: 'gamma alfa', out: ['fuel'] }], gateways: [gateway] };
    expect(tinyLabeller(before).labels('gamma alfa beta')).toEqual(['payment processor']);
    const beside = tinyLabeller({ brands: [{ brand: 'gamma', out: ['fuel'] }], gateways: [gateway] });
    expect(beside.labels('alfa beta gamma')).toEqual(['fuel', 'payment processor']);
    expect(beside.labels('gamma alfa beta')).toEqual(['fuel', 'payment processor']);
  });

  test('of one kind and length none covers the other: the first counts', () => {
    const brands = [
      { brand: 'alfa beta', out: ['fuel'] },
      { brand: 'beta gamma', out: ['pets'] },
    ];
    expect(tinyLabeller({ brands }).labels('alfa beta gamma')).toEqual(['fuel']);
    const words = [
      { words: ['alfa'], out: ['pets'] },
      { words: ['alfa'], out: ['fee'] },
    ];
    expect(tinyLabeller({ words }).labels('alfa')).toEqual(['pets']);
  });

  test('a match covers none in another text', () => {
    const { labels } = tinyLabeller({ brands: [{ brand: 'alfa', out: ['fuel'] }], gateways: [gateway] });
    expect(labels({ title: 'alfa beta', party: 'alfa' })).toEqual(['fuel', 'payment processor']);
  });

  test('a word for money that goes the other way covers nothing; a brand does', () => {
    const short = { words: ['alfa'], out: ['pets'] };
    expect(tinyLabeller({ words: [short, { words: ['alfa beta'], in: ['fee'] }] }).labels('alfa beta')).toEqual([
      'pets',
    ]);
    const inwards = { brand: 'alfa beta', in: ['fee'] };
    expect(tinyLabeller({ words: [short], brands: [inwards] }).labels('alfa beta')).toEqual([]);
  });
});

describe('the word for a trade right before a shop that is called by one word', () => {
  const { labels } = tinyLabeller({
    brands: [
      { brand: 'alfa', out: ['grocery'] },
      { brand: 'beta gamma', out: ['grocery'] },
      { brand: 'omega', out: ['fee'] },
    ],
    words: [
      { words: ['kawa'], out: ['cafe'] },
      { words: ['tarif'], out: ['fee'] },
    ],
  });

  test.each([
    ['names the trade', 'KAWA ALFA LODZ', 'cafe'],
    ['behind it says what the shop has as well', 'ALFA KAWA', 'grocery'],
    ['farther off says nothing', 'KAWA W ALFA', 'grocery'],
    ['before a brand of two words says nothing', 'KAWA BETA GAMMA', 'grocery'],
    ['is a trade', 'TARIF ALFA', 'grocery'],
    ['is before a shop', 'KAWA OMEGA', 'fee'],
  ])('it %s', (_, title, expected) => {
    expect(labels(title)).toEqual([expected]);
    expect(labels({ title: 'kawa', party: 'alfa' })).toEqual(['grocery']);
  });
});

describe('a brand that counts only as the payee', () => {
  const { labels } = tinyLabeller({
    brands: [{ brand: 'alfa', also: ['jan'], payee: true, out: ['fuel'] }],
    words: [{ words: ['gamma'], out: ['fee'] }],
  });

  test.each<[string, Parameters<typeof labels>[0]]>([
    ['the party', { title: 'x', party: 'ALFA' }],
    ['the party of a transfer', { title: 'przelew', party: 'alfa 12' }],
    ['where a card paid', { title: 'CARD ALFA' }],
    ['where the shop has a code', { title: 'ALFA', merchantCategoryCode: '9999' }],
    ['where a debit was collected', { title: 'DEBIT ALFA' }],
    ['where the title ends in a country', { title: 'ALFA 12 LODZ PL' }],
    ['where a title without a party is printed as terminals do', { title: 'ALFA 0752' }],
  ])('it counts: %s', (_, row) => {
    expect(labels(row)).toEqual(['fuel']);
  });

  test('it says nothing elsewhere, nor in the name of a person, and yields to words', () => {
    expect(labels('Alfa 0752')).toEqual([]);
    expect(labels('PRZELEW ALFA')).toEqual([]);
    expect(labels('ALFA FOR US')).toEqual([]);
    expect(labels({ title: 'ALFA 0752', party: 'Somebody Else' })).toEqual([]);
    expect(labels({ title: 'x', party: 'Jan Nowak' })).toEqual([]);
    expect(labels('CARD ALFA GAMMA')).toEqual(['fee']);
  });
});

describe('a word that counts only where nothing else is said', () => {
  const { labels } = tinyLabeller({ words: [{ words: ['wire', 'wire box'], out: ['fuel'], alone: true }] });

  test.each([
    ['Wire', ['fuel']],
    ['wire 11/2026', ['fuel']],
    ['WIRE BOX 2', ['fuel']],
    ['12 wire', []],
    ['wire transfer', []],
    ['a wire', []],
    [`wire ${'1 '.repeat(100)}`, []],
    ['', []],
  ])('%s', (title, expected) => {
    expect(labels(title)).toEqual(expected);
  });
});

describe('a brand that is meant only with the number of a shop glued to it', () => {
  const { labels } = tinyLabeller({ brands: [{ brand: 'abc', also: ['de'], numbered: true, out: ['fuel'] }] });

  test.each([
    ['ABC12 LODZ', ['fuel']],
    ['DE0', ['fuel']],
    ['ABC LODZ', []],
    ['ABC 12', []],
    ['ABCD12', []],
    ['XDE12', []],
  ])('%s', (title, expected) => {
    expect(labels(title)).toEqual(expected);
  });
});

describe('what a shop does beside its trade', () => {
  const { labels } = tinyLabeller({
    brands: [
      { brand: 'shop', out: ['grocery'] },
      { brand: 'vet', out: ['pets'] },
    ],
    words: [
      { words: ['petrol'], out: ['fuel'] },
      { words: ['fees'], out: ['fee'] },
    ],
  });

  test.each([
    ['SHOP PETROL', ['fuel']],
    ['PETROL X SHOP', ['fuel']],
    ['SHOP FEES', ['grocery']],
    ['VET PETROL', ['pets']],
  ])('is meant where a word of the same text says so: %s', (title, expected) => {
    expect(labels(title)).toEqual(expected);
    expect(labels({ title: 'petrol', party: 'SHOP' })).toEqual(['grocery']);
  });
});

describe('a brand that is called by one word of everyday language', () => {
  const { labels } = tinyLabeller({
    ordinaryWords: ['alfa', 'delta'],
    brands: [
      { brand: 'alfa', also: ['alfa beta'], out: ['fuel'] },
      { brand: 'omega', out: ['fuel'] },
    ],
    words: [
      { words: ['gamma'], out: ['fee'] },
      { words: ['sigma'], out: ['pets'], weak: true },
      { words: ['silent'], out: [] },
    ],
    merchantCodes: [{ mcc: '1111', out: ['pharmacy'] }],
  });

  test('yields to a second word that explains the row', () => {
    expect(labels('alfa gamma')).toEqual(['fee']);
    expect(labels('gamma alfa')).toEqual(['fee']);
    expect(labels({ title: 'gamma', party: 'alfa' })).toEqual(['fee']);
  });

  test.each([
    ['it alone', 'alfa'],
    ['beside words that say nothing, or hardly anything', 'alfa delta silent sigma'],
    ['a brand of two words', 'alfa beta gamma'],
    ['a brand that is no word', 'omega gamma'],
  ])('is meant: %s', (_, title) => {
    expect(labels(title)).toEqual(['fuel']);
  });

  test('the code of the shop goes before the word', () => {
    expect(labels({ title: 'alfa gamma', merchantCategoryCode: '1111' })).toEqual(['pharmacy']);
  });
});

describe('matches apart', () => {
  const brands = [
    { brand: 'alfa', out: ['fuel'] },
    { brand: 'beta', out: ['pets'] },
    { brand: 'gamma delta', out: ['grocery'] },
    { brand: 'rail', out: ['online'] },
    { brand: 'silent' },
  ];
  const words = [
    { words: ['epsilon'], out: ['fee'] },
    { words: ['zeta'], out: ['culture'] },
    { words: ['eta theta'], out: [] },
  ];
  const { labels, say } = tinyLabeller({ brands, words });

  test('the longest counts, of equal ones the first, titles before parties before kinds', () => {
    expect(labels('alfa beta')).toEqual(['fuel']);
    expect(labels('beta alfa')).toEqual(['pets']);
    expect(labels('alfa gamma delta')).toEqual(['grocery']);
    expect(labels({ title: 'alfa', party: 'beta' })).toEqual(['fuel']);
    expect(labels({ title: 'alfa', party: 'gamma delta' })).toEqual(['grocery']);
    expect(labels({ party: 'beta', kind: 'alfa' })).toEqual(['pets']);
    expect(labels({ title: 'zeta', kind: 'epsilon' })).toEqual(['culture']);
  });

  test('a rail joins what the row is; a brand that says nothing keeps its place', () => {
    expect(say({ title: 'rail alfa' }).labels).toEqual({ fuel: 'brand alfa', online: 'brand rail' });
    expect(labels('alfa rail')).toEqual(['fuel', 'online']);
    expect(labels('silent alfa')).toEqual([]);
    expect(labels('alfa silent')).toEqual(['fuel']);
    expect(say({ title: 'silent alfa' }).party).toBe('silent');
  });

  test('a word that says nothing does not keep its place', () => {
    expect(labels('eta theta zeta')).toEqual(['culture']);
    expect(labels('silent zeta')).toEqual(['culture']);
  });

  test('what was found first stays', () => {
    const gateways = [
      { gateway: 'one', patterns: ['iota'] },
      { gateway: 'two', patterns: ['kappa'] },
    ];
    const open = tinyLabeller({ gateways, brands: [{ brand: 'lambda', out: ['pets', 'payment processor'] }] });
    expect(open.say({ title: 'iota', party: 'kappa' }).labels).toEqual({ 'payment processor': 'gateway one' });
    expect(open.say({ title: 'kappa iota' }).labels).toEqual({ 'payment processor': 'gateway two' });
    expect(open.say({ title: 'lambda', labels: ['pets'] }).labels).toEqual({
      'payment processor': 'brand lambda',
      pets: 'publisher',
    });
    expect(open.say({ title: '', labels: ['refund', 'bank', 'mine', 'fee', 'bank'] })).toMatchObject({
      labels: { bank: 'publisher', fee: 'publisher', refund: 'publisher' },
      others: ['mine'],
    });
  });
});

describe('what is surer', () => {
  const brands = [
    { brand: 'shop', out: ['grocery'] },
    { brand: 'pump', out: ['fuel'] },
    { brand: 'mbank', out: ['bank'], in: ['bank'] },
    { brand: 'silent', out: [] },
  ];
  const words = [
    { words: ['wizyta'], out: ['healthcare'] },
    { words: ['karma'], out: ['pets'] },
    { words: ['nic'], out: [] },
    { words: ['moze'], out: ['culture'], weak: true },
  ];
  const merchantCodes = [
    { mcc: '5912', out: ['pharmacy'] },
    { mcc: '5122', out: ['pharmacy'], weak: true },
    { mcc: '5995', out: ['pets'] },
    { mcc: '5499', out: ['grocery', 'pets'], weak: true },
    { mcc: '0742-0744', out: ['healthcare'] },
  ];
  const bankCodes = [{ code: 'A/*/*', out: ['fee'] }];
  const { say } = tinyLabeller({ brands, words, merchantCodes, bankCodes });
  const CODE = 'merchantCategoryCode';
  const BANK = { bankTransactionCode: 'A/B/C' };

  test.each([
    ['a pharmacy in a supermarket', 'shop', { [CODE]: '5912' }, { pharmacy: 'code 5912' }],
    ['a pharmacy by its code alone', 'x', { [CODE]: '5912' }, { pharmacy: 'code 5912' }],
    ['a pharmacy by a brand that says nothing', 'silent', { [CODE]: '5912' }, { pharmacy: 'code 5912' }],
    ['a brand that is no shop keeps its own', 'pump', { [CODE]: '5912' }, { fuel: 'brand pump' }],
    ['a code used loosely yields to a brand', 'shop', { [CODE]: '5122' }, { grocery: 'brand shop' }],
    ['another code yields to a brand', 'shop', { [CODE]: '5995' }, { grocery: 'brand shop' }],
    ['a bank yields to a word', 'mbank wizyta', {}, { healthcare: 'word "wizyta"' }],
    ['a bank yields to no word that says nothing', 'mbank nic', {}, { bank: 'brand mbank' }],
    ['another brand yields to no word', 'pump wizyta', {}, { fuel: 'brand pump' }],
    ['a code goes before a word', 'wizyta', { [CODE]: '5995' }, { pets: 'code 5995' }],
    ['a code used loosely does not', 'wizyta', { [CODE]: '5122' }, { healthcare: 'word "wizyta"' }],
    ['a code used loosely goes before a weak word', 'moze', { [CODE]: '5122' }, { pharmacy: 'code 5122' }],
    ['a word that the code agrees with goes first', 'wizyta karma', { [CODE]: '5499' }, { pets: 'word "karma"' }],
    ['where none agrees, the first', 'wizyta karma', { [CODE]: '5122' }, { healthcare: 'word "wizyta"' }],
    ['a code goes before the code of the bank', 'x', { [CODE]: '5995', ...BANK }, { pets: 'code 5995' }],
    ['a word goes before the code of the bank', 'karma', BANK, { pets: 'word "karma"' }],
    [
      'the code of the bank goes before a code used loosely',
      'x',
      { [CODE]: '5122', ...BANK },
      { fee: 'bank code A/B/C' },
    ],
    ['the code of the bank goes before a weak word', 'moze', BANK, { fee: 'bank code A/B/C' }],
    ['a weak word speaks last', 'moze', {}, { culture: 'word "moze"' }],
    ['the first code of a range', 'x', { [CODE]: '0742' }, { healthcare: 'code 0742' }],
    ['the last code of a range', 'x', { [CODE]: '0744' }, { healthcare: 'code 0744' }],
    ['before a range', 'x', { [CODE]: '0741' }, {}],
    ['behind a range', 'x', { [CODE]: '0745' }, {}],
  ])('%s', (_, title, row, expected) => {
    expect(say({ title, ...row }).labels).toEqual(expected);
  });

  test('of the codes of banks that fit, the one with the fewest stars', () => {
    const codes = [
      { code: '*/*/*', out: ['fee'] },
      { code: 'A/*/*', out: ['bank'] },
      { code: 'A/B/C', in: ['refund'] },
      { code: 'A/D', out: ['pets'] },
    ];
    const { labels } = tinyLabeller({ bankCodes: codes });
    const of = (code: string, amount = -IN) => labels({ bankTransactionCode: code, amount });
    expect(['X/Y/Z', 'A/X/Y', 'A B C', 'A-B-X', 'A/D', 'A/D/E'].map((code) => of(code))).toEqual([
      ['fee'],
      ['bank'],
      [],
      ['bank'],
      ['pets'],
      ['pets'],
    ]);
    expect(of('A/B/C', IN)).toEqual(['refund']);
    expect(of('X/Y/Z', IN)).toEqual([]);
  });
});

describe('what is not meant', () => {
  const brands = [
    { brand: 'clinic', out: ['healthcare'] },
    { brand: 'pump', out: ['fuel'] },
    { brand: 'theatre', out: ['culture'] },
    { brand: 'silent', in: [], out: [], field: ['title' as const, 'party' as const] },
  ];
  const words = [
    { words: ['parking'], out: ['parking'] },
    { words: ['szpital'], out: ['healthcare'] },
    { words: ['oba'], out: ['healthcare', 'parking'] },
    { words: ['inne'], out: ['healthcare', 'pets'] },
    { words: ['myjnia'], out: ['car service'] },
    { words: ['stoi'], out: ['parking'], weak: true },
    { words: ['szept'], out: ['healthcare'], weak: true },
    { words: ['ksero'], in: [], out: [], field: ['title' as const, 'party' as const] },
    { words: ['klucze'], in: [], out: [], field: ['title' as const] },
    { words: ['cicho'], in: [], out: [], field: ['title' as const, 'party' as const], weak: true },
  ];
  const merchantCodes = [
    { mcc: '7523', out: ['parking'] },
    { mcc: '7524', out: ['parking'], weak: true },
    { mcc: '8111', out: [] },
    { mcc: '8112', out: [], in: [] },
    { mcc: '8113', in: ['fee'] },
  ];
  const { labels, say } = tinyLabeller({ brands, words, merchantCodes });
  const code = (merchantCategoryCode: string) => ({ merchantCategoryCode });

  test('a place inside another one, in one text or in two', () => {
    expect(labels('szpital parking')).toEqual(['parking']);
    expect(labels({ title: 'szpital', party: 'parking' })).toEqual(['parking']);
    expect(labels({ title: 'parking', party: 'clinic' })).toEqual(['parking']);
    expect(labels('pump myjnia')).toEqual(['car service']);
    expect(labels({ title: 'myjnia', party: 'pump' })).toEqual(['fuel']);
  });

  test('what says more than what is not meant', () => {
    expect(labels('oba parking')).toEqual(['healthcare', 'parking']);
    expect(labels('inne parking')).toEqual(['parking']);
    expect(labels({ title: 'oba', ...code('7524') })).toEqual(['healthcare', 'parking']);
  });

  test('a weak word hides weak ones alone', () => {
    expect(labels('szpital stoi')).toEqual(['healthcare']);
    expect(labels('szept stoi')).toEqual(['parking']);
    expect(labels('szept parking')).toEqual(['parking']);
  });

  test('what a code shows not to be meant', () => {
    expect(say({ title: 'clinic', ...code('7523') }).labels).toEqual({ parking: 'code 7523' });
    expect(say({ title: 'clinic', ...code('7524') }).labels).toEqual({ healthcare: 'brand clinic' });
    expect(say({ title: 'szpital', ...code('7524') }).labels).toEqual({ parking: 'code 7524' });
    expect(say({ title: 'szpital pump', ...code('7524') }).labels).toEqual({ fuel: 'brand pump' });
  });

  test('counters of services', () => {
    expect(labels('szpital ksero')).toEqual([]);
    expect(labels({ title: 'ksero', party: 'theatre' })).toEqual([]);
    expect(labels('szpital klucze')).toEqual(['healthcare']);
    expect(labels('szpital cicho')).toEqual(['healthcare']);
    expect(labels({ title: 'szpital', party: 'silent' })).toEqual(['healthcare']);
    expect(labels('pump ksero')).toEqual(['fuel']);
    expect(labels({ title: 'szpital', ...code('8111') })).toEqual([]);
    expect(labels({ title: 'clinic', ...code('8111') })).toEqual(['healthcare']);
    expect(labels({ title: 'szpital', ...code('8112') })).toEqual(['healthcare']);
    expect(labels({ title: 'szpital', ...code('8113') })).toEqual(['healthcare']);
  });
});
