/** The data is the same each time, so whole results are compared, not only lower bounds. */
import { readFileSync } from 'node:fs';
import { compileDocument } from '../../catalogue/build/compile.ts';
import { openSheet, SHEET } from '../../evaluation/open-sheet.ts';
import { compileCatalogue } from '../../functions/domain/catalogue/catalogue.ts';

test('the open data comes out as evaluation/open-sheet.txt says; `npm run accuracy` writes what a deliberate change does', () => {
  const catalogue = compileCatalogue(compileDocument());
  expect(openSheet(catalogue).split('\n')).toEqual(readFileSync(SHEET, 'utf8').split('\n'));
});
