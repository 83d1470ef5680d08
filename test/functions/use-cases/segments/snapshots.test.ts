/** Snapshots over a real table and bucket, compared with deriving each owner separately. */

import { fc } from '@fast-check/jest';
import { parquetReadObjects } from 'hyparquet';
import type { SnapshotFile } from '../../../../functions/adapters/segments/snapshot-files.ts';
import type { SnapshotBody } from '../../../../functions/contracts/http/segments.ts';
import { keptValue, shownValue } from '../../../../functions/domain/segments/distribution.ts';
import { isMeant, readExpression } from '../../../../functions/domain/segments/expression.ts';
import { compareCodePoints } from '../../../../functions/domain/values/code-points.ts';
import { RefusedError } from '../../../../functions/runtime/errors.ts';
import { joinImports } from '../../../../functions/use-cases/imports/join-imports.ts';
import { eraseOwner } from '../../../../functions/use-cases/owners/erase.ts';
import { ownerFeatures } from '../../../../functions/use-cases/owners/features.ts';
import { lookUp } from '../../../../functions/use-cases/owners/look-up.ts';
import { everySnapshot } from '../../../../functions/use-cases/segments/every-snapshot.ts';
import { imports, TODAY } from '../../../support/ledgers.ts';
import { openRuns, type Runs } from '../../../support/runs.ts';
import { CLIENT, ownerOf, SETTINGS } from '../../../support/service.ts';
import { ownTable } from '../../support/table.ts';

const table = ownTable();
let runs: Runs;
beforeAll(async () => {
  runs = await openRuns(table);
  await givenOwners();
}, 60_000);
afterAll(() => runs.close());

const ASKER = { clientId: CLIENT, keyId: 'key-1', purpose: undefined };
const COUNTS_ONLY = { ...ASKER, smallestGroup: 3 };
const FEATURES = ['pets|grocery.total 90d', 'all.count/30d', 'owner.history'];
const KEYS = ['all.count/30d', 'owner.history', 'pets|grocery.total/90d'];
const OWNERS = Array.from({ length: 44 }, (_, index) => `${['=1+1', 'Ω "a,b"', '😀', 'z'][index % 4]} ${index}`);
const ordered = (ids: readonly string[]) => [...ids].sort(compareCodePoints);

async function givenOwners(seed = 7, owners: readonly string[] = OWNERS): Promise<void> {
  const ledgers = fc.sample(imports(TODAY - 5), { seed, numRuns: owners.length });
  for (const [index, owner] of owners.entries()) {
    const one = ledgers[index] ?? [];
    if (one.length > 0) await joinImports(runs.service, ownerOf(owner), SETTINGS, one);
  }
}

type Truth = ReadonlyMap<string, { profiles: readonly string[]; notJudged: readonly string[]; features: object }>;
async function truth(): Promise<Truth> {
  const known: [string, { profiles: readonly string[]; notJudged: readonly string[]; features: object }][] = [];
  for (const ownerExternalId of OWNERS) {
    const request = { clientId: CLIENT, ownerExternalId, settings: SETTINGS, asOf: TODAY };
    const answer = (await lookUp(runs.service, request))?.answer;
    const features = await ownerFeatures(runs.service, request);
    if (answer && features) known.push([ownerExternalId, { ...answer, features: features.features }]);
  }
  return new Map(known);
}

async function taken(body: SnapshotBody = {}): Promise<string> {
  const { snapshotId } = await runs.snapshots.start(ASKER, body);
  await runs.drive();
  return snapshotId;
}

async function allOwners(snapshotId: string, where: string, limit = 7) {
  const owners: { ownerExternalId: string; profiles: readonly string[] }[] = [];
  for (let after: string | undefined; ; ) {
    const page = await runs.questions.owners(ASKER, snapshotId, where, { limit, after });
    owners.push(...page.owners);
    if (page.cursor === null) return { total: page.total, owners };
    after = Buffer.from(page.cursor, 'base64url').toString();
  }
}

