/** The cost of announcing and publishing, and the feed as its reader sees it, over a real table. */
import { type DynamoDBClient, GetItemCommand, type PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type Listed, openChangeFeed } from '../../../../functions/adapters/changes/change-feed.ts';
import { settingsOfKey } from '../../../../functions/domain/catalogue/client-settings.ts';
import type { Change } from '../../../../functions/domain/profiles/change.ts';
import { TransientError } from '../../../../functions/runtime/errors.ts';
import { listChanges } from '../../../../functions/use-cases/changes/list.ts';
import { publishChanges } from '../../../../functions/use-cases/changes/publish.ts';
import { tellOthers } from '../../../../functions/use-cases/changes/tell-others.ts';
import { joinImports } from '../../../../functions/use-cases/imports/join-imports.ts';
import { eraseOwner } from '../../../../functions/use-cases/owners/erase.ts';
import { lookUp } from '../../../../functions/use-cases/owners/look-up.ts';
import { lookUpBatch } from '../../../../functions/use-cases/owners/look-up-batch.ts';
import type { Service } from '../../../../functions/use-cases/service/service.ts';
import { TODAY } from '../../../support/ledgers.ts';
import {
  CLIENT,
  NOW,
  newOwner,
  ownerOf,
  ownTable,
  requestFor,
  SETTINGS,
  serviceOver,
} from '../../../support/service.ts';

const table = ownTable();
const account = { iban: 'PL61109010140000071219812874', currency: 'PLN' };
const DAY_MS = 86_400_000;

/** The service with every request counted: those to the table, and those that ask for a look. */
function counted(now = NOW, retentionMonths = 120) {
  const sent: string[] = [];
  const dynamo = new Proxy(table.dynamo, {
    get: (target, name) =>
      name === 'send'
        ? (command: Parameters<DynamoDBClient['send']>[0]) => {
            sent.push(command.constructor.name.replace('Command', ''));
            return target.send(command);
          }
        : Reflect.get(target, name),
  }) as DynamoDBClient;
  const ask = (which: string) => async () => {
    sent.push(which);
  };
  const over = serviceOver({ dynamo, table: table.table }, { now, retentionMonths });
  const service: Service = { ...over, announcer: { later: ask('later'), now: ask('now') } };
  const told: Listed[] = [];
  const parts = {
    ...service,
    feed: openChangeFeed(dynamo, table.table),
    tell: async (_: string, changes: readonly Listed[]) => {
      told.push(...changes);
    },
  };
  const take = () => sent.splice(0);
  return { service, parts, told, take, publish: (id: string) => publishChanges(parts, ownerOf(id)) };
}

/** Purchases on this many of the last days; three make the owner `busy`. */
const importOf = (importId: string, days: number, importedAt = NOW - 60_000) => ({
  stamp: { importId, importedAt, source: 'AIS' as const },
  accounts: [
    {
      account,
      from: TODAY - 20,
      to: TODAY - 1,
      rows: new Map(Array.from({ length: days }, (_, back) => [TODAY - 1 - back, [{ amount: -100, title: 'X' }]])),
    },
  ],
});

test('an import that changes no list, a repeated one and a fresh look-up cost no request more', async () => {
  const { service, take } = counted();
  const owner = newOwner();
  await joinImports(service, ownerOf(owner), SETTINGS, [importOf('a', 4)]);
  const changing = take();
  expect(changing.filter((name) => name === 'later' || name === 'now')).toEqual(['later', 'now']);
  await joinImports(service, ownerOf(owner), SETTINGS, [importOf('b', 5, NOW - 50_000)]);
  const same = take();
  // One read of the answer, one of the pages, a write of the page, and one of the answer.
  expect(same).toEqual(['GetItem', 'Query', 'PutItem', 'PutItem']);
  await joinImports(service, ownerOf(owner), SETTINGS, [importOf('b', 5, NOW - 50_000)]);
  expect(take()).toEqual(['GetItem', 'Query']);
  await lookUp(service, requestFor(owner));
  expect(take()).toEqual(['GetItem']);
});

test('a change is published by a few requests, once; then there is nothing to do', async () => {
  const { service, publish, take, told } = counted();
  const owner = newOwner();
  await joinImports(service, ownerOf(owner), SETTINGS, [importOf('a', 4)]);
  take();
  const [change, ...more] = await publish(owner);
  expect(take()).toEqual(['GetItem', 'GetItem', 'PutItem', 'GetItem', 'PutItem', 'PutItem', 'PutItem']);
  expect(more).toEqual([]);
  expect(change).toMatchObject({
    sequence: 1,
    ownerExternalId: owner,
    at: NOW,
    asOf: TODAY,
    left: [],
    cause: 'import',
  });
  expect(change!.profiles).toEqual((await lookUp(service, requestFor(owner)))?.answer.profiles);
  expect(told.map((one) => one.change)).toEqual([change]);
  take();
  expect(await publish(owner)).toEqual([]);
  expect(take()).toEqual(['GetItem']);
});

