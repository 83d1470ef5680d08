/** Words and names that could be mistaken for another meaning, with the near miss beside each. */
import { preparedCatalogue } from '../../catalogue/build/prepared.ts';
import { openCatalogue } from '../../functions/domain/catalogue/catalogue.ts';

const catalogue = openCatalogue(preparedCatalogue());

function labelsOf(country: string, title: string, amount = -5000): readonly string[] {
  const row = { amount, title };
  const { labels } = catalogue.labeller.label({ day: 0, account: { iban: `${country}00`, currency: 'EUR' }, row });
  return labels.map((label) => catalogue.labelNames[label]!);
}

describe('a cash machine inside a shop gives cash', () => {
  test.each([
    ['IT', 'PRELIEVO BANCOMAT 12/03 CARREFOUR MILANO', 'PAGAMENTO POS 12/03 CARREFOUR MILANO'],
    ['FR', 'RETRAIT DAB 12/03 CARREFOUR LYON', 'CB CARREFOUR LYON 12/03'],
    ['NL', 'Geldopname Albert Heijn Utrecht', 'Betaling Albert Heijn Utrecht'],
    ['BE', 'GELDOPNAME BANCONTACT DELHAIZE WAVRE', 'BETALING BANCONTACT DELHAIZE WAVRE'],
    ['ES', 'REINTEGRO CAJERO MERCADONA VALENCIA', 'COMPRA MERCADONA VALENCIA'],
    ['DE', 'BARGELDAUSZAHLUNG EDEKA BERLIN', 'KARTENZAHLUNG EDEKA BERLIN'],
  ])('%s: %s', (country, machine, purchase) => {
    expect(labelsOf(country, machine)).toEqual(['cash withdrawal']);
    expect(labelsOf(country, purchase)).toEqual(['grocery']);
  });
});

test('what the bank takes for cash stays a fee', () => {
  expect(labelsOf('IT', 'COMMISSIONI PRELIEVO ALTRA BANCA')).toEqual(['fee']);
  expect(labelsOf('FR', 'FRAIS RETRAIT HORS RESEAU')).toEqual(['fee']);
});

test('the legal form S.p.A. is no spa', () => {
  expect(labelsOf('IT', 'MANIFATTURA BOSCO SPA')).toEqual([]);
  expect(labelsOf('IT', 'MANIFATTURA BOSCO S.P.A.')).toEqual([]);
  expect(labelsOf('IT', 'AURORA SPA E CENTRO BENESSERE')).toEqual(['beauty']);
  expect(labelsOf('NL', 'AURORA SPA UTRECHT')).toEqual(['beauty']);
});

test('a licence for broadcasts is no subscription to streams', () => {
  expect(labelsOf('IT', 'CANONE RAI 2026')).toEqual([]);
  expect(labelsOf('FR', 'REDEVANCE AUDIOVISUELLE')).toEqual([]);
});

test('a gift to those who do research is no visit to a clinic', () => {
  expect(labelsOf('BE', 'gift kinderkankerfonds ziekenhuis')).toEqual(['charity']);
  expect(labelsOf('FR', 'DON MENSUEL INSTITUT CURIE')).toEqual(['charity']);
  expect(labelsOf('FR', 'CB INSTITUT CURIE CONSULTATION')).toEqual(['healthcare']);
});

test('words inside names of streets say nothing', () => {
  expect(labelsOf('IT', 'ROSSI VIA DELLA FARMACIA 3')).toEqual([]);
  expect(labelsOf('FR', 'DUPONT RUE DU THEATRE 12')).toEqual([]);
  expect(labelsOf('NL', 'DE VRIES APOTHEEKSTRAAT 9')).toEqual([]);
});

