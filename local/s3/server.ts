/**
 * As much of S3 as our buckets need: put (also conditional on the tag of the stored object), get, head, delete and list objects, path
 * style, with the checksums that the SDK sends by default, and signed URLs, which expire, although signatures are not checked. All data
 * is under one directory.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { BodyTooLarge, closeServer, LOOPBACK, listen, readBody } from '../http.ts';
import type { Access } from '../iam/access.ts';
import { bucketRequest, objectRequest } from '../iam/requests.ts';
import { CHECKSUM_HEADER, wrongChecksum } from './checksums.ts';
import { decodeChunked } from './chunked.ts';
import type { Description, Objects } from './objects.ts';
import { openObjects } from './objects.ts';

export type S3Options = {
  readonly directory: string;
  readonly buckets: readonly string[];
  readonly port: number;
  readonly access?: Access;
  /** Called for each new object, before its sender gets an answer: a kill in between loses no announcement. */
  readonly announce?: (bucket: string, object: Description) => Promise<void>;
};

/** Half a gigabyte: bodies are held in memory on their way to the disk. */
const MAX_BODY = 512 * 1_048_576;
const KEPT_HEADERS = /^(content-type|content-disposition|content-language|cache-control|expires|x-amz-meta-.+)$/;

class S3Error extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const denied = (message: string) => new S3Error(403, 'AccessDenied', message);

export async function startS3({ directory, buckets, port, access, announce = async () => {} }: S3Options) {
  const objects = await openObjects(directory, buckets);
  const server = createServer((request, response) => {
    response.setHeader('x-amz-request-id', randomUUID());
    handle({ ...objects, put: announcing(objects, announce) }, access, request, response).catch((error: unknown) =>
      fail(request, response, error),
    );
  });
  const endpoint = `http://${LOOPBACK}:${await listen(server, port, { otherwiseAny: true })}`;
  return { endpoint, close: () => closeServer(server, 300) };
}

function announcing({ put }: Objects, announce: NonNullable<S3Options['announce']>): Objects['put'] {
  return async (bucket, ...object) => {
    const description = await put(bucket, ...object);
    if (description) await announce(bucket, description);
    return description;
  };
}

async function handle(
  objects: Objects,
  access: Access | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://s3');
  const [, bucket = '', rest = ''] = /^\/([^/]*)\/?(.*)$/s.exec(url.pathname) ?? [];
  const key = decodeURIComponent(rest);
  if (isExpired(url.searchParams)) throw new S3Error(403, 'AccessDenied', 'Request has expired');
  if (!objects.exists(bucket)) throw new S3Error(404, 'NoSuchBucket', 'The specified bucket does not exist');
  const method = request.method ?? 'GET';
  const mayList = () => access?.refusal(request, [bucketRequest(bucket)]);
  const refusal = key === '' ? mayList() : access?.refusal(request, [objectRequest(method, bucket, key)]);
  if (refusal !== undefined) throw denied(refusal);
  if (key === '') {
    if (method === 'HEAD') return void response.end();
    if (method === 'GET') return list(objects, bucket, url.searchParams, response);
  } else {
    if (method === 'PUT' && !request.headers['x-amz-copy-source']) return put(objects, bucket, key, request, response);
    if (method === 'GET' || method === 'HEAD') {
      const description = await objects.describe(bucket, key);
      if (description) return get(objects, bucket, description, request, response);
      // Only those who may list objects may know whether this one exists.
      const hidden = mayList();
      throw hidden === undefined ? new S3Error(404, 'NoSuchKey', 'The specified key does not exist.') : denied(hidden);
    }
    if (method === 'DELETE') {
      await objects.remove(bucket, key);
      response.statusCode = 204;
      return void response.end();
    }
  }
  throw new S3Error(501, 'NotImplemented', 'The local payload bucket does not implement this');
}

/** A signed URL is valid for this many seconds from the instant of its signature (AWS signature version 4, in the query). */
function isExpired(query: URLSearchParams): boolean {
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(query.get('X-Amz-Date') ?? '') ?? [];
  if (parts.length === 0) return false;
  const [year = 0, month = 0, ...rest] = parts.map(Number);
  const signedAt = Date.UTC(year, month - 1, ...rest);
  return Date.now() > signedAt + Number(query.get('X-Amz-Expires') ?? 0) * 1000;
}

