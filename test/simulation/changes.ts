/** Publishers and a reader of the feed beside all the others, and the law of changes at the end. */
import { deepStrictEqual, ok } from 'node:assert';
import { KEPT_DAYS, openChangeFeed } from '../../functions/adapters/changes/change-feed.ts';
import { type Change, isErased } from '../../functions/domain/profiles/change.ts';
import { listChanges } from '../../functions/use-cases/changes/list.ts';
import { type PublishParts, publishChanges } from '../../functions/use-cases/changes/publish.ts';
import { lookUp } from '../../functions/use-cases/owners/look-up.ts';
import { SETTINGS } from './catalogue.ts';
import { type Fates, WELL, type Worker } from './faults.ts';
import { CLIENT } from './imports.ts';
import type { Draw } from './random.ts';
import { requestFor } from './verdict.ts';
import { ownerKey, type World } from './world.ts';

/** Longer than a look is delayed, and than a dead publisher's claim. */
const PATIENCE_MS = 700_000;
const KEPT_MS = KEPT_DAYS * 86_400_000;
const LOOKS_OF_PUBLISHER = 8;
const POLLS = 6;
const ASKER = { clientId: CLIENT, settings: SETTINGS };

export function publisherOf(world: World, worker: Worker, told: Set<string>): PublishParts {
  const { store, clock, pause } = world.service(worker);
  return {
    clock,
    ...(pause && { pause }),
    store,
    feed: openChangeFeed(worker.client, 'table'),
    tell: async (_, changes) => {
      await worker.call(() => {
        for (const { change } of changes) told.add(change.id);
      });
    },
  };
}

/** Looks at owners until its share is done; when it dies, another one replaces it. */
export async function publishing(
  world: World,
  name: string,
  fates: Fates,
  draw: Draw,
  told: Set<string>,
): Promise<void> {
  const begin = () => {
    const worker = world.worker(name, fates);
    return { worker, parts: publisherOf(world, worker, told) };
  };
  let { worker, parts } = begin();
  for (let looks = 0; looks < LOOKS_OF_PUBLISHER; looks++) {
    await world.turns.turn(name);
    const look = world.looks.next(draw, world.now);
    if (!look) continue;
    const done = await publishChanges(parts, look).catch(() => undefined);
    if (done && !worker.isDead()) world.looks.done(look, draw);
    if (worker.isDead()) ({ worker, parts } = begin());
  }
}

/** Reads the feed to its end repeatedly, from where it was. */
export class Reader {
  readonly #world: World;
  readonly seen: Change[] = [];
  #cursor: string | undefined;
  #readAt = 0;

  constructor(world: World) {
    this.#world = world;
  }

  async poll(draw: Draw, worker: Worker = this.#world.worker('feed reader', WELL)): Promise<void> {
    const parts = { feed: openChangeFeed(worker.client, 'table'), clock: () => this.#world.now };
    if (this.#world.now - this.#readAt > KEPT_MS) this.#cursor = undefined;
    this.#readAt = this.#world.now;
    for (;;) {
      const { changes, cursor } = await listChanges(parts, ASKER, { limit: 1 + draw(3), cursor: this.#cursor });
      this.seen.push(...changes);
      this.#cursor = cursor;
      if (changes.length === 0) return;
    }
  }

  async follow(draw: Draw): Promise<void> {
    for (let polls = 0; polls < POLLS; polls++) {
      for (let wait = draw(20); wait > 0; wait--) await this.#world.turns.turn('feed reader');
      await this.poll(draw);
    }
  }
}

/** Publishes all pending changes, without failures. */
export async function publishAll(world: World, told: Set<string>): Promise<void> {
  world.now += PATIENCE_MS;
  for (const look of world.looks.left) {
    await publishChanges(publisherOf(world, world.worker('calm publisher', WELL), told), look);
    world.looks.forget(look);
  }
}

/**
 * The law: each owner's changes are numbered without a gap, each under one id, follow from one another, and end at the list of the look-up.
 * The reader has missed none, and all were sent to others. Erased changes are not listed, nor are those older than 30 days.
 */
export async function judgeChanges(
  world: World,
  ownerExternalId: string,
  reader: Reader,
  told: Set<string>,
): Promise<number> {
  const list = (await lookUp(world.plain, requestFor(ownerExternalId, world.plain)))?.answer.profiles ?? [];
  const answer = await world.plain.store.readAnswer(ownerKey(ownerExternalId), { consistent: true });
  // A look-up may have found that a day has passed.
  await publishAll(world, told);
  await reader.poll(() => 0);
  if (!answer) return 0;
  const { announced } = answer;
  const feed = new Reader(world);
  await feed.poll(() => 2);
  // At worst a change may be listed twice, if a publisher outlives its claim: none does here.
  const ofOwner = (changes: readonly Change[]) => {
    const own = changes.filter((change) => change.ownerExternalId === ownerExternalId);
    deepStrictEqual(own.length, new Set(own.map(({ id }) => id)).size, 'a change is listed twice');
    return own;
  };
  const [listed, seen] = [ofOwner(feed.seen), ofOwner(reader.seen)];

  const numbers = Array.from({ length: announced.sequence }, (_, index) => index + 1);
  const kept = numbers.filter((sequence) => !isErased(announced, sequence));
  const old = new Set(seen.filter(({ at }) => at < world.now - KEPT_MS).map(({ sequence }) => sequence));
  deepStrictEqual(
    listed.map(({ sequence }) => sequence).filter((sequence) => !old.has(sequence)),
    kept.filter((sequence) => !old.has(sequence)),
    'the changes that are listed have gaps, are not all, or are erased',
  );
  const missed = kept.filter((sequence) => !seen.some((change) => change.sequence === sequence));
  deepStrictEqual(missed, [], 'who reads the feed from a cursor missed a change');
  for (const { id } of listed) ok(told.has(id), 'a change was sent only to the feed');
  deepStrictEqual(seen.at(-1)?.profiles ?? [], list, 'the changes do not lead to the list of the look-up');
  const bySequence = Map.groupBy(seen, ({ sequence }) => sequence);
  for (const [sequence, same] of bySequence) deepStrictEqual(same.length, 1, `change ${sequence} has two ids`);
  const order = seen.map(({ sequence }) => sequence);
  deepStrictEqual(
    order,
    [...order].sort((a, b) => a - b),
    'changes of an owner are out of order',
  );
  followsFromEachOther(listed, ownerExternalId);
  followsFromEachOther(seen, ownerExternalId);
  return listed.length;
}

function followsFromEachOther(changes: readonly Change[], ownerExternalId: string): void {
  let before: Change | undefined;
  for (const change of changes) {
    const { sequence, entered, left, profiles } = change;
    ok(entered.length + left.length > 0, `change ${sequence} of ${ownerExternalId} changes nothing`);
    const follows = sequence === (before?.sequence ?? 0) + 1;
    if (follows) {
      const after = [...(before?.profiles ?? []), ...entered].filter((profile) => !left.includes(profile)).sort();
      deepStrictEqual(
        after,
        [...profiles],
        `change ${sequence} of ${ownerExternalId} does not follow from the one before`,
      );
    }
    before = change;
  }
}
