/** The command line as a user starts it, and a service with the answers of a test. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const LAUNCHER = join(import.meta.dirname, '../../bin/owner-profiles.mjs');

export type Outcome = { readonly code: number | null; readonly stdout: string; readonly stderr: string };
type Settings = {
  readonly env?: Record<string, string>;
  readonly input?: string | Uint8Array;
  /** Ctrl-C, as soon as this resolves. */
  readonly interruptWhen?: () => Promise<unknown>;
};

/** Runs it to its end, without a local service; standard input is not a terminal. */
export async function ownerProfiles(
  args: readonly string[],
  { env = {}, input = '', interruptWhen }: Settings = {},
): Promise<Outcome> {
  const { NODE_OPTIONS, PATH, TZ } = process.env;
  const child = spawn(process.execPath, [LAUNCHER, ...args], {
    env: {
      ...{ PATH, ...(NODE_OPTIONS && { NODE_OPTIONS }), ...(TZ && { TZ }) },
      ...{ DATA_DIR: join(tmpdir(), 'owner-profiles-none'), NO_COLOR: '1', ...env },
    },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (part) => {
    stdout += part;
  });
  child.stderr.setEncoding('utf8').on('data', (part) => {
    stderr += part;
  });
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  void interruptWhen?.().then(() => child.kill('SIGINT'));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

export type Seen = {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};
export type Answer = { readonly status: number; readonly body?: unknown; readonly headers?: Record<string, string> };

/** A service on this machine; `answer` is called for every request, and `seen` has them all. */
export async function serving(answer: (request: Seen) => Answer) {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    const body = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString('utf8');
    const one = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
    seen.push(one);
    const { status, body: content, headers } = answer(one);
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(content === undefined ? undefined : JSON.stringify(content));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, seen, close: () => new Promise((resolve) => server.close(resolve)) };
}

/** A problem document of the service. */
export function problem(status: number, code: string, detail: string, more: object = {}): Answer {
  const body = { type: 'about:blank', title: code, status, code, detail, requestId: 'req-1', ...more };
  return { status, body, headers: { 'content-type': 'application/problem+json' } };
}
