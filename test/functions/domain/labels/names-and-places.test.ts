/** Names of streets and of people, counterparties, places abroad: what a text names besides what was bought. */
import { POLISH, tinyLabeller } from '../../../support/tiny-labeller.ts';

const IN = 5000;
const EURO = { iban: 'DE89370400440532013000', currency: 'EUR' };

describe('words inside the name of a street say nothing of what is there', () => {
  // Everything that begins with "kin" is culture, where it is no street.
  const words = [
    { words: ['kin*'], out: ['culture'] },
    { words: ['kawa'], out: ['cafe'] },
    { words: ['dom muzyki'], out: ['fee'] },
  ];
  const { labels } = tinyLabeller({ words, brands: [{ brand: 'kinguin', out: ['pets'] }] });

  test.each([
    // After a word for a street: one word, articles aside, or two before a house number.
    'UL KINOWA',
    'UL. KINOWA 12',
    'UL DLUGA KINOWA 12',
    'UL DLUGA KINOWA 1234',
    'UL DLUGA KINOWA 12B',
    'CALLE DE LA KINO',
    'CALLE LA DLUGA KINO 3',
    'UL 12345 KINO 3',
    // After an initial: a longer word alone.
    'C KINO',
    'C DE KINO',
    // Before a word for a street.
    'KINO STREET',
    'KINOAS IELA',
    'KINOSTRASSE',
    'KINOSTRASSE 5',
    // Adjectives before a house number, or before a word that only follows them.
    'KINNA 12',
    'KINONA 123',
    'KINONA 1B',
    'KINONA 12 5',
    'KINONA 12 AB',
    'KINONA 12 5X',
    'KINONA GATVE',
    'SKLEP KINONA 12',
  ])('a street: %s', (title) => {
    expect(labels(title)).toEqual([]);
  });

  test.each([
    'KINO',
    'UL DLUGA KINO',
    'UL 12 KINO 3',
    'UL 1234 KINO 3',
    'UL DLUGA KINO 12345',
    'UL DLUGA KINO 12BC',
    'UL DLUGA KINO B12',
    'C KIN',
    'STREET KINO',
    'IELA KINOAS',
    'KINOS IELA',
    'KINS IELA',
    'KINAS IELA',
    'KINSTRASSE',
    'KINO1STRASSE',
    'STRASSE KINO',
    'KINA 12',
    'KINONA',
    'KINONA 1234',
    'KINONA 0',
    'KINONA 012',
    'KINONA 12 05',
    'KINONA 12.05.',
    'KINONA AB',
    'KINO 12',
    'GATVE KINONA',
    'KINO GATVE',
    // Words of a street's name count only in that place.
    'DE KINO',
    'LA KINO 12',
    'UL JAN KINO',
    'C SA KINO',
    'UL STREET KINO',
    'KINO JAN',
    'GATVE KINO',
    'KINO UL',
    'KINO C',
    'KINONA STREETS',
    'IELA KINO',
    'KINO LA',
    'KINO SA',
    'SA KINO',
  ])('none: %s', (title) => {
    expect(labels(title)).toEqual(['culture']);
  });

  test('only where all of a match is in the name', () => {
    expect(labels('UL DOM MUZYKI')).toEqual(['fee']);
    expect(labels('UL DOM MUZYKI 5')).toEqual([]);
  });

  test('what no street is called by, brands, and streets in another text count', () => {
    expect(labels('KAWA STREET')).toEqual(['cafe']);
    expect(labels('KINGUIN STREET')).toEqual(['pets']);
    expect(labels({ title: 'KINO', party: 'UL KINO' })).toEqual(['culture']);
    expect(labels({ title: 'UL KINO', party: 'KINO' })).toEqual(['culture']);
  });

  test('a text that ends in a word for a street', () => {
    expect(['UL', 'C', 'CALLE DE LA', 'STREET', 'IELA'].flatMap((title) => labels(title))).toEqual([]);
  });
});

