/** One schedule: publishers, workers, erasures, replays and look-ups side by side in a world that fails, and the laws at the end. */
import { AssertionError } from 'node:assert';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { cutBatch } from '../../functions/handlers/import-worker/cut-batch.ts';
import type { BatchParts } from '../../functions/runtime/batch.ts';
import { replayOwner } from '../../functions/use-cases/catalogue/replay-slices.ts';
import { untilSettled } from '../../functions/use-cases/owners/answer.ts';
import { eraseOwner, finishErasure } from '../../functions/use-cases/owners/erase.ts';
import { lookUp } from '../../functions/use-cases/owners/look-up.ts';
import { lookUpBatch } from '../../functions/use-cases/owners/look-up-batch.ts';
import { aftermath } from './aftermath.ts';
import { REPLAYED, SETTINGS } from './catalogue.ts';
import { judgeChanges, publishAll, publishing, Reader } from './changes.ts';
import type { CallFate, Fates, Worker } from './faults.ts';
import { bodyOf, CLIENT } from './imports.ts';
import { Nights } from './night.ts';
import type { Message } from './queue.ts';
import { type Draw, onceIn, oneOf } from './random.ts';
import { deliverAll, eraseAndReplay, expire, History, judge } from './settle.ts';
import { checkedLookUp } from './sights.ts';
import type { Command } from './table.ts';
import { DrawnTurns, type Turns } from './turns.ts';
import { requestFor } from './verdict.ts';
import { type Nature, NOON, ownerKey, PLAIN, World } from './world.ts';

export type Outcome = {
  readonly calls: number;
  readonly messages: number;
  readonly receives: number;
  readonly conflicts: number;
  readonly deaths: number;
  readonly erasures: number;
  /** Owners whose answers replays rewrote. */
  readonly replayed: number;
  readonly redriven: number;
  /** Snapshots taken during the schedule, and their lists that were checked. */
  readonly nights: number;
  readonly nightSights: number;
  /** Changes that are listed at the end. */
  readonly changes: number;
  /** Look-ups in between whose answers were checked. */
  readonly reads: number;
};

const OWNERS = ['a', 'b'];
const DAY_MS = 86_400_000;
const BATCHES_OF_WORKER = 5;
const FAULTS: readonly CallFate[] = ['refused', 'lost', 'resent', 'dies before', 'dies after'];

/** Chooses turns by the same numbers that decide everything else. */
export function playSchedule(draw: Draw): Promise<Outcome> {
  const turns = new DrawnTurns((waiting) => draw(waiting.length));
  return playWith(draw, turns, (work) => turns.play(work));
}

/** @param play gives turns until the work is done */
export async function playWith(
  draw: Draw,
  turns: Turns,
  play: (work: Promise<unknown>) => Promise<unknown>,
): Promise<Outcome> {
  const history = new History();
  const watch = (command: Command) => {
    const item = command instanceof PutItemCommand ? command.input.Item : undefined;
    if (item?.['sk']?.S === 'answer' && item['known']?.BOOL === false) history.tombstone(String(item['pk']?.S));
  };
  const world = new World(natureOf(draw), NOON + oneOf(draw, [0, 0, 43_199_900]), turns, draw, watch);
  world.mostBehind = oneOf(draw, [0, 0, 6]);
  const tally = { calls: 0, deaths: 0, erasures: 0, replayed: 0, reads: 0 };
  const nights = new Nights(world, draw);
  const oneFaultIn = oneOf(draw, [0, 60, 20, 6]);
  const fates: Fates = () => (oneFaultIn > 0 && onceIn(draw, oneFaultIn) ? oneOf(draw, FAULTS) : 'well');

  const publisher = publish(world, draw);
  const working = Array.from({ length: 2 + draw(3) }, (_, index) =>
    work(world, `w${index}`, fates, draw, history, tally),
  );
  const erasing = Array.from({ length: oneOf(draw, [0, 0, 1, 1, 2]) }, () =>
    erase(world, fates, draw, history, nights, tally),
  );
  const replaying = Array.from({ length: oneOf(draw, [0, 0, 1, 2]) }, () => replay(world, fates, draw, tally));
  const isChecked = world.mostBehind === 0 && erasing.length === 0;
  const looking = Array.from({ length: draw(3) }, () =>
    look(world, fates, draw, isChecked ? history : undefined, tally),
  );
  const told = new Set<string>();
  const reader = new Reader(world);
  const announcing = Array.from({ length: oneOf(draw, [0, 1, 2]) }, (_, index) =>
    publishing(world, `p${index}`, fates, draw, told),
  );
  const dreaming = Array.from({ length: oneOf(draw, [0, 0, 0, 1, 1, 2]) }, () =>
    dream(world, nights, fates, draw, history),
  );
  const failing = onceIn(draw, 4) ? [outage(world, draw)] : [];
  const following = onceIn(draw, 2) ? [reader.follow(draw)] : [];
  await play(
    Promise.all([
      publisher,
      ...working,
      ...erasing,
      ...replaying,
      ...looking,
      ...announcing,
      ...dreaming,
      ...failing,
      ...following,
    ]),
  );

  const redriven = world.queue.dead.size;
  await deliverAll(world, history, draw);
  for (const owner of OWNERS) await judge(world, owner, history);
  await nights.finishAll();
  const nightSights = await nights.judge(isChecked);
  await publishAll(world, told);
  let changes = 0;
  for (const owner of OWNERS) changes += await judgeChanges(world, owner, reader, told);
  if (onceIn(draw, 3))
    await aftermath({ world, owners: OWNERS, nights, reader, told, fates, draw, history, turns, play });
  const last = draw(6);
  for (const owner of OWNERS) {
    if (last < 2) {
      await eraseAndReplay(world, owner, history, draw);
      await judgeChanges(world, owner, reader, told);
    }
    // With imports that may be erased or not, only the end itself can be judged.
    else if (last === 2 && erasing.length === 0) await expire(world, owner, draw);
  }
  const { receives, sent } = world.queue;
  const { length: many } = nights.bucket.runs;
  return {
    ...tally,
    changes,
    nights: many,
    nightSights,
    messages: sent.length,
    receives,
    conflicts: world.conflicts,
    redriven,
  };
}