/** A few at a time. */
const filesOf = async (snapshotId: string) => {
  const files: SnapshotFile[] = [];
  for (let after: string | undefined; ; ) {
    const page = await runs.questions.files(ASKER, snapshotId, { limit: 3, after });
    expect(page.files.length).toBeLessThanOrEqual(3);
    files.push(...page.files);
    if (page.cursor === null) return files;
    after = Buffer.from(page.cursor, 'base64url').toString();
  }
};

const tablesOf = async (snapshotId: string) => {
  const files = await filesOf(snapshotId);
  const read = files.map(async ({ url, format, rows, bytes }) => {
    const body = await (await fetch(url)).arrayBuffer();
    expect(body.byteLength).toBe(bytes);
    if (format === 'csv') return { format, rows, csv: Buffer.from(body).toString() };
    const table = await parquetReadObjects({ file: body });
    expect(table.length).toBe(rows);
    return { format, rows, table };
  });
  return Promise.all(read);
};
const parquetRows = async (snapshotId: string) =>
  (await tablesOf(snapshotId))
    .flatMap(({ table = [] }) => table)
    .sort((a, b) => compareCodePoints(String(a['ownerExternalId']), String(b['ownerExternalId'])));

const WHERE = ['busy', 'busy & !pets', '!(busy | waged) | absent & long', '!absent', 'busy & !busy'];

test('sizes, lists, counts and tables are those of each owner by itself', async () => {
  const known = await truth();
  const snapshotId = await taken({ features: [...FEATURES, ...FEATURES] });
  const snapshot = await runs.snapshots.read(ASKER, snapshotId);
  expect(runs.failures).toEqual([]);
  expect(snapshot).toMatchObject({ status: 'finished', owners: known.size, failed: 0, unlabelled: false });
  expect(snapshot.slices.total).toBeGreaterThan(3);
  // Replicas may be late.
  expect(Date.parse(snapshot.startedAt) - Date.parse(snapshot.watermark)).toBe(10_000);
  expect(snapshot.features).toEqual(['all.count 30d', 'owner.history', 'pets|grocery.total 90d']);
  const sizes = (list: 'profiles' | 'notJudged', profile: string) =>
    [...known.values()].filter((owner) => owner[list].includes(profile)).length;
  expect(snapshot.profiles).toEqual(
    ['absent', 'busy', 'long', 'pets', 'sensitive', 'waged'].map((profile) => ({
      profile,
      members: sizes('profiles', profile),
      notJudged: sizes('notJudged', profile),
    })),
  );
  const profiles = snapshot.profiles.map(({ profile }) => profile);
  for (const where of WHERE) {
    const { expression } = readExpression(where, profiles);
    const meant = [...known].filter(([, owner]) => isMeant(expression!, (profile) => owner.profiles.includes(profile)));
    const expected = ordered(meant.map(([id]) => id));
    const { total, owners } = await allOwners(snapshotId, where);
    expect([where, total, owners]).toEqual([
      where,
      expected.length,
      expected.map((ownerExternalId) => ({ ownerExternalId, profiles: known.get(ownerExternalId)?.profiles })),
    ]);
    const by = profiles.map((profile) => ({
      profile,
      owners: meant.filter(([, owner]) => owner.profiles.includes(profile)).length,
    }));
    expect(await runs.questions.counts(ASKER, snapshotId, where, true)).toEqual({ total, profiles: by });
    expect(await runs.questions.counts(COUNTS_ONLY, snapshotId, where, false)).toEqual({ total: total - (total % 3) });
  }
  expect(await parquetRows(snapshotId)).toEqual(
    ordered([...known.keys()]).map((ownerExternalId) => {
      const { profiles, notJudged, features } = known.get(ownerExternalId)!;
      const values = KEYS.map((key) => {
        const value = (features as Record<string, unknown>)[key];
        return [key, value === null || value === undefined ? null : Number.parseFloat(String(value))];
      });
      return { ownerExternalId, profiles, notJudged, ...Object.fromEntries(values) };
    }),
  );
  const csv = (await tablesOf(snapshotId)).flatMap((one) => one.csv ?? []).join('');
  const lines = csv.split('\r\n');
  expect(lines[0]).toBe(`ownerExternalId,profiles,notJudged,${KEYS.join(',')}`);
  expect([csv.includes('"Ω ""a,b"" '), csv.includes('=1+1 '), lines.at(-1)]).toEqual([true, true, '']);
});