describe('people', () => {
  const words = [
    { words: ['obiad'], out: ['cafe'] },
    { words: ['zwrot'], in: ['refund'] },
    { words: ['prowizja'], out: ['fee'], in: ['fee'] },
    { words: ['kowal'], out: ['healthcare'] },
    { words: ['jan kowal'], out: ['pets'] },
  ];
  const { labels } = tinyLabeller({ words, brands: [{ brand: 'Nowak', out: ['fuel'] }] });
  const lunch = (party: string) => labels({ title: 'obiad', party });

  test.each([
    'Jan Novak',
    'JAN NOVAK',
    'Adam Novak',
    'Adam Maria Novak Lis',
    'J Novak',
    'Anna Novak-Lis',
    "Sean O'Hara",
    'Łucja Żak',
    'JAN NOVAK UL. DLUGA 5',
    'JAN NOVAK, DLUGA 5',
    'Jan Novak 12',
    'JAN NOVAK ul. Dluga',
  ])('lunch with %s is no restaurant', (party) => {
    expect(lunch(party)).toEqual([]);
  });

  test.each([
    'Novak',
    'jan novak',
    'Jan novak',
    'Jan Maria Novak Lis Maj',
    'Novak SA',
    'Novak J',
    'J Adam Novak',
    'Adam Novak, Dluga 5',
    'ADAM NOVAK UL. DLUGA 5',
    'JAN UL. DLUGA 5',
    'Jan SA, Dluga 5',
    ', Jan Novak',
    'Adam Novak5',
    '',
  ])('lunch at "%s" is', (party) => {
    expect(lunch(party)).toEqual(['cafe']);
  });

  test('a brand in the name is none', () => {
    expect(labels({ title: 'obiad', party: 'Jan Nowak' })).toEqual([]);
  });

  test('between people, refunds are refunds unless a first name is known; what is not bought stays', () => {
    const back = (party: string) => labels({ title: 'zwrot', party, amount: IN });
    expect(back('Jan Novak')).toEqual([]);
    expect(back('Jan Maria Novak')).toEqual([]);
    for (const party of ['Adam Novak', 'Novak Jan', 'Jan Novak Maria', 'Jan Maria Novak Lis', 'Jan', 'jan novak']) {
      expect(back(party)).toEqual(['refund']);
    }
    expect(labels({ title: 'prowizja', party: 'Jan Novak' })).toEqual(['fee']);
    expect(labels({ title: 'prowizja obiad', party: 'Jan Novak' })).toEqual(['fee']);
  });

  test('a surname is no trade', () => {
    const at = (party: string) => labels({ party });
    expect(at('Adam Kowal')).toEqual(['healthcare']);
    expect(at('Maria Kowal')).toEqual([]);
    expect(at('Maria Jan Kowal')).toEqual(['pets']);
    expect(at('Jan Kowal')).toEqual(['pets']);
    expect(at('Jan Nowak')).toEqual([]);
    expect(at('Adam Nowak')).toEqual(['fuel']);
    expect(at('maria kowal')).toEqual(['healthcare']);
    expect(at('Kowal Maria')).toEqual(['healthcare']);
  });
});

