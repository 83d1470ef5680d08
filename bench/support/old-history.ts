/** Months before all that a derivation reads: written directly to the table, as earlier imports left them. */

import { interpretImport } from '../../functions/domain/ledger/import.ts';
import type { DayStatement, Row } from '../../functions/domain/ledger/ledger.ts';
import type { Page } from '../../functions/domain/ledger/page.ts';
import { firstBookedDay } from '../../functions/domain/ledger/page.ts';
import { firstDayOf, lastDayOf, monthOf } from '../../functions/domain/values/day.ts';
import { DAYS_READ, LAST_DAY, messageOf, NOW, SEED, transactionsOf } from './owners.ts';
import { CLIENT, type World } from './world.ts';

const MONTHS = 120;
const SIDE_BY_SIDE = 8;

/** Writes this many rows over ten years, and updates the answer for them. */
export async function layOldHistory(world: World, ownerExternalId: string, rows: number): Promise<{ pages: number }> {
  const owner = world.ownerKey(ownerExternalId);
  const pool = rowPool();
  const lastMonth = monthOf(LAST_DAY - DAYS_READ) - 1;
  const perMonth = rows / MONTHS;
  const pages: Page[] = [];
  let laid = 0;
  for (let index = 0; index < MONTHS; index++) {
    const month = lastMonth - MONTHS + 1 + index;
    const until = Math.round(perMonth * (index + 1));
    const days = new Map<number, DayStatement>();
    const first = firstDayOf(month);
    const length = lastDayOf(month) - first + 1;
    const stamp = { importedAt: (lastDayOf(month) + 5) * 86_400_000, importId: `old-${month}`, source: 'AIS' as const };
    for (let day = 0; day < length; day++) days.set(first + day, { stamp, rows: [] });
    for (; laid < until; laid++) {
      const { rows: ofDay } = days.get(first + (laid % length))!;
      (ofDay as Row[]).push(pool.rows[laid % pool.rows.length]!);
    }
    pages.push({ account: pool.account, month, days });
  }
  for (let from = 0; from < pages.length; from += SIDE_BY_SIDE) {
    await Promise.all(
      pages.slice(from, from + SIDE_BY_SIDE).map((page) => world.store.writePage(owner, page, undefined)),
    );
  }
  const answer = await world.store.readAnswer(owner, { consistent: true });
  if (!answer) throw new Error(`${ownerExternalId} of ${CLIENT} has no answer yet`);
  const dataFrom = firstBookedDay(pages) ?? answer.dataFrom;
  await world.store.writeAnswer(owner, { ...answer, revision: answer.revision + 1, dataFrom }, answer.revision);
  return { pages: pages.length };
}

function rowPool() {
  const read = interpretImport(messageOf(transactionsOf({ rows: 5_000, seed: SEED + 7 })), NOW);
  const [told] = read.import?.accounts ?? [];
  if (!told) throw new Error('the rows do not hold');
  return { account: told.account, rows: [...told.rows.values()].flat() };
}
