import { expect, test } from '@jest/globals';
import { mappingSchema } from '../../functions/readers/csv/mapping.ts';
import { FORMATS_PAGE, formatsParts } from '../../tools/docs/formats-page.ts';
import { readPage, withParts } from '../../tools/docs/generated.ts';

test('the page of formats is up to date (npm run formats)', () => {
  const page = readPage(FORMATS_PAGE);
  expect(withParts(page, formatsParts())).toBe(page);
});

test('the mapping that the page shows is one', () => {
  const json = /```json\n([\s\S]*?)```/.exec(readPage(FORMATS_PAGE))?.[1] ?? '';
  expect(mappingSchema.safeParse(JSON.parse(json)).success).toBe(true);
});