describe('people who are called as shops are', () => {
  const { labels, say } = tinyLabeller({
    brands: [
      { brand: 'Kruk', out: ['fee'] },
      { brand: 'Shop', out: ['grocery'] },
      { brand: 'Maria Flores', out: ['pets'] },
    ],
    words: [
      { words: ['flores'], out: ['cafe'] },
      { words: ['fryzjer'], out: ['healthcare'] },
      { words: ['czynsz'], out: ['rent'] },
    ],
  });

  test.each([
    'Jan Kruk',
    'JAN KRUK',
    'KRUK JAN',
    'J. Kruk',
    'KRUK J',
    'Jan Maria Kruk',
    'Jan Nowak Kruk',
    'Jan Kruk-Nowak',
    'JAN KRUK UL. DLUGA 5',
    'Krük Jan, Dluga 5',
    'Jan Flores',
    'Flores Jan',
    'Jan Nowak Flores',
    'Jan Shop',
  ])('a transfer to %s', (party) => {
    expect(labels({ title: 'x', party })).toEqual([]);
    expect(labels({ title: party })).toEqual([]);
    expect(say({ title: 'x', party }).party).not.toBe('Kruk');
  });

  test.each(['przelew do Jan Kruk za 2026', 'PRZELEW KRUK JAN 12', 'ODBIORCA: JAN NOWAK FLORES', 'jan kruk'])(
    'the name within a title: %s',
    (title) => {
      expect(labels(title)).toEqual([]);
    },
  );

  test.each([
    ['KRUK SA', ['fee']],
    ['KRUK', ['fee']],
    ['Adam Kruk', ['fee']],
    ['SHOP JAN', ['grocery']],
    ['Jan Fryzjer Nowak', ['healthcare']],
    ['Jan Nowak Fryzjer', ['healthcare']],
    ['Kwiaty Flores', ['cafe']],
    ['MARIA FLORES', ['pets']],
  ])('a shop: %s', (party, expected) => {
    expect(labels({ title: 'x', party })).toEqual(expected);
  });

  test.each([
    'Przelew od: JAN SHOP obiad',
    'Przelew do SHOP JAN',
    'VIR DE M SHOP JAN',
    'VIR LOPEZ SHOP JAN 12/05',
    'PRZELEW OD JAN MARIA SHOP',
    'VIR JAN LOPEZ SHOP',
  ])('behind the words for a transfer any word beside a first name is a surname: %s', (title) => {
    expect(labels({ title })).toEqual([]);
  });

  test.each([
    'SHOP JAN',
    'PRZELEW SHOP',
    'PRZELEW SHOP 12 JAN',
    'VIR SHOP SA JAN',
    'VIR SHOP SAINT JAN',
    'VIR NOWY SHOP ALBO LOPEZ JAN',
    'VIR JAN LOPEZ MAJ SHOP',
    'KARTA PRZELEW SHOP JAN',
    'NOWY PRZELEW SHOP JAN',
  ])('a shop behind them, or a name that nobody transfers to: %s', (title) => {
    expect(labels({ title })).toEqual(['grocery']);
  });

  test('the party of a transfer is a person with a first name at the end, or initials at the start; so is the title', () => {
    for (const party of ['SHOP JAN', 'LOPEZ SHOP JAN', 'N. Shop', 'N.M. Shop']) {
      expect(labels({ title: 'x', party })).toEqual(['grocery']);
      expect(labels({ title: 'x', party, kind: 'Przelew' })).toEqual([]);
      expect(labels({ title: 'x', party, bankTransactionCode: 'PMNT/ICDT/ESCT' })).toEqual([]);
      expect(labels({ title: 'x', party, bankTransactionCode: 'PMNT/CCRD/POSD' })).toEqual(['grocery']);
      expect(labels({ title: 'x', party, kind: 'Przelew', merchantCategoryCode: '9999' })).toEqual(['grocery']);
    }
    expect(labels({ title: 'Shop', party: 'SHOP JAN', kind: 'Przelew' })).toEqual([]);
    expect(labels({ title: 'Shop', party: 'JAN SHOP' })).toEqual([]);
  });

  test('a shop that is called by a given name is none behind a surname, where nothing else in the party is known', () => {
    const { labels } = tinyLabeller({
      brands: [{ brand: 'Jan', out: ['grocery'] }],
      words: [{ words: ['apteka'], out: ['pharmacy'] }],
    });
    expect(labels({ title: 'x', party: 'NOWAK JAN' })).toEqual([]);
    expect(labels({ title: 'x', party: 'KRUK JAN' })).toEqual([]);
    expect(labels({ title: 'x', party: 'JAN NOWAK' })).toEqual(['grocery']);
    expect(labels({ title: 'x', party: 'APTEKA JAN' })).toEqual(['grocery']);
    expect(labels({ title: 'x', party: 'NOWAK JAN SA' })).toEqual(['grocery']);
    expect(labels({ title: 'x', party: 'NOWAK JAN', kind: 'Karta' })).toEqual(['grocery']);
    expect(labels('NOWAK JAN')).toEqual(['grocery']);
  });

  describe('in a longer title', () => {
    const transfer = (title: string, row = {}) => labels({ title, kind: 'Przelew', ...row });

    test.each(['obiad x Jan Shop', 'obiad x JAN DE SHOP', 'obiad SHOP JAN', 'obiad y SHOP JAN 05/2026'])(
      'of a transfer the word beside a first name is a surname: %s',
      (title) => {
        expect(transfer(title)).toEqual([]);
        expect(labels({ title, bankTransactionCode: 'PMNT/ICDT/ESCT' })).toEqual([]);
        expect(labels({ title, kind: 'Przelew', merchantCategoryCode: '9999' })).toEqual(['grocery']);
        expect(labels({ title, kind: 'Przelew karta' })).toEqual(['grocery']);
      },
    );

    test.each(['obiad SHOP x JAN', 'obiad SHOP 12 JAN', 'SHOP SA obiad JAN', 'obiad SHOP SAINT JAN', 'SHOP JAN obiad'])(
      'a shop with a name elsewhere stays one: %s',
      (title) => {
        expect(transfer(title)).toEqual(['grocery']);
      },
    );

    test('without the word for a transfer, only behind a first name, or beside what people are paid for', () => {
      expect(labels('x y Jan Shop')).toEqual([]);
      expect(labels('x y SHOP JAN')).toEqual(['grocery']);
      expect(labels('czynsz SHOP JAN')).toEqual(['rent']);
      expect(labels('czynsz SHOP')).toEqual(['grocery']);
    });

    test.each(['obiad N. Shop', 'obiad N.M. van der Shop', 'obiad N. Kruk', 'kwiaty N KRUK', 'flores N. Nowak'])(
      'of a transfer the end behind an initial is a surname: %s',
      (title) => {
        expect(transfer(title)).toEqual([]);
      },
    );

    test.each([
      ['obiad N. shop', ['grocery']],
      ['obiad St. Shop', ['grocery']],
      ['obiad N. Shop 12', ['grocery']],
      ['obiad N Shop', ['grocery']],
      ['obiad KRUK', ['fee']],
    ])('no name behind an initial: %s', (title, expected) => {
      expect(transfer(title)).toEqual(expected);
      expect(labels('obiad N. Shop')).toEqual(['grocery']);
    });

    test('what friends eat together is no restaurant, what a barber is called after is one', () => {
      expect(transfer('flores z Jan Nowak')).toEqual([]);
      expect(transfer('fryzjer JAN')).toEqual(['healthcare']);
      expect(transfer('kawa SHOP dla Jan Nowak')).toEqual(['grocery']);
      expect(transfer('flores z Jan Nowak', { party: 'Nowak SA' })).toEqual(['cafe']);
      expect(transfer('flores z Jan Nowak', { kind: 'Przelew karta' })).toEqual(['cafe']);
    });
  });

  test('a brand that covers the first name, too, is a shop', () => {
    expect(labels('VIR MARIA FLORES')).toEqual(['pets']);
  });

  test('where a card paid it is a shop', () => {
    expect(labels({ title: 'x', party: 'Jan Kruk', kind: 'platność kartą: karta' })).toEqual(['fee']);
    expect(labels({ title: 'CARD 12 JAN KRUK' })).toEqual(['fee']);
    expect(labels({ title: 'JAN FLORES', merchantCategoryCode: '9999' })).toEqual(['cafe']);
  });
});