test('a feature is spread as its values are', async () => {
  const known = await truth();
  const snapshotId = await taken({ features: 'definitions' });
  const values = [...known.values()].map(({ features }) => features as Record<string, string | number | null>);
  const counts = values.map((owner) => Number(owner['all.count/30d'])).sort((a, b) => a - b);
  const told = await runs.questions.distribution(ASKER, snapshotId, { name: 'all.count', window: 30 });
  const at = (share: number) => counts[Math.max(0, Math.ceil(share * counts.length) - 1)];
  expect(told).toMatchObject({
    owners: counts.length,
    missing: 0,
    quantiles: { 0: counts[0], '0.25': at(0.25), '0.5': at(0.5), '0.75': at(0.75), 1: counts.at(-1) },
  });
  const money = values.map((owner) => owner['pets|grocery.total/90d']);
  const greatest = Math.max(...money.map((value) => Number.parseFloat(String(value))));
  const spent = await runs.questions.distribution(ASKER, snapshotId, { name: 'pets|grocery.total', window: 90 });
  expect(spent.quantiles['1']).toBe(shownValue('money', keptValue('money', greatest * 100)!));
  await expect(runs.questions.distribution(ASKER, snapshotId, { name: 'all.count', window: 31 })).rejects.toMatchObject(
    {
      code: 'NOT_KEPT',
    },
  );
});

test('the same data gives the same hash in whatever slices; other features, days and data another', async () => {
  const hash = async (id: string) => (await runs.snapshots.read(ASKER, id)).hash;
  const first = await hash(await taken());
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  expect(await hash(await taken())).toBe(first);
  const { task } = runs;
  const wider = { ...task, ownersPerSlice: 1000 };
  Object.assign(task, wider);
  const again = await taken();
  Object.assign(task, { ownersPerSlice: 3 });
  expect([await hash(again), (await runs.snapshots.read(ASKER, again)).slices.total]).toEqual([first, 1]);
  expect(await hash(await taken({ features: ['all.count 30d'] }))).not.toBe(first);
});

