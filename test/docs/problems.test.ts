import { expect, test } from '@jest/globals';
import { readPage, withParts } from '../../tools/docs/generated.ts';
import { PROBLEMS_PAGE, problemsParts } from '../../tools/docs/problems-page.ts';

test('the page of problems is up to date (npm run problems)', () => {
  const page = readPage(PROBLEMS_PAGE);
  expect(withParts(page, problemsParts())).toBe(page);
});
