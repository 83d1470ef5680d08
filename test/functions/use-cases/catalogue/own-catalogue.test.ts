/** Drafts, previews, publications and replays of a client's own catalogue, over a real table and bucket. */

import { fc } from '@fast-check/jest';
import { jest } from '@jest/globals';
import type { PreviewView } from '../../../../functions/contracts/http/previews.ts';
import { type AmendmentDocument, NO_AMENDMENT } from '../../../../functions/domain/catalogue/amendment.ts';
import { withAmendment } from '../../../../functions/domain/catalogue/client-settings.ts';
import type { DefinitionDocument } from '../../../../functions/domain/catalogue/definition.ts';
import type { Import } from '../../../../functions/domain/ledger/ledger.ts';
import { deriveProfiles } from '../../../../functions/domain/profiles/derive.ts';
import { formatDay } from '../../../../functions/domain/values/day.ts';
import { RefusedError } from '../../../../functions/runtime/errors.ts';
import { joinImports } from '../../../../functions/use-cases/imports/join-imports.ts';
import { eraseOwner } from '../../../../functions/use-cases/owners/erase.ts';
import { lookUp } from '../../../../functions/use-cases/owners/look-up.ts';
import { readForDays } from '../../../../functions/use-cases/owners/read-day.ts';
import { type LaggingTable, openLaggingTable } from '../../../support/lagging-table.ts';
import { imports, TODAY } from '../../../support/ledgers.ts';
import { openRuns, type Runs } from '../../../support/runs.ts';
import { CLIENT, ownerOf } from '../../../support/service.ts';

/** Its replicas do not advance from the last owner's import on: reads that must be consistent are. */
let table: LaggingTable;
let runs: Runs;
beforeEach(async () => {
  table = await openLaggingTable();
  runs = await openRuns(table);
});
afterEach(async () => {
  await runs.close();
  await table.close();
});

const definition = (id: string, feature: string, atLeast: number | string): DefinitionDocument => ({
  id,
  title: 'Own',
  description: 'Own',
  enter: { feature, window: '365d', atLeast },
});
const amendment = (more: Partial<AmendmentDocument>): AmendmentDocument => ({ ...NO_AMENDMENT, ...more });
/** Changes who is busy, takes one profile away and adds another. */
const DRAFT = amendment({
  profiles: [
    definition('busy', 'all.count', 6),
    definition('constructor', 'all.count', 2),
    definition('spender', 'spending.total', '20 EUR'),
  ],
  disabled: ['absent'],
});
const OWNERS = Array.from({ length: 25 }, (_, index) => `owner ${index} / ü`);

async function givenOwners(seed = 7): Promise<ReadonlyMap<string, readonly Import[]>> {
  const ledgers = fc.sample(imports(TODAY - 5), { seed, numRuns: OWNERS.length });
  const given = new Map(OWNERS.map((owner, index) => [owner, ledgers[index] ?? []]));
  const { settings } = await runs.author();
  for (const [owner, one] of given) {
    if (one.length > 0) await joinImports(runs.service, ownerOf(owner), settings, one);
  }
  await table.catchUp();
  return given;
}

/** The profiles of each owner under a version, each derived separately; nothing stored is used. */
async function answersUnder(version: string): Promise<Map<string, readonly string[]>> {
  const { settings } = await runs.author();
  const under = withAmendment(settings, version);
  const answers = new Map<string, readonly string[]>();
  for (const ownerExternalId of OWNERS) {
    const read = await readForDays(runs.service, { clientId: CLIENT, ownerExternalId, settings: under }, TODAY);
    if (read) answers.set(ownerExternalId, deriveProfiles(read.input, TODAY));
  }
  return answers;
}

/** The current look-up of each owner. */
async function lookedUp(): Promise<Map<string, readonly string[]>> {
  const { settings } = await runs.author();
  const answers = new Map<string, readonly string[]>();
  for (const ownerExternalId of OWNERS) {
    const read = await lookUp(runs.service, { clientId: CLIENT, ownerExternalId, settings, asOf: TODAY });
    if (read) answers.set(ownerExternalId, read.answer.profiles);
  }
  return answers;
}