test('owners side by side take the next places in turn, and cost no request more', async () => {
  const { service, parts, publish, take, told } = counted();
  const owners = Array.from({ length: 5 }, newOwner);
  for (const owner of owners) await joinImports(service, ownerOf(owner), SETTINGS, [importOf('a', 4)]);
  const start = await parts.feed.head(CLIENT);
  take();
  await Promise.all(owners.map(publish));
  expect(take()).toHaveLength(7 * owners.length);
  const positions = told.map(({ position }) => position).sort((a, b) => a - b);
  expect(positions).toEqual(owners.map((_, index) => start + 1 + index));
  expect(await parts.feed.head(CLIENT)).toBe(positions.at(-1));
});

test('a change that cannot be placed keeps none behind it from its place', async () => {
  const { service, parts, told } = counted();
  const owners = Array.from({ length: 4 }, newOwner);
  for (const owner of owners) await joinImports(service, ownerOf(owner), SETTINGS, [importOf('a', 4)]);
  const start = await parts.feed.head(CLIENT);
  let isBroken = true;
  const dynamo = {
    send: async (command: PutItemCommand) => {
      if (!isBroken || command.input.Item?.['ownerHash'] === undefined) return table.dynamo.send(command);
      isBroken = false;
      throw new TransientError('cut off');
    },
  };
  const feed = openChangeFeed(dynamo as unknown as DynamoDBClient, table.table);
  const published = await Promise.allSettled(owners.map((id) => publishChanges({ ...parts, feed }, ownerOf(id))));
  expect(published.filter(({ status }) => status === 'rejected')).toHaveLength(1);
  expect(told.map(({ position }) => position)).toEqual([start + 1, start + 2, start + 3]);
});

test('a day that passed, another catalogue and an import each have their cause', async () => {
  const owner = newOwner();
  const today = counted();
  await joinImports(today.service, ownerOf(owner), SETTINGS, [importOf('a', 4)]);
  const later = counted(NOW + 40 * DAY_MS);
  await lookUp(later.service, requestFor(owner, TODAY + 40));
  await lookUp(later.service, { ...requestFor(owner, TODAY + 40), settings: { enabledProfiles: [] } });
  const changes = await later.publish(owner);
  expect(changes.map(({ sequence, cause }) => [sequence, cause])).toEqual([
    [1, 'import'],
    [2, 'time'],
    [3, 'catalogue'],
  ]);
  expect(changes[2]).toMatchObject({ entered: [], left: ['sensitive'] });
});

test('while the queue of publishers is down, look-ups answer and store nothing; imports wait', async () => {
  const owner = newOwner();
  await joinImports(counted().service, ownerOf(owner), SETTINGS, [importOf('a', 4)]);
  const { service, take, publish } = counted(NOW + 40 * DAY_MS);
  const down = async () => {
    throw new TransientError('the queue takes nothing');
  };
  const cut = { ...service, announcer: { later: down, now: down } };
  const request = requestFor(owner, TODAY + 40);
  const found = await lookUp(cut, request);
  expect(found?.answer.profiles).not.toContain('busy');
  const batch = { clientId: CLIENT, settings: SETTINGS, ownerExternalIds: [owner] };
  expect(await lookUpBatch(cut, batch, () => 60_000)).toEqual([{ ownerExternalId: owner, found }]);
  expect(take()).not.toContain('PutItem');
  const late = importOf('b', 4, NOW + 39 * DAY_MS);
  await expect(joinImports(cut, ownerOf(owner), SETTINGS, [late])).rejects.toThrow(TransientError);
  expect((await publish(owner)).map(({ sequence }) => sequence)).toEqual([1]);

  expect(await lookUp(service, request)).toEqual(found);
  expect(await publish(owner)).toMatchObject([{ sequence: 2, cause: 'time', profiles: found?.answer.profiles }]);
  await expect(lookUp({ ...cut, store: { ...cut.store, readPages: down } }, request)).resolves.toEqual({
    ...found,
    from: 'stored',
  });
});

