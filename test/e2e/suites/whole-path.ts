/** From a message on the queue to every answer about its owner. */
import { answerOf, items, ownerProfilesClient } from '../../../client/index.ts';
import { about, allOf, type Call, call, expectProblem, known, ROUTES, type Route } from '../support/http.ts';
import { day, FED, iban, instant, message, petAccount, row } from '../support/messages.ts';
import { drained, send, sendAll } from '../support/queues.ts';
import type { Running } from '../support/service.ts';

const FEATURE = 'pets|veterinary.count';
const TITLES = [
  'ZOOPLUS 🐕‍🦺 karma',
  'ZOOPLUS \u0000 MUENCHEN',
  'ZOOPLUS \u202eזופלוס حيوان\u202c',
  'ZOOPLUS "\\/\b\f\n\r\t',
];

/** The example of the contract, moved to these days. */
const example = (owner: string) =>
  message(owner, [
    {
      iban: 'PL61109010140000071219812874',
      currencyName: 'PLN',
      covers: { from: day(-110), to: day(-2) },
      transactions: [
        {
          bookedOn: day(-3),
          transactionOn: day(-4),
          currencyAmount: '-49.99',
          title: 'ZOOPLUS.PL MUENCHEN',
          party: 'ZOOPLUS SE',
          partyIban: 'DE89370400440532013000',
          kind: 'TRANSAKCJA KARTĄ PŁATNICZĄ',
          status: 'DONE',
          merchantCategoryCode: '5995',
          transactionId: 'T-1',
          labels: ['pets'],
        },
      ],
    },
  ]);

// biome-ignore lint/suspicious/noExplicitAny: the form of a condition is what is tested
const fed = (explanations: any) =>
  // biome-ignore lint/suspicious/noExplicitAny: as above
  explanations.explanations[0].conditions.find(({ feature, part }: any) => feature === FEATURE && part === 'enter');

/** An explanation has numbers as text, and ratios with all their digits. */
const numeric = (value: number | string | null) => (value === null || /[A-Z]/.test(`${value}`) ? value : Number(value));