/** The stored answer of every owner, with its version. */
async function storedAnswers() {
  const stored = new Map<string, readonly [version: string, profiles: readonly string[]]>();
  for (const owner of OWNERS) {
    const answer = await runs.service.store.readAnswer(ownerOf(owner), { consistent: true });
    if (answer?.known) stored.set(owner, [answer.catalogueVersion, answer.profiles]);
  }
  return stored;
}

async function preview(draft: AmendmentDocument): Promise<PreviewView> {
  const author = await runs.author();
  await runs.drafts.replace(author, draft);
  const { previewId } = await runs.previews.start(author);
  await runs.drive();
  return runs.previews.read(author, previewId);
}

const changedOwners = async (previewId: string, profile: string, change: 'entered' | 'left', limit = 4) => {
  const owners: string[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < 50; page++) {
    const read = await runs.previews.owners(await runs.author(), previewId, { profile, change, limit, cursor });
    expect(read.owners.length).toBeLessThanOrEqual(limit);
    owners.push(...read.owners);
    if (read.cursor === null) return owners;
    cursor = read.cursor;
  }
  throw new Error('the pages do not end');
};

const refusal = async (asked: Promise<unknown>) => {
  const error = await asked.then(
    () => new Error('nothing was refused'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof RefusedError)) throw error;
  return [error.code, error.errors];
};

test('a preview is what deriving every owner twice gives, and changes nothing', async () => {
  await givenOwners();
  const before = await storedAnswers();
  const { status, result, to, from, slices, owners, estimated, asOf } = await preview(DRAFT);
  expect(await storedAnswers()).toEqual(before);
  const [active, drafted] = [await answersUnder('built-in'), await answersUnder(to.version)];
  // How many are not judged is compared with other definitions: compared.test.ts.
  const found = result?.profiles.map(({ notJudgedBefore: _, notJudgedAfter: __, ...one }) => one);
  expect({ status, from: from.version, slices, owners, estimated, asOf }).toEqual({
    status: 'finished',
    from: 'built-in',
    slices: { total: Math.ceil(active.size / 3), done: Math.ceil(active.size / 3) },
    owners: active.size,
    estimated: false,
    asOf: formatDay(TODAY),
  });
  const ids = [...new Set(['absent', 'busy', 'constructor', 'long', 'pets', 'sensitive', 'spender', 'waged'])];
  const membersOf = (answers: Map<string, readonly string[]>, profile: string) =>
    [...answers].filter(([, profiles]) => profiles.includes(profile)).map(([owner]) => owner);
  const without = (some: readonly string[], others: readonly string[]) => some.filter((one) => !others.includes(one));
  const diffs = ids.map((profile) => {
    const [old, young] = [membersOf(active, profile), membersOf(drafted, profile)];
    return { profile, old, young, entered: without(young, old), left: without(old, young) };
  });
  expect(found).toEqual(
    diffs.map(({ profile, old, young, entered, left }) => ({
      profile,
      added: ['constructor', 'spender'].includes(profile),
      before: old.length,
      after: young.length,
      entered: entered.length,
      left: left.length,
    })),
  );
  // The draft is such that there is something to compare.
  expect(diffs.filter(({ entered, left }) => entered.length + left.length > 0).map(({ profile }) => profile)).toEqual([
    'absent',
    'busy',
    'constructor',
    'spender',
  ]);
  const [{ previewId } = { previewId: '' }] = (await runs.previews.list(await runs.author())).previews;
  for (const { profile, entered, left } of diffs) {
    expect((await changedOwners(previewId, profile, 'entered')).sort()).toEqual(entered.sort());
    expect((await changedOwners(previewId, profile, 'left', 1)).sort()).toEqual(left.sort());
  }
});