test('between two snapshots every change is reported once, whatever their slices are; erased owners left and are nowhere', async () => {
  const before = await taken({ features: ['all.count 30d'] });
  const [was, sizesWere] = [await truth(), (await runs.snapshots.read(ASKER, before)).profiles];
  const hashWas = (await runs.snapshots.read(ASKER, before)).hash;
  // The first gets other data, the second is erased and comes back, the third is erased for good.
  const known = [...was.keys()];
  await givenOwners(11, known.slice(0, 20));
  const [again = '', gone = ''] = known.filter((id) => was.get(id)!.profiles.length > 1).slice(-2);
  for (const ownerExternalId of [again, gone]) {
    await eraseOwner(runs.service, { clientId: CLIENT, ownerExternalId });
    await runs.forgetOwner(ownerExternalId);
    await runs.forgetOwner(ownerExternalId);
  }
  runs.clock.now += 1000;
  const fresh = fc
    .sample(imports(TODAY), { seed: 5, numRuns: 30 })
    .flat()
    .map((one) => ({
      ...one,
      stamp: { ...one.stamp, importedAt: runs.clock.now },
    }));
  await joinImports(runs.service, ownerOf(again), SETTINGS, fresh.slice(0, 1));
  Object.assign(runs.task, { ownersPerSlice: 5 });
  const after = await taken();
  Object.assign(runs.task, { ownersPerSlice: 3 });
  const is = await truth();

  const has = (from: Truth, id: string, profile: string) => from.get(id)?.profiles.includes(profile) ?? false;
  const changed = (profile: string, change: 'entered' | 'left') =>
    OWNERS.filter((id) => {
      const [had, has_] = [has(was, id, profile), has(is, id, profile)];
      // An owner who was erased and came back left, and entered as another one.
      if (id === again) return change === 'entered' ? has_ : had;
      return change === 'entered' ? has_ && !had : had && !has_;
    });
  const told = await runs.questions.changes(ASKER, after, before);
  expect(told.profiles).toEqual(
    sizesWere.map(({ profile }) => ({
      profile,
      entered: changed(profile, 'entered').length,
      left: changed(profile, 'left').length,
    })),
  );
  expect(told.profiles.reduce((sum, { entered, left }) => sum + entered + left, 0)).toBeGreaterThan(10);
  for (const { profile } of sizesWere) {
    for (const change of ['entered', 'left'] as const) {
      const listed: string[] = [];
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page: { readonly limit: number; readonly after?: string } = {
          limit: 2,
          ...(cursor && { after: Buffer.from(cursor, 'base64url').toString() }),
        };
        const answer = await runs.questions.changedOwners(ASKER, after, before, { profile, change }, page);
        listed.push(...answer.owners);
        ({ cursor } = answer);
      }
      const hidden = change === 'left' ? [again, gone] : [];
      expect(listed).toEqual(ordered(changed(profile, change).filter((id) => !hidden.includes(id))));
    }
  }

  // Lists and tables forget them, counts and hash do not.
  const snapshot = await runs.snapshots.read(ASKER, before);
  expect([snapshot.hash, snapshot.profiles]).toEqual([hashWas, sizesWere]);
  const everybody = await allOwners(before, 'busy | !busy');
  expect(everybody.owners.map(({ ownerExternalId }) => ownerExternalId)).toEqual(
    ordered(known.filter((id) => id !== again && id !== gone)),
  );
  expect(everybody.total).toBe(known.length);
  expect((await parquetRows(before)).map((row) => row['ownerExternalId'])).toEqual(
    everybody.owners.map(({ ownerExternalId }) => ownerExternalId),
  );
  for (const { csv = '' } of await tablesOf(before)) expect(csv).not.toContain(gone.replaceAll('"', '""'));
  expect((await allOwners(after, 'busy | !busy')).owners.map((one) => one.ownerExternalId)).toContain(again);
});

test('an owner who is erased while the snapshot runs is in none of its lists', async () => {
  const { snapshotId } = await runs.snapshots.start(ASKER, {});
  const [owner = ''] = (await truth()).keys();
  const { visit } = runs.task.kinds.snapshot;
  const racing = {
    ...runs.task.kinds.snapshot,
    visit: async (...args: Parameters<typeof visit>) => {
      const found = await visit(...args);
      if (found && JSON.stringify(found).includes(JSON.stringify(owner))) {
        await eraseOwner(runs.service, { clientId: CLIENT, ownerExternalId: owner });
        await runs.forgetOwner(owner);
      }
      return found;
    },
  };
  Object.assign(runs.task, { kinds: { ...runs.task.kinds, snapshot: racing } });
  await runs.drive();
  const { owners } = await allOwners(snapshotId, 'busy | !busy');
  expect(owners.map(({ ownerExternalId }) => ownerExternalId)).not.toContain(owner);
  expect((await parquetRows(snapshotId)).map((row) => row['ownerExternalId'])).not.toContain(owner);
});