export function wholePath(service: () => Running): void {
  test('the example of the contract comes back as the evidence of its owner', async () => {
    const sent = example('loan-4711');
    await send(service(), sent);
    const { body } = await known(service(), 'loan-4711');
    expect(body).toEqual({
      ownerExternalId: 'loan-4711',
      profiles: [],
      asOf: day(0),
      dataFrom: day(-3),
      dataTo: day(-2),
      catalogueVersion: expect.stringMatching(/./),
      notJudged: expect.arrayContaining(['saver', 'traveller']),
      lastImportedAt: new Date(sent.importedAt).toISOString(),
    });
    const explanation = await about(service(), 'owner-profiles/explanation', 'loan-4711', '&profile=pet-owner');
    expect(explanation.body.explanations).toHaveLength(1);
    expect(fed(explanation.body)).toMatchObject({ window: '180d', value: '1', verdict: false });
    expect(fed(explanation.body).transactions).toEqual([
      expect.objectContaining({
        bookedOn: day(-3),
        currencyAmount: '-49.99',
        currencyName: 'PLN',
        title: 'ZOOPLUS.PL MUENCHEN',
        party: 'ZOOPLUS SE',
        labels: expect.arrayContaining(['pets']),
      }),
    ]);
    expect(explanation.body.explanations[0].missing.length).toBeGreaterThan(0);
  });

  test('a batch gives the answers of single look-ups, in the requested order, and other clients know none of its owners', async () => {
    await send(service(), message('batched', [petAccount(22)]));
    await known(service(), 'batched');
    const batch = (ownerExternalIds: readonly unknown[], options: Call = {}) =>
      call(service(), '/v1/owner-profiles/batch', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ ownerExternalIds }),
        ...options,
      });
    const singles = await Promise.all(['loan-4711', 'batched'].map((id) => about(service(), 'owner-profiles', id)));
    const { status, body } = await batch(['nobody', 'loan-4711', 'no one', 'batched']);
    expect({ status, body }).toEqual({
      status: 200,
      body: { answers: singles.map((answer) => answer.body), unknown: ['nobody', 'no one'] },
    });
    const other = { key: service().outputs.Clients[1]!.ApiKey };
    expect((await batch(['batched'], other)).body).toEqual({ answers: [], unknown: ['batched'] });
    const refused = await batch(['batched', 'loan-4711', 'batched', '']);
    expectProblem(refused, 400, 'INVALID_PAYLOAD');
    expect(refused.body.errors.map(({ path }: { path: string }) => path)).toEqual([
      'ownerExternalIds[2]',
      'ownerExternalIds[3]',
    ]);
    expectProblem(await call(service(), '/v1/owner-profiles/batch'), 405, 'METHOD_NOT_ALLOWED');
  });

  test('the typed client looks up, goes through pages, and says why it is refused', async () => {
    const { ApiUrl: url, ApiKey: apiKey } = service().outputs;
    const client = ownerProfilesClient({ url, apiKey });
    const query = { ownerExternalId: 'batched' };
    const found = await answerOf(client.GET('/v1/owner-profiles', { params: { query } }));
    expect(found).toEqual((await about(service(), 'owner-profiles', 'batched')).body);
    const page = (cursor: string | undefined, limit: number) =>
      answerOf(
        client.GET('/v1/owner-transactions', { params: { query: { ...query, limit, ...(cursor && { cursor }) } } }),
      );
    const all = await Array.fromAsync(
      items(
        (cursor) => page(cursor, 5),
        ({ transactions }) => transactions,
      ),
    );
    expect(all).toEqual((await page(undefined, 100)).transactions);
    expect(all).toHaveLength(6);
    const nobody = client.GET('/v1/owner-profiles', { params: { query: { ownerExternalId: 'nobody' } } });
    await expect(answerOf(nobody)).rejects.toMatchObject({ status: 404, code: 'OWNER_NOT_FOUND' });
  });

  test('every definition is explained, condition by condition, by the very numbers of the features', async () => {
    const pending = row(day(-5), { status: 'PENDING' });
    const account = petAccount();
    await send(service(), message('fed', [{ ...account, transactions: [...account.transactions!, pending] }]));
    expect((await known(service(), 'fed')).body.profiles).toEqual(['pet-owner']);
    const { features } = (await about(service(), 'owner-features', 'fed')).body;
    expect(features[`${FEATURE}/180d`]).toBe(6);
    const { explanations } = (await about(service(), 'owner-profiles/explanation', 'fed')).body;
    const catalogue = (await call(service(), '/v1/profiles')).body.profiles;
    const enabled = catalogue.filter((profile: { enabled: boolean }) => profile.enabled);
    const ids = (list: readonly Record<string, string>[], name: string) => list.map((entry) => entry[name]).sort();
    expect(ids(explanations, 'profile')).toEqual(ids(enabled, 'id'));
    for (const { profile, applies, conditions, missing } of explanations) {
      expect({ profile, applies }).toEqual({ profile, applies: profile === 'pet-owner' });
      expect(applies || missing.length > 0).toBe(true);
      expect(conditions.length).toBeGreaterThan(0);
      for (const condition of conditions) {
        expect(condition).toMatchObject({
          feature: expect.any(String),
          threshold: expect.any(String),
          verdict: expect.any(Boolean),
          transactions: expect.any(Array),
        });
        const { feature, window, value, on } = condition;
        expect(window === null || typeof window === 'string').toBe(true);
        const same = features[`${feature}/${window}`];
        if (on === day(0) && same !== undefined) expect(numeric(value)).toBe(numeric(same));
      }
    }
  });

  test('the catalogue and the OpenAPI document are whole; the document needs no key', async () => {
    const { body } = await call(service(), '/v1/profiles');
    expect(body.profiles.length).toBeGreaterThan(20);
    for (const profile of body.profiles) {
      expect(profile).toEqual({
        id: expect.stringMatching(/^[a-z-]+$/),
        title: expect.stringMatching(/./),
        description: expect.stringMatching(/./),
        sensitive: expect.any(Boolean),
        enabled: !profile.sensitive,
        origin: 'built-in',
      });
    }
    const document = await call(service(), '/v1/openapi.json', { key: null });
    expect(document.status).toBe(200);
    expect(document.body.openapi).toMatch(/^3\.1/);
    const operations = Object.entries(document.body.paths).flatMap(([path, item]) =>
      Object.keys(item as object)
        .filter((name) => ['get', 'post', 'put', 'delete'].includes(name))
        .map((method) => `${method} ${path}`),
    );
    expect(operations.sort()).toEqual(
      [
        'delete /v1/catalogue/draft/profiles/{id}',
        'delete /v1/catalogue/previews/{previewId}',
        'delete /v1/owner',
        'delete /v1/snapshots/{snapshotId}',
        'get /v1/catalogue',
        'get /v1/catalogue/draft',
        'get /v1/catalogue/previews',
        'get /v1/catalogue/previews/{previewId}',
        'get /v1/catalogue/previews/{previewId}/near-misses',
        'get /v1/catalogue/previews/{previewId}/owners',
        'get /v1/catalogue/previews/{previewId}/owners/{ownerExternalId}',
        'get /v1/catalogue/publications',
        'get /v1/catalogue/publications/{publicationId}',
        'get /v1/catalogue/schema.json',
        'get /v1/catalogue/versions',
        'get /v1/catalogue/versions/{version}',
        'get /v1/changes',
        'get /v1/failures',
        'get /v1/failures/{queue}',
        'get /v1/import-message.schema.json',
        'get /v1/imports',
        'get /v1/imports/{importId}',
        'get /v1/openapi.json',
        'get /v1/problems',
        'get /v1/owner-features',
        'get /v1/owner-profiles',
        'get /v1/owner-profiles/explanation',
        'get /v1/owner-profiles/history',
        'get /v1/owner-transactions',
        'get /v1/profiles',
        'get /v1/snapshots',
        'get /v1/snapshots/{snapshotId}',
        'get /v1/snapshots/{snapshotId}/changes',
        'get /v1/snapshots/{snapshotId}/counts',
        'get /v1/snapshots/{snapshotId}/distributions',
        'get /v1/snapshots/{snapshotId}/files',
        'get /v1/snapshots/{snapshotId}/owners',
        'get /v1/snapshots/{snapshotId}/unlabelled',
        'post /v1/catalogue/previews',
        'post /v1/catalogue/publications',
        'delete /v1/keys/{keyId}',
        'get /v1/keys',
        'post /v1/failures/{queue}',
        'post /v1/keys',
        'delete /v1/webhooks/{webhookId}',
        'get /v1/webhooks',
        'get /v1/webhooks/{webhookId}',
        'get /v1/webhooks/{webhookId}/deliveries',
        'post /v1/webhooks',
        'post /v1/webhooks/{webhookId}/deliveries/{deliveryId}/retry',
        'post /v1/webhooks/{webhookId}/secret',
        'post /v1/webhooks/{webhookId}/test',
        'put /v1/webhooks/{webhookId}',
        'post /v1/owner',
        'post /v1/owner-profiles/batch',
        'post /v1/owner/statements',
        'post /v1/snapshots',
        'put /v1/catalogue/draft',
        'put /v1/catalogue/draft/profiles/{id}',
      ].sort(),
    );
  });

  test('titles come back as they were sent: emoji, NUL, right-to-left text, escapes', async () => {
    const transactions = TITLES.map((title, at) => row(day(-3 - at), { title, labels: ['pets'] }));
    await send(service(), message('titles', [petAccount(2, { transactions })]));
    await known(service(), 'titles');
    const { body } = await about(service(), 'owner-profiles/explanation', 'titles', '&profile=pet-owner');
    expect(fed(body).transactions.map(({ title }: { title: string }) => title)).toEqual(TITLES);
  });

  test('a past day is answered from what is known now, a future or impossible one is refused', async () => {
    await send(service(), message('past', [petAccount(3)]));
    await known(service(), 'past');
    const then = day(-100);
    for (const route of ROUTES) {
      expect((await about(service(), route, 'past', `&asOf=${then}`)).body.asOf).toBe(then);
      const today = await about(service(), route, 'past', `&asOf=${day(0)}`);
      expect(today.body).toEqual((await about(service(), route, 'past')).body);
      for (const odd of [day(2), '9999-12-31', '2026-02-30', '2026-13-01', '20260531', '2026-5-1', 'today', '', '0']) {
        expectProblem(await about(service(), route, 'past', `&asOf=${odd}`), 400, 'INVALID_PARAMETER');
      }
      for (const odd of ['2026-05-31T00:00:00Z', ' 2026-05-31', '-000001-01-01', '٢٠٢٦-٠٥-٣١', '2026-05-31\0']) {
        const answer = await about(service(), route, 'past', `&asOf=${encodeURIComponent(odd)}`);
        expectProblem(answer, 400, 'INVALID_PARAMETER');
      }
    }
    const asOf = (route: Route, when: string) => about(service(), route, 'past', `&asOf=${when}`);
    expect((await asOf('owner-features', then)).body.features[`${FEATURE}/180d`]).toBe(3);
    expect((await asOf('owner-profiles', then)).body.profiles).toEqual([]);
    expect((await asOf('owner-profiles', day(0))).body.profiles).toEqual(['pet-owner']);
    const before = await asOf('owner-features', day(-190));
    expect({ status: before.status, count: before.body.features[`${FEATURE}/180d`] ?? 0 }).toEqual({
      status: 200,
      count: 0,
    });
    const explained = await about(service(), 'owner-profiles/explanation', 'past', `&profile=pet-owner&asOf=${then}`);
    expect(fed(explained.body).transactions.map(({ bookedOn }: { bookedOn: string }) => bookedOn)).toEqual(
      FED.slice(3),
    );
    const unknown = await about(service(), 'owner-profiles/explanation', 'past', '&profile=no-such-profile');
    expectProblem(unknown, 400, 'INVALID_PARAMETER');
  });

  test('order, repetition and splits do not matter', async () => {
    const old = { source: 'PDF', importedAt: instant(-600), importId: 'a' };
    const feed = { importedAt: instant(-300), importId: 'b' };
    const late = { importedAt: instant(-2), importId: 'c' };
    const wage = (offset: number) =>
      row(day(offset), { title: 'WYNAGRODZENIE', currencyAmount: '5000.00', party: 'ACME' });
    const first = petAccount(4);
    const second: ReturnType<typeof petAccount> = {
      iban: iban(5),
      currencyName: 'EUR',
      covers: { from: day(-90), to: day(-1) },
      transactions: [-15, -45, -75].map(wage),
    };
    // Withdraws the row of 40 days ago and doubles that of 10 days ago; the newest withdraws that of yesterday.
    const newer = petAccount(4, {
      covers: { from: day(-60), to: day(-1) },
      transactions: [row(day(-10)), row(day(-10)), row(day(-1))],
    });
    const newest = petAccount(4, { covers: { from: day(-1), to: day(0) }, transactions: [row(day(0))] });
    const imports = (owner: string) => [
      message(owner, [first, second], old),
      message(owner, [newer, second], feed),
      message(owner, [newest], late),
    ];
    const [x, y, z] = imports('order-2');
    const days = (from: number, to: number, account = first) => ({
      ...account,
      covers: { from: day(from), to: day(to) },
      transactions: account.transactions!.filter(({ bookedOn }) => bookedOn >= day(from) && bookedOn <= day(to)),
    });
    const pieces = [
      message('order-3', [days(-99, -2)], old),
      message('order-3', [newest], late),
      message('order-3', [second], old),
      message('order-3', [days(-60, -11, newer)], feed),
      message('order-3', [days(-200, -100), { ...second, transactions: [], covers: undefined! }], old),
      message('order-3', [days(-10, -1, newer), second], feed),
    ];
    await sendAll(service(), imports('order-1'));
    await drained(service());
    await sendAll(service(), [z!, y!, y!, x!, z!, x!, x!, ...pieces]);
    await drained(service());
    const answers = await allOf(service(), 'order-1');
    expect(answers).toMatchObject([
      { dataFrom: day(-160), dataTo: day(0) },
      {},
      { features: { [`${FEATURE}/180d`]: 7 } },
    ]);
    expect(await allOf(service(), 'order-2')).toEqual(answers);
    expect(await allOf(service(), 'order-3')).toEqual(answers);
    const past = await allOf(service(), 'order-1', `&asOf=${day(-12)}`);
    expect(await allOf(service(), 'order-2', `&asOf=${day(-12)}`)).toEqual(past);
    expect(await allOf(service(), 'order-3', `&asOf=${day(-12)}`)).toEqual(past);
  });
}
