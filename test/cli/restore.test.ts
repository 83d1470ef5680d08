/** The restore of the runbook, from the loss to the answers: the command line over a table that lost things. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as path } from 'node:path';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Context } from '../../cli/context.ts';
import { run } from '../../cli/program.ts';
import { openCatalogueStore } from '../../functions/adapters/catalogue/catalogue-store.ts';
import { openClientStore } from '../../functions/adapters/clients/client-store.ts';
import { hashKeyOf } from '../../functions/adapters/hash-key.ts';
import { TornPageError } from '../../functions/adapters/owners/owner-pages.ts';
import { openOwnerStore } from '../../functions/adapters/owners/owner-store.ts';
import type { Run } from '../../functions/adapters/runs/run-store.ts';
import { NO_AMENDMENT } from '../../functions/domain/catalogue/amendment.ts';
import type { Import, Row } from '../../functions/domain/ledger/ledger.ts';
import { dayOfInstant } from '../../functions/domain/values/day.ts';
import { joinImports } from '../../functions/use-cases/imports/join-imports.ts';
import { eraseOwner } from '../../functions/use-cases/owners/erase.ts';
import { explain } from '../../functions/use-cases/owners/explain.ts';
import { lookUp } from '../../functions/use-cases/owners/look-up.ts';
import type { Service } from '../../functions/use-cases/service/service.ts';
import { startSecrets } from '../../local/secrets/server.ts';
import { createTable, type OpenTable } from '../functions/support/table.ts';
import { type Item, itemsIn, keyOf, lose, restorePoint } from '../support/restore.ts';
import { onePassAnswer, openTable, requestFor, SETTINGS, serviceOver } from '../support/service.ts';

const CLIENT = 'demo';
const SECRET = 's'.repeat(40);
const KEY = hashKeyOf(SECRET);
const ARN = 'arn:aws:secretsmanager:eu-central-1:000000000000:secret:hash-key';
const NOW = Date.parse('2026-11-22T12:00:00Z');
const TODAY = dayOfInstant(NOW);
const MINUTE = 60_000;
const RESTORE_POINT = NOW - 60 * MINUTE;

const directory = mkdtempSync(path(tmpdir(), 'restore-'));
let server: OpenTable;
let secrets: Awaited<ReturnType<typeof startSecrets>>;
/** The live table of a test. */
let table: string;
let out: string[];
let notes: string[];
beforeAll(async () => {
  server = await openTable();
  const file = path(directory, 'secrets.json');
  secrets = await startSecrets({ file, secrets: [{ name: 'hash-key', arn: ARN, value: SECRET }], port: 0 });
});
afterAll(async () => {
  await secrets.close();
  await server.close();
  rmSync(directory, { recursive: true });
});
beforeEach(async () => {
  table = await createTable(server.dynamo);
  [out, notes] = [[], []];
});

const live = () => ({ dynamo: server.dynamo, table });
const context = (): Context => ({
  out: (text) => out.push(text),
  note: (text) => notes.push(text),
  clock: () => NOW,
  env: {},
  interactive: false,
  openClientStore: () => Promise.reject(new Error('a restore keeps no clients')),
});
/** The output of the command, and its exit code. */
async function restore(from: string, ...args: string[]) {
  [out, notes] = [[], []];
  const outputs = path(directory, `${table}.json`);
  const endpoints = { DynamoDbEndpoint: server.endpoint, SecretsManagerEndpoint: secrets.endpoint };
  writeFileSync(
    outputs,
    JSON.stringify({ TableName: table, HashKeySecretArn: ARN, Region: 'eu-central-1', ...endpoints }),
  );
  const code = await run(['restore', '--from', from, '--outputs', outputs, ...args], context());
  return { code, out, notes };
}
const restoredBy = async (from: string, ...args: string[]) =>
  JSON.parse(String((await restore(from, '--json', ...args)).out[0]));