test('data that goes beyond its retention yields a change by time, and leaves nothing but the sequence', async () => {
  const [first, second] = [newOwner(), newOwner()];
  for (const owner of [first, second])
    await joinImports(counted().service, ownerOf(owner), SETTINGS, [importOf('a', 4)]);
  const { service, publish, take } = counted(NOW + 8 * 31 * DAY_MS, 6);
  const day = TODAY + 8 * 31;
  expect(await lookUp(service, requestFor(first, day))).toBeUndefined();
  const batch = { clientId: CLIENT, settings: SETTINGS, ownerExternalIds: [second] };
  expect(await lookUpBatch(service, batch, () => 60_000)).toEqual([{ ownerExternalId: second, found: 'unknown' }]);
  for (const owner of [first, second]) {
    const [{ profiles }, ended, ...more] = (await publish(owner)) as [Change, Change];
    expect(ended).toMatchObject({ sequence: 2, cause: 'time', asOf: day, entered: [], left: profiles, profiles: [] });
    expect(more).toEqual([]);
  }
  take();
  expect(await lookUp(service, requestFor(first, day))).toBeUndefined();
  expect(take()).toEqual(['GetItem', 'GetItem']);
  const Key = { pk: { S: `${CLIENT}#owner#${ownerOf(first).hash}` }, sk: { S: 'answer' } };
  const { Item } = await table.dynamo.send(new GetItemCommand({ TableName: table.table, Key }));
  expect(JSON.stringify(Item)).not.toContain(first);
  expect(Item).toMatchObject({ known: { BOOL: false }, sequence: { N: '2' } });
  expect(Item).not.toHaveProperty('ttl');

  const again = importOf('b', 4, NOW + 8 * 31 * DAY_MS - 1);
  const moved = again.accounts.map((one) => ({
    ...one,
    from: day - 20,
    to: day - 1,
    rows: new Map([1, 2, 3].map((ago) => [day - ago, [{ amount: -100, title: 'X' }]])),
  }));
  await joinImports(service, ownerOf(first), SETTINGS, [{ ...again, accounts: moved }]);
  expect(await publish(first)).toMatchObject([{ sequence: 3, cause: 'import', entered: ['busy', 'sensitive'] }]);
});

test('a key that is held stricter than its client changes nothing for others, and costs no write', async () => {
  const { service, take, publish } = counted();
  const owner = newOwner();
  await joinImports(service, ownerOf(owner), SETTINGS, [importOf('a', 4)]);
  await publish(owner);
  take();
  const held = settingsOfKey(SETTINGS, 'credit');
  const found = await lookUp(service, { ...requestFor(owner), settings: held });
  expect(found).toMatchObject({ from: 'derived', answer: { profiles: expect.arrayContaining(['sensitive']) } });
  expect(found?.answer.catalogueVersion).toMatch(/\+purpose:credit$/);
  const parts = { clientId: CLIENT, ownerExternalIds: [owner], settings: held };
  expect(await lookUpBatch(service, parts, () => 10_000)).toEqual([{ ownerExternalId: owner, found }]);
  expect(take().filter((name) => name === 'PutItem' || name === 'later' || name === 'now')).toEqual([]);
  expect((await lookUp(service, requestFor(owner)))?.from).toBe('stored');
});

test('once a client is for credit, none of its earlier special profiles is named', async () => {
  const owner = newOwner();
  const { service, publish, parts } = counted();
  await joinImports(service, ownerOf(owner), SETTINGS, [importOf('a', 4)]);
  const settings = { enabledProfiles: ['purpose:credit'] };
  await lookUp(service, { ...requestFor(owner), settings });
  await publish(owner);
  const listed = async (some: typeof SETTINGS) => {
    const page = { limit: 1000 };
    const { changes } = await listChanges(
      { feed: parts.feed, clock: () => NOW },
      { clientId: CLIENT, settings: some },
      page,
    );
    return changes.filter(({ ownerExternalId }) => ownerExternalId === owner);
  };
  const [before, after] = await listed(SETTINGS);
  expect(before).toMatchObject({ sequence: 1, entered: expect.arrayContaining(['sensitive']) });
  expect(after).toMatchObject({ sequence: 2, entered: [], left: [], cause: 'catalogue' });
  expect(after!.profiles).not.toContain('sensitive');
  expect(await listed(settings)).toEqual([after]);
  await joinImports(service, ownerOf(owner), settings, [importOf('b', 5)]);
  await eraseOwner(service, { clientId: CLIENT, ownerExternalId: owner });
  await publish(owner);
  expect(await listed(settings)).toMatchObject([{ cause: 'erasure', entered: [], left: [], profiles: [] }]);
});