function natureOf(draw: Draw): Nature {
  return {
    retentionMonths: oneOf(draw, [120, 120, 120, 1, 24]),
    largestItemBytes: oneOf(draw, [PLAIN.largestItemBytes, PLAIN.largestItemBytes, 120]),
    pageLimit: oneOf(draw, [PLAIN.pageLimit, 300]),
  };
}

async function publish(world: World, draw: Draw): Promise<void> {
  const many = 2 + draw(5);
  for (let number = 0; number < many; number++) {
    await world.turns.turn('publisher');
    const ownerExternalId = OWNERS[onceIn(draw, 3) ? 1 : 0]!;
    const late = oneOf(draw, [0, 0, 1, 60_000, DAY_MS, 3 * DAY_MS, -500_000]);
    const importedAt = world.now - late;
    const importId = `i${onceIn(draw, 8) ? 0 : number}${ownerExternalId}`;
    const told = { importId, ownerExternalId, importedAt };
    const known = world.queue.sent.find((message) => message.importId === importId);
    const message = known ?? { ...told, body: bodyOf(told, draw) };
    for (let times = onceIn(draw, 3) ? 2 : 1; times > 0; times--) send(world, message);
  }
}

function send(
  world: World,
  { importId, ownerExternalId, importedAt, body }: Omit<Message, 'id' | 'receives' | 'inWork'>,
) {
  world.queue.send({ importId, ownerExternalId, importedAt, body });
}

type Tally = { calls: number; deaths: number; erasures: number; replayed: number; reads: number };

/** A worker processes batches until its share is done; when it dies, another one replaces it. */
async function work(world: World, name: string, fates: Fates, draw: Draw, history: History, tally: Tally) {
  let worker = world.worker(name, fates);
  let remaining = 60_000;
  const handlerOf = () => world.handler(world.service(worker), () => remaining, stagesOf(world, worker));
  let handle = handlerOf();
  for (let batches = 0; batches < BATCHES_OF_WORKER; batches++) {
    await world.turns.turn(name);
    const batch = world.queue.receive(draw, 1 + draw(3));
    if (batch.length === 0) continue;
    remaining = onceIn(draw, 12) ? 0 : 60_000;
    const begun = history.next();
    const failed = await handle(batch);
    await world.turns.turn(name);
    // Deleting is a separate call, and may fail as well.
    const isDeleted = !worker.isDead() && !onceIn(draw, 12);
    for (const message of batch) {
      const isDone = isDeleted && !failed.has(message.id);
      world.queue.settle(message, isDone);
      if (!worker.isDead() && !failed.has(message.id)) history.isDone(message, begun);
    }
    tally.calls += worker.calls();
    if (!worker.isDead()) continue;
    tally.deaths++;
    worker = world.worker(name, fates);
    handle = handlerOf();
  }
}

