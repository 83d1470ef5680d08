/**
 * What every server of the local service shares: it listens on loopback only, answers nobody who comes by a web page from elsewhere,
 * reads bodies up to a limit, and closes within a given time however its clients behave.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export const LOOPBACK = '127.0.0.1';

export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

export type Listening = {
  /** A port that is taken is replaced by a free one: a nicety for URLs that stay the same from one start to the next. */
  readonly otherwiseAny?: boolean;
  /** Pages from anywhere may ask: for a server that asks for a key itself. */
  readonly anyOrigin?: boolean;
};

/** Listens on 127.0.0.1 and answers with the port. `wanted` 0 means any free port. The server's listeners must be there already. */
export async function listen(
  server: Server,
  wanted: number,
  { otherwiseAny = false, anyOrigin = false }: Listening = {},
): Promise<number> {
  guard(server, anyOrigin);
  try {
    await listenOn(server, wanted);
  } catch (error) {
    if (!otherwiseAny || wanted === 0 || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    await listenOn(server, 0);
  }
  return (server.address() as AddressInfo).port;
}

function listenOn(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/**
 * A web page can have a browser ask a server on this machine, and by a name that is made to mean 127.0.0.1 later it can read the answer,
 * too. The browser then names that host, or the origin of the page; our own clients name loopback, and no origin.
 */
function guard(server: Server, anyOrigin: boolean): void {
  const listeners = server.listeners('request');
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { host, origin } = request.headers;
    if (isLoopback(`http://${host}`) && (anyOrigin || origin === undefined || isLoopback(origin))) {
      for (const listener of listeners) listener.call(server, request, response);
    } else {
      response.writeHead(403, { 'content-type': 'text/plain', connection: 'close' });
      response.end(
        `This server is for programs on this machine: ask ${LOOPBACK} or localhost, and from no other site.\n`,
      );
    }
  });
}

function isLoopback(url: string): boolean {
  const name = URL.parse(url)?.hostname ?? '';
  return name === LOOPBACK || name === '[::1]' || name === 'localhost' || name.endsWith('.localhost');
}

/** @throws EADDRINUSE when somebody listens there: said at once, not after everything else was started */
export async function assertFree(port: number): Promise<void> {
  if (port === 0) return;
  const probe = createServer();
  await listenOn(probe, port);
  await new Promise((resolve) => probe.close(resolve));
}

/** The whole body. Beyond `limit` bytes the rest is read and dropped, so that the client can read the answer. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
    // Nobody is owed an answer for a body that never ends.
    if (size > limit * 4) break;
  }
  if (size > limit) throw new BodyTooLarge(`the body is longer than ${limit} bytes`);
  return Buffer.concat(chunks, size);
}

/** Takes no new connections, lets running requests end for `graceMs`, then cuts what is left. */
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
