/** Owners that are too big: in all, in one month, on one day; and one that is too hot. */
import { deepStrictEqual } from 'node:assert';
import { formatDay } from '../../functions/domain/values/day.ts';
import { lookUp } from '../../functions/use-cases/owners/look-up.ts';
import { hotOwner } from './hot.ts';
import { CLIENT } from './imports.ts';
import type { Message } from './queue.ts';
import { type Draw, drawFrom, shuffled } from './random.ts';
import { ITEM_LIMIT } from './table.ts';
import { FREE_TURNS } from './turns.ts';
import { expectLedger, importsOf, requestFor } from './verdict.ts';
import { NOON, ownerKey, PLAIN, TODAY, World } from './world.ts';

export type Big = {
  readonly rows: number;
  readonly imports: number;
  readonly largestItem: number;
  /** Milliseconds of real time: the median of the first and of the last tenth of imports, and a look-up. */
  readonly firstMs: number;
  readonly lastMs: number;
  readonly lookUpMs: number;
};

const OWNER = 'big';
/** Rows of one import at most: a message takes 1 MB, an object more. */
const ROWS_OF_IMPORT = 5000;

/** Rows spread evenly over this many days before today, sent in pieces, in no order; and then one piece again. */
export async function bigOwner(rows: number, days: number, titleOf: (row: number, draw: Draw) => string): Promise<Big> {
  const draw = drawFrom(rows + days);
  const world = new World(PLAIN, NOON, FREE_TURNS, draw);
  const pieces = Math.max(Math.ceil(rows / ROWS_OF_IMPORT), Math.ceil(days / 31));
  const messages = shuffled(
    draw,
    Array.from({ length: pieces }, (_, piece): Message => {
      const first = Math.floor((piece * days) / pieces);
      const last = Math.max(first, Math.floor(((piece + 1) * days) / pieces) - 1);
      const told = { importId: `i${piece}`, ownerExternalId: OWNER, importedAt: NOON - 1000 };
      const body = bodyOf(told.importId, days, first, last, rows / days, (row) => titleOf(row, draw));
      return { ...told, id: `m${piece}`, body, receives: 1, inWork: 0 };
    }),
  );
  const handle = world.handler(world.plain);
  const times: number[] = [];
  for (const message of [...messages, messages[0]!]) {
    const begun = performance.now();
    const failed = await handle([message]);
    times.push(performance.now() - begun);
    deepStrictEqual([failed.size, world.parked], [0, []]);
  }
  await expectLedger(world, OWNER, await importsOf(messages));
  const begun = performance.now();
  await lookUp(world.plain, requestFor(OWNER, world.plain));
  const lookUpMs = performance.now() - begun;
  const { largestItem } = world.table;
  if (largestItem > ITEM_LIMIT) throw new Error(`an item of ${largestItem} bytes`);
  const tenth = Math.max(1, Math.floor(pieces / 10));
  return {
    rows: await storedRows(world),
    imports: pieces,
    largestItem,
    firstMs: median(times.slice(0, tenth)),
    lastMs: median(times.slice(pieces - tenth, pieces)),
    lookUpMs,
  };
}

function bodyOf(
  importId: string,
  days: number,
  first: number,
  last: number,
  rowsOfDay: number,
  titleOf: (row: number) => string,
): string {
  const dayAt = (index: number) => formatDay(TODAY - days + 1 + index);
  const transactions = [];
  for (let index = first; index <= last; index++) {
    for (let row = Math.round(index * rowsOfDay); row < Math.round((index + 1) * rowsOfDay); row++) {
      transactions.push({ bookedOn: dayAt(index), currencyAmount: `-${1 + (row % 500)}.50`, title: titleOf(row) });
    }
  }
  const covers = { from: dayAt(first), to: dayAt(last) };
  return JSON.stringify({
    type: 'owner-import',
    version: 1,
    clientId: CLIENT,
    importId,
    ownerExternalId: OWNER,
    source: 'AIS',
    importedAt: new Date(NOON - 1000).toISOString(),
    accounts: [{ accountId: 'one', currencyName: 'PLN', covers, transactions }],
  });
}

async function storedRows(world: World): Promise<number> {
  const pages = await world.plain.store.readPages(ownerKey(OWNER), 0, 1200);
  return pages.flatMap(({ days }) => [...days.values()]).reduce((sum, { rows }) => sum + rows.length, 0);
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
/** A title as banks print it: words that repeat and numbers that do not. */
export const printed = (row: number, draw: Draw) =>
  `${['ZOOPLUS.PL', 'LIDL', 'przelew', 'ORLEN'][row % 4]} ${[1, 2, 3, 4].map(() => draw(1e9).toString(36)).join('')} WARSZAWA`;

/** All of them at full size. */
export async function bigAndHot(print: (line: string) => void): Promise<{ runs: number; failed: number }> {
  const runs: [string, () => Promise<unknown>, ((result: never) => boolean)?][] = [
    ['200,000 rows in ten years', () => bigOwner(200_000, 3650, printed), ({ rows }: Big) => rows === 200_000],
    ['20,000 rows in a month', () => bigOwner(20_000, 20, printed), ({ rows }: Big) => rows === 20_000],
    ['500 equal rows on a day', () => bigOwner(500, 1, () => 'LIDL'), ({ rows }: Big) => rows === 500],
    ['neighbours alone', () => hotOwner(0, 400, 1), ({ dead }: { dead: number }) => dead === 0],
    ['2,000 messages for one owner', () => hotOwner(2000, 400, 1), ({ dead }: { dead: number }) => dead === 0],
  ];
  let failed = 0;
  for (const [title, run, isRight] of runs) {
    const begun = performance.now();
    try {
      const result = await run();
      const isFine = isRight?.(result as never) ?? true;
      if (!isFine) failed++;
      print(
        `${title}: ${isFine ? 'right' : 'WRONG'} in ${Math.round(performance.now() - begun)} ms ${JSON.stringify(result)}`,
      );
    } catch (error) {
      failed++;
      print(`${title}: ${(error as Error).stack}`);
    }
  }
  return { runs: runs.length, failed };
}