test('the same preview gives the same hash, however it is sliced; other data another', async () => {
  await givenOwners();
  const first = await preview(DRAFT);
  runs.clock.now += 1000;
  const again = await runs.previews.start(await runs.author());
  const sliced = { ...runs.task, ownersPerSlice: 11 };
  Object.assign(runs.task, sliced);
  await runs.drive();
  const second = await runs.previews.read(await runs.author(), again.previewId);
  expect(second.slices.total).not.toBe(first.slices.total);
  expect(second.result).toEqual(first.result);
  const [owner = ''] = await changedOwners(first.previewId, 'busy', 'left');
  await eraseOwner(runs.service, { clientId: CLIENT, ownerExternalId: owner });
  await table.catchUp();
  runs.clock.now += 1000;
  const third = await preview(DRAFT);
  expect([third.result?.owners, third.result?.hash === first.result?.hash]).toEqual([
    (first.result?.owners ?? 0) - 1,
    false,
  ]);
  // No preview names an erased owner, not even one that ended before.
  for (const { previewId } of [first, third]) {
    const named = await Promise.all(
      ['absent', 'busy', 'spender'].flatMap((profile) => [
        changedOwners(previewId, profile, 'entered'),
        changedOwners(previewId, profile, 'left'),
      ]),
    );
    expect(named.flat()).not.toContain(owner);
  }
});

test('what was previewed is what holds once it is published, before, while and after the replay', async () => {
  await givenOwners();
  const { to } = await preview(DRAFT);
  const drafted = await answersUnder(to.version);
  const before = await storedAnswers();
  const published = await runs.publications.publish(await runs.author(), { draft: true, note: 'Try', force: false });
  expect(published).toMatchObject({
    version: to.version,
    previousVersion: 'built-in',
    catalogueVersion: `tiny.${to.version}+sensitive`,
    keyId: 'key-1',
    note: 'Try',
    forced: false,
    replay: { status: 'running', owners: drafted.size, slices: { total: 0, done: 0 }, rewritten: 0, failed: 0 },
  });
  // Authorizer answers are cached for a minute: until then, all callers use the old version.
  expect((await runs.author()).settings).toEqual({ enabledProfiles: ['sensitive'] });
  expect(await storedAnswers()).toEqual(before);
  expect(runs.started.at(-1)?.from).toBe(published.effectiveAt);
  runs.clock.now = Date.parse(published.effectiveAt);
  const { settings } = await runs.author();
  expect(settings).toEqual({ enabledProfiles: ['sensitive'], amendment: to.version });

  await runs.drive(2);
  expect((await runs.publications.read(await runs.author(), published.publicationId)).replay).toMatchObject({
    status: 'running',
    slices: { done: 2 },
  });
  expect(await lookedUp()).toEqual(drafted);
  await runs.drive();
  const replayed = await runs.publications.read(await runs.author(), published.publicationId);
  expect(replayed.replay).toMatchObject({ status: 'finished', owners: drafted.size, failed: 0 });
  expect(await storedAnswers()).toEqual(
    new Map([...drafted].map(([owner, profiles]) => [owner, [published.catalogueVersion, profiles]])),
  );
  expect(runs.failures).toEqual([]);
});

test('rolling back is publishing what was there before', async () => {
  await givenOwners();
  const original = await storedAnswers();
  await preview(DRAFT);
  await runs.publications.publish(await runs.author(), { draft: true, note: 'On', force: false });
  runs.clock.now += 60_000;
  await runs.drive();
  const back = await runs.publications.publish(await runs.author(), {
    version: 'built-in',
    note: 'Back',
    force: false,
  });
  runs.clock.now += 60_000;
  const author = await runs.author();
  expect(author.settings).toEqual({ enabledProfiles: ['sensitive'] });
  expect(await lookedUp()).toEqual(new Map([...original].map(([owner, [, profiles]]) => [owner, profiles])));
  await runs.drive();
  expect(await storedAnswers()).toEqual(original);
  const { publications } = await runs.publications.list(author);
  expect(
    publications.map(({ publicationId, note, version }) => [publicationId === back.publicationId, note, version]),
  ).toEqual([
    [true, 'Back', 'built-in'],
    [false, 'On', expect.stringMatching(/^[0-9a-f]{12}$/)],
  ]);
});

