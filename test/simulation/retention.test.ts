/** It makes no difference whether the table has deleted expired items. */

import type { Import } from '../../functions/domain/ledger/ledger.ts';
import { joinImports } from '../../functions/use-cases/imports/join-imports.ts';
import { lookUp } from '../../functions/use-cases/owners/look-up.ts';
import { SETTINGS } from './catalogue.ts';
import { drawFrom } from './random.ts';
import { FREE_TURNS } from './turns.ts';
import { requestFor } from './verdict.ts';
import { NOON, ownerKey, PLAIN, silence, TODAY, World } from './world.ts';

const DAY_MS = 86_400_000;

beforeAll(() => silence());

const telling = (importId: string, day: number, importedAt: number): Import => ({
  stamp: { importId, importedAt, source: 'AIS' },
  accounts: [
    {
      account: { accountId: 'a', currency: 'PLN' },
      from: day,
      to: day,
      rows: new Map([[day, [{ amount: -5000, title: 'LIDL' }]]]),
    },
  ],
});

/** The answers after some months, and after one more import then; with and without the deletion. */
async function after(days: number, isDeleted: boolean, later: readonly Import[]) {
  const world = new World({ ...PLAIN, retentionMonths: 6 }, NOON, FREE_TURNS, drawFrom(1));
  const look = async () => (await lookUp(world.plain, requestFor('a', world.plain)))?.answer;
  await joinImports(world.plain, ownerKey('a'), SETTINGS, [telling('1', TODAY - 40, NOON), telling('2', TODAY, NOON)]);
  world.now += days * DAY_MS;
  if (isDeleted) expect(world.table.expire(world.now / 1000) > 0).toBe(days > 150);
  const before = await look();
  if (later.length > 0) await joinImports(world.plain, ownerKey('a'), SETTINGS, later);
  return [before, await look()];
}

test.each([0, 100, 165, 200, 400])('%i days later', async (days) => {
  const now = NOON + days * DAY_MS;
  const imports = [[], [telling('3', TODAY - 40, now - 1)], [telling('3', TODAY + days - 3, now - 1)]];
  for (const later of imports) {
    const kept = await after(days, false, later);
    expect(await after(days, true, later)).toEqual(kept);
    expect(kept[0] === undefined).toBe(days >= 200);
    expect(kept[1] === undefined).toBe(days >= 200 && later.length === 0);
  }
});
