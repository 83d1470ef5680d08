/** A key for credit of a client without that purpose: no request reveals health, beliefs or addictions. */
import { ROUTES, routeName, SCOPES } from '../../../functions/contracts/http/routes.ts';
import { ownerProfiles } from '../../cli/command-line.ts';
import { call, expectProblem } from '../support/http.ts';
import { day, FED, iban, message, row } from '../support/messages.ts';
import { drained, sendAll } from '../support/queues.ts';
import type { Running } from '../support/service.ts';
import { until } from '../support/until.ts';

const CLIENT = 'lender';
const OWNER = 'purpose 0';
const OWNERS = ['purpose 0', 'purpose 1'];
const TELLING = /donor|gambler|health-focused|charity|gambling|pharmacy|healthcare|religion/;
/** The first revealing word of an answer. Its version names the profiles that are enabled for the client, whatever the owner is. */
const tellingIn = (text: string) => TELLING.exec(text.replaceAll(/"catalogueVersion":"[^"]*"/g, ''))?.[0];
/** A rule that gives a label of the client's own to the rows of pharmacies, and a profile that reads it. */
const AMENDMENT = {
  ...{ disabled: [], enabled: [] },
  labels: [{ id: 'golf', title: 'Golf', group: 'leisure' }],
  rules: [{ id: 'clubs', when: { words: ['apteka'] }, give: ['golf'] }],
  profiles: [
    {
      ...{ id: 'golfer', title: 'Golfer', description: 'Plays.' },
      enter: { feature: 'golf.count', window: '180d', atLeast: 3 },
    },
  ],
};
/** They are about definitions, imports and keys, not about an owner's transactions. */
const OF_NO_OWNER =
  /^\w+ \/v1\/(catalogue(\/(versions|draft|publications|schema).*)?|profiles|keys.*|failures.*|imports.*|owner|owner\/statements|openapi.json|problems|import-message.schema.json)$/;

export function purpose(service: () => Running): void {
  const cli = (...args: string[]) => ownerProfiles(args, { env: { DATA_DIR: service().directory } });
  const keys = { free: '', credit: '' };
  type Key = keyof typeof keys;
  const made = { snapshot: { free: '', credit: '' }, preview: { free: '', credit: '' } };
  const seen = new Set<string>();
  const ask = async (key: Key, route: string, { query = '', body }: { query?: string; body?: object } = {}) => {
    const [method = '', path = ''] = route.split(' ');
    if (key === 'credit') seen.add(route);
    const filled = path
      .replace('{snapshotId}', made.snapshot[key])
      .replace('{previewId}', made.preview[key])
      .replace('{ownerExternalId}', encodeURIComponent(OWNER));
    const sent = body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
    return call(service(), `${filled}${query && `?${query}`}`, { method, key: keys[key], ...sent });
  };
  const of = (more = '') => `ownerExternalId=${encodeURIComponent(OWNER)}${more}`;
  const finished = (key: Key, route: string) =>
    until(`the end of ${route}`, async () => (await ask(key, route)).body.status === 'finished', {
      within: 60_000,
      every: 200,
    });
  const EVERYBODY = `where=${encodeURIComponent('pet-owner | !pet-owner')}`;

  beforeAll(async () => {
    const scopes = SCOPES.join(',');
    keys.free = (
      await cli('clients', 'create', CLIENT, '--scopes', scopes, '--enable', 'gambler,health-focused')
    ).stdout.trim();
    keys.credit = (await cli('keys', 'create', CLIENT, '--scopes', scopes, '--purpose', 'credit')).stdout.trim();
    await cli('clients', 'set', CLIENT, '--smallest-group', '1');
    const account = (number: number) => ({
      ...{ iban: iban(9000 + number), currencyName: 'PLN', covers: { from: day(-170), to: day(-2) } },
      transactions: [
        row(day(-20), { title: 'ZXQWV BRZDENG', currencyAmount: '-10.00' }),
        ...FED.flatMap((booked) => [
          ...[
            'APTEKA POD LWEM',
            'APTEKA GEMINI',
            'APTEKA DOZ',
            'STS ZAKLADY BUKMACHERSKIE',
            'STS ZAKLADY BUKMACHERSKIE',
          ].map((title) => row(booked, { title, currencyAmount: '-60.00' })),
          row(booked, { title: 'FUNDACJA WOSP DAROWIZNA', currencyAmount: '-50.00', labels: ['charity'] }),
        ]),
      ],
    });
    await sendAll(
      service(),
      OWNERS.map((owner, number) => message(owner, [account(number)], { clientId: CLIENT })),
    );
    await drained(service());
    await ask('free', 'PUT /v1/catalogue/draft', { body: AMENDMENT });
    for (const key of ['free', 'credit'] as const) {
      made.preview[key] = (await ask(key, 'POST /v1/catalogue/previews', { body: {} })).body.previewId;
      await finished(key, 'GET /v1/catalogue/previews/{previewId}');
    }
  }, 120_000);

  test('a preview of such a key finds nobody by special rows, and shows itself to keys of its purpose alone', async () => {
    const entered = async (key: Key) =>
      (await ask(key, 'GET /v1/catalogue/previews/{previewId}')).body.result.profiles.flatMap(
        (each: { profile: string; entered: number }) => (each.entered > 0 ? [each.profile] : []),
      );
    expect(await entered('free')).toEqual(['golfer']);
    expect(await entered('credit')).toEqual([]);
    const query = 'profile=golfer&change=entered';
    expect((await ask('free', 'GET /v1/catalogue/previews/{previewId}/owners', { query })).body.total).toBe(2);
    expect((await ask('credit', 'GET /v1/catalogue/previews/{previewId}/owners', { query })).body.total ?? 0).toBe(0);
    await ask('credit', 'GET /v1/catalogue/previews/{previewId}/near-misses', { query: 'profile=golfer' });
    for (const [own, other] of [
      ['free', 'credit'],
      ['credit', 'free'],
    ] as const) {
      const strange = await call(service(), `/v1/catalogue/previews/${made.preview[other]}`, { key: keys[own] });
      expectProblem(strange, 404, 'PREVIEW_NOT_FOUND');
      const listed = (await ask(own, 'GET /v1/catalogue/previews')).body.previews;
      expect(listed.map(({ previewId }: { previewId: string }) => previewId)).toEqual([made.preview[own]]);
    }
    const explained = 'GET /v1/catalogue/previews/{previewId}/owners/{ownerExternalId}';
    expect(tellingIn((await ask('free', explained)).text)).toBeDefined();
    expect(tellingIn((await ask('credit', explained)).text)).toBeUndefined();
  });

  test('look-ups, explanations, features, history and transactions reveal nothing, and change nothing for others', async () => {
    const published = await ask('free', 'POST /v1/catalogue/publications', { body: { draft: true, note: 'x' } });
    expect(published.status).toBe(201);
    const lookUp = (key: Key) => ask(key, 'GET /v1/owner-profiles', { query: of() });
    await until('the published catalogue', async () => (await lookUp('free')).body.profiles.includes('golfer'), {
      within: 30_000,
      every: 200,
    });
    const before = (await lookUp('free')).body;
    expect(before.profiles).toEqual(expect.arrayContaining(['donor', 'gambler', 'golfer', 'health-focused']));
    const asked: readonly [string, object?][] = [
      ['GET /v1/owner-profiles', { query: of() }],
      ['GET /v1/owner-profiles', { query: of(`&asOf=${day(-3)}`) }],
      ['POST /v1/owner-profiles/batch', { body: { ownerExternalIds: OWNERS } }],
      ['GET /v1/owner-profiles/explanation', { query: of() }],
      ['GET /v1/owner-profiles/history', { query: of() }],
      ['GET /v1/owner-features', { query: of() }],
      ['GET /v1/owner-transactions', { query: of() }],
    ];
    for (const [route, given] of asked) {
      const [free, credit] = [await ask('free', route, given), await ask('credit', route, given)];
      expect([route, free.status, credit.status]).toEqual([route, 200, 200]);
      expect(tellingIn(free.text)).toBeDefined();
      expect([route, tellingIn(credit.text)]).toEqual([route, undefined]);
      expect(route.includes('explanation') || !/golfer/.test(credit.text)).toBe(true);
    }
    const golfer = await ask('credit', 'GET /v1/owner-profiles/explanation', { query: of('&profile=golfer') });
    expect(golfer.body.explanations[0]).toMatchObject({ applies: false, whatIf: { without: [] } });
    for (const query of [of('&profile=donor'), of('&profile=gambler')]) {
      expectProblem(await ask('credit', 'GET /v1/owner-profiles/explanation', { query }), 400, 'INVALID_PARAMETER');
    }
    const labelled = await ask('credit', 'GET /v1/owner-transactions', { query: of('&label=gambling') });
    expectProblem(labelled, 400, 'INVALID_PARAMETER');
    expect((await lookUp('free')).body).toEqual(before);
  });

  test('changes and webhooks are of the client as a whole, and not for such a key', async () => {
    for (const route of ROUTES.filter(({ ofWholeClient }) => ofWholeClient)) {
      const body = route.method === 'GET' || route.method === 'DELETE' ? {} : { body: {} };
      expectProblem(await ask('credit', routeName(route), body), 403, 'FORBIDDEN');
    }
    const { body } = await ask('free', 'GET /v1/changes');
    expect(body.changes.filter((change: { cause: string }) => change.cause === 'import')).toHaveLength(OWNERS.length);
  });

  test('snapshots are of one purpose: sizes, lists, distributions, merchants and files reveal nothing', async () => {
    const features = { features: ['definitions'], unlabelled: true };
    for (const key of ['free', 'credit'] as const) {
      made.snapshot[key] = (await ask(key, 'POST /v1/snapshots', { body: features })).body.snapshotId;
      await finished(key, 'GET /v1/snapshots/{snapshotId}');
    }
    const special = await ask('credit', 'POST /v1/snapshots', { body: { features: ['gambling.count 180d'] } });
    expectProblem(special, 400, 'INVALID_PAYLOAD');
    const asked: readonly [string, string][] = [
      ['GET /v1/snapshots', ''],
      ['GET /v1/snapshots/{snapshotId}', ''],
      ['GET /v1/snapshots/{snapshotId}/owners', EVERYBODY],
      ['GET /v1/snapshots/{snapshotId}/counts', `${EVERYBODY}&by=profile`],
    ];
    for (const [route, query] of asked) {
      expect(tellingIn((await ask('free', route, { query })).text)).toBeDefined();
      const { status, text } = await ask('credit', route, { query });
      expect([route, status, tellingIn(text)]).toEqual([route, 200, undefined]);
    }
    const golfers = { query: 'where=golfer' };
    expect((await ask('free', 'GET /v1/snapshots/{snapshotId}/counts', golfers)).body.total).toBe(2);
    expect((await ask('credit', 'GET /v1/snapshots/{snapshotId}/counts', golfers)).body.total).toBe(0);
    const since = { query: `since=${made.snapshot.credit}` };
    expect(tellingIn((await ask('credit', 'GET /v1/snapshots/{snapshotId}/changes', since)).text)).toBeUndefined();
    const mixed = { query: `since=${made.snapshot.free}` };
    expectProblem(await ask('credit', 'GET /v1/snapshots/{snapshotId}/changes', mixed), 404, 'SNAPSHOT_NOT_FOUND');
    for (const query of ['where=donor', 'where=!gambler']) {
      for (const list of ['owners', 'counts']) {
        const answer = await ask('credit', `GET /v1/snapshots/{snapshotId}/${list}`, { query });
        expectProblem(answer, 400, 'INVALID_PARAMETER');
      }
    }
    const distribution = { query: 'feature=gambling.count&window=180d' };
    expect((await ask('free', 'GET /v1/snapshots/{snapshotId}/distributions', distribution)).status).toBe(200);
    const kept = await ask('credit', 'GET /v1/snapshots/{snapshotId}/distributions', distribution);
    expectProblem(kept, 409, 'NOT_KEPT');
    const merchants = (await ask('credit', 'GET /v1/snapshots/{snapshotId}/unlabelled')).body.merchants;
    expect(merchants.map(({ text }: { text: string }) => text)).toEqual(['zxqwv brzdeng']);
    for (const key of ['free', 'credit'] as const) {
      const { files } = (await ask(key, 'GET /v1/snapshots/{snapshotId}/files')).body;
      const { url } = files.find(({ format }: { format: string }) => format === 'csv');
      expect(TELLING.test(await (await fetch(url)).text())).toBe(key === 'free');
    }
    const foreign = await call(service(), `/v1/snapshots/${made.snapshot.free}`, { key: keys.credit });
    expectProblem(foreign, 404, 'SNAPSHOT_NOT_FOUND');
    for (const route of ['GET /v1/catalogue/previews/{previewId}', 'GET /v1/snapshots/{snapshotId}']) {
      expect((await ask('credit', route.replace('GET', 'DELETE'))).status).toBe(200);
    }
  });

  test('there is no other route about owners', () => {
    const others = ROUTES.map(routeName).filter((route) => !seen.has(route));
    expect(others.filter((route) => !OF_NO_OWNER.test(route))).toEqual([]);
  });
}
