/**
 * What every server of the local service shares: it listens on loopback only, reads bodies up to a limit, and closes within a
 * given time however its clients behave.
 */
import type { IncomingMessage, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export const LOOPBACK = '127.0.0.1';

export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/**
 * Listens on 127.0.0.1 and answers with the port. `wanted` 0 means any free port. With `otherwiseAny`, a port that is taken is
 * replaced by a free one: a nicety for URLs that stay the same from one start to the next.
 */
export async function listen(server: Server, wanted: number, otherwiseAny = false): Promise<number> {
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