test('cursors: good for thirty days, never of what is not there, and renewed by empty answers', async () => {
  const { parts } = counted();
  const feed = parts.feed;
  const at = (now: number) => ({ feed, clock: () => now });
  const client = { clientId: 'a client of its own', settings: SETTINGS };
  const empty = await listChanges(at(NOW), client, { limit: 10 });
  expect(empty.changes).toEqual([]);
  const change = {
    ...{ id: 'c1', sequence: 1, ownerExternalId: 'o', at: NOW, asOf: TODAY, entered: ['p'], left: [] },
    ...{ profiles: ['p'], catalogueVersion: 'v', cause: 'import' as const },
  };
  const name = { clientId: client.clientId, hash: 'h' };
  const claim = await feed.claim(name, change, 'me', NOW);
  await feed.place(name, change, claim!, NOW);
  const { changes, cursor } = await listChanges(at(NOW), client, { limit: 10, cursor: empty.cursor });
  expect(changes).toEqual([change]);
  const renewed = await listChanges(at(NOW + 20 * DAY_MS), client, { limit: 10, cursor });
  expect(renewed.changes).toEqual([]);
  expect((await listChanges(at(NOW + 40 * DAY_MS), client, { limit: 10, cursor: renewed.cursor })).changes).toEqual([]);
  const old = listChanges(at(NOW + 31 * DAY_MS), client, { limit: 10, cursor });
  await expect(old).rejects.toMatchObject({ code: 'INVALID_PARAMETER', errors: [{ path: 'after' }] });
  await expect(
    listChanges(at(NOW), { ...client, clientId: 'another client' }, { limit: 10, cursor }),
  ).rejects.toMatchObject({
    code: 'INVALID_PARAMETER',
  });
  // Changes older than thirty days are not listed, whether deleted already or not.
  expect((await listChanges(at(NOW + 31 * DAY_MS), client, { limit: 10 })).changes).toEqual([]);
});

test('of an erased owner the change by the erasure stays, and the sequence goes on', async () => {
  const { service, publish, parts } = counted();
  const owner = newOwner();
  await joinImports(service, ownerOf(owner), SETTINGS, [importOf('a', 4)]);
  await publish(owner);
  await eraseOwner(service, { clientId: CLIENT, ownerExternalId: owner });
  const { erasedAt } = (await service.store.readAnswer(ownerOf(owner), { consistent: true }))!;
  await joinImports(service, ownerOf(owner), SETTINGS, [importOf('b', 4, erasedAt + 1)]);
  await publish(owner);
  const { changes } = await listChanges(
    { feed: parts.feed, clock: () => NOW },
    { clientId: CLIENT, settings: SETTINGS },
    { limit: 1000 },
  );
  const own = changes.filter(({ ownerExternalId }) => ownerExternalId === owner);
  expect(own.map(({ sequence, cause }) => [sequence, cause])).toEqual([
    [2, 'erasure'],
    [3, 'import'],
  ]);
});

test('a publisher who read the answer before an erasure does not place the erased change again behind it', async () => {
  const { service, parts, publish } = counted();
  const owner = newOwner();
  const { hash } = ownerOf(owner);
  await joinImports(service, ownerOf(owner), SETTINGS, [importOf('a', 4)]);
  const change = (await service.store.readAnswer(ownerOf(owner), { consistent: true }))!.announced.pending[0]!;
  const name = { clientId: CLIENT, hash };
  const { feed } = parts;
  const start = await feed.head(CLIENT);
  const claim = () => feed.claim(name, change, 'slow publisher', NOW);
  expect(await feed.place(name, change, (await claim())!, NOW)).toBeGreaterThan(start);
  // Its write that the change waits no longer fails, because the erasure wrote meanwhile; so it claims the change once more.
  const again = (await claim())!;
  await eraseOwner(service, { clientId: CLIENT, ownerExternalId: owner });
  await publish(owner);
  expect(await feed.place(name, change, again, NOW)).toBeUndefined();
  const { changes } = await feed.list(CLIENT, start, 100, 0);
  expect(changes.filter((one) => one.hash === hash).map((one) => one.change.cause)).toEqual(['erasure']);
});

test('others are notified with the client; webhooks of each change under its own id', async () => {
  const put: object[] = [];
  const sent: object[] = [];
  const events = ['owner-profiles.changed'] as const;
  const webhook = { webhookId: 'w', url: 'https://example.com/', events, enabled: true, createdAt: 0 };
  const tell = tellOthers({
    bus: { put: async (details) => void put.push(...details) },
    webhooks: {
      store: { listWebhooks: async () => [{ ...webhook, switchedOff: null, secrets: [] }] },
      queue: { send: async (message) => void sent.push(message) },
      clock: () => NOW,
    },
    clock: () => NOW,
  });
  const { service, publish, told } = counted();
  const owner = newOwner();
  await joinImports(service, ownerOf(owner), SETTINGS, [importOf('a', 4)]);
  const [change] = await publish(owner);
  await tell(CLIENT, told);
  expect(put).toMatchObject([{ clientId: CLIENT, id: change!.id, ownerExternalId: owner, sequence: 1 }]);
  expect(sent).toMatchObject([
    { clientId: CLIENT, webhookId: 'w', attempt: 1, notice: { id: change!.id, type: 'owner-profiles.changed' } },
  ]);
  // An erasure reaches pending deliveries: they contain neither the owner nor the list.
  expect(JSON.stringify(sent)).not.toContain(owner);
});
