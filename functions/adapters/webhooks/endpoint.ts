/**
 * Calls an endpoint of a client: an untrusted machine. Its address is checked when the connection is made, whatever DNS said before; no
 * redirect is followed; at most 64 kB of its answer are read, and discarded.
 */
import { lookup } from 'node:dns';
import { type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { addressIn, isLoopback, isPublic } from './public-addresses.ts';

const TIMEOUT_MS = 15_000;
const MOST_ANSWER_BYTES = 64 * 1024;

/** `status` is null when there was no answer: then `error` says why, in words for the client. */
export type Answered = { readonly status: number | null; readonly error: string | null };

export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}

export type EndpointOptions = {
  /** Of the service on one machine: this machine may be called, also by plain http. */
  readonly toLoopback: boolean;
  readonly timeoutMs?: number;
  /** DNS, where a test has one of its own. */
  readonly resolve?: typeof lookup;
};

export async function postTo(
  address: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  { toLoopback, timeoutMs = TIMEOUT_MS, resolve = lookup }: EndpointOptions,
): Promise<Answered> {
  const url = new URL(address);
  const isAllowed = (ip: string) => isPublic(ip) || (toLoopback && isLoopback(ip));
  const literal = addressIn(url);
  if (literal !== undefined && !isAllowed(literal)) return failed(new AddressRefused('the address is not public'));
  if (url.protocol !== 'https:' && !toLoopback) return failed(new AddressRefused('the address is not https'));
  const signal = AbortSignal.timeout(timeoutMs);
  const options: RequestOptions = {
    method: 'POST',
    // A connection of its own: one that is kept would not be looked at again.
    agent: false,
    signal,
    headers: { ...headers, 'Content-Length': Buffer.byteLength(body) },
    lookup: vetted(resolve, isAllowed),
  };
  try {
    const answer = await new Promise<IncomingMessage>((settle, reject) => {
      const send = url.protocol === 'https:' ? requestHttps : requestHttp;
      const outgoing = send(url, options, settle);
      outgoing.on('error', reject);
      outgoing.end(body);
    });
    const { statusCode = 0 } = answer;
    await readAway(answer);
    return { status: statusCode, error: null };
  } catch (error) {
    return failed(signal.aborted ? new Error(`no answer within ${timeoutMs / 1000} s`) : (error as Error));
  }
}

/** Looks a name up, and gives the connection its addresses only when all of them are allowed. */
function vetted(resolve: typeof lookup, isAllowed: (ip: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const found = [addresses ?? []].flat();
      if (error) return callback(error, '', 0);
      if (found.length === 0 || !found.every(({ address }) => isAllowed(address))) {
        return callback(new AddressRefused('the name leads to an address that is not public'), '', 0);
      }
      if (options.all) return callback(null, found);
      return callback(null, found[0]!.address, found[0]!.family);
    });
  };
}

/** To its end, or as far as it is read; the connection is closed either way. */
async function readAway(answer: IncomingMessage): Promise<void> {
  let bytes = 0;
  for await (const chunk of answer) {
    bytes += (chunk as Buffer).length;
    if (bytes > MOST_ANSWER_BYTES) break;
  }
  answer.destroy();
}

function failed(error: Error & { readonly code?: string }): Answered {
  return { status: null, error: error.name === 'AddressRefused' ? error.message : (error.code ?? error.message) };
}
