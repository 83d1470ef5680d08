/** A fresh process that processes one import, without a table: the cost of our own code while everything is cold. */
import { readFileSync } from 'node:fs';
import { openBuiltInCatalogue } from '../../functions/adapters/catalogue/built-in-catalogue.ts';
import { encodePage } from '../../functions/adapters/owners/page-codec.ts';
import { firstBookedDay, joinPages } from '../../functions/domain/ledger/page.ts';
import { derive, rowsOf } from '../../functions/domain/profiles/derive.ts';
import { readImport } from '../../functions/handlers/import-worker/read-message.ts';

declare const begunAt: number;
const [folder = '', bodies = '', now = '0', day = '0'] = process.argv.slice(2);
const marks = [begunAt, performance.now()];
const catalogue = openBuiltInCatalogue(folder).load();
marks.push(performance.now());

async function takeAll(): Promise<void> {
  for (const body of readFileSync(bodies, 'utf8').split('\n')) {
    const read = await readImport(body, Number(now), () => Promise.reject(new Error('the import names no object')));
    const { pages, changed } = joinPages([], [read.import], { erasedAt: 0, firstMonth: 0 });
    changed.map(encodePage);
    const input = {
      catalogue,
      definitions: catalogue.definitions,
      rows: rowsOf(pages),
      dataFrom: firstBookedDay(pages) ?? null,
    };
    derive(input, Number(day));
    marks.push(performance.now());
  }
  process.stdout.write(JSON.stringify(marks.slice(1).map((mark, index) => mark - marks[index]!)));
}

void takeAll();