async function put(objects: Objects, bucket: string, key: string, request: IncomingMessage, response: ServerResponse) {
  const raw = await readBody(request, MAX_BODY);
  const codings = String(request.headers['content-encoding'] ?? '')
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '');
  const streamed = String(request.headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-');
  const chunked = streamed || codings.includes('aws-chunked');
  const { body, trailers } = chunked ? decode(raw) : { body: raw, trailers: {} };

  const checksums: Record<string, string> = {};
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...request.headers, ...trailers })) {
    if (CHECKSUM_HEADER.test(name) || name === 'content-md5') checksums[name] = String(value);
    else if (KEPT_HEADERS.test(name)) kept[name] = String(value);
  }
  const wrong = wrongChecksum(body, checksums);
  if (wrong) throw new S3Error(400, 'BadDigest', `The ${wrong} you specified did not match what we received.`);
  delete checksums['content-md5'];
  const coding = codings.filter((name) => name !== 'aws-chunked').join(',');
  if (coding !== '') kept['content-encoding'] = coding;
  const ifMatch = request.headers['if-match'];
  const description = await objects.put(bucket, key, body, { ...kept, ...checksums }, ifMatch);
  if (!description) {
    throw new S3Error(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
  }
  response.setHeader('etag', description.etag);
  for (const [name, value] of Object.entries(checksums)) response.setHeader(name, value);
  response.end();
}

async function get(
  objects: Objects,
  bucket: string,
  description: Description,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const range = rangeOf(request, description);
  for (const [name, value] of Object.entries(description.headers)) {
    // A checksum of the whole would not fit a part of it.
    if (!CHECKSUM_HEADER.test(name) || (!range && request.headers['x-amz-checksum-mode']))
      response.setHeader(name, value);
  }
  response.setHeader('etag', description.etag);
  response.setHeader('last-modified', new Date(description.modified).toUTCString());
  response.setHeader('accept-ranges', 'bytes');
  const [from, to] = range ?? [0, description.size - 1];
  response.setHeader('content-length', to - from + 1);
  if (range) {
    response.statusCode = 206;
    response.setHeader('content-range', `bytes ${from}-${to}/${description.size}`);
  }
  if (request.method === 'HEAD') return void response.end();
  const body = await objects.read(bucket, description);
  response.end(body.subarray(from, to + 1));
}

function rangeOf(request: IncomingMessage, { size }: Description): readonly [number, number] | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const from = first === '' ? Math.max(size - Number(last), 0) : Number(first);
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (from > to) throw new S3Error(416, 'InvalidRange', 'The requested range is not satisfiable');
  return [from, to];
}

async function list(objects: Objects, bucket: string, query: URLSearchParams, response: ServerResponse) {
  if (query.has('delimiter')) throw new S3Error(501, 'NotImplemented', 'The local bucket knows no delimiter');
  const prefix = query.get('prefix') ?? '';
  const token = query.get('continuation-token');
  // A token is where the previous page ended; it overrides start-after.
  const after = Buffer.from(token ?? query.get('start-after') ?? '', token === null ? 'utf8' : 'base64');
  const max = Math.min(Number(query.get('max-keys') ?? 1000), 1000);
  const all = (await objects.list(bucket)).filter(
    ({ key }) => key.startsWith(prefix) && Buffer.compare(Buffer.from(key), after) > 0,
  );
  const page = all.slice(0, max);
  const more = all.length > page.length;
  const contents = page.map(
    ({ key, size, etag, modified }) =>
      `<Contents><Key>${xml(key)}</Key><LastModified>${modified}</LastModified><ETag>${xml(etag)}</ETag><Size>${size}</Size><StorageClass>STANDARD</StorageClass></Contents>`,
  );
  const last = Buffer.from(page.at(-1)?.key ?? '').toString('base64');
  const next = more ? `<NextContinuationToken>${last}</NextContinuationToken>` : '';
  response.setHeader('content-type', 'application/xml');
  response.end(
    `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${xml(bucket)}</Name><Prefix>${xml(prefix)}</Prefix><KeyCount>${page.length}</KeyCount><MaxKeys>${max}</MaxKeys><IsTruncated>${more}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`,
  );
}

function decode(raw: Buffer) {
  try {
    return decodeChunked(raw);
  } catch {
    throw new S3Error(
      400,
      'IncompleteBody',
      'The request body is not in the aws-chunked form that its headers announce.',
    );
  }
}

function fail(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy();
  const known =
    error instanceof S3Error
      ? error
      : error instanceof URIError
        ? new S3Error(400, 'InvalidURI', "Couldn't parse the specified URI.")
        : error instanceof BodyTooLarge
          ? new S3Error(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size')
          : new S3Error(500, 'InternalError', 'We encountered an internal error. Please try again.');
  if (known.status === 500) process.stderr.write(`s3: ${error instanceof Error ? error.stack : String(error)}\n`);
  response.statusCode = known.status;
  response.setHeader('content-type', 'application/xml');
  const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${known.code}</Code><Message>${xml(known.message)}</Message></Error>`;
  response.end(request.method === 'HEAD' ? undefined : body);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const xml = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML takes them only as references.
  text.replace(/[&<>"\x00-\x1f]/g, (found) => ENTITIES[found] ?? `&#x${found.charCodeAt(0).toString(16)};`);
