/** The end of every schedule: faults cease, everything is delivered, and the world is judged. */
import { deepStrictEqual } from 'node:assert';
import { withoutErased } from '../../functions/domain/ledger/page.ts';
import { monthOf } from '../../functions/domain/values/day.ts';
import { eraseOwner } from '../../functions/use-cases/owners/erase.ts';
import { lookUp } from '../../functions/use-cases/owners/look-up.ts';
import { WELL } from './faults.ts';
import { CLIENT } from './imports.ts';
import type { Message } from './queue.ts';
import { type Draw, onceIn } from './random.ts';
import { FREE_TURNS } from './turns.ts';
import { expectLedger, importsOf, onePass, remains, requestFor } from './verdict.ts';
import { ownerKey, partitionOf, type World } from './world.ts';

const MOST_BATCH = 4;

/** The order of events, by a running number. */
export class History {
  #now = 0;
  readonly tombstones = new Map<string, number>();
  /** When the last successful delivery of an import began. */
  readonly done = new Map<string, number>();
  /** Clock at the start of the last erasure that finished. */
  readonly erasures = new Map<string, number>();

  tombstone(partition: string): void {
    this.tombstones.set(partition, ++this.#now);
  }
  next(): number {
    return ++this.#now;
  }
  isDone({ importId }: Message, begun: number): void {
    this.done.set(importId, Math.max(begun, this.done.get(importId) ?? 0));
  }
}

/** Delivers everything without a fault, including what was given up, until nothing is left. */
export async function deliverAll(world: World, history: History, draw: Draw): Promise<void> {
  world.turns = FREE_TURNS;
  world.mostBehind = 0;
  world.queue.redrive();
  for (const message of world.queue.live) {
    message.inWork = 0;
    message.receives = 0;
  }
  const worker = world.worker('calm', WELL);
  const handle = world.handler(world.service(worker));
  for (;;) {
    const batch = world.queue.receive(draw, 1 + draw(MOST_BATCH), false);
    if (batch.length === 0) break;
    const begun = history.next();
    const failed = await handle(batch);
    deepStrictEqual(world.parked, [], 'a message was parked that is right');
    deepStrictEqual([...failed], [], 'a message failed although nothing was wrong');
    for (const message of batch) {
      world.queue.settle(message, true);
      history.isDone(message, begun);
    }
  }
}

/** Ledger and answers are those of one pass over the imports that count. */
export async function judge(world: World, ownerExternalId: string, history: History): Promise<void> {
  const sent = world.queue.sent.filter((message) => message.ownerExternalId === ownerExternalId);
  const answer = await world.plain.store.readAnswer(ownerKey(ownerExternalId), { consistent: true });
  const erasedAt = answer?.erasedAt ?? 0;
  const begun = history.erasures.get(ownerExternalId);
  if (begun !== undefined && erasedAt < begun) throw new Error('the tombstone of an erasure is gone, or too old');
  if (begun === undefined && erasedAt > 0) throw new Error('an owner was erased whom nobody erased');
  const counted = sent.filter(({ importedAt }) => importedAt > erasedAt);
  // An import dated after the erasure, but joined before it: erased with the rest, or kept, both are right.
  const tombstone = history.tombstones.get(partitionOf(ownerExternalId)) ?? 0;
  const isEither = ({ importId }: Message) => (history.done.get(importId) ?? Number.POSITIVE_INFINITY) < tombstone;
  const either = [...new Set(counted.filter(isEither).map(({ importId }) => importId))].slice(0, 6);
  if (
    answer?.known === false &&
    counted.every(isEither) &&
    (await holdsOnly(world, ownerExternalId, new Set(either)))
  ) {
    // A second delivery of such an import may have died between a page and the answer: nobody is notified, and the next import joins it.
    deepStrictEqual(await lookUp(world.plain, requestFor(ownerExternalId, world.plain)), undefined);
    return;
  }
  let fault: unknown;
  for (let subset = 0; subset < 2 ** either.length; subset++) {
    const left = new Set(either.filter((_, bit) => (subset >> bit) & 1));
    const imports = await importsOf(counted.filter(({ importId }) => !left.has(importId)));
    try {
      await expectLedger(world, ownerExternalId, imports);
      return;
    } catch (error) {
      fault ??= error;
    }
  }
  throw fault;
}

/** Whether every day that counts comes from one of these imports. */
async function holdsOnly(world: World, ownerExternalId: string, imports: ReadonlySet<string>): Promise<boolean> {
  const { store } = world.plain;
  const owner = ownerKey(ownerExternalId);
  const erasedAt = (await store.readAnswer(owner, { consistent: true }))?.erasedAt ?? 0;
  const pages = withoutErased(await store.readPages(owner, -1970 * 12, monthOf(world.today) + 3), erasedAt);
  return pages.every(({ days }) => [...days.values()].every(({ stamp }) => imports.has(stamp.importId)));
}

/** Finally the owner is erased, and everything ever sent is sent again: nothing may come back, nothing may remain. */
export async function eraseAndReplay(
  world: World,
  ownerExternalId: string,
  history: History,
  draw: Draw,
): Promise<void> {
  world.now += 11 * 60_000;
  await eraseOwner(world.plain, { clientId: CLIENT, ownerExternalId });
  deepStrictEqual(remains(world, ownerExternalId), [], 'items are left of an erased owner');
  const again = world.queue.sent.filter((message) => message.ownerExternalId === ownerExternalId && !onceIn(draw, 4));
  for (const { importId, importedAt, body } of again) {
    world.queue.send({ ownerExternalId, importId, importedAt, body });
  }
  await deliverAll(world, history, draw);
  deepStrictEqual(remains(world, ownerExternalId), [], 'a replay brought erased data back');
  const service = world.plain;
  deepStrictEqual(await lookUp(service, requestFor(ownerExternalId, service)), undefined);
}

/** As months pass, expired data no longer counts, whether it is deleted already or not. */
export async function expire(world: World, ownerExternalId: string, draw: Draw): Promise<void> {
  const months = 1 + draw(world.nature.retentionMonths + 2);
  world.now += months * 31 * 86_400_000;
  const look = () => lookUp(world.plain, requestFor(ownerExternalId, world.plain));
  const isReadFirst = onceIn(draw, 2);
  const before = isReadFirst ? (await look())?.answer : undefined;
  world.table.expire(world.now / 1000);
  const after = (await look())?.answer;
  if (isReadFirst) deepStrictEqual(after, before, 'what is expired counts until it is deleted');
  if (!after) return;
  const erasedAt = (await world.plain.store.readAnswer(ownerKey(ownerExternalId), { consistent: true }))?.erasedAt ?? 0;
  const sent = world.queue.sent.filter((each) => each.ownerExternalId === ownerExternalId);
  const expected = onePass(world.plain, await importsOf(sent.filter(({ importedAt }) => importedAt > erasedAt)));
  deepStrictEqual([after.profiles, after.dataFrom], [expected?.answer.profiles, expected?.answer.dataFrom]);
}
