/** Reads the body of a request: its media type, its encoding, its bounds and its form, each fault with its own answer. */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { MOST_BODY_BYTES, MOST_INFLATED_BYTES } from '../contracts/http/limits.ts';
import { foreignText } from '../contracts/import/foreign-body.ts';
import type { Parsed } from '../contracts/import/import-message.ts';
import { MOST_AMENDMENT_BYTES } from '../domain/catalogue/amendment.ts';
import type { Fault } from '../domain/values/fault.ts';
import { beyondBounds, JSON_BOUNDS, type JsonBounds } from '../runtime/json-bounds.ts';
import { jsonFault } from '../runtime/json-fault.ts';
import { HttpProblem } from './problems.ts';

const MEDIA_TYPE = /^application\/json\s*(;|$)/i;
const CHARSET = /;\s*charset\s*=\s*"?([^";\s]*)"?/i;
const REPLACEMENT = Buffer.from('\ufffd');
const inflate = promisify(gunzip);

/** How many bytes a body may have; `advice` is for the sender of one that is too large. */
export type ByteBounds = { readonly sent: number; readonly inflated: number; readonly advice: string };
/** What a JSON body may cost. */
export type BodyBounds = ByteBounds & { readonly json: JsonBounds };

export const IMPORT_BOUNDS: BodyBounds = {
  sent: MOST_BODY_BYTES,
  inflated: MOST_INFLATED_BYTES,
  json: JSON_BOUNDS,
  advice: 'Larger imports go through the queue.',
};

/** Rules nest eight deep, each in its list: what goes far beyond is not for a recursive reader. */
export const AMENDMENT_BOUNDS: BodyBounds = {
  sent: MOST_AMENDMENT_BYTES,
  inflated: MOST_AMENDMENT_BYTES,
  json: { depth: 100, containers: 100_000, names: 1_000 },
  advice: 'Leave out what the catalogue need not say.',
};

/**
 * The JSON value in the body. As JSON.parse has it, the last of equal names counts.
 *
 * @throws HttpProblem UNSUPPORTED_MEDIA_TYPE, PAYLOAD_TOO_LARGE, INVALID_PAYLOAD
 */
export async function readJsonBody(event: APIGatewayProxyEvent, bounds: BodyBounds = IMPORT_BOUNDS): Promise<unknown> {
  checkMediaType(headerOf(event, 'content-type'));
  const bytes = await readBytes(event, bounds);
  if (bounds === IMPORT_BOUNDS) refuseForeign(bytes);
  const beyond = beyondBounds(bytes, bounds.json);
  if (beyond !== undefined) throw tooLarge(beyond, bounds.advice);
  return parse(decode(bytes));
}

/**
 * A file as the body, whatever its media type is called. One that is gzip by its content is inflated too, because files are often stored
 * that way.
 *
 * @throws HttpProblem UNSUPPORTED_MEDIA_TYPE, PAYLOAD_TOO_LARGE, INVALID_PAYLOAD
 */
export async function readFileBody(event: APIGatewayProxyEvent, bounds: ByteBounds): Promise<Uint8Array> {
  const bytes = await readBytes(event, bounds);
  const file = isGzip(bytes)
    ? await inflated(bytes, bounds, 'must be whole, and is a gzip that is cut or damaged')
    : bytes;
  if (file.length === 0) throw unreadable('must not be empty');
  return file;
}

/** The bytes that were sent, without their Content-Encoding. The gateway passes on binary types as Base64 and others as text. */
async function readBytes(event: APIGatewayProxyEvent, bounds: ByteBounds): Promise<Buffer> {
  const encoding = headerOf(event, 'content-encoding').trim().toLowerCase();
  if (!['', 'identity', 'gzip'].includes(encoding)) {
    throw new HttpProblem('UNSUPPORTED_MEDIA_TYPE', 'The body may be encoded with gzip or not at all.', {
      headers: { 'Accept-Encoding': 'gzip, identity' },
    });
  }
  const received = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  if (received.length > bounds.sent) throw tooLarge(`at most ${bounds.sent} bytes may be sent`, bounds.advice);
  if (encoding !== 'gzip') return received;
  return inflated(received, bounds, 'must be a whole gzip, as Content-Encoding says');
}

