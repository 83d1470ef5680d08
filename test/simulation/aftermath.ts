/** Long afterwards: days and months pass, data exceeds its retention, and owners come back. The law of changes holds throughout. */
import { deepStrictEqual } from 'node:assert';
import { NOTICED_DAYS } from '../../functions/adapters/owners/owner-store.ts';
import { lookUp } from '../../functions/use-cases/owners/look-up.ts';
import { judgeChanges, publishAll, publishing, type Reader } from './changes.ts';
import { type Fates, WELL } from './faults.ts';
import { bodyOf } from './imports.ts';
import type { Nights } from './night.ts';
import { type Draw, onceIn, oneOf } from './random.ts';
import { deliverAll, type History } from './settle.ts';
import type { Turns } from './turns.ts';
import { requestFor } from './verdict.ts';
import { ownerKey, type World } from './world.ts';

const DAY_MS = 86_400_000;

export type Aftermath = {
  readonly world: World;
  readonly owners: readonly string[];
  readonly nights: Nights;
  readonly reader: Reader;
  readonly told: Set<string>;
  readonly fates: Fates;
  readonly draw: Draw;
  readonly history: History;
  readonly turns: Turns;
  readonly play: (work: Promise<unknown>) => Promise<unknown>;
};

export async function aftermath(parts: Aftermath): Promise<void> {
  const { world, owners, nights, reader, told, fates, draw, history, turns, play } = parts;
  for (let times = 1 + draw(2); times > 0; times--) {
    world.now += daysUntilNext(world, draw) * DAY_MS;
    world.turns = turns;
    const looking = Array.from({ length: draw(3) }, () => look(parts));
    const announcing = Array.from({ length: draw(3) }, (_, index) => publishing(world, `p${index}`, fates, draw, told));
    await play(Promise.all([nights.take(fates, history), ...looking, ...announcing]));
    // Nobody could publish for days, until the messages for it were given up.
    const isLost = onceIn(draw, 3);
    if (isLost) world.looks.die();
    await calmNight(parts);
    await publishAll(world, told);
    if (isLost) await expectAnnounced(parts);
    world.looks.redrive();
    for (const owner of owners) await judgeChanges(world, owner, reader, told);
    // Nights may fail this long before an answer is deleted that nobody knows to be beyond its retention.
    world.now += draw(NOTICED_DAYS) * DAY_MS;
    world.table.expire(world.now / 1000);
    if (onceIn(draw, 2)) await importAgain(parts);
    for (const owner of owners) await judgeChanges(world, owner, reader, told);
  }
}

/** A day or some, or just beyond retention. */
function daysUntilNext({ nature }: World, draw: Draw): number {
  const months = nature.retentionMonths * 31;
  return oneOf(draw, [1, 1 + draw(60), months + 1 + draw(40)]);
}

async function look({ world, owners, fates, draw }: Aftermath): Promise<void> {
  for (let times = 1 + draw(3); times > 0; times--) {
    for (let wait = draw(12); wait > 0; wait--) await world.turns.turn('reader');
    const service = world.service(world.worker('reader', fates));
    await lookUp(service, requestFor(oneOf(draw, owners), service)).catch(() => {});
  }
}

/** After a night without failures, look-ups find no change. */
async function calmNight({ world, owners, nights, history, draw }: Aftermath): Promise<void> {
  await deliverAll(world, history, draw);
  await nights.finishAll();
  await nights.take(WELL, history);
  await nights.judge(false);
  for (const owner of owners) {
    const announced = await announcedOf(world, owner);
    const found = await lookUp(world.plain, requestFor(owner, world.plain));
    deepStrictEqual(announced?.profiles ?? [], found?.answer.profiles ?? [], 'the night left a change to be found');
  }
}

/** A known owner's pending changes are published once a night has visited the owner, though all messages were lost. */
async function expectAnnounced({ world, owners }: Aftermath): Promise<void> {
  for (const owner of owners) {
    const answer = await world.plain.store.readAnswer(ownerKey(owner), { consistent: true });
    if (answer?.known) deepStrictEqual(answer.announced.pending, [], 'the night left a change unpublished');
  }
}

const announcedOf = async (world: World, owner: string) =>
  (await world.plain.store.readAnswer(ownerKey(owner), { consistent: true }))?.announced;

async function importAgain({ world, owners, draw, history }: Aftermath): Promise<void> {
  const ownerExternalId = oneOf(draw, owners);
  const told = { importId: `again ${world.now}`, ownerExternalId, importedAt: world.now - 1 };
  world.queue.send({ ...told, body: bodyOf(told, draw) });
  await deliverAll(world, history, draw);
}
