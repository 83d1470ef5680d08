/** Units of work on many owners: a batch of look-ups, a slice of a snapshot by the deployed function, and a change. */
import { join } from 'node:path';
import { openBuiltInCatalogue } from '../../functions/adapters/catalogue/built-in-catalogue.ts';
import { openCatalogueStore } from '../../functions/adapters/catalogue/catalogue-store.ts';
import { openClients } from '../../functions/adapters/clients/clients.ts';
import { openOwnerDirectory } from '../../functions/adapters/owners/owner-directory.ts';
import type { SnapshotBody } from '../../functions/contracts/http/segments.ts';
import type { Units } from '../../functions/domain/costs/cost-model.ts';
import type { ChangeUnits, SegmentUnits, SliceUnits } from '../../functions/domain/costs/segment-cost.ts';
import { COUNTED_UNITS } from '../../functions/domain/costs/units.ts';
import { ENV } from '../../functions/runtime/names.ts';
import { startSnapshot } from '../../functions/use-cases/segments/snapshots.ts';
import { openCatalogues } from '../../functions/use-cases/service/catalogues.ts';
import { stageNamed } from '../../lib/stages.ts';
import { startEvents } from '../../local/events/server.ts';
import { startS3 } from '../../local/s3/server.ts';
import type { Done } from '../children/host.ts';
import { scratch } from '../support/bundle.ts';
import { type Counts, requestsOf, startCountingProxy } from '../support/counting-proxy.ts';
import { distinctOwners } from '../support/distinct-owners.ts';
import type { Progress } from '../support/figures.ts';
import {
  assertAnswered,
  assertTaken,
  deployedFolder,
  type Host,
  lookUpEvent,
  queueEvent,
  startHost,
} from '../support/functions.ts';
import { spreadOf } from '../support/measure.ts';
import { NOW } from '../support/owners.ts';
import { CLIENT, startWorld, type World } from '../support/world.ts';

/** As many rows as the owners have for whom docs/explanation/scaling.md computes previews and replays. */
const ROWS = 500;
const BATCH = 100;
const ROUNDS = 5;
const BUCKET = 'bench';
/** Where pages are read, a slice visits this many owners at a time. */
const SIDE_BY_SIDE = 8;
const AT_ONCE = 50;

const nameOf = (owner: number) => `segment-${owner}`;

export async function countSegments(progress: Progress): Promise<SegmentUnits> {
  const { answersPerSlice, ownersPerSlice, ownersPerSecond } = stageNamed('prod').replay;
  const places = await startPlaces();
  const { world } = places;
  try {
    progress('owners');
    const messages = ownersOf(ownersPerSlice);
    await placeOwners(places, messages);
    progress('a slice with features');
    const features = await sliceOf(places, { owners: ownersPerSlice, ownersPerSecond, features: 'definitions' });
    progress('a slice of answers');
    await copyAnswers(world, ownersPerSlice, answersPerSlice);
    const answers = await sliceOf(places, { owners: answersPerSlice, ownersPerSecond: 0 });
    progress('look-ups of many');
    const batchLookUp = { ...(await lookUps(world)), owners: BATCH };
    progress('a change');
    const change = await changes(places, messages[0]!);
    return {
      at: new Date().toISOString().slice(0, 10),
      memoryMb: stageNamed('prod').functions.memoryMb,
      initMs: COUNTED_UNITS.initMs.worker,
      batchLookUp,
      answers,
      features,
      change,
    };
  } finally {
    await places.close();
  }
}

type Places = Awaited<ReturnType<typeof startPlaces>>;
type Message = ReturnType<typeof distinctOwners>[number];

