/** Accounts of imports too large for a message: JSON in an S3 object below one prefix, gzipped or not. */
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PermanentError, TransientError } from '../../runtime/errors.ts';
import { beyondBounds } from '../../runtime/json-bounds.ts';
import { PAYLOAD_PREFIX } from '../../runtime/names.ts';
import { isTransient } from '../../runtime/transient-errors.ts';

/** Where accounts are (`accountsAt` of the import message). */
export type PayloadPlace = { readonly bucket: string; readonly key: string };
export type PayloadBucket = ReturnType<typeof openPayloadBucket>;

/** A million rows of 64 bytes; the worker has room for it several times over. */
export const MOST_PAYLOAD_BYTES = 64 * 1024 * 1024;

/** Bank data deflates to an eighth; what deflates more than this is not believed to. */
const MOST_INFLATION = 16;

/** S3 takes a step `..` as a name, but software in between may not. */
const CLIMBING = /(^|\/)\.{1,2}(\/|$)/;

/** Bytes in UTF-8 (Amazon S3 user guide, "Naming Amazon S3 objects"). */
const LONGEST_KEY = 1024;

const deflate = promisify(gzip);
const inflate = promisify(gunzip);

/** @param bucketName the one bucket that is read and written, whatever a message names */
export function openPayloadBucket(bucketName: string, s3: S3Client = new S3Client()) {
  /** Writes accounts under a name of their own and answers where. */
  async function putAccounts(clientId: string, name: string, accounts: string): Promise<PayloadPlace> {
    const key = `${PAYLOAD_PREFIX}${clientId}/${name}.json.gz`;
    const Body = await deflate(accounts);
    // No Content-Encoding: a reader that inflates by that header would inflate twice with one that goes by the bytes.
    await s3.send(new PutObjectCommand({ Bucket: bucketName, Key: key, Body, ContentType: 'application/gzip' }));
    return { bucket: bucketName, key };
  }

  /**
   * The JSON value that an object holds.
   *
   * @throws PermanentError ACCOUNTS_AT_FORBIDDEN, ACCOUNTS_AT_MISSING, PAYLOAD_TOO_LARGE, NOT_JSON
   * @throws TransientError when S3 may answer the next time
   */
  async function getAccounts({ bucket, key }: PayloadPlace): Promise<unknown> {
    if (!isOurs({ bucket, key })) {
      throw new PermanentError(
        'ACCOUNTS_AT_FORBIDDEN',
        `accounts are read from the bucket ${bucketName} below ${PAYLOAD_PREFIX} only`,
      );
    }
    if (!canBeKey(key)) throw missing();
    const bytes = await inflated(await read(key));
    const beyond = beyondBounds(bytes);
    if (beyond !== undefined) throw new PermanentError('PAYLOAD_TOO_LARGE', `the object is too large: ${beyond}`);
    return parse(bytes);
  }

  /** Bytes that an object may hold, by its size alone. Undefined when there is none to be read, or S3 does not say. */
  async function mostBytesOf(place: PayloadPlace): Promise<number | undefined> {
    if (!isOurs(place) || !canBeKey(place.key)) return undefined;
    try {
      const { ContentLength } = await s3.send(new HeadObjectCommand({ Bucket: bucketName, Key: place.key }));
      return Math.min((ContentLength ?? 0) * MOST_INFLATION, MOST_PAYLOAD_BYTES);
    } catch {
      return undefined;
    }
  }

  const isOurs = ({ bucket, key }: PayloadPlace) =>
    bucket === bucketName && key.startsWith(PAYLOAD_PREFIX) && !CLIMBING.test(key);

  async function read(key: string): Promise<Uint8Array> {
    try {
      const { Body, ContentLength } = await s3.send(new GetObjectCommand({ Bucket: bucketName, Key: key }));
      if ((ContentLength ?? 0) > MOST_PAYLOAD_BYTES) {
        // The rest of the object must not stay in the socket: the connection is closed, not drained.
        (Body as { destroy?: () => void } | undefined)?.destroy?.();
        throw tooLarge();
      }
      return (await Body?.transformToByteArray()) ?? new Uint8Array();
    } catch (error) {
      const { name } = error as Error;
      if (name === 'NoSuchKey' || name === 'NotFound') {
        throw missing(error);
      }
      if (isTransient(error)) throw new TransientError('S3 did not give the object', { cause: error });
      throw error;
    }
  }

  return { putAccounts, getAccounts, mostBytesOf };
}

/** What S3 would refuse as a key, and the SDK as a URL: an error that never passes. */
function canBeKey(key: string): boolean {
  return key.isWellFormed() && !/\p{Cc}/u.test(key) && Buffer.byteLength(key) <= LONGEST_KEY;
}

/** Without the key: publishers may name objects by owners, and operators and logs see this. The message has it. */
function missing(cause?: unknown): PermanentError {
  return new PermanentError('ACCOUNTS_AT_MISSING', 'accountsAt: names an object that does not exist', { cause });
}

/** By the magic bytes (RFC 1952, section 2.3.1) and not by a header: publishers upload with any tool. */
async function inflated(bytes: Uint8Array): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return await inflate(bytes, { maxOutputLength: MOST_PAYLOAD_BYTES });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(error);
    throw new PermanentError('NOT_JSON', 'the object is damaged gzip', { cause: error });
  }
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    // The message of JSON.parse quotes the text, which is personal data: it stays out of queues and logs.
    throw new PermanentError('NOT_JSON', `the object is not JSON in UTF-8 (${(error as Error).name})`);
  }
}

function tooLarge(cause?: unknown): PermanentError {
  return new PermanentError('PAYLOAD_TOO_LARGE', `the object has more than ${MOST_PAYLOAD_BYTES} bytes`, { cause });
}
