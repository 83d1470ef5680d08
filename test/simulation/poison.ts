/**
 * Messages that kill every worker that starts them, among others: what do they cost the others? The real batch contract and recipe work off
 * a queue with visibility times and five receives, on a clock that only this file moves.
 */
import { deepStrictEqual } from 'node:assert';
import { cutBatch } from '../../functions/handlers/import-worker/cut-batch.ts';
import type { BatchParts } from '../../functions/runtime/batch.ts';
import { MOST_RECEIVES } from '../../functions/runtime/names.ts';
import { bodyOf } from './imports.ts';
import type { Message } from './queue.ts';
import { type Draw, shuffled } from './random.ts';
import { FREE_TURNS } from './turns.ts';
import { expectLedger, importsOf } from './verdict.ts';
import { NOON, PLAIN, World } from './world.ts';

export type Cost = {
  /** Receives of the others in all, of which each needs one. */
  readonly receives: number;
  readonly messages: number;
  /** The most for any of them. */
  readonly most: number;
  /** Others that became dead letters. */
  readonly dead: number;
};

/** As in `prod` (lib/stages.ts): a worker's time, and six times that and the batching window until a message comes back. */
const TIMEOUT_MS = 60_000;
const VISIBILITY_MS = 361_000;
const BATCH = 10;
const WORKERS = 3;
const POISON = 'poison';

type Waiting = Message & { visibleAt: number };

/** @param isCut whether batches are cut into stages, as they are */
export async function playPoison(draw: Draw, poisons: number, isCut = true): Promise<Cost> {
  const world = new World(PLAIN, NOON, FREE_TURNS, draw);
  const live = new Map<string, Waiting>();
  const others: Waiting[] = [];
  const dead: Waiting[] = [];
  const send = (ownerExternalId: string, importId: string) => {
    const importedAt = world.now - 60_000;
    const body = bodyOf({ importId, ownerExternalId, importedAt }, draw);
    const visibleAt = world.now + draw(2) * draw(600_000);
    const message = { id: importId, ownerExternalId, importId, importedAt, body, receives: 0, inWork: 0, visibleAt };
    live.set(message.id, message);
    if (ownerExternalId !== POISON) others.push(message);
  };
  for (let number = 0; number < poisons; number++) send(POISON, `p${number}`);
  const many = 6 + draw(20);
  for (let number = 0; number < many; number++) send('abc'[draw(3)]!, `i${number}`);

  const receive = (): Waiting[] => {
    const visible = shuffled(draw, [...live.values()]).filter(({ visibleAt }) => visibleAt <= world.now);
    const taken = visible.slice(0, 1 + draw(BATCH));
    for (const message of taken) {
      message.receives++;
      message.visibleAt = world.now + VISIBILITY_MS;
      if (message.receives <= MOST_RECEIVES) continue;
      live.delete(message.id);
      dead.push(message);
    }
    return taken.filter(({ id }) => live.has(id));
  };

  const freeAt = new Array<number>(WORKERS).fill(world.now);
  while (live.size > 0) {
    const next = freeAt.indexOf(Math.min(...freeAt));
    world.now = Math.max(world.now, freeAt[next]!);
    const batch = receive();
    if (batch.length === 0) {
      freeAt[next] = world.now + 5000;
      continue;
    }
    const isEnded = await workOff(world, batch, live, isCut);
    freeAt[next] = world.now + (isEnded ? TIMEOUT_MS : 1000 + draw(4000));
  }
  const lost = others.filter((message) => dead.includes(message));
  for (const owner of ['a', 'b', 'c']) {
    const joined = others.filter(({ ownerExternalId }) => ownerExternalId === owner);
    // A dead letter may have been joined in part; the operator's redrive joins the rest.
    if (joined.length > 0 && lost.length === 0) await expectLedger(world, owner, await importsOf(joined));
  }
  deepStrictEqual(world.parked, []);
  const counts = others.map(({ receives }) => receives);
  return {
    receives: counts.reduce((sum, count) => sum + count, 0),
    messages: others.length,
    most: Math.max(...counts),
    dead: lost.length,
  };
}

/** Whether the worker was killed. Its earlier work counts. */
async function workOff(
  world: World,
  batch: readonly Waiting[],
  live: Map<string, Waiting>,
  isCut: boolean,
): Promise<boolean> {
  let isPoisoned = false;
  const worker = world.worker('worker', () => (isPoisoned ? 'dies before' : 'well'));
  const service = world.service(worker);
  const poisonable = {
    ...service,
    ownerKey: (clientId: string, owner: string) => {
      isPoisoned ||= owner === POISON;
      return service.ownerKey(clientId, owner);
    },
  };
  const begun = world.now;
  const stages: Pick<BatchParts, 'cut' | 'queue'> = {
    cut: (records) => cutBatch(records, async () => undefined),
    queue: {
      remove: (records) =>
        worker.call(() => {
          for (const { messageId } of records) live.delete(messageId);
        }),
      show: (records, seconds) =>
        worker.call(() => {
          for (const { messageId } of records) {
            const message = live.get(messageId);
            if (message) message.visibleAt = begun + seconds * 1000;
          }
        }),
    },
  };
  const failed = await world.handler(poisonable, () => TIMEOUT_MS, isCut ? stages : {})(batch);
  if (worker.isDead()) return true;
  for (const { id } of batch) if (!failed.has(id)) live.delete(id);
  return false;
}
