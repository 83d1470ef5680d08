/** A payee's name, in a form that many owners share and that names no person. */
import { compileDocument } from '../../../../catalogue/build/compile.ts';
import { compileCatalogue } from '../../../../functions/domain/catalogue/catalogue.ts';

const { labeller } = compileCatalogue(compileDocument());
const account = { iban: 'PL61109010140000071219812874', currency: 'PLN' };
const masked = (title: string, party?: string) =>
  labeller.masked({ day: 20_000, account, row: { amount: -100, title, ...(party !== undefined && { party }) } });

test.each([
  ['ZXQWV 4711 BRZDENG', undefined, 'zxqwv # brzdeng'],
  ['ZXQWV 0012 34 BRZDENG', undefined, 'zxqwv # brzdeng'],
  ['whatever', 'BRZDENG ZXQWV', 'brzdeng zxqwv'],
  ['Jan Kowalski', undefined, ''],
  ['przelew', 'KOWALSKA ANNA', ''],
  ['Jan Zxqwv', undefined, ''],
  ['KOWALSKI JAN UL. DLUGA 5 WARSZAWA', undefined, ''],
  ['BRZDENG 12 ANNA NOWAK', undefined, 'brzdeng # *'],
  ['', '', ''],
])('%j of %j reads %j', (title, party, expected) => {
  expect(masked(title, party)).toBe(expected);
});
