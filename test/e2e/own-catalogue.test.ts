/**
 * An analyst's day on the running service: a changed threshold is previewed for every owner, cancelled half-way, published, replayed while
 * the service is killed, and rolled back. Its results are compared with deriving every owner separately.
 *
 * `OWNERS=2000 npm test -- own-catalogue` for a base of that size.
 */
import { randomBytes } from 'node:crypto';
import { preparedCatalogue } from '../../catalogue/build/prepared.ts';
import { parseImportMessage } from '../../functions/contracts/import/parse-import.ts';
import { type AmendmentDocument, amend, NO_AMENDMENT } from '../../functions/domain/catalogue/amendment.ts';
import { openCatalogue } from '../../functions/domain/catalogue/catalogue.ts';
import { interpretImport } from '../../functions/domain/ledger/import.ts';
import { firstBookedDay, joinPages } from '../../functions/domain/ledger/page.ts';
import { deriveUnder, rowsOf } from '../../functions/domain/profiles/derive.ts';
import { type Day, dayOfInstant } from '../../functions/domain/values/day.ts';
import { examples } from './suites/examples.ts';
import { grants, isOfCatalogues } from './suites/grants.ts';
import { manners } from './suites/manners.ts';
import { type Answer, call as ask, ownerPath } from './support/http.ts';
import { type Account, day, iban, message, type Row, row } from './support/messages.ts';
import { drained, sendAll } from './support/queues.ts';
import { newDirectory, type Running, removeDirectory, START_WITHIN_MS, startService } from './support/service.ts';
import { until } from './support/until.ts';

const OWNERS = Number(process.env['OWNERS'] ?? 240);
const WITHIN_MS = 60_000 + OWNERS * 300;
/** The number of different lives; owners who share one must share every answer. */
const LIVES = 80;
const PET = {
  id: 'pet-owner',
  title: 'Keeps a pet, and spares nothing',
  description: 'Pet food or a vet in most months of half a year.',
  enter: { feature: 'pets|veterinary.months', window: '180d', atLeast: 5 },
};
const REGULAR = {
  id: 'grocery-regular',
  title: 'Buys groceries all the time',
  description: 'Groceries on many days of three months.',
  enter: { feature: 'grocery.days', window: '90d', atLeast: 4 },
};
const DRAFT: AmendmentDocument = { ...NO_AMENDMENT, profiles: [REGULAR, PET] };

const directory = newDirectory();
let service: Running;
beforeAll(async () => {
  service = await startService(directory);
}, START_WITHIN_MS);
afterAll(async () => {
  await service?.end('SIGKILL');
  removeDirectory(directory);
});

const client = () => service.outputs.Clients[1] ?? { ClientId: '', ApiKey: '' };
// biome-ignore lint/suspicious/noExplicitAny: what comes from outside has the form that the test asks of it
const call = async (method: string, path: string, body?: object): Promise<any> => {
  const headers = body ? { 'Content-Type': 'application/json' } : {};
  const given: Answer = await ask(service, `/v1/${path}`, {
    method,
    headers,
    key: client().ApiKey,
    ...(body && { body: JSON.stringify(body) }),
  });
  if (given.status >= 300) throw new Error(`${method} ${path}: ${given.status} ${given.text}`);
  return given.body;
};

/** Lives differ only in how often a pet was fed in half a year, and groceries bought in three months. */
function lifeOf(number: number): Row[] {
  const [months, shops] = [number % 8, Math.floor(number / 8) % 10];
  const fed = Array.from({ length: months }, (_, month) => row(day(-8 - 22 * month), { title: 'ZOOPLUS.PL' }));
  const again = fed.slice(0, 2).map(({ bookedOn }) => row(bookedOn, { title: 'ZOOPLUS.PL 2' }));
  const shopped = Array.from({ length: shops }, (_, at) => row(day(-4 - 9 * at), { title: `BIEDRONKA ${at}` }));
  return [row(day(-250), { title: 'NETFLIX.COM' }), ...fed, ...again, ...shopped];
}
const accountOf = (number: number, more: readonly Row[] = []): Account => ({
  iban: iban(number),
  currencyName: 'PLN',
  covers: { from: day(-260), to: day(-2) },
  transactions: [...lifeOf(number), ...more],
});
const nameOf = (owner: number) => `owner ${owner} / ö`;
const told = (owner: number, more?: readonly Row[]) =>
  message(nameOf(owner), [accountOf(owner % LIVES, more)], {
    clientId: client().ClientId,
    importId: randomBytes(8).toString('hex'),
  });

