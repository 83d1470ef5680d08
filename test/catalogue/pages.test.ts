/** The pages about features and profiles say what the code and the catalogue say. */
import { readFileSync } from 'node:fs';
import { compileDocument } from '../../catalogue/build/compile.ts';
import { pages } from '../../evaluation/pages/features-page.ts';

test.each([...pages(compileDocument())])('%s is up to date (npm run features)', (path, page) => {
  expect(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')).toBe(page);
});
