/**
 * What a look-up may return during imports: everything that was done before the request counts, of the rest any part
 * may. Parts are months of accounts, because an import of several is written one by one.
 */
import { deepStrictEqual } from 'node:assert';
import type { Import } from '../../functions/domain/ledger/ledger.ts';
import { firstDayOf, lastDayOf, monthOf } from '../../functions/domain/values/day.ts';
import { lookUp } from '../../functions/use-cases/owners/look-up.ts';
import type { Message } from './queue.ts';
import type { History } from './settle.ts';
import { importsOf, onePass, requestFor } from './verdict.ts';
import type { World } from './world.ts';

const MOST_PARTS = 4;

/** Looks up through `world.service`, and throws when no part of the running imports explains the answer. */
export async function checkedLookUp(
  world: World,
  service: Parameters<typeof lookUp>[0],
  ownerExternalId: string,
  history: History,
): Promise<boolean> {
  const known = new Set(history.done.keys());
  const { today } = world;
  const found = await lookUp(service, requestFor(ownerExternalId, service));
  if (world.today !== today) return false;
  return explained(world, ownerExternalId, known, found?.answer.profiles, 'a look-up');
}

/**
 * Whether what somebody `says` of an owner (undefined: not known) could be judged: it must be what the `certain` imports give together with
 * some part of the others.
 */
export async function explained(
  world: World,
  ownerExternalId: string,
  certain: ReadonlySet<string>,
  says: readonly string[] | undefined,
  who: string,
): Promise<boolean> {
  const ofOwner = world.queue.sent.filter((message) => message.ownerExternalId === ownerExternalId);
  const isCertain = ({ importId }: Message) => certain.has(importId);
  const uncertain = ofOwner.filter((message) => !isCertain(message));
  const [sure, ...parts] = [await importsOf(ofOwner.filter(isCertain)), ...(await importsOf(uncertain)).map(partsOf)];
  const all = parts.flat();
  if (all.length > MOST_PARTS || (sure.length === 0 && says === undefined)) return false;
  const possible = new Set<string>();
  for (let subset = 0; subset < 2 ** all.length; subset++) {
    const some = all.filter((_, bit) => (subset >> bit) & 1);
    possible.add(JSON.stringify(onePass(world.plain, [...sure, ...some])?.answer.profiles ?? []));
  }
  const said = JSON.stringify(says);
  deepStrictEqual([...possible].includes(said), true, `${who} says ${said}, possible are ${[...possible].join(' ')}`);
  return true;
}

/** An import without rows still makes the owner known: it is its own and only part. */
function partsOf({ stamp, accounts }: Import): Import[] {
  const parts = accounts.flatMap(({ account, from, to, rows }) =>
    Array.from({ length: monthOf(to) - monthOf(from) + 1 }, (_, index) => {
      const month = monthOf(from) + index;
      const first = Math.max(from, firstDayOf(month));
      const last = Math.min(to, lastDayOf(month));
      return { stamp, accounts: [{ account, from: first, to: last, rows }] };
    }),
  );
  return parts.length > 0 ? parts : [{ stamp, accounts }];
}