/** By the magic bytes (RFC 1952, section 2.3.1). */
function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * What a body says, in the form that `read` checks, within the bounds of an amendment.
 *
 * @throws HttpProblem as `readJsonBody`; INVALID_PAYLOAD with every fault that `read` finds
 */
export async function readCheckedBody<Value>(
  event: APIGatewayProxyEvent,
  read: (value: unknown) => Parsed<Value>,
): Promise<Value> {
  const { value, faults } = read(await readJsonBody(event, AMENDMENT_BOUNDS));
  if (faults) throw invalidPayload(faults);
  return value;
}

/** Whether anything was sent at all. */
export function hasBody({ body }: APIGatewayProxyEvent): boolean {
  return body !== null && body !== undefined && body !== '';
}

export function invalidPayload(errors: readonly Fault[]): HttpProblem {
  const faults = errors.length === 1 ? 'a fault' : `${errors.length} faults`;
  return new HttpProblem('INVALID_PAYLOAD', `The body has ${faults}; nothing of it was taken.`, { errors });
}

/** What is known and is no JSON is named, rather than its first wrong byte. */
function refuseForeign(bytes: Buffer): void {
  const foreign = foreignText(bytes.subarray(0, 64).toString('latin1'));
  if (foreign !== undefined) throw unreadable(`must be JSON, and ${foreign}`);
}

/** JSON is UTF-8 (RFC 8259, section 8.1): a charset may say so, or nothing. */
function checkMediaType(mediaType: string): void {
  const charset = CHARSET.exec(mediaType)?.[1]?.toLowerCase();
  if (MEDIA_TYPE.test(mediaType.trim()) && (charset === undefined || charset === 'utf-8' || charset === 'utf8')) return;
  throw new HttpProblem('UNSUPPORTED_MEDIA_TYPE', 'The body must be application/json in UTF-8.', {
    headers: { Accept: 'application/json' },
  });
}

async function inflated(bytes: Buffer, { inflated: most, advice }: ByteBounds, otherwise: string): Promise<Buffer> {
  try {
    return await inflate(bytes, { maxOutputLength: most });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw tooLarge(`it may inflate to ${most} bytes at most`, advice);
    }
    throw unreadable(otherwise);
  }
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw unreadable(`must be UTF-8, and is not from byte ${wellFormedBytes(bytes)} on`);
  }
}

/** How many bytes are well-formed UTF-8 before the first that is not. */
function wellFormedBytes(bytes: Buffer): number {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  let at = text.indexOf('\ufffd');
  let before = 0;
  let from = 0;
  while (at !== -1) {
    before += Buffer.byteLength(text.slice(from, at));
    // The character itself may have been sent, and it is as good as any other.
    if (!bytes.subarray(before, before + REPLACEMENT.length).equals(REPLACEMENT)) return before;
    before += REPLACEMENT.length;
    from = at + 1;
    at = text.indexOf('\ufffd', from);
  }
  return bytes.length;
}

function parse(text: string): unknown {
  if (text.trim() === '') throw unreadable('must not be empty');
  try {
    return JSON.parse(text);
  } catch {
    const { line, column, expected } = jsonFault(text);
    throw unreadable(`must be JSON: line ${line}, column ${column}: ${expected}`);
  }
}

/** The fault is in the body as a whole: its path is empty. */
function unreadable(message: string): HttpProblem {
  return new HttpProblem('INVALID_PAYLOAD', `The body ${message}.`, { errors: [{ path: '', message }] });
}

function tooLarge(detail: string, advice: string): HttpProblem {
  return new HttpProblem('PAYLOAD_TOO_LARGE', `The body is too large: ${detail}. ${advice}`);
}

function headerOf({ headers }: APIGatewayProxyEvent, name: string): string {
  const entry = Object.entries(headers ?? {}).find(([given]) => given.toLowerCase() === name);
  return entry?.[1] ?? '';
}
