/** Large files over a real table and a real bucket: requested, put by the signed URL, announced, read, refused, erased. */
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { S3Client } from '@aws-sdk/client-s3';
import { openStatementUploads, placeOfUpload } from '../../../../functions/adapters/imports/statement-uploads.ts';
import { openUploadObjects } from '../../../../functions/adapters/imports/upload-objects.ts';
import { MOST_LARGE_BYTES } from '../../../../functions/contracts/http/limits.ts';
import { RefusedError, TransientError } from '../../../../functions/runtime/errors.ts';
import { forgetUploads } from '../../../../functions/use-cases/imports/forget-uploads.ts';
import { importStatus } from '../../../../functions/use-cases/imports/import-status.ts';
import { askForUpload } from '../../../../functions/use-cases/imports/large-uploads.ts';
import type { UploadMessage } from '../../../../functions/use-cases/imports/read-upload.ts';
import { type ReadUploadedParts, readUploaded } from '../../../../functions/use-cases/imports/read-uploaded.ts';
import { eraseOwner } from '../../../../functions/use-cases/owners/erase.ts';
import type { Notify } from '../../../../functions/use-cases/webhooks/notify.ts';
import { startS3 } from '../../../../local/s3/server.ts';
import { CLIENT, NOW, newOwner, ownerOf, ownTable, serviceOver } from '../../../support/service.ts';

const Bucket = 'payloads';
const directory = mkdtempSync(join(tmpdir(), 'uploads-'));
const table = ownTable();
const arrived: string[] = [];
const sent: UploadMessage[] = [];
const told: Parameters<Notify>[1][number][] = [];
let server: Awaited<ReturnType<typeof startS3>>;
let s3: S3Client;
let parts: ReadUploadedParts & {
  readonly uploads: ReturnType<typeof openStatementUploads>;
  readonly objects: ReturnType<typeof openUploadObjects>;
};

