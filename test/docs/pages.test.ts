/** The generated parts of the documents say what the code, the catalogue, the counted units and the kept results say. */

import { simulated } from '../../bench/suite/scaling.ts';
import { costParts } from '../../bench/support/cost-page.ts';
import { remembered } from '../../bench/support/history.ts';
import { partsOf } from '../../bench/support/report.ts';
import { kept } from '../../bench/support/results.ts';
import { scalingParts } from '../../bench/support/scaling-page.ts';
import { compileDocument } from '../../catalogue/build/compile.ts';
import { pages } from '../../evaluation/pages/features-page.ts';
import { SEGMENT_UNITS } from '../../functions/domain/costs/segment-cost.ts';
import { COUNTED_UNITS } from '../../functions/domain/costs/units.ts';
import { sizeParts } from '../../tools/console/size.ts';
import { readPage, withParts } from '../../tools/docs/generated.ts';
import { PICTURES } from '../../tools/drawing/pictures.ts';

const { work, drained } = simulated();

test.each([
  ...[...pages(compileDocument())].map(([path, parts]) => [path, 'npm run features', parts] as const),
  ['docs/how-to/console.md', 'npm run console:size', sizeParts()] as const,
  ['docs/explanation/benchmarks.md', 'npm run bench', partsOf(kept(), remembered())] as const,
  ['docs/explanation/cost.md', 'npm run bench -- cost', costParts(COUNTED_UNITS, SEGMENT_UNITS)] as const,
  [
    'docs/explanation/scaling.md',
    'npm run bench -- scaling',
    scalingParts(COUNTED_UNITS, SEGMENT_UNITS, work, drained),
  ] as const,
])('%s is up to date (%s)', (path, _, parts) => {
  const page = readPage(path);
  expect(withParts(page, parts)).toBe(page);
});

test.each(Object.entries(PICTURES))('%s is up to date (npm run drawing)', (path, draw) => {
  expect(readPage(path)).toBe(draw());
});

test('only the text between the markers is written', () => {
  const page =
    'Before.\n\n<!-- generated: table -->\n<!-- end -->\n\nIt is <!-- generated: sum -->1<!-- end --> in all.\n';
  const filled =
    'Before.\n\n<!-- generated: table -->\n\n| a |\n\n<!-- end -->\n\nIt is <!-- generated: sum -->3<!-- end --> in all.\n';
  expect(withParts(page, { table: '| a |\n', sum: '3' })).toBe(filled);
  expect(withParts(filled, { table: '| a |', sum: '3' })).toBe(filled);
});

test('a part that one of page and script does not know is an error', () => {
  const page = 'It is <!-- generated: sum -->1<!-- end -->.';
  expect(() => withParts(page, {})).toThrow('generated part sum that nothing writes');
  expect(() => withParts(page, { sum: '1', other: '2' })).toThrow('no generated part other');
});