const builtIn = openCatalogue(preparedCatalogue());
const under = (document: AmendmentDocument) => amend(builtIn, document, { enabledProfiles: [] });
const CATALOGUES = [under(NO_AMENDMENT), under(DRAFT)] as const;
/** Profiles of each life under the built-in catalogue and under the draft, by one pass over its import. */
function derivedLives(asOf: Day): (readonly string[])[][] {
  return Array.from({ length: LIVES }, (_, number) => {
    const parsed = parseImportMessage(told(number));
    if (!parsed.value?.accounts) throw new Error(JSON.stringify(parsed.faults));
    const { import: one } = interpretImport({ ...parsed.value, accounts: parsed.value.accounts }, Date.now());
    if (!one) throw new Error('a life is no import');
    const { pages } = joinPages([], [one], { erasedAt: 0, firstMonth: -1970 * 12 });
    return deriveUnder(...CATALOGUES, { rows: rowsOf(pages), dataFrom: firstBookedDay(pages) ?? null }, asOf).map(
      ({ profiles }) => profiles,
    );
  });
}

const owners = Array.from({ length: OWNERS }, (_, owner) => owner);
let lives: (readonly string[])[][];
const profilesOf = (owner: number, side: 0 | 1): readonly string[] => lives[owner % LIVES]?.[side] ?? [];
const members = (profile: string, side: 0 | 1) => owners.filter((owner) => profilesOf(owner, side).includes(profile));
const without = (some: readonly number[], others: readonly number[]) => some.filter((one) => !others.includes(one));
const names = (some: readonly number[]) => some.map(nameOf).sort();

const listed = async (previewId: string, profile: string, change: string): Promise<string[]> => {
  const found: string[] = [];
  let cursor = '';
  for (;;) {
    const more = cursor === '' ? '' : `&cursor=${cursor}`;
    const page = await call(
      'GET',
      `catalogue/previews/${previewId}/owners?profile=${profile}&change=${change}&limit=150${more}`,
    );
    found.push(...page.owners);
    if (page.cursor === null) return found.sort();
    cursor = page.cursor;
  }
};
const finished = (previewId: string) =>
  until(
    'the end of the preview',
    async () => {
      const preview = await call('GET', `catalogue/previews/${previewId}`);
      if (preview.status === 'failed') throw new Error('the preview failed');
      return preview.status === 'finished' && preview;
    },
    { within: WITHIN_MS, every: 250 },
  );
const lookedUp = async (owner: number) => {
  const { body } = await ask(service, ownerPath('owner-profiles', nameOf(owner)), { key: client().ApiKey });
  return [body.profiles, body.catalogueVersion];
};
/** A few owners, with lives of every kind. */
const some = owners.filter((owner) => owner % Math.ceil(OWNERS / 40) === 0);
async function expectLookUps(side: 0 | 1, catalogueVersion: string): Promise<void> {
  for (const owner of some) {
    expect([owner, await lookedUp(owner)]).toEqual([owner, [profilesOf(owner, side), catalogueVersion]]);
  }
}