const at = (now = NOW): Service => ({
  ...serviceOver(live(), { now }),
  store: openOwnerStore(server.dynamo, table, KEY.hashOf, { clock: () => now, retentionMonths: 120 }),
  ownerKey: (clientId, externalId) => ({ clientId, hash: KEY.ownerKey(clientId, externalId), externalId }),
});
const ownerOf = (owner: string) => at().ownerKey(CLIENT, owner);
const partitionOf = (owner: string) => `${CLIENT}#owner#${ownerOf(owner).hash}`;
const join = (owner: string, ...given: Import[]) => joinImports(at(), ownerOf(owner), SETTINGS, given);
const erase = (owner: string, now: number) => eraseOwner(at(now), { clientId: CLIENT, ownerExternalId: owner });
const clients = () => {
  return openClientStore({ ...live(), hashOf: KEY.apiKeyHash, now: () => NOW, random: randomBytes });
};
const items = () => itemsIn(live());
const loseOf = (owner: string, isLost: (item: Item) => boolean = () => true) =>
  lose(live(), (item) => item['pk']?.S === partitionOf(owner) && isLost(item));
const isKind = (kind: string) => (item: Item) => item['sk']?.S?.startsWith(kind) === true;

const shopping = (title: string): Row => ({ amount: -5000, title });
let told = 0;
/** Days of shopping until some days ago, imported some minutes before or after the restore point. */
function telling(minutes: number, last: number, days: number, ofDay = () => [shopping(`LIDL ${++told}`)]): Import {
  const rows = Array.from({ length: days }, (_, back): [number, Row[]] => [TODAY - last - 5 * back, ofDay()]);
  const accounts = [
    {
      account: { iban: 'PL61109010140000071219812874', currency: 'PLN' },
      ...{ from: TODAY - last - 5 * days, to: TODAY - last, rows: new Map(rows) },
    },
  ];
  return { stamp: { importedAt: RESTORE_POINT + minutes * MINUTE, importId: `i${++told}`, source: 'AIS' }, accounts };
}

/**
 * Look-up and explanation are the result of one pass over these imports; none: the owner is unknown. When the pages of imports were
 * lost but the answer was not, the answer still knows when the last import was made.
 */
async function expectAnswers(
  expected: Readonly<Record<string, readonly Import[]>>,
  lost: Readonly<Record<string, readonly Import[]>> = {},
): Promise<void> {
  for (const [owner, given] of Object.entries(expected)) {
    const asked = { ...requestFor(owner, TODAY), clientId: CLIENT };
    const { validUntil: _, ...told } = onePassAnswer(at(), given);
    const { lastImportedAt } = onePassAnswer(at(), [...given, ...(lost[owner] ?? [])]);
    const answer = { ...told, lastImportedAt };
    const found = (await lookUp(at(), asked))?.answer;
    const explained = await explain(at(), asked);
    const head = given.length === 0 ? undefined : { ...answer, asOf: TODAY };
    expect({ owner, found }).toEqual({ owner, found: head });
    expect({ owner, explained: explained && { ...explained, explanations: 0 } }).toEqual({
      owner,
      explained: head && { ...head, explanations: 0 },
    });
  }
}

const NONE = {
  ...{ owners: 0, ownersPutBack: 0, pages: 0, parts: 0, pagesGivenUp: 0, ownersErasedSince: 0, erasuresPutBack: 0 },
  ...{ ownersNameless: 0, clients: 0, keys: 0, catalogueDocuments: 0, failed: 0 },
};
const NOTHING = { dryRun: false, answersLost: {}, clientsPutBack: [], keysPutBack: [], failures: [] };

