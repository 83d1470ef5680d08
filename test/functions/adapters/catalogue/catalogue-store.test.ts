/** A client's drafts, amendments, publications and runs in the table. */
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import {
  openCatalogueStore,
  type Publication,
  type StoredDraft,
} from '../../../../functions/adapters/catalogue/catalogue-store.ts';
import type { Run } from '../../../../functions/adapters/runs/run-store.ts';
import { NO_AMENDMENT } from '../../../../functions/domain/catalogue/amendment.ts';
import { ownTable } from '../../support/table.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const MONTH_LATER = NOW / 1000 + 30 * 86_400;
const table = ownTable();
let store: ReturnType<typeof openCatalogueStore>;
let clients = 0;
let client: string;
beforeEach(() => {
  store = openCatalogueStore(table.dynamo, table.table);
  client = `client-${++clients}`;
});

const run = (runId: string): Run => ({
  runId,
  kind: 'preview',
  status: 'running',
  createdAt: NOW,
  keyId: 'k',
  asOf: 1,
  builtIn: 'b',
  from: 'built-in',
  to: 'v',
  enabledProfiles: [],
  owners: 1,
  estimated: false,
  estimatedCostUsd: 0,
  slices: 0,
  result: null,
});
const publication = (publicationId: string): Publication => ({
  publicationId,
  version: 'v',
  previousVersion: 'built-in',
  publishedAt: NOW,
  effectiveAt: NOW,
  keyId: 'k',
  note: 'n'.repeat(3000),
  forced: false,
});
/** When an item is deleted, in seconds since 1970; undefined: never. */
async function expiryOf(sort: string): Promise<number | undefined> {
  const Key = { pk: { S: `${client}#catalogue` }, sk: { S: sort } };
  const { Item } = await table.dynamo.send(new GetItemCommand({ TableName: table.table, Key, ConsistentRead: true }));
  return Item?.['ttl']?.N === undefined ? undefined : Number(Item['ttl'].N);
}

test('publications and runs are listed with the newest first, on as many pages as it takes, and only their own', async () => {
  const ids = Array.from({ length: 400 }, (_, index) => `p${String(index).padStart(3, '0')}`);
  // 400 of 3 kB: more than the megabyte of one page.
  for (const id of ids) await store.writePublication(client, publication(id));
  for (const id of ['r1', 'r3', 'r2']) await store.createRun(client, run(id));
  expect((await store.listPublications(client)).map(({ publicationId }) => publicationId)).toEqual([...ids].reverse());
  expect((await store.listRuns(client)).map(({ runId }) => runId)).toEqual(['r3', 'r2', 'r1']);
  expect(await store.listRuns('another')).toEqual([]);
});

test('runs are forgotten after thirty days from their start, publications and drafts never', async () => {
  await store.createRun(client, run('r'));
  expect(await expiryOf('run#r')).toBe(MONTH_LATER);
  await store.changeRun(client, run('r'), { status: 'finished' });
  expect(await expiryOf('run#r')).toBe(MONTH_LATER);
  await store.writePublication(client, publication('p'));
  expect(await expiryOf('publication#p')).toBeUndefined();
});

test('a run is changed on the status that was read', async () => {
  await store.createRun(client, run('r'));
  const cancelled = await store.changeRun(client, run('r'), { status: 'cancelled' });
  expect(cancelled).toEqual({ ...run('r'), status: 'cancelled' });
  expect(await store.changeRun(client, run('r'), { status: 'finished', slices: 3 })).toBeUndefined();
  expect(await store.readRun(client, 'r')).toEqual(cancelled);
  expect(await store.changeRun(client, run('none'), { status: 'finished' })).toBeUndefined();
});

test('an amendment that was lent to a preview expires, and one that was published never does again', async () => {
  await store.lendAmendment(client, 'v', NO_AMENDMENT, NOW);
  expect(await expiryOf('amendment#v')).toBe(MONTH_LATER);
  await store.lendAmendment(client, 'v', NO_AMENDMENT, NOW + 1000);
  expect(await expiryOf('amendment#v')).toBe(MONTH_LATER + 1);
  await store.keepAmendment(client, 'v', NO_AMENDMENT);
  await store.lendAmendment(client, 'v', NO_AMENDMENT, NOW + 2000);
  expect(await expiryOf('amendment#v')).toBeUndefined();
  expect(await store.readAmendment(client, 'v')).toEqual(NO_AMENDMENT);
});

test('a draft is written on the revision that was read', async () => {
  const draft = (revision: number): StoredDraft => ({
    revision,
    version: 'v',
    amendment: NO_AMENDMENT,
    changedAt: NOW,
    keyId: 'k',
    history: [],
  });
  expect(await store.writeDraft(client, draft(1), undefined)).toBe(true);
  expect(await store.writeDraft(client, draft(1), undefined)).toBe(false);
  expect(await store.writeDraft(client, draft(3), 2)).toBe(false);
  expect(await store.writeDraft(client, draft(2), 1)).toBe(true);
  expect((await store.readDraft(client))?.revision).toBe(2);
});
