/** The data is the same each time, so whole results are compared, not only lower bounds. */
import { readFileSync } from 'node:fs';
import { preparedCatalogue } from '../../catalogue/build/prepared.ts';
import { openSheet, SHEET } from '../../evaluation/open-sheet.ts';
import { openCatalogue } from '../../functions/domain/catalogue/catalogue.ts';

test('the open data comes out as evaluation/open-sheet.txt says; `npm run accuracy` writes what a deliberate change does', () => {
  const catalogue = openCatalogue(preparedCatalogue());
  expect(openSheet(catalogue).split('\n')).toEqual(readFileSync(SHEET, 'utf8').split('\n'));
});