test('owners of all kinds come back, with what was sent since once that is sent again', async () => {
  const before = {
    whole: [telling(-90, 9, 40)],
    'lost pages': [telling(-90, 9, 40), telling(-50, 3, 4)],
    'lost altogether': [telling(-90, 9, 40)],
    'erased since': [telling(-90, 9, 40)],
    'erased since, and that lost': [telling(-90, 9, 40)],
    // Text that does not compress, of more than one item.
    'in parts': [
      telling(-90, 9, 1, () => Array.from({ length: 100 }, () => shopping(randomBytes(4200).toString('base64')))),
    ],
  };
  const since = { whole: [telling(20, 1, 1)], 'lost pages': [telling(20, 1, 2)], 'new since': [telling(30, 2, 20)] };
  const erasedBefore = telling(-90, 9, 40);
  for (const [owner, given] of Object.entries(before)) await join(owner, ...given);
  await join('erased before', erasedBefore);
  await erase('erased before', RESTORE_POINT - MINUTE);
  const known = await items();
  const from = await restorePoint(live());

  for (const [owner, given] of Object.entries(since)) await join(owner, ...given);
  await erase('erased since', RESTORE_POINT + MINUTE);
  await erase('erased since, and that lost', RESTORE_POINT + MINUTE);
  await loseOf('lost pages', isKind('page#'));
  await loseOf('new since');
  for (const owner of ['lost altogether', 'erased since, and that lost', 'erased before']) await loseOf(owner);
  expect(await loseOf('in parts', ({ sk }) => sk?.S?.endsWith('#1') === true && sk.S.startsWith('part#'))).toBe(1);
  const file = path(directory, 'erased.jsonl');
  const erasedAt = new Date(RESTORE_POINT + MINUTE).toISOString();
  const line = { clientId: CLIENT, ownerExternalId: 'erased since, and that lost', erasedAt };
  writeFileSync(file, `${JSON.stringify(line)}\n`);

  const damaged = await items();
  const pagesOf = (owner: string) =>
    known.filter((item) => item['pk']?.S === partitionOf(owner) && isKind('page#')(item));
  const pagesLost = pagesOf('lost pages').length + pagesOf('lost altogether').length;
  const dry = await restore(from, '--erased', file, '--dry-run');
  expect(await items()).toEqual(damaged);
  const real = await restore(from, '--erased', file);
  const rows = (text: string | undefined) =>
    String(text)
      .split('\n')
      .flatMap((row) => (/\d/.test(row) ? [row.replaceAll('│', '').trim().replace(/ {2,}/g, ' ')] : []));
  const counts = [
    ...['owners checked 7', 'owners put back 5', `pages put back or completed ${pagesLost}`],
    ...['parts of pages put back 1'],
    ...['pages removed, their parts are gone 0', 'owners erased since, left out 2', 'erasures put back 2'],
    ...['owners without an id, left out 0', 'clients put back 0', 'keys put back 0'],
    ...['catalogue documents put back 0', 'failed 0'],
  ];
  expect([dry.code, rows(dry.out[0])]).toEqual([0, counts]);
  expect([real.code, rows(real.out[0])]).toEqual([0, counts]);
  expect(real.notes).toEqual([
    'owners whose answer was lost, by client: demo 1. Whether they were erased since the restore point, the table does not know ' +
      'any more: ask the clients, and repeat those erasures',
  ]);
  const said = [...dry.out, ...dry.notes, ...real.out, ...real.notes].join('\n');
  expect(said).not.toMatch(/lost altogether|LIDL|PL61/);

  const after = await items();
  expect(await restoredBy(from)).toEqual({ ...NOTHING, counts: { ...NONE, owners: 7, ownersErasedSince: 2 } });
  expect(await items()).toEqual(after);
  await expectAnswers(
    { ...before, whole: [...before.whole, ...since.whole], ...ERASED },
    { 'lost pages': since['lost pages'] },
  );

  for (const [owner, given] of Object.entries(since)) await join(owner, ...given);
  // And every import ever sent, of the erased owners.
  await join('erased since', ...before['erased since']);
  await join('erased since, and that lost', ...before['erased since, and that lost']);
  await join('erased before', erasedBefore);
  await expectAnswers({
    ...{ ...before, ...since, ...ERASED, whole: [...before.whole, ...since.whole] },
    'lost pages': [...before['lost pages'], ...since['lost pages']],
  });
});
const ERASED = { 'erased since': [], 'erased since, and that lost': [], 'erased before': [] };

const amendment = (title: string) => ({ ...NO_AMENDMENT, disabled: [title] });
const publication = {
  ...{ publicationId: '1', version: 'kept', previousVersion: 'built-in', publishedAt: 1, effectiveAt: 2 },
  ...{ keyId: 'k', note: 'n', forced: false },
};
const previewing: Run = {
  ...{ runId: 'r', kind: 'preview', status: 'running', createdAt: NOW, keyId: 'k', asOf: TODAY, builtIn: 'b' },
  ...{
    from: 'a',
    to: 'b',
    enabledProfiles: [],
    owners: 1,
    estimated: false,
    estimatedCostUsd: 0,
    slices: 1,
    result: null,
  },
};