beforeAll(async () => {
  const announce = async (_: string, { key }: { key: string }) => void arrived.push(key);
  server = await startS3({ directory, buckets: [Bucket], port: 0, announce });
  s3 = new S3Client({
    endpoint: server.endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  parts = {
    uploads: openStatementUploads(table.dynamo, table.table),
    objects: openUploadObjects(Bucket, s3),
    refused: serviceOver(table).refused,
    send: async (message) => void sent.push(message as UploadMessage),
    notify: async (_, notices) => void told.push(...notices),
    now: () => NOW,
  };
});
beforeEach(() => {
  for (const list of [arrived, sent, told]) list.splice(0);
});
afterAll(async () => {
  s3.destroy();
  await server.close();
  await rm(directory, { recursive: true });
});

/** Of an account, from one evening to another, with a row in between. */
const mt940 = (account = 'DE89370400440532013000', row = ':61:2611191119D49,99NMSCNONREF') =>
  [
    ':20:X',
    `:25:${account}`,
    ':28C:11/1',
    ':60F:C261031EUR100,00',
    row,
    ':86:ZOOPLUS',
    ':62F:C261120EUR50,01',
    '-\n',
  ].join('\n');
const PARAMETERS = { wholeDays: false };
let count = 0;

async function ask(owner: string, parameters: object = {}, now = NOW) {
  const importId = `import-${++count}`;
  const { url } = await askForUpload(parts, ownerOf(owner), importId, { ...PARAMETERS, ...parameters }, now);
  return { importId, url };
}

const put = async (url: string, body: string | Uint8Array) =>
  (await fetch(url, { method: 'PUT', body: typeof body === 'string' ? body : new Uint8Array(body) })).status;
/** Reads the last announced file. */
const read = (more: Partial<ReadUploadedParts> = {}) => readUploaded({ ...parts, ...more }, arrived.at(-1) ?? '');
const statusOf = (ownerExternalId: string, importId: string) =>
  importStatus({ ...serviceOver(table), uploads: parts.uploads }, { clientId: CLIENT, ownerExternalId, importId });
const isThere = async (key: string | undefined) =>
  (await parts.objects.read(key ?? '', MOST_LARGE_BYTES)) !== undefined;

test('a file that is put by the signed URL becomes an import under the id that was given, with a report', async () => {
  const owner = newOwner();
  const { importId, url } = await ask(owner);
  expect(new URL(url).search).not.toMatch(/checksum/i);
  expect(await put(url, gzipSync(mt940()))).toBe(200);
  expect(arrived.map(placeOfUpload)).toEqual([{ clientId: CLIENT, hash: ownerOf(owner).hash, importId }]);
  expect(await read()).toBe('queued');
  expect(sent).toMatchObject([
    {
      clientId: CLIENT,
      importId,
      ownerExternalId: owner,
      source: 'OWNER_UPLOAD',
      importedAt: new Date(NOW).toISOString(),
      accounts: [{ covers: { from: '2026-11-01', to: '2026-11-20' }, transactions: [{ title: 'ZOOPLUS' }] }],
    },
  ]);
  expect(await statusOf(owner, importId)).toMatchObject({
    status: 'unknown',
    report: { format: 'mt940', warnings: [] },
  });
  expect(await isThere(arrived[0])).toBe(false);
  // A file that is announced twice is read once.
  expect(await read()).toBe('gone');
  expect(sent).toHaveLength(1);
});

test('parameters are those of the request; several imports have ids with one prefix, and the file’s own comes last', async () => {
  const { url } = await ask(newOwner(), {
    account: 'DE89370400440532013000',
    currency: 'EUR',
    wholeDays: true,
  });
  const rows = ['2026-10-09', '2026-11-11'].map((day) => `${day};-1,50;Brot`).join('\n');
  await put(url, `Datum;Betrag;Text\n${rows}\n`);
  expect(await read()).toBe('refused');
  const mapping = JSON.stringify({
    columns: { bookedOn: 'Datum', amount: 'Betrag', title: 'Text' },
    dates: 'YMD',
    decimal: ',',
  });
  const other = await ask(newOwner(), { account: 'DE89370400440532013000', currency: 'EUR', wholeDays: true, mapping });
  await put(other.url, `Datum;Betrag;Text\n${rows}\n`);
  expect(await read()).toBe('queued');
  expect(sent.map((message) => message.importId)).toEqual([other.importId]);
  const apart = await ask(newOwner());
  const september = mt940()
    .replace('C261031', 'C260831')
    .replace('2611191119', '2609100910')
    .replace('C261120', 'C260930');
  await put(apart.url, mt940() + september);
  expect(await read()).toBe('queued');
  expect(sent.slice(1).map((message) => message.importId)).toEqual([`${apart.importId}-2`, apart.importId]);
});

test.each<[string, string | Uint8Array, object]>([
  ['INVALID_STATEMENTS', '%PDF-1.7', { detail: 'line 1: is a PDF; ask the bank for camt.053, MT940 or CSV' }],
  ['INVALID_STATEMENTS', mt940(undefined, ':61:nonsense'), { detail: expect.stringMatching(/^line 5: /) }],
  ['INVALID_STATEMENTS', '', { detail: 'The file is empty.' }],
  [
    'INVALID_STATEMENTS',
    gzipSync(Buffer.alloc(MOST_LARGE_BYTES + 1)),
    { detail: expect.stringContaining('unpacks to more than') },
  ],
])('%s is reported to the client, and the file is gone', async (reason, body, more) => {
  const owner = newOwner();
  const { importId, url } = await ask(owner);
  await put(url, body);
  expect(await read()).toBe('refused');
  expect(await statusOf(owner, importId)).toMatchObject({ status: 'refused', reason, at: NOW, ...more });
  expect(told).toMatchObject([{ type: 'import.refused', data: { importId } }]);
  expect([sent, await isThere(arrived[0])]).toEqual([[], false]);
});

test('a file that is too large is refused before it is read', async () => {
  const owner = newOwner();
  const { importId, url } = await ask(owner);
  await put(url, mt940());
  const objects = { ...parts.objects, read: (key: string) => parts.objects.read(key, 10) };
  expect(await read({ objects })).toBe('refused');
  const detail = `the file has ${mt940().length} bytes; at most 10 are read`;
  expect(await statusOf(owner, importId)).toMatchObject({ status: 'refused', reason: 'PAYLOAD_TOO_LARGE', detail });
});

test('a file of no whole day is refused with what it lacks', async () => {
  const owner = newOwner();
  const { importId, url } = await ask(owner, { account: 'DE89370400440532013000' });
  const row = { transaction_id: 't1', account_id: 'a', amount: 1.5, iso_currency_code: 'EUR', date: '2026-11-09' };
  await put(url, JSON.stringify({ added: [row], removed: [{ transaction_id: 't0' }], next_cursor: 'c' }));
  expect(await read()).toBe('refused');
  const detail = expect.stringMatching(/^no day of the file is shown to be whole; .*2026-11-09/);
  expect(await statusOf(owner, importId)).toMatchObject({ status: 'refused', reason: 'NO_WHOLE_DAY', detail });
});

test('an unrequested object is removed and not read, whatever its name says', async () => {
  const { url } = await ask(newOwner());
  await put(url.replace(/import-\d+/, 'import-forged'), mt940());
  expect([await read(), await isThere(arrived.at(-1)), sent]).toEqual(['gone', false, []]);
  expect(await readUploaded(parts, 'imports/demo/x.json.gz')).toBe('gone');
});

/** As the function for erasures does it, at an instant. */
async function erase(ownerExternalId: string, now = NOW): Promise<void> {
  await eraseOwner(
    serviceOver(table, { now }),
    { clientId: CLIENT, ownerExternalId },
    { forgetCopies: (key, erasedAt) => forgetUploads(parts, key, erasedAt) },
  );
}

test('an erasure removes files requested before it, even if they arrive after it; files requested later stay', async () => {
  const owner = newOwner();
  const [before, late, after] = [
    await ask(owner, {}, NOW - 2),
    await ask(owner, {}, NOW - 1),
    await ask(owner, {}, NOW + 1),
  ];
  await put(before.url, mt940());
  await erase(owner);
  expect(await isThere(arrived[0])).toBe(false);
  expect(await read()).toBe('gone');
  await put(late.url, mt940());
  expect([await read(), await isThere(arrived.at(-1)), sent, told]).toEqual(['gone', false, [], []]);
  expect(await statusOf(owner, late.importId)).toEqual({ status: 'unknown' });
  await put(after.url, mt940());
  expect(await read()).toBe('queued');
});

test('one that is erased while it is read brings nothing back: neither data nor a refusal', async () => {
  const owner = newOwner();
  const { importId, url } = await ask(owner);
  await put(url, mt940());
  const send = async (message: Parameters<typeof parts.send>[0]) => {
    await erase(owner, NOW + 1);
    return parts.send(message);
  };
  expect(await read({ send })).toBe('queued');
  // Made before the erasure, so the worker joins none of it.
  expect(Date.parse(sent[0]?.importedAt ?? '')).toBeLessThanOrEqual(NOW);
  expect(await parts.uploads.findReport(ownerOf(owner), importId)).toBeUndefined();
  const other = await ask(owner, {}, NOW + 2);
  await put(other.url, 'nonsense');
  expect(await read({ notify: () => erase(owner, NOW + 3) })).toBe('gone');
  expect(await statusOf(owner, other.importId)).toEqual({ status: 'unknown' });
});

test('what stops the reading and passes is tried again; a file that ends the process twice is refused', async () => {
  const owner = newOwner();
  const { importId, url } = await ask(owner);
  await put(url, mt940());
  const send = () => Promise.reject(new TransientError('the queue is away'));
  for (let times = 0; times < 4; times++) await expect(read({ send })).rejects.toThrow('the queue is away');
  const place = { ...ownerOf(owner), importId };
  await parts.uploads.begin(place);
  expect(await read()).toBe('queued');
  const next = await ask(owner);
  await put(next.url, mt940());
  await parts.uploads.begin({ ...place, importId: next.importId });
  await parts.uploads.begin({ ...place, importId: next.importId });
  expect(await read()).toBe('refused');
  expect(await statusOf(owner, next.importId)).toMatchObject({ status: 'refused', reason: 'TOO_COSTLY' });
});

test('wrong data about a file is refused at once', async () => {
  await expect(ask(newOwner(), { format: 'mt490' })).rejects.toThrow(RefusedError);
  await expect(ask(newOwner(), { mapping: 'no-bank' })).rejects.toThrow(RefusedError);
});