test('several owners of a slice who are erased at once all leave it, and its tables', async () => {
  Object.assign(runs.task, { ownersPerSlice: 1000 });
  const snapshotId = await taken();
  Object.assign(runs.task, { ownersPerSlice: 3 });
  const gone = (await allOwners(snapshotId, 'busy | !busy')).owners.slice(3, 10).map((owner) => owner.ownerExternalId);
  await Promise.all(
    gone.map(async (ownerExternalId) => {
      await eraseOwner(runs.service, { clientId: CLIENT, ownerExternalId });
      await runs.forgetOwner(ownerExternalId);
    }),
  );
  const left = (await allOwners(snapshotId, 'busy | !busy')).owners.map((owner) => owner.ownerExternalId);
  expect(left.filter((id) => gone.includes(id))).toEqual([]);
  expect((await parquetRows(snapshotId)).map((row) => row['ownerExternalId'])).toEqual(left);
});

const refusal = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof RefusedError ? [error.code, error.errors?.[0]?.message] : error;
};

test('a sample has always the same owners, says so, and is never taken for all of them', async () => {
  const { snapshots, questions, clock } = runs;
  const known = await truth();
  const idsOf = async (snapshotId: string) =>
    (await allOwners(snapshotId, 'busy | !busy')).owners.map(({ ownerExternalId }) => ownerExternalId);
  const sampled = async (sample: number) => {
    clock.now += 1000;
    return taken({ features: FEATURES, sample });
  };
  clock.now += 1000;
  const whole = await taken({ features: FEATURES });
  const first = await sampled(0.1);
  Object.assign(runs.task, { ownersPerSlice: 5 });
  const again = await sampled(0.1);
  Object.assign(runs.task, { ownersPerSlice: 3 });
  const larger = await sampled(0.4);
  const ids = await idsOf(first);
  // A tenth of all hashes ends somewhere among those that begin with 5, and the tests' hashes are hexadecimal.
  const startOf = (id: string) => ownerOf(id).hash.charAt(0);
  expect(ids).toEqual(ordered([...known.keys()].filter((id) => startOf(id) < '5' || ids.includes(id))));
  expect(ids.filter((id) => startOf(id) > '5')).toEqual([]);
  expect(await idsOf(again)).toEqual(ids);
  expect(await idsOf(larger)).toEqual(expect.arrayContaining(ids));
  const rows = await parquetRows(whole);
  expect(await parquetRows(first)).toEqual(rows.filter((row) => ids.includes(String(row['ownerExternalId']))));
  const views = await Promise.all([whole, first, again, larger].map((id) => snapshots.read(ASKER, id)));
  expect(views.map(({ sample }) => sample)).toEqual([undefined, 0.1, 0.1, 0.4]);
  expect(views[1]!.owners).toBe(ids.length);
  expect([views[1]!.hash === views[2]!.hash, views[0]!.hash === views[1]!.hash]).toEqual([true, false]);
  const spread = await questions.distribution(ASKER, first, { name: 'all.count', window: 30 });
  expect(spread.owners + spread.missing).toBe(ids.length);

  const listed = async (samples: boolean) =>
    (await snapshots.list(ASKER, { limit: 4, samples })).snapshots.map(({ snapshotId }) => snapshotId);
  expect(await listed(true)).toEqual([larger, again, first, whole]);
  expect((await listed(false)).filter((id) => [larger, again, first].includes(id))).toEqual([]);
  expect(await questions.changes(ASKER, again, first)).toEqual({
    profiles: expect.arrayContaining([{ profile: 'busy', entered: 0, left: 0 }]),
  });
  for (const [id, since] of [
    [first, whole],
    [whole, first],
    [larger, first],
  ] as const) {
    expect(await refusal(questions.changes(ASKER, id, since))).toEqual([
      'INVALID_PARAMETER',
      expect.stringMatching(
        /^must be a snapshot of (all owners|a sample of 0\.\d), as this one is, and is of (all owners|a sample of 0\.\d)$/,
      ),
    ]);
  }
  const everybody = await snapshots.estimate(ASKER, { sample: 1000 });
  const half = await snapshots.estimate(ASKER, { sample: Math.round(everybody.owners / 2) });
  expect([everybody.estimated, half.estimated, Math.abs(half.owners - everybody.owners / 2) <= 1]).toEqual([
    false,
    true,
    true,
  ]);
  expect((await snapshots.read(ASKER, await sampled(1000))).sample).toBeUndefined();

  const [gone = ''] = ids;
  const [stranger = ''] = [...known.keys()].filter((id) => !ids.includes(id));
  for (const ownerExternalId of [gone, stranger]) {
    await eraseOwner(runs.service, { clientId: CLIENT, ownerExternalId });
    await runs.forgetOwner(ownerExternalId);
  }
  expect(await idsOf(first)).toEqual(ids.filter((id) => id !== gone));
  expect((await snapshots.read(ASKER, first)).owners).toBe(ids.length);
});

