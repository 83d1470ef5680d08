/**
 * Common to every server of the local service: it listens on loopback only, rejects requests from web pages of other origins,
 * reads bodies up to a limit, and closes within a given time whatever its clients do.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { type AddressInfo, BlockList, isIP } from 'node:net';

export const LOOPBACK = '127.0.0.1';

export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

export type Listening = {
  /** If a port is taken, a free one replaces it; URLs usually stay the same from one start to the next. */
  readonly otherwiseAny?: boolean;
  /** Pages of any origin may call it: for a server that requires a key itself. */
  readonly anyOrigin?: boolean;
  readonly outside?: Outside;
};

/** Where a server listens instead of on loopback, and the networks (`10.0.0.0/8`) whose addresses it answers, besides this machine. */
export type Outside = { readonly host: string; readonly allow: readonly string[] };

/**
 * Listens on 127.0.0.1, or where `outside` says, and returns the port. `wanted` 0 means any free port. The server's listeners must be
 * there already.
 */
export async function listen(
  server: Server,
  wanted: number,
  { otherwiseAny = false, anyOrigin = false, outside }: Listening = {},
): Promise<number> {
  const host = outside?.host ?? LOOPBACK;
  guard(server, outside ? forNetworks(outside.allow) : forThisMachine(anyOrigin));
  try {
    await listenOn(server, wanted, host);
  } catch (error) {
    if (!otherwiseAny || wanted === 0 || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    await listenOn(server, 0, host);
  }
  return (server.address() as AddressInfo).port;
}

function listenOn(server: Server, port: number, host = LOOPBACK): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** The reason for which a request is rejected, or undefined. */
type Refusal = (request: IncomingMessage) => string | undefined;

/**
 * A web page can have a browser send requests to a server on this machine, and with DNS rebinding (a name that later resolves to
 * 127.0.0.1) read the answer, too. The browser then sends that host, or the page's origin; our own clients send loopback and no origin.
 */
function forThisMachine(anyOrigin: boolean): Refusal {
  return ({ headers: { host, origin } }) =>
    isLoopback(`http://${host}`) && (anyOrigin || origin === undefined || isLoopback(origin))
      ? undefined
      : `This server is for programs on this machine: ask ${LOOPBACK} or localhost, and from no other site.`;
}

/** @throws for anything but a network */
export function forNetworks(networks: readonly string[]): Refusal {
  const allowed = new BlockList();
  for (const network of ['127.0.0.0/8', '::1/128', ...networks]) {
    const [address = '', bits = ''] = network.split('/');
    const version = isIP(address);
    if (version === 0 || !/^\d+$/.test(bits))
      throw new Error(`"${network}" is not a network: write it as 192.168.0.0/16`);
    allowed.addSubnet(address, Number(bits), version === 4 ? 'ipv4' : 'ipv6');
  }
  return ({ socket: { remoteAddress = '' } }) => {
    const address = remoteAddress.replace(/^::ffff:/, '');
    return isIP(address) !== 0 && allowed.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6')
      ? undefined
      : `This server does not answer ${address}: its ALLOW does not hold that address.`;
  };
}

function guard(server: Server, refusalOf: Refusal): void {
  const listeners = server.listeners('request');
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const refusal = refusalOf(request);
    if (refusal === undefined) {
      for (const listener of listeners) listener.call(server, request, response);
    } else {
      response.writeHead(403, { 'content-type': 'text/plain', connection: 'close' });
      response.end(`${refusal}\n`);
    }
  });
}

function isLoopback(url: string): boolean {
  const name = URL.parse(url)?.hostname ?? '';
  return name === LOOPBACK || name === '[::1]' || name === 'localhost' || name.endsWith('.localhost');
}

/** @throws EADDRINUSE when the port is taken: reported at once, not after everything else was started */
export async function assertFree(port: number, host = LOOPBACK): Promise<void> {
  if (port === 0) return;
  const probe = createServer();
  await listenOn(probe, port, host);
  await new Promise((resolve) => probe.close(resolve));
}

/** The whole body. Beyond `limit` bytes the rest is read and dropped, so that the client can read the answer. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
    // A body that never ends gets no answer.
    if (size > limit * 4) break;
  }
  if (size > limit) throw new BodyTooLarge(`the body is longer than ${limit} bytes`);
  return Buffer.concat(chunks, size);
}

/** Accepts no new connections, lets running requests end for `graceMs`, then cuts the rest. */
export function closeServer(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