/** Redelivered messages are tried alone, as in the deployed worker; finished ones leave the queue at once. */
function stagesOf({ queue }: World, worker: Worker): Pick<BatchParts, 'cut' | 'queue'> {
  return {
    cut: (records) => cutBatch(records, async () => undefined),
    queue: {
      remove: (records) => worker.call(() => queue.remove(records.map(({ messageId }) => messageId))),
      // Waiting messages come back at any time anyway.
      show: async () => {},
    },
  };
}

/** A client repeats a request to erase until it is accepted; then its queue works until nothing is left, in any number of turns. */
async function erase(
  world: World,
  fates: Fates,
  draw: Draw,
  history: History,
  nights: Nights,
  tally: Tally,
): Promise<void> {
  for (let wait = draw(30); wait > 0; wait--) await world.turns.turn('eraser');
  const ownerExternalId = oneOf(draw, OWNERS);
  const parts = { hasTime: () => !onceIn(draw, 4), pagesAtOnce: 1 };
  let begun: number | undefined;
  for (let attempt = 0; ; attempt++) {
    const worker = world.worker('eraser', attempt < 3 ? fates : () => 'well');
    const service = world.service(worker);
    const goOn = () => finishErasure(service, ownerKey(ownerExternalId), parts);
    const now = world.now;
    try {
      let progress =
        begun === undefined ? await eraseOwner(service, { clientId: CLIENT, ownerExternalId }, parts) : await goOn();
      begun ??= now;
      while (progress && !progress.isFinished) progress = await goOn();
      await nights.forget(worker, ownerExternalId);
    } catch (error) {
      if (attempt > 20 && !world.looks.isDown) throw error;
      await world.turns.turn('eraser');
      continue;
    }
    if (worker.isDead()) continue;
    history.erasures.set(ownerExternalId, Math.max(begun, history.erasures.get(ownerExternalId) ?? 0));
    tally.erasures++;
    return;
  }
}

/** Replays write answers of another catalogue, and of ours again, beside everything else. */
async function replay(world: World, fates: Fates, draw: Draw, tally: Tally): Promise<void> {
  for (let times = 1 + draw(3); times > 0; times--) {
    for (let wait = draw(12); wait > 0; wait--) await world.turns.turn('replayer');
    const service = world.service(world.worker('replayer', fates));
    const settings = oneOf(draw, [REPLAYED, REPLAYED, SETTINGS]);
    for (const id of OWNERS) {
      const owner = ownerKey(id);
      // The state machine retries a failure, and a death does not matter: both are more of the same.
      const outcome = await service.store
        .readAnswer(owner, { consistent: false })
        .then((seen) => untilSettled(service, () => replayOwner(service, { owner, seen }, settings)))
        .catch(() => undefined);
      if (outcome === 'rewritten') tally.replayed++;
    }
  }
}

/** For a while the queue of looks accepts nothing. */
async function outage(world: World, draw: Draw): Promise<void> {
  for (let wait = draw(60); wait > 0; wait--) await world.turns.turn('outage');
  world.looks.isDown = true;
  for (let wait = draw(60); wait > 0; wait--) await world.turns.turn('outage');
  world.looks.isDown = false;
}

/** The night's snapshot, at some time. */
async function dream(world: World, nights: Nights, fates: Fates, draw: Draw, history: History): Promise<void> {
  for (let wait = draw(40); wait > 0; wait--) await world.turns.turn('night');
  await nights.take(fates, history);
}

/** Look-ups write answers back, so they race as well; unless something makes it doubtful, their answers are checked at once. */
async function look(world: World, fates: Fates, draw: Draw, history: History | undefined, tally: Tally): Promise<void> {
  for (let times = 1 + draw(4); times > 0; times--) {
    for (let wait = draw(12); wait > 0; wait--) await world.turns.turn('reader');
    const service = world.service(world.worker('reader', fates));
    const ownerExternalId = oneOf(draw, OWNERS);
    try {
      if (!history && onceIn(draw, 2)) await lookUpBatch(service, batchOf(OWNERS), () => 60_000);
      else if (!history) await lookUp(service, requestFor(ownerExternalId, service));
      else if (await checkedLookUp(world, service, ownerExternalId, history)) tally.reads++;
    } catch (error) {
      if (error instanceof AssertionError) throw error;
    }
  }
}

const batchOf = (ownerExternalIds: readonly string[]) => ({ clientId: CLIENT, ownerExternalIds, settings: SETTINGS });