test('clients, keys and catalogues come back where they are gone, and nothing that was changed since is undone', async () => {
  const catalogues = openCatalogueStore(server.dynamo, table);
  const [stays, lost] = ['stays', 'lost'];
  for (const clientId of [stays, lost]) {
    await clients().createClient({ clientId });
    await catalogues.keepAmendment(clientId, 'kept', amendment('kept'));
    await catalogues.lendAmendment(clientId, 'lent', amendment('lent'), NOW);
    await catalogues.lendAmendment(clientId, 'expired', amendment('expired'), NOW - 31 * 24 * 60 * MINUTE);
    await catalogues.writePublication(clientId, publication);
    const draft = { version: 'v', amendment: amendment('draft'), changedAt: 1, keyId: 'k', history: [] };
    await catalogues.writeDraft(clientId, { revision: 1, ...draft }, undefined);
    await catalogues.createRun(clientId, previewing);
  }
  const keyFor = (clientId: string) => clients().createKey({ clientId, scopes: ['read'] });
  const [kept, revoked] = [await keyFor(stays), await keyFor(stays)];
  const [gone, goneAndRevoked] = [await keyFor(lost), await keyFor(lost)];
  const before = await items();
  const from = await restorePoint(live());

  await clients().revokeKey(stays, revoked.keyId);
  await clients().setEnabledProfiles(stays, ['gambler']);
  const edited = { version: 'w', amendment: amendment('edited'), changedAt: 2, keyId: 'k', history: [] };
  await catalogues.writeDraft(stays, { revision: 2, ...edited }, 1);
  const hashes = [gone, goneAndRevoked].map(({ apiKey }) => `#key#${KEY.apiKeyHash(apiKey)}`);
  await lose(live(), ({ pk, sk }) => {
    return pk?.S?.startsWith(`${lost}#`) || hashes.includes(String(pk?.S)) || sk?.S === 'amendment#kept';
  });
  // A preview has used it again; restored as it was, it must not expire with the preview.
  await catalogues.lendAmendment(stays, 'kept', amendment('kept'), NOW);

  const damaged = await items();
  const dry = await restoredBy(from, '--revoked', goneAndRevoked.keyId, '--dry-run');
  expect(await items()).toEqual(damaged);
  const told = await restoredBy(from, '--revoked', goneAndRevoked.keyId);
  expect({ ...dry, dryRun: false }).toEqual(told);
  expect(told).toEqual({
    ...NOTHING,
    ...{ clientsPutBack: [lost], keysPutBack: [{ clientId: lost, keyId: gone.keyId }] },
    counts: { ...NONE, clients: 1, keys: 1, catalogueDocuments: 5 },
  });
  expect(notes).toEqual([
    'clients as they were at the restore point: lost. Were they changed since?',
    `keys that work again: ${gone.keyId} of lost. Revoke those that were revoked since`,
  ]);
  const isOf = (clientId: string) => (item: Item) => item['pk']?.S?.startsWith(`${clientId}#`);
  const isLeftOut = ({ sk }: Item) =>
    ['run#r', 'amendment#expired', `key#${goneAndRevoked.keyId}`].includes(String(sk?.S));
  expect((await items()).filter(isOf(lost))).toEqual(before.filter((item) => isOf(lost)(item) && !isLeftOut(item)));
  const keys = (await clients().listKeys(stays)).map(({ keyId, revokedAt }) => [keyId, revokedAt !== undefined]);
  expect(Object.fromEntries(keys)).toEqual({ [kept.keyId]: false, [revoked.keyId]: true });
  expect((await clients().getClient(stays))?.enabledProfiles).toEqual(['gambler']);
  expect((await catalogues.readDraft(stays))?.revision).toBe(2);
  expect((await items()).find((item) => keyOf(item) === 'stays#catalogue amendment#kept')).not.toHaveProperty('ttl');
  const after = await items();
  expect(await restoredBy(from, '--revoked', goneAndRevoked.keyId)).toEqual({ ...NOTHING, counts: NONE });
  expect(await items()).toEqual(after);
});

test('all is lost: into a new table comes the restore point, and what was sent since is sent again', async () => {
  const owners = Array.from({ length: 30 }, (_, index) => `owner ${index}`);
  const given = new Map(
    owners.map((owner, index) => [owner, [telling(-90, 5 + index, 8), telling(9, 2, 1 + (index % 3))]]),
  );
  await clients().createClient({ clientId: CLIENT });
  for (const [owner, [first]] of given) await join(owner, first as Import);
  const from = await restorePoint(live());
  table = await createTable(server.dynamo);
  const told = await restoredBy(from);
  expect(told).toEqual({
    ...{ ...NOTHING, answersLost: { demo: 30 }, clientsPutBack: [CLIENT] },
    counts: { ...told.counts, owners: 30, ownersPutBack: 30, clients: 1, failed: 0 },
  });
  await expectAnswers(Object.fromEntries([...given].map(([owner, [first]]) => [owner, [first as Import]])));
  for (const [owner, [, second]] of given) await join(owner, second as Import);
  await expectAnswers(Object.fromEntries(given));
});