test('a whole snapshot behind hundreds of samples is found by a few reads', async () => {
  const { store, snapshots } = runs;
  const { listSnapshots } = store;
  const whole = (await Array.fromAsync(everySnapshot(store, CLIENT))).find(({ sample }) => sample === undefined)!;
  const kept = [...Array.from({ length: 300 }, (_, at) => ({ ...whole, runId: `sample-${at}`, sample: 0.1 })), whole];
  let reads = 0;
  const listed: typeof listSnapshots = async (_, most, before) => {
    reads++;
    const first = kept.findIndex(({ runId }) => runId === before) + 1;
    return kept.slice(first, first + most);
  };
  Object.assign(store, { listSnapshots: listed });
  const page = await snapshots.list(ASKER, { limit: 1 });
  Object.assign(store, { listSnapshots });
  expect(page).toMatchObject({ snapshots: [{ snapshotId: whole.runId }], cursor: null });
  expect(reads).toBeLessThan(10);
});

test('a day that ends while a slice is visited changes nothing', async () => {
  const { clock, task } = runs;
  const known = await truth();
  const { directory, ownersPerSlice } = task;
  const owners: typeof directory.owners = async function* (...asked) {
    clock.now += 86_400_000;
    yield* directory.owners(...asked);
  };
  for (const body of [{}, { features: FEATURES }]) {
    clock.now += 1000;
    const { now } = clock;
    Object.assign(task, { directory: { ...directory, owners }, ownersPerSlice: 1000 });
    const snapshotId = await taken(body);
    Object.assign(task, { directory, ownersPerSlice });
    expect((await runs.snapshots.read(ASKER, snapshotId)).slices.total).toBe(1);
    clock.now = now;
    const { owners: listed } = await allOwners(snapshotId, 'busy | !busy');
    expect(new Map(listed.map(({ ownerExternalId, profiles }) => [ownerExternalId, profiles]))).toEqual(
      new Map([...known].map(([ownerExternalId, { profiles }]) => [ownerExternalId, profiles])),
    );
  }
});

test('the cost of a snapshot is estimated without taking it', async () => {
  const { snapshots, started } = runs;
  const before = started.length;
  const size = (await truth()).size;
  const kept = await snapshots.estimate(ASKER, { features: FEATURES, unlabelled: true });
  const answers = await snapshots.estimate(COUNTS_ONLY, {});
  expect([kept.owners, kept.estimated, answers.owners]).toEqual([size, false, size - (size % 3)]);
  expect(started).toHaveLength(before);
  const wrong = snapshots.estimate(ASKER, { features: ['pest.count 30d'] });
  await expect(wrong).rejects.toMatchObject({ code: 'INVALID_PAYLOAD' });
});