describe('counterparties', () => {
  const { say } = tinyLabeller({
    brands: [{ brand: 'Shop', out: ['grocery'] }, { brand: 'Long Shop', out: ['grocery'] }, { brand: 'Silent' }],
    gateways: [{ gateway: 'Rail', patterns: ['rail'] }],
    noise: ['sp z o o', 'warszawa', 'z o'],
  });
  const of = (row: Parameters<typeof say>[0]) => {
    const { party, partyFrom } = say(row);
    return `${party} (${partyFrom})`;
  };

  test.each([
    [{ title: 'SHOP 12', party: 'Bank SA' }, 'Shop (party)'],
    [{ title: 'x', party: 'LONG SHOP 7' }, 'Long Shop (party)'],
    [{ title: 'shop 12' }, 'Shop (brand)'],
    [{ title: 'silent 12' }, 'Silent (brand)'],
    [{ title: 'shop', partyIban: 'PL1' }, 'Shop (party)'],
    [{ title: 'sklep', partyIban: 'PL1' }, 'PL1 (party)'],
    [{ title: 'sklep', party: '12', partyIban: 'PL1' }, 'PL1 (party)'],
    [{ title: 'sklep', party: 'Acme', partyIban: 'PL1' }, 'acme (party)'],
    [{ title: 'sklep', party: '' }, 'sklep (party)'],
    [{ title: 'sklep' }, 'sklep (title)'],
    [{ title: 'rail sklep' }, 'rail sklep (title)'],
    [{ title: '' }, ' (title)'],
    [{ title: '', kind: 'shop' }, 'Shop (brand)'],
    [{ title: 'Sklep Sp. z o.o. Warszawa Nowy' }, 'sklep nowy (title)'],
    [{ title: 'a bc d2 3 ef' }, 'bc ef (title)'],
    [{ title: 'aa bb cc dd ee' }, 'aa bb cc dd (title)'],
    [{ title: 'Warszawa aa 1 bb x cc dd ee' }, 'aa bb cc dd (title)'],
  ])('%j is of %s', (row, expected) => {
    expect(of(row)).toBe(expected);
  });
});

