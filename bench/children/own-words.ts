/** A process that labels with one catalogue, as a worker does for a client: rows of the owners that it is asked for, by number. */
import { readFileSync } from 'node:fs';
import { withOwnWords } from '../../functions/domain/catalogue/own-words.ts';
import { labelRows } from '../../functions/domain/labels/label-rows.ts';
import { another } from '../support/catalogue.ts';
import { inputOf, pagesOfOwner } from '../support/inputs.ts';
import { collectYoungGarbage } from '../support/measure.ts';

const [messages = '', words = ''] = process.argv.slice(2);
const { catalogue } = withOwnWords(another(), JSON.parse(readFileSync(words, 'utf8')));
const owners = (JSON.parse(readFileSync(messages, 'utf8')) as unknown[]).map(
  (message) => inputOf(pagesOfOwner(message), catalogue).rows,
);

/** Answers with the milliseconds of the processor that it took. */
process.on('message', (asked: readonly number[]) => {
  collectYoungGarbage();
  const before = process.cpuUsage();
  for (const owner of asked) labelRows(owners[owner]!, catalogue);
  const { user, system } = process.cpuUsage(before);
  process.send?.((user + system) / 1000);
});
