/**
 * What a look-up may say while imports are under way: everything that was done before the question counts, of the rest any part
 * may. Parts are months of accounts, for an import of several is written one by one.
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

/** Looks up through `world.service`, and throws when the answer is one that no part of the imports under way explains. */
export async function checkedLookUp(
  world: World,
  service: Parameters<typeof lookUp>[0],
  ownerExternalId: string,
  history: History,
): Promise<boolean> {
  const isCertain = ({ importId }: Message) => history.done.has(importId);
  const ofOwner = () => world.queue.sent.filter((message) => message.ownerExternalId === ownerExternalId);
  const certain = ofOwner().filter(isCertain);
  const known = new Set(certain.map(({ importId }) => importId));
  const { today } = world;
  const found = await lookUp(service, requestFor(ownerExternalId, service));
  const uncertain = ofOwner().filter(({ importId }) => !known.has(importId));
  const [sure, ...parts] = [await importsOf(certain), ...(await importsOf(uncertain)).map(partsOf)];
  const all = parts.flat();
  if (all.length > MOST_PARTS || world.today !== today || (sure.length === 0 && found === undefined)) return false;
  const possible = new Set<string>();
  for (let subset = 0; subset < 2 ** all.length; subset++) {
    const some = all.filter((_, bit) => (subset >> bit) & 1);
    possible.add(JSON.stringify(onePass(world.plain, [...sure, ...some])?.answer.profiles ?? []));
  }
  const said = JSON.stringify(found?.answer.profiles);
  deepStrictEqual(
    [...possible].includes(said),
    true,
    `a look-up says ${said}, possible are ${[...possible].join(' ')}`,
  );
  return true;
}

/** An import with nothing to say still makes the owner known: it is its own and only part. */
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