test('a draft needs a preview against what is in force, or force', async () => {
  const publish = async (more: object) =>
    runs.publications.publish(await runs.author(), { note: 'n', force: false, ...more });
  await runs.drafts.replace(await runs.author(), DRAFT);
  expect(await refusal(publish({ draft: true }))).toEqual(['PREVIEW_REQUIRED', undefined]);
  const started = await runs.previews.start(await runs.author());
  expect(await refusal(publish({ draft: true }))).toEqual(['PREVIEW_REQUIRED', undefined]);
  await runs.drive();
  expect((await runs.drafts.read(await runs.author())).previewed).toBe(started.previewId);
  await runs.drafts.replace(await runs.author(), { ...DRAFT, disabled: [] });
  expect((await runs.drafts.read(await runs.author())).previewed).toBeNull();
  expect(await refusal(publish({ draft: true }))).toEqual(['PREVIEW_REQUIRED', undefined]);
  expect(await publish({ draft: true, force: true })).toMatchObject({ forced: true });
  runs.clock.now += 60_000;
  // The preview of the first draft compared it with another catalogue than the active one.
  await runs.drafts.replace(await runs.author(), DRAFT);
  expect(await refusal(publish({ draft: true }))).toEqual(['PREVIEW_REQUIRED', undefined]);
  expect(await refusal(publish({ version: 'nowhere' }))).toEqual(['VERSION_NOT_FOUND', undefined]);
});

test('of two concurrent publications one gets an error', async () => {
  const author = await runs.author();
  await runs.drafts.replace(author, DRAFT);
  const publish = (note: string) => runs.publications.publish(author, { draft: true, note, force: true });
  const settled = await Promise.allSettled([publish('a'), publish('b')]);
  const refused = settled.flatMap((one) => (one.status === 'rejected' ? [(one.reason as RefusedError).code] : []));
  expect([settled.filter(({ status }) => status === 'fulfilled').length, refused]).toEqual([1, ['CATALOGUE_CHANGED']]);
  expect((await runs.publications.list(author)).publications.length).toBe(1);
});

test('a replay that another publication overtook writes nothing of its own', async () => {
  await givenOwners();
  await runs.drafts.replace(await runs.author(), DRAFT);
  const first = await runs.publications.publish(await runs.author(), { draft: true, note: '1', force: true });
  runs.clock.now += 60_000;
  await runs.publications.publish(await runs.author(), { version: 'built-in', note: '2', force: false });
  runs.clock.now += 60_000;
  const before = await storedAnswers();
  const second = runs.started.pop();
  await runs.drive();
  expect(await storedAnswers()).toEqual(before);
  const { replay } = await runs.publications.read(await runs.author(), first.publicationId);
  expect(replay.status).toBe('superseded');
  if (second) runs.started.push(second);
  await runs.drive();
  expect((await runs.publications.list(await runs.author())).publications[0]?.replay.status).toBe('finished');
});

