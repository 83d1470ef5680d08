/** What announcing and publishing cost, and the feed as its reader sees it, over a real table. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Listed, openChangeFeed } from '../../../../functions/adapters/changes/change-feed.ts';
import { listChanges } from '../../../../functions/use-cases/changes/list.ts';
import { publishChanges } from '../../../../functions/use-cases/changes/publish.ts';
import { tellOthers } from '../../../../functions/use-cases/changes/tell-others.ts';
import { joinImports } from '../../../../functions/use-cases/imports/join-imports.ts';
import { eraseOwner } from '../../../../functions/use-cases/owners/erase.ts';
import { lookUp } from '../../../../functions/use-cases/owners/look-up.ts';
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
function counted(now = NOW) {
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
  const over = serviceOver({ dynamo, table: table.table }, { now });
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

/** Bought on so many of the last days; three make the owner `busy`. */
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
  expect(take()).toEqual([
    ...['GetItem', 'GetItem', 'PutItem', 'GetItem'],
    ...['PutItem', 'GetItem', 'PutItem', 'PutItem'],
  ]);
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

test('cursors: good for thirty days, never of what is not there, and renewed by empty answers', async () => {
  const { parts } = counted();
  const feed = parts.feed;
  const at = (now: number) => ({ feed, clock: () => now });
  const client = 'a client of its own';
  const empty = await listChanges(at(NOW), client, { limit: 10 });
  expect(empty.changes).toEqual([]);
  const change = {
    ...{ id: 'c1', sequence: 1, ownerExternalId: 'o', at: NOW, asOf: TODAY, entered: ['p'], left: [] },
    ...{ profiles: ['p'], catalogueVersion: 'v', cause: 'import' as const },
  };
  const name = { clientId: client, hash: 'h' };
  const claim = await feed.claim(name, change, 'me', NOW);
  await feed.place(name, change, claim!, NOW);
  const { changes, cursor } = await listChanges(at(NOW), client, { limit: 10, cursor: empty.cursor });
  expect(changes).toEqual([change]);
  const renewed = await listChanges(at(NOW + 20 * DAY_MS), client, { limit: 10, cursor });
  expect(renewed.changes).toEqual([]);
  expect((await listChanges(at(NOW + 40 * DAY_MS), client, { limit: 10, cursor: renewed.cursor })).changes).toEqual([]);
  const old = listChanges(at(NOW + 31 * DAY_MS), client, { limit: 10, cursor });
  await expect(old).rejects.toMatchObject({ code: 'INVALID_PARAMETER', errors: [{ path: 'after' }] });
  await expect(listChanges(at(NOW), 'another client', { limit: 10, cursor })).rejects.toMatchObject({
    code: 'INVALID_PARAMETER',
  });
  // What is older than thirty days is not listed, whether it was deleted already or not.
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
  const { changes } = await listChanges({ feed: parts.feed, clock: () => NOW }, CLIENT, { limit: 1000 });
  const own = changes.filter(({ ownerExternalId }) => ownerExternalId === owner);
  expect(own.map(({ sequence, cause }) => [sequence, cause])).toEqual([
    [2, 'erasure'],
    [3, 'import'],
  ]);
});

test('others are told with the client; webhooks of each change under its own id', async () => {
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
  // An erasure reaches what waits: neither the owner nor the list is in it.
  expect(JSON.stringify(sent)).not.toContain(owner);
});
