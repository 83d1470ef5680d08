/** The payload bucket, driven by the real SDK with its default checksums. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { startS3 } from '../../local/s3/server.ts';
import { startSecrets } from '../../local/secrets/server.ts';

const directory = mkdtempSync(join(tmpdir(), 's3-'));
const Bucket = 'payloads';
const credentials = { accessKeyId: 'stranger', secretAccessKey: 'any' };
const region = 'eu-central-1';

let server: Awaited<ReturnType<typeof startS3>>;
let s3: S3Client;
beforeAll(async () => {
  server = await startS3({ directory, buckets: [Bucket], port: 0 });
  s3 = new S3Client({ endpoint: server.endpoint, region, credentials, maxAttempts: 1 });
});
afterAll(async () => {
  s3.destroy();
  await server.close();
  rmSync(directory, { recursive: true, force: true });
});

const failure = async (sending: Promise<unknown>) =>
  sending.then(
    () => 'none',
    (error: Error) => error.name,
  );

test('an object comes back as it was put, with its coding, type and metadata', async () => {
  const Key = 'imports/demo/ż ółć+%2F?#.json.gz';
  const Body = gzipSync('[{"iban":"PL…"}]');
  const put = await s3.send(
    new PutObjectCommand({
      Bucket,
      Key,
      Body,
      ContentEncoding: 'gzip',
      ContentType: 'application/json',
      Metadata: { a: 'b' },
    }),
  );
  const got = await s3.send(new GetObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
  expect(got).toMatchObject({
    ETag: put.ETag,
    ContentEncoding: 'gzip',
    ContentType: 'application/json',
    Metadata: { a: 'b' },
  });
  expect(gunzipSync(await got.Body!.transformToByteArray()).toString()).toBe('[{"iban":"PL…"}]');
  expect(got.ChecksumCRC32).toBe(put.ChecksumCRC32);
});

test('a streamed body arrives without its chunk framing', async () => {
  const bytes = Buffer.alloc(300_000, 'żółć');
  const Body = Readable.from([bytes.subarray(0, 100_000), bytes.subarray(100_000)]);
  await s3.send(
    new PutObjectCommand({ Bucket, Key: 'streamed', Body, ContentLength: bytes.length, ContentEncoding: 'identity' }),
  );
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'streamed' }));
  expect(head).toMatchObject({ ContentLength: bytes.length, ContentEncoding: 'identity' });
  const { Body: got } = await s3.send(new GetObjectCommand({ Bucket, Key: 'streamed' }));
  expect(Buffer.from(await got!.transformToByteArray()).equals(bytes)).toBe(true);
  const part = await s3.send(new GetObjectCommand({ Bucket, Key: 'streamed', Range: 'bytes=2-5' }));
  expect(Buffer.from(await part.Body!.transformToByteArray()).equals(bytes.subarray(2, 6))).toBe(true);
});

test('replaced, listed, deleted; what is missing is missing by name', async () => {
  for (const [Key, Body] of [
    ['list/b', '1'],
    ['list/a', '22'],
    ['list/b', '333'],
    ['other', '4'],
  ] as const)
    await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
  const list = async () =>
    (await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'list/' }))).Contents?.map(
      ({ Key, Size }) => `${Key} ${Size}`,
    );
  expect(await list()).toEqual(['list/a 2', 'list/b 3']);
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'list/a' }));
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'list/a' }));
  expect(await list()).toEqual(['list/b 3']);
  expect(await failure(s3.send(new GetObjectCommand({ Bucket, Key: 'list/a' })))).toBe('NoSuchKey');
  expect(await failure(s3.send(new HeadObjectCommand({ Bucket, Key: 'list/a' })))).toBe('NotFound');
  expect(await failure(s3.send(new GetObjectCommand({ Bucket: 'elsewhere', Key: 'x' })))).toBe('NoSuchBucket');
  expect(await failure(s3.send(new GetObjectCommand({ Bucket: '..', Key: 'x' })))).not.toBe('none');
});

test('a long list comes in pages, in the order of UTF-8, from where one asks', async () => {
  // In UTF-16 the last one would come before the one before it.
  const keys = ['run/1/a', 'run/1/b', 'run/1/c', 'run/1/ż', 'run/1/\uFF5E', 'run/1/😀'];
  for (const Key of [...keys, 'run/10/a', 'run/2/a']) await s3.send(new PutObjectCommand({ Bucket, Key, Body: '{}' }));
  const page = async (rest: object) => {
    const { Contents = [], ...about } = await s3.send(
      new ListObjectsV2Command({ Bucket, Prefix: 'run/1/', MaxKeys: 4, ...rest }),
    );
    return { ...about, keys: Contents.map(({ Key }) => Key) };
  };
  const first = await page({});
  expect(first).toMatchObject({ KeyCount: 4, IsTruncated: true, Prefix: 'run/1/', keys: keys.slice(0, 4) });
  const second = await page({ ContinuationToken: first.NextContinuationToken });
  expect(second).toMatchObject({ KeyCount: 2, IsTruncated: false, keys: keys.slice(4) });
  expect(second.NextContinuationToken).toBeUndefined();
  expect((await page({ StartAfter: 'run/1/b' })).keys).toEqual(keys.slice(2));
  // As in S3, a token overrides the start.
  expect((await page({ StartAfter: 'run/1/a', ContinuationToken: first.NextContinuationToken })).keys).toEqual(
    keys.slice(4),
  );
  expect((await page({ Prefix: 'run/3/' })).keys).toEqual([]);
  expect(await failure(page({ Delimiter: '/' }))).not.toBe('none');
});

test('a damaged body is refused', async () => {
  expect(
    await failure(s3.send(new PutObjectCommand({ Bucket, Key: 'damaged', Body: 'x', ChecksumCRC32: 'AAAAAA==' }))),
  ).toBe('BadDigest');
});

test('a secret is made once and kept', async () => {
  const secret = {
    name: 'HashKey',
    arn: 'arn:aws:secretsmanager:eu-central-1:000000000000:secret:HashKey',
    generate: { PasswordLength: 64 },
  };
  const values: (string | undefined)[] = [];
  for (const SecretId of [secret.name, secret.arn]) {
    const running = await startSecrets({ file: join(directory, 'secrets.json'), secrets: [secret], port: 0 });
    const client = new SecretsManagerClient({ endpoint: running.endpoint, region, credentials, maxAttempts: 1 });
    values.push((await client.send(new GetSecretValueCommand({ SecretId }))).SecretString);
    expect(await failure(client.send(new GetSecretValueCommand({ SecretId: 'other' })))).toBe(
      'ResourceNotFoundException',
    );
    client.destroy();
    await running.close();
  }
  expect(values[0]).toHaveLength(64);
  expect(values[1]).toBe(values[0]);
});