test('a preview that was cut off goes on where it was, and one that was cancelled does not', async () => {
  await givenOwners();
  await runs.drafts.replace(await runs.author(), DRAFT);
  const { previewId } = await runs.previews.start(await runs.author());
  await runs.drive(3);
  const half = await runs.previews.read(await runs.author(), previewId);
  expect([half.status, half.slices.done, half.result]).toEqual(['running', 3, null]);
  expect(await refusal(changedOwners(previewId, 'busy', 'left'))).toEqual(['PREVIEW_NOT_FINISHED', undefined]);
  await runs.drive();
  const whole = await runs.previews.read(await runs.author(), previewId);
  runs.clock.now += 1;
  const straight = await preview(DRAFT);
  expect(whole.result).toEqual(straight.result);
  const message = 'must be a profile of the preview: did you mean "busy"?';
  expect(await refusal(changedOwners(previewId, 'bussy', 'left'))).toEqual([
    'INVALID_PARAMETER',
    [{ path: 'profile', message }],
  ]);

  runs.clock.now += 1;
  const cancelled = await runs.previews.start(await runs.author());
  await runs.drive(2);
  expect((await runs.previews.cancel(await runs.author(), cancelled.previewId)).status).toBe('cancelled');
  await runs.drive();
  const after = await runs.previews.read(await runs.author(), cancelled.previewId);
  expect([after.status, after.slices.done, after.result]).toEqual(['cancelled', 2, null]);
  expect((await runs.previews.cancel(await runs.author(), previewId)).status).toBe('finished');
});

test('no more than three previews run at a time', async () => {
  for (let running = 0; running < 3; running++) {
    runs.clock.now += 1;
    await runs.previews.start(await runs.author());
  }
  expect(await refusal(runs.previews.start(await runs.author()))).toEqual(['RATE_LIMITED', undefined]);
});

test('one owner under both catalogues, side by side', async () => {
  await givenOwners();
  const { previewId, to, from } = await preview(DRAFT);
  const [owner = ''] = await changedOwners(previewId, 'busy', 'left');
  const readPages = jest.spyOn(runs.service.store, 'readPages');
  const both = await runs.previews.owner(await runs.author(), previewId, owner);
  // An import meanwhile must not be seen on one side alone.
  expect(readPages).toHaveBeenCalledTimes(1);
  expect(both.before).toEqual({
    catalogueVersion: from.catalogueVersion,
    profiles: (await answersUnder('built-in')).get(owner),
  });
  expect(both.after).toEqual({
    catalogueVersion: to.catalogueVersion,
    profiles: (await answersUnder(to.version)).get(owner),
  });
  const busy = both.profiles.find(({ profile }) => profile === 'busy');
  expect([busy?.change, busy?.before?.applies, busy?.after?.applies, busy?.after?.title]).toEqual([
    'left',
    true,
    false,
    'Own',
  ]);
  const spender = both.profiles.find(({ profile }) => profile === 'spender');
  expect([spender?.before, spender?.after?.profile]).toEqual([null, 'spender']);
  expect(await refusal(runs.previews.owner(await runs.author(), previewId, 'nobody'))).toEqual([
    'OWNER_NOT_FOUND',
    undefined,
  ]);
  expect(await refusal(runs.previews.owner(await runs.author(), 'none', owner))).toEqual([
    'PREVIEW_NOT_FOUND',
    undefined,
  ]);
});

test('another client sees nothing of it', async () => {
  await givenOwners();
  const { previewId } = await preview(DRAFT);
  const published = await runs.publications.publish(await runs.author(), { draft: true, note: 'n', force: false });
  await runs.clients.createClient({ clientId: 'other' });
  const other = { clientId: 'other', keyId: 'key-2', settings: { enabledProfiles: [] } };
  expect(await refusal(runs.previews.read(other, previewId))).toEqual(['PREVIEW_NOT_FOUND', undefined]);
  expect(await refusal(runs.previews.cancel(other, previewId))).toEqual(['PREVIEW_NOT_FOUND', undefined]);
  expect(await refusal(runs.publications.read(other, published.publicationId))).toEqual([
    'PUBLICATION_NOT_FOUND',
    undefined,
  ]);
  expect(
    await refusal(runs.publications.publish(other, { version: published.version, note: 'n', force: true })),
  ).toEqual(['VERSION_NOT_FOUND', undefined]);
  expect((await runs.drafts.read(other)).amendment).toEqual(NO_AMENDMENT);
  expect((await runs.previews.estimate(other)).owners).toBe(0);
});