describe('rails that come before the merchant', () => {
  test.each([
    ['GB', 'SQ *FLAT WHITE CAFE', ['cafe']],
    ['GB', 'SUMUP *JOES BARBERS', ['beauty']],
    ['GB', 'ZETTLE_*THE BAKERY', ['grocery']],
    ['GB', 'IZ *THE BAKERY', ['grocery']],
    ['GB', 'PAYPAL *SPOTIFY', ['streaming']],
    ['GB', 'PP*SPOTIFY', ['streaming']],
    ['GB', 'NYX*CAR WASH', ['car service']],
    ['GB', 'STRIPE*BOOKSHOP', ['books']],
    ['DE', 'KLARNA*ZALANDO', ['apparel', 'online']],
    ['PL', 'PAYU*ALLEGRO', ['marketplace', 'online']],
    ['PL', 'DOTPAY*EMPIK', ['books']],
    ['PL', 'P24*KINO HELIOS', ['culture']],
    ['PL', 'TPAY*PYSZNE', ['food with delivery']],
    ['PT', 'EUPAGO*FARMACIA', ['pharmacy']],
    ['ES', 'REDSYS*CINE YELMO', ['culture']],
    ['NL', 'MOLLIE*BOEKHANDEL', ['books']],
    ['NL', 'ADYEN*FITNESS', ['fitness']],
    ['FR', 'WORLDLINE*PARKING', ['parking']],
    ['HU', 'SIMPLE*MOZI', ['culture']],
  ])('%s: %s', (country, title, bought) => {
    expect([...labelsOf(country, title)].sort()).toEqual([...bought, 'payment processor'].sort());
  });

  test.each([
    ['IE', 'VDC-SUPERMACS EYRE SQ', ['fast food']],
    ['GB', 'TESCO EXPRESS SLOANE SQ', ['grocery']],
    ['GB', '4246******1234 TESCO SLOANE SQ', ['grocery']],
    ['GB', 'XXXX XXXX*1234 TESCO SLOANE SQ', ['grocery']],
    ['GB', 'MOLLIE SMITH', []],
    ['HU', 'SIMPLE BURGER', ['fast food']],
    ['DE', 'IZ WIESBADEN', []],
  ])('their short codes are something else without an asterisk behind a word: %s: %s', (country, title, expected) => {
    expect(labelsOf(country, title)).toEqual(expected);
  });
});

test.each([
  ['PL', 'LIDL1234 WARSZAWA', ['grocery']],
  ['PL', 'ORLEN0123', ['fuel']],
  ['DE', 'REWE0045', ['grocery']],
  ['GB', 'TESCO3021', ['grocery']],
  ['PL', 'LIDLX1234', []],
  ['PL', '1234LIDL', []],
  ['PL', 'LIDL1234X', []],
  ['NL', 'AH1234', []],
])('the number of a shop glued to its name: %s: %s', (country, title, expected) => {
  expect(labelsOf(country, title)).toEqual(expected);
});

test.each([
  ['NL', 'BEA, Betaalpas JANSEN UTRECHT OVERVECHT,PAS123'],
  ['NL', 'BEA, Betaalpas JANSEN AMSTERDAM OSDORP,PAS123'],
  ['FR', 'CB DUPONT TOURS FACT 120326'],
  ['PL', 'KARTA NOWAK JELENIA GORA'],
])('a place is no shop: %s: %s', (country, title) => {
  expect(labelsOf(country, title)).toEqual([]);
});

test.each([
  ['CZ', 'HOSPODA U MOSTU', 'LESNI HOSPODARSTVI', 'restaurant'],
  ['CZ', 'MUZEUM BRNO', 'MODA PRO MUZE', 'culture', 'apparel'],
  ['CZ', 'GALERIE UMENI', 'KLICE GALERIE HARFA', 'culture'],
  ['SK', 'VYSTAVY A GALERIE', 'VYSTAVBA DOMOV', 'culture'],
  ['PL', 'WYCIAG NARCIARSKI', 'WYCIAG Z RACHUNKU', 'sport'],
  ['HU', 'GYOGYFURDO EGER', 'FURDOSZOBA EGER', 'leisure', 'diy'],
  ['LT', 'ALINE PRIE UPES', 'ALINA', 'nightlife'],
  ['LV', 'GRAMATU VEIKALS', 'GRAMATVEDIBA', 'books'],
  ['FR', 'RELAY GARE DE LYON', 'MONDIAL RELAY', 'press'],
  ['ES', 'ALQUILER PISO', 'ALQUILER CARPA', 'rent'],
])('words of one beginning: %s, %s, %s', (country, title, another, label, ...ofAnother) => {
  expect(labelsOf(country, title)).toContain(label);
  expect(labelsOf(country, another)).toEqual(ofAnother);
});