describe('abroad', () => {
  const brands = [
    { brand: 'shop', out: ['grocery'] },
    { brand: 'web', out: ['grocery', 'online'] },
    { brand: 'care', out: ['healthcare'] },
    { brand: 'levy', out: ['fee'] },
  ];
  const words = [{ words: ['ausland'], out: ['foreign'] }];
  const { say, labels } = tinyLabeller({ brands, words });
  const reason = 'paid abroad or in a foreign currency';

  test('something bought on the spot in another country', () => {
    expect(say({ title: 'SHOP LISBOA PT' })).toMatchObject({
      labels: { foreign: reason, grocery: 'brand shop' },
      country: 'PT',
    });
    expect(say({ title: 'SHOP LISBOA PRT' }).country).toBe('PT');
    expect(say({ title: 'SHOP LODZ PL' })).toMatchObject({ labels: { grocery: 'brand shop' }, country: undefined });
    expect(say({ title: 'SHOP LODZ POL' }).country).toBeUndefined();
    expect(labels('WEB LISBOA PT')).toEqual(['grocery', 'online']);
    expect(labels('CARE LISBOA PT')).toEqual(['healthcare']);
    expect(labels('NIC LISBOA PT')).toEqual([]);
    expect(labels({ title: 'SHOP LISBOA PT', amount: 0 })).toEqual([]);
  });

  test('another currency in the title, whatever was bought', () => {
    expect(say({ title: 'NIC 12,50 EUR' })).toMatchObject({ labels: { foreign: reason }, country: undefined });
    expect(labels('NIC 12,50 PLN')).toEqual([]);
    expect(labels('NIC 12,50 PLN', EURO)).toEqual(['foreign']);
    expect(labels('WEB 12,50 EUR')).toEqual(['foreign', 'grocery', 'online']);
    expect(labels({ title: 'NIC', party: 'X 12,50 EUR' })).toEqual([]);
  });

  test('a fee is charged at home', () => {
    expect(labels('LEVY 12,50 EUR')).toEqual(['fee']);
    expect(labels('LEVY AUSLAND')).toEqual(['fee']);
    expect(labels({ title: 'LEVY 12,50 EUR', labels: ['foreign'] })).toEqual(['fee', 'foreign']);
  });

  test('the account without an IBAN is at home in every country of its currency', () => {
    const home = { accountId: 'a', currency: 'EUR' };
    expect(say({ title: 'SHOP LISBOA PT' }, home).country).toBeUndefined();
    expect(say({ title: 'SHOP BERLIN DE' }, home).country).toBeUndefined();
    expect(say({ title: 'SHOP LODZ PL' }, home).country).toBe('PL');
    expect(say({ title: 'SHOP LODZ PL' }, { accountId: 'a', currency: 'QQQ' }).country).toBe('PL');
    expect(say({ title: 'SHOP LISBOA PT' }, { ...POLISH, iban: 'PT50' }).country).toBeUndefined();
  });

  test('the publisher’s own data is reported with the findings', () => {
    expect(say({ title: 'NIC', labels: ['foreign'] }).labels).toEqual({ foreign: 'publisher' });
    expect(say({ title: 'NIC 5 EUR', labels: ['foreign'] }).labels).toEqual({ foreign: reason });
    expect(labels({ title: 'NIC PT', labels: ['grocery'] })).toEqual(['foreign', 'grocery']);
    expect(labels({ title: 'SHOP PT', labels: ['online'] })).toEqual(['grocery', 'online']);
  });

  test('a catalogue without the labels', () => {
    expect(tinyLabeller({ brands }, ['grocery', 'online']).labels('SHOP 5 EUR LISBOA PT')).toEqual(['grocery']);
    expect(tinyLabeller({ brands }, ['grocery', 'foreign']).labels('WEB LISBOA PT')).toEqual(['grocery', 'foreign']);
  });
});
