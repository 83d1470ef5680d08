/** Results of slices, over a real bucket; and over one that lists in small pages, or fails. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListObjectsV2Command, NoSuchKey, S3Client } from '@aws-sdk/client-s3';
import { openRunResults } from '../../../../functions/adapters/runs/run-results.ts';
import { startS3 } from '../../../../local/s3/server.ts';

const BUCKET = 'results';
const PLACE = { clientId: 'c', runId: 'r' };
const directory = mkdtempSync(join(tmpdir(), 'results-'));
let server: Awaited<ReturnType<typeof startS3>>;
let s3: S3Client;
beforeAll(async () => {
  server = await startS3({ directory, buckets: [BUCKET], port: 0 });
  s3 = new S3Client({
    endpoint: server.endpoint,
    region: 'eu-central-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
});
afterAll(async () => {
  s3.destroy();
  await server.close();
  rmSync(directory, { recursive: true });
});

test('each slice and the summary are kept apart, of each run and client', async () => {
  const results = openRunResults(BUCKET, s3);
  const others = [
    { clientId: 'c', runId: 'r2' },
    { clientId: 'd', runId: 'r' },
  ];
  await results.putSlice(PLACE, 2, { found: 2 });
  await results.putSlice(PLACE, 12, { found: 12 });
  await results.putSummary(PLACE, { all: true });
  expect(await Promise.all([2, 12, 1].map((slice) => results.getSlice(PLACE, slice)))).toEqual([
    { found: 2 },
    { found: 12 },
    undefined,
  ]);
  expect(await results.getSummary(PLACE)).toEqual({ all: true });
  expect(await results.countSlices(PLACE)).toBe(2);
  for (const other of others) {
    expect([
      await results.getSlice(other, 2),
      await results.getSummary(other),
      await results.countSlices(other),
    ]).toEqual([undefined, undefined, 0]);
  }
  // Under names of one length, they are listed in their order.
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: 'c/r/' }));
  expect(Contents.map(({ Key }) => Key)).toEqual([
    'c/r/slices/000002.json',
    'c/r/slices/000012.json',
    'c/r/summary.json',
  ]);
});

const over = (send: (input: { ContinuationToken?: string }) => object) =>
  openRunResults(BUCKET, { send: async ({ input }: { input: object }) => send(input) } as unknown as S3Client);

test('slices are counted on every page of the list', async () => {
  const pages = over(({ ContinuationToken }) =>
    ContinuationToken === undefined ? { KeyCount: 1000, NextContinuationToken: 'next' } : { KeyCount: 7 },
  );
  expect(await pages.countSlices(PLACE)).toBe(1007);
});

test('only an object that is not there was never written', async () => {
  const failing = (error: Error) =>
    over(() => {
      throw error;
    });
  expect(await failing(new NoSuchKey({ message: 'none', $metadata: {} })).getSlice(PLACE, 1)).toBeUndefined();
  await expect(failing(new Error('SlowDown')).getSlice(PLACE, 1)).rejects.toThrow('SlowDown');
});
