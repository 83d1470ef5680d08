/** Units of work on many owners: a batch of look-ups, slices of runs by the deployed function, and a change. */
import type { Units } from '../../functions/domain/costs/cost-model.ts';
import type { ChangeUnits, SegmentUnits } from '../../functions/domain/costs/segment-cost.ts';
import { COUNTED_UNITS } from '../../functions/domain/costs/units.ts';
import { stageNamed } from '../../lib/stages.ts';
import { requestsOf } from '../support/counting-proxy.ts';
import { distinctOwners } from '../support/distinct-owners.ts';
import type { Progress } from '../support/figures.ts';
import { assertAnswered, assertTaken, type Host, lookUpEvent, queueEvent, startHost } from '../support/functions.ts';
import { NOW } from '../support/owners.ts';
import type { World } from '../support/world.ts';
import { added, nameOf, type Places, ROUNDS, startPlaces, typical, unitsOf } from './segments-places.ts';
import { sliceOf } from './segments-runs.ts';

type Message = ReturnType<typeof distinctOwners>[number];

/** As many rows as the owners have for whom docs/explanation/scaling.md computes previews and replays. */
const ROWS = 500;
const BATCH = 100;
const AT_ONCE = 50;

export async function countSegments(progress: Progress): Promise<SegmentUnits> {
  const { answersPerSlice, ownersPerSlice, ownersPerSecond } = stageNamed('prod').replay;
  const places = await startPlaces();
  const { world } = places;
  try {
    progress('owners');
    const messages = ownersOf(ownersPerSlice);
    await placeOwners(places, messages);
    const paced = { owners: ownersPerSlice, ownersPerSecond };
    progress('a slice with features');
    const features = await sliceOf(places, 'features', paced);
    progress('a slice of a preview');
    const preview = await sliceOf(places, 'preview', paced);
    progress('a slice of a replay');
    const replay = await sliceOf(places, 'replay', paced);
    progress('a slice of answers');
    await copyAnswers(world, ownersPerSlice, answersPerSlice);
    const answers = await sliceOf(places, 'answers', { owners: answersPerSlice, ownersPerSecond: 0 });
    progress('look-ups of many');
    const batchLookUp = { ...(await lookUps(world)), owners: BATCH };
    progress('a change');
    const change = await changes(places, messages[0]!);
    return {
      at: new Date().toISOString().slice(0, 10),
      memoryMb: stageNamed('prod').functions.memoryMb,
      initMs: COUNTED_UNITS.initMs.worker,
      batchLookUp,
      slices: { answers, features, preview, replay },
      change,
    };
  } finally {
    await places.close();
  }
}

/** The lives have rows for this many owners; the others have the same rows under accounts of their own. */
function ownersOf(count: number): Message[] {
  const distinct = distinctOwners(Math.min(count, 100), ROWS);
  const importedAt = new Date(NOW - 2 * 3_600_000).toISOString();
  return Array.from({ length: count }, (_, owner) => ({
    ...distinct[owner % distinct.length]!,
    ownerExternalId: nameOf(owner),
    importedAt,
  }));
}

async function placeOwners({ world }: Places, messages: readonly Message[]): Promise<void> {
  const worker = await startHost('import-worker', world.environment(false));
  try {
    for (let first = 0; first < messages.length; first += 10) {
      const bodies = messages.slice(first, first + 10).map((message) => JSON.stringify(message));
      assertTaken(await worker.run(queueEvent(bodies)));
    }
  } finally {
    worker.close();
  }
  // Changes of the imports were sent long before the measurement.
  for (const { ownerExternalId } of messages) {
    const owner = world.ownerKey(ownerExternalId);
    const answer = (await world.store.readAnswer(owner, { consistent: true }))!;
    const told = { ...answer, announced: { ...answer.announced, pending: [] } };
    if (!(await world.store.writeAnswer(owner, told, answer.revision))) throw new Error('an answer changed meanwhile');
  }
}

/** Owners with answers alone: a snapshot of answers reads nothing else. */
async function copyAnswers({ store, ownerKey }: World, there: number, wanted: number): Promise<void> {
  for (let first = there; first < wanted; first += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, wanted - first) }, (_, index) => first + index);
    await Promise.all(
      some.map(async (owner) => {
        const answer = await store.readAnswer(ownerKey(nameOf(owner % there)), { consistent: false });
        await store.writeAnswer(ownerKey(nameOf(owner)), answer!, undefined);
      }),
    );
  }
}

async function lookUps(world: World): Promise<Units> {
  const host = await startHost('owner-profiles', world.environment());
  const ownerExternalIds = Array.from({ length: BATCH }, (_, owner) => nameOf(owner));
  const path = '/v1/owner-profiles/batch';
  const event = {
    ...lookUpEvent(nameOf(0)),
    ...{ httpMethod: 'POST', path, resource: path, multiValueQueryStringParameters: null },
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ownerExternalIds }),
  };
  const rounds: Units[] = [];
  try {
    for (let round = 0; round < 6 * ROUNDS; round++) {
      world.counts();
      const done = await host.run(event);
      assertAnswered(done);
      rounds.push(unitsOf(world.counts(), done, 1));
    }
  } finally {
    host.close();
  }
  return typical(rounds);
}

/** The first import of an owner who has profiles, beside one of an owner whose rows give none. */
async function changes(places: Places, message: Message): Promise<ChangeUnits> {
  const { world, environment, queue, bus } = places;
  const worker = await startHost('import-worker', environment);
  const publisher = await startHost('change-publisher', environment);
  const quiet = (name: string): Message => ({
    ...message,
    ownerExternalId: name,
    accounts: message.accounts.map((account) => ({ ...account, transactions: [] })),
  });
  const imported = async (host: Host, body: Message) => {
    world.counts();
    queue.take();
    assertTaken(await host.run(queueEvent([JSON.stringify(body)])));
    return { table: requestsOf(world.counts()), messages: queue.take().requests['SendMessage'] ?? 0 };
  };
  try {
    // Requests that a process makes only once do not belong to the counted import.
    await imported(worker, quiet('warm'));
    const still = await imported(worker, quiet('quiet'));
    if (still.messages > 0) throw new Error('an owner without rows has a list that changed');
    const rounds: Units[] = [];
    let messages = 0;
    let importRequests = 0;
    for (let round = 0; round < 6 * ROUNDS; round++) {
      const ownerExternalId = `changed-${round}`;
      ({ messages, table: importRequests } = await imported(worker, { ...message, ownerExternalId }));
      const { clientId, hash } = world.ownerKey(ownerExternalId);
      const event = queueEvent([JSON.stringify({ clientId, hash })]);
      const looks: Units[] = [];
      let events = 0;
      for (let look = 0; look < messages; look++) {
        const done = await publisher.run(event);
        assertTaken(done);
        const counts = world.counts();
        const put = requestsOf(bus.take());
        events += put;
        looks.push(unitsOf(counts, done, requestsOf(counts) + put));
      }
      // The first import of an owner is one change.
      if (events !== 1) throw new Error(`a change was put on the bus ${events} times`);
      rounds.push(added(looks));
    }
    return { importRequests, quietImportRequests: still.table, messages, events: 1, publisher: typical(rounds) };
  } finally {
    worker.close();
    publisher.close();
  }
}
