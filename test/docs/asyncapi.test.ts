/** The document of messages is made from the schemas that validate. */
import { ASYNCAPI, asyncApiText } from '../../tools/docs/asyncapi.ts';
import { readPage } from '../../tools/docs/generated.ts';

test('docs/reference/asyncapi.json is up to date (npm run asyncapi)', () => {
  expect(readPage(ASYNCAPI)).toBe(asyncApiText());
});