test('owners that cannot be restored are reported, and delay nobody', async () => {
  await join('torn', telling(-90, 9, 4));
  await join('whole', telling(-90, 9, 4));
  const from = await restorePoint(live());
  const [page] = (await items()).filter((item) => item['pk']?.S === partitionOf('torn') && isKind('page#')(item));
  const { body: _, ...rest } = page as Item;
  const Item = { ...rest, parts: { S: 'nowhere' }, count: { N: '1' } };
  await server.dynamo.send(new PutItemCommand({ TableName: from, Item }));
  await lose(live(), () => true);
  const { code, out, notes } = await restore(from, '--json');
  const told = JSON.parse(String(out[0]));
  expect([code, told.counts.owners, told.counts.failed, told.failures]).toEqual([
    ...[1, 2, 1],
    [{ partition: partitionOf('torn'), reason: 'parts of a page are missing in the restored table too' }],
  ]);
  expect(notes.slice(-3)).toEqual([
    `failed: ${partitionOf('torn')}: parts of a page are missing in the restored table too`,
    'error: 1 owners or clients were not put back',
    '  run it again: the rest stays',
  ]);
});

test('an owner met since, whose page lacks a part, is named to be rid of it', async () => {
  const from = await restorePoint(live());
  const given = telling(9, 9, 1, () =>
    Array.from({ length: 100 }, () => shopping(randomBytes(4200).toString('base64'))),
  );
  await join('met since', given);
  await loseOf('met since', ({ sk }) => sk?.S?.startsWith('part#') === true && sk.S.endsWith('#0'));
  await expect(join('met since', given)).rejects.toThrow(TornPageError);
  const line = { clientId: CLIENT, ownerExternalId: 'met since', erasedAt: '2000-01-01T00:00:00Z' };
  const file = path(directory, 'met-since.jsonl');
  writeFileSync(file, JSON.stringify(line));
  const told = await restoredBy(from, '--erased', file);
  expect(told.counts).toEqual({ ...NONE, owners: 1, ownersPutBack: 1, pagesGivenUp: 1, erasuresPutBack: 1 });
  await join('met since', given);
  await expectAnswers({ 'met since': [given] });
});

describe('wrong usage changes nothing', () => {
  const file = path(directory, 'told.jsonl');
  const erasures = (text: string) => {
    writeFileSync(file, text);
    return ['--erased', file];
  };
  const future = new Date(NOW + 24 * 60 * MINUTE).toISOString();

  test.each([
    ['the table itself', () => ['--from', table], 2, /^error: --from is the live table/],
    ['no such table', () => ['--from', 'nothing'], 1, /^error: there is no such table/],
    ['another secret', () => ['--hash-key-secret', 'other'], 1, /^error: Secrets Manager can't find/],
    ['no rate', () => ['--rate', 'fast'], 2, /write a rate as/],
    ['no file', () => ['--erased', path(directory, 'none')], 2, /^error: cannot read/],
    ['no JSON', () => erasures('anna-pl\n'), 2, /^error: line 1 of .* is not an erasure in the past/],
    ['no owner', () => erasures('\n{"clientId":"demo"}'), 2, /^error: line 2 of/],
    [
      'an erasure to come',
      () => erasures(JSON.stringify({ clientId: 'demo', ownerExternalId: 'a', erasedAt: future })),
      2,
      /line 1/,
    ],
  ])('%s', async (_, args, expected, message) => {
    await join('a', telling(-90, 9, 4));
    const from = await restorePoint(live());
    const before = await items();
    const { code, notes } = await restore(from, ...args());
    expect([code, await items()]).toEqual([expected, before]);
    expect(notes.join('\n')).toMatch(message);
    expect(notes.join()).not.toContain('anna-pl');
  });

  test('a table of another stage, whose secret is another', async () => {
    const hash = KEY.ownerKey(CLIENT, 'a');
    const other = { clientId: CLIENT, hash: hash.split('').reverse().join(''), externalId: 'a' };
    await joinImports(at(), other, SETTINGS, [telling(-90, 9, 4)]);
    const from = await restorePoint(live());
    await lose(live(), () => true);
    const { code, notes } = await restore(from);
    expect([code, await items()]).toEqual([1, []]);
    expect(notes[0]).toBe('error: the owners of the restored table are named under another secret than the one given');
  });
});