test('a snapshot that is missing, unfinished or another client’s each has its own error', async () => {
  const { snapshotId } = await runs.snapshots.start(ASKER, {});
  const { questions, snapshots } = runs;
  expect(await refusal(questions.counts(ASKER, snapshotId, 'busy', false))).toEqual([
    'SNAPSHOT_NOT_FINISHED',
    undefined,
  ]);
  expect(await refusal(snapshots.read({ ...ASKER, clientId: 'other' }, snapshotId))).toEqual([
    'SNAPSHOT_NOT_FOUND',
    undefined,
  ]);
  expect((await snapshots.cancel(ASKER, snapshotId)).status).toBe('cancelled');
  expect((await snapshots.read(ASKER, snapshotId)).finishedAt).not.toBeNull();
  const finished = await taken();
  expect(await refusal(questions.counts(ASKER, finished, 'busi', false))).toEqual([
    'INVALID_PARAMETER',
    'must be a known profile, and `busi` is not: did you mean `busy`? (at character 1)',
  ]);
  expect(await refusal(questions.changes(ASKER, finished, 'snapshot-none'))).toEqual(['SNAPSHOT_NOT_FOUND', undefined]);
  expect(await refusal(questions.unlabelled(ASKER, finished, 5))).toEqual(['NOT_KEPT', undefined]);
  expect(
    await refusal(snapshots.start(ASKER, { features: ['all.count 30d', 'pest.count 30d', 'pets.count'] })),
  ).toEqual(['INVALID_PAYLOAD', 'must have a known label, and `pest` is not: did you mean `pets`?']);
  const first = await snapshots.list(ASKER, { limit: 3 });
  const second = await snapshots.list(ASKER, { limit: 100, cursor: first.cursor ?? undefined });
  const ids = [...first.snapshots, ...second.snapshots].map((one) => one.snapshotId);
  expect([first.snapshots.length, second.cursor, ids]).toEqual([3, null, [...ids].sort().reverse()]);
});

test('each purpose has its own list, and snapshots of another take no place on its pages', async () => {
  const { snapshots } = runs;
  const held = { ...ASKER, purpose: 'credit' as const };
  expect(await snapshots.list(held, { limit: 1 })).toEqual({ snapshots: [], cursor: null });
  const before = await snapshots.list(ASKER, { limit: 100 });
  const { snapshotId } = await snapshots.start(held, {});
  expect(await snapshots.list(held, { limit: 1 })).toMatchObject({ snapshots: [{ snapshotId }], cursor: null });
  expect(await snapshots.list(ASKER, { limit: 100 })).toEqual(before);
  expect((await snapshots.list(ASKER, { limit: 1 })).snapshots).toEqual(before.snapshots.slice(0, 1));
  expect((await snapshots.cancel(held, snapshotId)).catalogueVersion).toMatch(/\+purpose:credit$/);
});

test('each night has one snapshot of each client that wants it, however often it is requested', async () => {
  const { clients, nightly, snapshots, failures } = runs;
  for (const clientId of ['night-off', 'night-odd', 'night-closed']) await clients.createClient({ clientId });
  await clients.setNightly('night-off', { on: false, features: [], unlabelled: false });
  await clients.setNightly('night-odd', { on: true, features: ['pest.count 30d'], unlabelled: false });
  await clients.setNightly(CLIENT, { on: true, features: ['pets.months 180d'], unlabelled: true });
  await clients.setEnabled('night-closed', false);
  // Ids of later instants are greater.
  runs.clock.now += 1000;
  expect(await nightly()).toEqual({ started: 1, failed: 1 });
  expect(failures.splice(0)).toEqual([['night-odd', expect.objectContaining({ code: 'INVALID_PAYLOAD' })]]);
  const [latest] = (await snapshots.list(ASKER, { limit: 1 })).snapshots;
  expect(latest).toMatchObject({ status: 'running', features: ['pets.months 180d'], unlabelled: true });
  await clients.setNightly('night-odd', { on: true, features: [], unlabelled: false });
  expect(await nightly()).toEqual({ started: 1, failed: 0 });
  const [night] = await runs.store.listSnapshots('night-odd', 1);
  for (let at = 100; at < 160; at++) {
    const sample = {
      ...night!,
      runId: `${night!.runId}${at}`,
      keyId: 'key-1',
      status: 'finished',
      sample: 0.1,
    } as const;
    await runs.store.createRun('night-odd', sample);
  }
  expect(await nightly()).toEqual({ started: 0, failed: 0 });
});