describe('drafts', () => {
  const own = definition('own', 'all.count', 1);

  test('begin as what is in force, and say what they change', async () => {
    const author = await runs.author();
    expect(await runs.drafts.read(author)).toEqual({
      version: 'built-in',
      changedAt: null,
      keyId: null,
      amendment: NO_AMENDMENT,
      changes: [],
      previewed: null,
    });
    const edited = await runs.drafts.putProfile(author, own);
    expect(edited).toEqual({
      version: expect.stringMatching(/^[0-9a-f]{12}$/),
      changedAt: new Date(runs.clock.now).toISOString(),
      keyId: 'key-1',
      amendment: amendment({ profiles: [own] }),
      changes: [{ path: 'profiles.own', change: 'added' }],
      previewed: null,
    });
    expect(await runs.drafts.read(author)).toEqual(edited);
    expect((await runs.drafts.removeProfile(author, 'own')).version).toBe('built-in');
    expect(await refusal(runs.drafts.removeProfile(author, 'own'))).toEqual(['PROFILE_NOT_FOUND', undefined]);
  });

  test('a late edit gets an error with the changes made meanwhile', async () => {
    const author = await runs.author();
    const { version } = await runs.drafts.read(author);
    await runs.drafts.putProfile(author, own, [version]);
    const later = await runs.drafts.replace(
      { ...author, keyId: 'key-2' },
      amendment({ profiles: [own], disabled: ['long'] }),
    );
    const at = new Date(runs.clock.now).toISOString();
    expect(await refusal(runs.drafts.putProfile(author, own, [version]))).toEqual([
      'DRAFT_CHANGED',
      [
        { path: 'profiles.own', message: `changed by the key key-1 at ${at}` },
        { path: 'disabled.long', message: `changed by the key key-2 at ${at}` },
      ],
    ]);
    expect((await runs.drafts.removeProfile(author, 'own', ['other', later.version])).amendment).toEqual(
      amendment({ disabled: ['long'] }),
    );
    // As a tag, in quotes, it names a version that never existed.
    expect((await refusal(runs.drafts.replace(author, NO_AMENDMENT, ['*'])))[0]).toBe('DRAFT_CHANGED');
    expect((await runs.drafts.replace(author, NO_AMENDMENT)).version).toBe('built-in');
  });

  test('edits side by side are all there', async () => {
    const author = await runs.author();
    const ids = ['a', 'b', 'c', 'd'];
    const settled = await Promise.allSettled(
      ids.map((id) => runs.drafts.putProfile(author, definition(id, 'all.count', 1))),
    );
    const lost = settled.filter(({ status }) => status === 'rejected').length;
    expect((await runs.drafts.read(author)).amendment.profiles.length).toBe(ids.length - lost);
  });

  test('faults are reported with paths: of the whole draft, or of the one definition', async () => {
    const author = await runs.author();
    const wrong = definition('wrong', 'pet.count', 1);
    const message = 'must have a known label, and `pet` is not: did you mean `pets`?';
    expect(await refusal(runs.drafts.replace(author, amendment({ profiles: [own, wrong] })))).toEqual([
      'INVALID_PAYLOAD',
      [{ path: 'profiles[1].enter.feature', message }],
    ]);
    await runs.drafts.putProfile(author, own);
    expect(await refusal(runs.drafts.putProfile(author, wrong))).toEqual([
      'INVALID_PAYLOAD',
      [{ path: 'enter.feature', message }],
    ]);
    const long = amendment({
      profiles: Array.from({ length: 90 }, (_, index) => ({
        ...own,
        id: `p${index}`,
        description: 'x'.repeat(1000),
        why: 'y'.repeat(2000),
      })),
    });
    expect(await refusal(runs.drafts.replace(author, long))).toEqual([
      'INVALID_PAYLOAD',
      [
        {
          path: '',
          message: expect.stringMatching(/^must not have more than 262144 bytes \(256 KiB\) as JSON, and has \d+$/),
        },
      ],
    ]);
    expect((await runs.drafts.read(author)).amendment).toEqual(amendment({ profiles: [own] }));
  });
});
