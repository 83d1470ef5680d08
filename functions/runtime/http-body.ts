/** Reads the JSON body of a request: its media type, its encoding, its bounds and its form, each fault with its own answer. */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { MOST_BODY_BYTES, MOST_INFLATED_BYTES } from '../contracts/limits.ts';
import { HttpProblem } from './http-problems.ts';
import { beyondBounds } from './json-bounds.ts';
import { jsonFault } from './json-fault.ts';

const MEDIA_TYPE = /^application\/json\s*(;|$)/i;
const CHARSET = /;\s*charset\s*=\s*"?([^";\s]*)"?/i;
const REPLACEMENT = Buffer.from('\ufffd');
const inflate = promisify(gunzip);

/**
 * The JSON value in the body. As JSON.parse has it, the last of equal names counts.
 *
 * @throws HttpProblem UNSUPPORTED_MEDIA_TYPE, PAYLOAD_TOO_LARGE, INVALID_PAYLOAD
 */
export async function readJsonBody(event: APIGatewayProxyEvent): Promise<unknown> {
  checkMediaType(headerOf(event, 'content-type'));
  const encoding = headerOf(event, 'content-encoding').trim().toLowerCase();
  if (!['', 'identity', 'gzip'].includes(encoding)) {
    throw new HttpProblem('UNSUPPORTED_MEDIA_TYPE', 'The body may be encoded with gzip or not at all.', {
      headers: { 'Accept-Encoding': 'gzip, identity' },
    });
  }
  const received = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  if (received.length > MOST_BODY_BYTES) throw tooLarge(`at most ${MOST_BODY_BYTES} bytes may be sent`);
  const bytes = encoding === 'gzip' ? await inflated(received) : received;
  const beyond = beyondBounds(bytes);
  if (beyond !== undefined) throw tooLarge(beyond);
  return parse(decode(bytes));
}

/** JSON is UTF-8 (RFC 8259, section 8.1): a charset may say so, or nothing. */
function checkMediaType(mediaType: string): void {
  const charset = CHARSET.exec(mediaType)?.[1]?.toLowerCase();
  if (MEDIA_TYPE.test(mediaType.trim()) && (charset === undefined || charset === 'utf-8' || charset === 'utf8')) return;
  throw new HttpProblem('UNSUPPORTED_MEDIA_TYPE', 'The body must be application/json in UTF-8.', {
    headers: { Accept: 'application/json' },
  });
}

async function inflated(bytes: Buffer): Promise<Buffer> {
  try {
    return await inflate(bytes, { maxOutputLength: MOST_INFLATED_BYTES });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw tooLarge(`it may inflate to ${MOST_INFLATED_BYTES} bytes at most`);
    }
    throw unreadable('Content-Encoding is gzip, but the body is no whole gzip.');
  }
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw unreadable(`The body is not UTF-8 from byte ${wellFormedBytes(bytes)} on.`);
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
  if (text.trim() === '') throw unreadable('The body is empty.');
  try {
    return JSON.parse(text);
  } catch {
    const { line, column, expected } = jsonFault(text);
    throw unreadable(`The body is not JSON: line ${line}, column ${column}: ${expected}.`);
  }
}

/** The fault is in the body as a whole: its path is empty. */
function unreadable(detail: string): HttpProblem {
  return new HttpProblem('INVALID_PAYLOAD', detail, { errors: [{ path: '', message: detail }] });
}

function tooLarge(detail: string): HttpProblem {
  return new HttpProblem('PAYLOAD_TOO_LARGE', `The body is too large: ${detail}. Larger imports go through the queue.`);
}

function headerOf({ headers }: APIGatewayProxyEvent, name: string): string {
  const entry = Object.entries(headers ?? {}).find(([given]) => given.toLowerCase() === name);
  return entry?.[1] ?? '';
}
