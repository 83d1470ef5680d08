import { readFileSync } from 'node:fs';
import { GENERATED_BRANDS, generatedBrands } from '../../catalogue/build/brands-from-nsi.ts';

test('the generated brands are what the package and our own lists say today', () => {
  const kept = readFileSync(GENERATED_BRANDS, 'utf8').split('\n');
  const said = new Set(generatedBrands.split('\n'));
  const stale = {
    missing: [...said].filter((line) => !kept.includes(line)),
    left: kept.filter((line) => !said.has(line)),
  };
  // After a change of brands or of the stop list: node catalogue/build/brands-from-nsi.ts
  expect(stale).toEqual({ missing: [], left: [] });
});