/** The table, the queues, the bus and the buckets, each behind a proxy that counts. */
async function startPlaces() {
  const world = await startWorld();
  const direct = world.environment();
  const s3 = await startS3({ directory: join(scratch('segments'), 's3'), buckets: [BUCKET], port: 0 });
  const events = await startEvents({ port: 0 });
  const objects = await startCountingProxy(s3.endpoint);
  const bus = await startCountingProxy(events.endpoint);
  const queue = await startCountingProxy(String(direct['AWS_ENDPOINT_URL_SQS']));
  const throughProxy = (variable: string) => {
    const { pathname } = new URL(String(direct[variable]));
    return { [variable]: `${queue.endpoint}${pathname}` };
  };
  const environment = {
    ...direct,
    ...throughProxy(ENV.changeQueue),
    ...throughProxy(ENV.webhookQueue),
    AWS_ENDPOINT_URL_SQS: queue.endpoint,
    AWS_ENDPOINT_URL_S3: objects.endpoint,
    AWS_ENDPOINT_URL_EVENTBRIDGE: bus.endpoint,
    [ENV.eventBus]: BUCKET,
    [ENV.resultsBucket]: BUCKET,
    [ENV.snapshotsBucket]: BUCKET,
  };
  const close = async () => {
    await Promise.all([objects.close(), bus.close(), queue.close()]);
    await Promise.all([s3.close(), events.close(), world.close()]);
  };
  return { world, environment, objects, bus, queue, close };
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

type Asked = Pick<SliceUnits, 'owners' | 'ownersPerSecond'> & Pick<SnapshotBody, 'features'>;

/** Snapshots of one slice each, visited by the deployed function without a rate limit. */
async function sliceOf(places: Places, { owners, ownersPerSecond, features }: Asked): Promise<SliceUnits> {
  const { world, environment, objects } = places;
  const sizes = { ownersPerSlice: owners, answersPerSlice: owners };
  const host = await startHost('profile-run', {
    ...environment,
    [ENV.ownersPerSlice]: String(owners),
    [ENV.answersPerSlice]: String(owners),
    [ENV.ownersPerSecond]: '100000',
  });
  const rounds: Units[] = [];
  let gets = 0;
  let puts = 0;
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const name = { clientId: CLIENT, runId: await begun(world, sizes, features) };
      await host.run({ ...name, task: 'plan' });
      world.counts();
      objects.take();
      const done = await host.run({ ...name, task: 'visit', slice: 0 });
      const counts = world.counts();
      const { requests } = objects.take();
      // It is read once more, when all slices are added up.
      gets = (requests['GET'] ?? 0) + 1;
      puts = requests['PUT'] ?? 0;
      const waited = requestsOf(counts) / (features === undefined ? 1 : SIDE_BY_SIDE) + gets + puts;
      rounds.push(unitsOf(counts, done, waited));
      await host.run({ ...name, task: 'finish' });
    }
  } finally {
    host.close();
  }
  return { owners, ownersPerSecond, s3Gets: gets, s3Puts: puts, ...typical(rounds) };
}

async function begun(
  { dynamo, tableName }: World,
  sizes: { readonly ownersPerSlice: number; readonly answersPerSlice: number },
  features: SnapshotBody['features'],
): Promise<string> {
  const parts = {
    ...sizes,
    service: {
      clock: () => NOW,
      catalogues: openCatalogues(openBuiltInCatalogue(deployedFolder('profile-run'))),
    },
    store: openCatalogueStore(dynamo, tableName),
    directory: openOwnerDirectory(dynamo, tableName),
    machine: { start: async () => {}, conditionOf: async () => 'under way' as const },
    getClient: openClients(dynamo, tableName).getClient,
  };
  const body = features === undefined ? {} : { features };
  return (await startSnapshot(parts, { clientId: CLIENT, keyId: 'k1' }, body)).snapshotId;
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

function unitsOf(counts: Counts, { cpu, logged }: Done, waits: number): Units {
  const { readUnits, writeUnits } = counts;
  return { requests: requestsOf(counts), waits, readUnits, writeUnits, cpuMs: cpu, logBytes: logged };
}

const NAMES = ['requests', 'waits', 'readUnits', 'writeUnits', 'cpuMs', 'logBytes'] as const;
const combined = (all: readonly Units[], how: (values: readonly number[]) => number): Units =>
  Object.fromEntries(NAMES.map((name) => [name, how(all.map((one) => one[name]))])) as Units;

const added = (all: readonly Units[]) => combined(all, (values) => values.reduce((sum, value) => sum + value, 0));
/** The first third warms up. */
const typical = (rounds: readonly Units[]) =>
  combined(rounds.slice(rounds.length / 3), (values) => spreadOf(values).median);