test(
  'from a first idea to a roll-back',
  async () => {
    const asOf = dayOfInstant(Date.now());
    lives = derivedLives(asOf);
    await sendAll(
      service,
      owners.map((owner) => told(owner)),
    );
    await drained(service, WITHIN_MS);
    const { catalogueVersion: before } = await call('GET', 'catalogue');

    // The preview says who would enter and leave, without any effect.
    const draft = await call('PUT', 'catalogue/draft', DRAFT);
    const preview = await finished((await call('POST', 'catalogue/previews')).previewId);
    expect(preview).toMatchObject({ owners: OWNERS, estimated: false, result: { owners: OWNERS, failed: 0 } });
    for (const { profile, added, notJudgedBefore: _, notJudgedAfter: __, ...counts } of preview.result.profiles) {
      const [old, young] = [members(profile, 0), members(profile, 1)];
      const [entered, left] = [without(young, old), without(old, young)];
      expect([profile, added, counts]).toEqual([
        profile,
        profile === 'grocery-regular',
        { before: old.length, after: young.length, entered: entered.length, left: left.length },
      ]);
      if (entered.length > 0) expect(await listed(preview.previewId, profile, 'entered')).toEqual(names(entered));
      if (left.length > 0) expect(await listed(preview.previewId, profile, 'left')).toEqual(names(left));
    }
    const left = without(members('pet-owner', 0), members('pet-owner', 1));
    expect([left.length > 0, members('grocery-regular', 1).length > 0]).toEqual([true, true]);
    await expectLookUps(0, before);
    const { inside, outside } = await call(
      'GET',
      `catalogue/previews/${preview.previewId}/near-misses?profile=pet-owner`,
    );
    const sideOf = ({ value, ownerExternalId }: { value: string; ownerExternalId: string }) =>
      Number(value) >= 5 ? names(members('pet-owner', 1)).includes(ownerExternalId) : 'out';
    expect([inside.length, outside.length]).toEqual([Math.min(10, members('pet-owner', 1).length), 10]);
    expect(new Set([...inside, ...outside].map(sideOf))).toEqual(new Set(inside.length > 0 ? [true, 'out'] : ['out']));
    const one = await call(
      'GET',
      `catalogue/previews/${preview.previewId}/owners/${encodeURIComponent(nameOf(left[0] ?? 0))}`,
    );
    const why = one.profiles.find(({ profile }: { profile: string }) => profile === 'pet-owner');
    expect([why.change, why.before.applies, why.after.applies, why.after.missing.length]).toEqual([
      'left',
      true,
      false,
      1,
    ]);

    // Cancelled half-way, it goes no further.
    const { previewId } = await call('POST', 'catalogue/previews');
    const slicesOf = async () => (await call('GET', `catalogue/previews/${previewId}`)).slices;
    await until('a first slice', async () => (await slicesOf()).done > 0, { within: WITHIN_MS });
    expect((await call('DELETE', `catalogue/previews/${previewId}`)).status).toBe('cancelled');
    const stopped = await slicesOf();
    expect(stopped.done).toBeLessThan(stopped.total);

    // A publication takes effect at once; the replay is killed half-way and finishes all the same.
    const published = await call('POST', 'catalogue/publications', { draft: true, note: 'stricter with pets' });
    expect([published.version, published.replay.status]).toEqual([draft.version, 'running']);
    await expectLookUps(1, published.catalogueVersion);
    // Other answers follow it, too.
    const owner = `?ownerExternalId=${encodeURIComponent(nameOf(0))}`;
    for (const route of ['profiles', 'owner-profiles/explanation', 'owner-profiles/history', 'owner-features']) {
      await call('GET', route === 'profiles' ? route : `${route}${owner}`);
    }
    await call('GET', `owner-transactions${owner}`);
    await call('GET', `catalogue/versions/${published.version}`);
    await call('POST', 'snapshots', {});
    const replayOf = async () => (await call('GET', `catalogue/publications/${published.publicationId}`)).replay;
    await until('a slice of the replay', async () => (await replayOf()).slices.done > 0, {
      within: WITHIN_MS,
      every: 10,
    });
    await service.end('SIGKILL');
    service = await startService(directory);
    await expectLookUps(1, published.catalogueVersion);
    const replay = await until(
      'the end of the replay',
      async () => {
        const now = await replayOf();
        return now.status === 'finished' && now;
      },
      { within: WITHIN_MS, every: 250 },
    );
    expect([replay.owners, replay.failed]).toEqual([OWNERS, 0]);

    // While imports go on, a preview may differ only for owners with an import meanwhile.
    const changed = owners.slice(0, 30);
    await call('PUT', 'catalogue/draft', NO_AMENDMENT);
    const racing = await call('POST', 'catalogue/previews');
    const feeding = [-12, -45, -70, -100, -130, -160].map((back) => row(day(back), { title: 'ZOOPLUS.PL 3' }));
    await sendAll(
      service,
      changed.map((owner) => told(owner, feeding)),
    );
    await finished(racing.previewId);
    const entered = await listed(racing.previewId, 'pet-owner', 'entered');
    const expected = names(left);
    const otherwise = [
      ...entered.filter((owner) => !expected.includes(owner)),
      ...expected.filter((owner) => !entered.includes(owner)),
    ];
    expect(otherwise.filter((owner) => !names(changed).includes(owner))).toEqual([]);

    // Rolled back, all is as it was.
    await drained(service, WITHIN_MS);
    await sendAll(
      service,
      changed.map((owner) => told(owner)),
    );
    await drained(service, WITHIN_MS);
    const back = await call('POST', 'catalogue/publications', { version: 'built-in', note: 'back' });
    expect(back.catalogueVersion).toBe(before);
    await expectLookUps(0, before);
  },
  START_WITHIN_MS + 6 * WITHIN_MS,
);

describe('manners', () => manners(() => service));
describe('examples', () => examples(() => service));
describe('rights of functions', () => grants(() => service, isOfCatalogues));
