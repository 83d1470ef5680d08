/**
 * A process that labels with one catalogue, as a worker does for a client. Prints the milliseconds of the processor for owners
 * whose texts are new to it, and for the same owners again.
 */
import { readFileSync } from 'node:fs';
import { withOwnWords } from '../../functions/domain/catalogue/own-words.ts';
import { labelRows } from '../../functions/domain/labels/label-rows.ts';
import { another } from '../support/catalogue.ts';
import { inputOf, pagesOfOwner } from '../support/inputs.ts';
import { collectYoungGarbage } from '../support/measure.ts';

const PASSES = 40;
/** Of the owners; the others' rows are labelled first, until the engine has compiled the code. */
const MEASURED_SHARE = 1 / 3;

const [owners = '', words = ''] = process.argv.slice(2);
const { catalogue } = withOwnWords(another(), JSON.parse(readFileSync(words, 'utf8')));
const all = (JSON.parse(readFileSync(owners, 'utf8')) as unknown[]).map(
  (message) => inputOf(pagesOfOwner(message), catalogue).rows,
);
const measured = all.splice(Math.ceil(all.length * (1 - MEASURED_SHARE)));

for (let pass = 0; pass < 3; pass++) for (const rows of all) labelRows(rows, catalogue);
const fresh = labelMeasured();
let again = labelMeasured();
for (let pass = 1; pass < PASSES; pass++) again = Math.min(again, labelMeasured());
process.stdout.write(JSON.stringify({ fresh, again }));

function labelMeasured(): number {
  collectYoungGarbage();
  const begun = process.cpuUsage();
  for (const rows of measured) labelRows(rows, catalogue);
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}
