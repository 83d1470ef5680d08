/** The emulated account: MiniStack as a process of its own on a loopback port. */
import { createWriteStream, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { end, start } from './commands.ts';
import { signed } from './signature.ts';

export const REGION = 'eu-central-1';
export const ACCOUNT = '000000000000';
/** The account's root, who deploys and operates here. */
const ROOT = { key: 'test', secret: 'test' };
const READY_WITHIN_SECONDS = 60;

export type Cloud = {
  readonly endpoint: string;
  /** For the CDK, the command line and SDKs. */
  readonly env: Readonly<Record<string, string>>;
  /** One answer of a service, parsed if it is JSON. @throws on an error status */
  ask(service: string, request: Request): Promise<string>;
  stop(): Promise<void>;
};

export type Request =
  /** A JSON protocol: service and action, as in `AmazonSQS.ListQueues`. */
  | { readonly target: string; readonly input?: object }
  /** The query protocol, as in `Action=ListRoles&Version=2010-05-08`. */
  | { readonly query: string }
  | { readonly path: string };

/** Functions sign with their roles, and what policies do not allow is denied: also requests without TLS. */
const JUDGING = { AUTH: 'true', USE_SSL: '1' };

/**
 * @param program path of `ministack`
 * @param judging whether it judges who may do what; else it takes every request, over plain HTTP
 * @throws when it is not ready in time
 */
export async function startCloud(program: string, folder: string, { judging = true } = {}): Promise<Cloud> {
  const port = await freePort();
  const endpoint = `${judging ? 'https' : 'http'}://localhost:${port}`;
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary, { recursive: true });
  const certificate = join(temporary, 'ministack-tls/server.crt');
  const child = start(program, [], {
    cwd: folder,
    env: {
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      LAMBDA_EXECUTOR: 'local',
      MINISTACK_REGION: REGION,
      AWS_ENDPOINT_URL: undefined,
      ...(judging && JUDGING),
      AWS_ACCESS_KEY_ID: ROOT.key,
      AWS_SECRET_ACCESS_KEY: ROOT.secret,
      TMPDIR: temporary,
      NODE_EXTRA_CA_CERTS: certificate,
    },
  });
  const log = createWriteStream(join(folder, 'ministack.log'));
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  if (judging) await trusted(certificate, () => child.exitCode !== null);
  await answering(endpoint, () => child.exitCode !== null);
  return {
    endpoint,
    env: environmentFor(endpoint, certificate),
    ask: (service, request) => ask(endpoint, service, request),
    stop: async () => {
      end(child, 'SIGTERM');
      await Promise.race([ended, sleep(5000, undefined, { ref: false })]);
      end(child, 'SIGKILL');
    },
  };
}

const environmentFor = (endpoint: string, certificate: string) => ({
  AWS_ENDPOINT_URL: endpoint,
  // By address: a name would be put behind the bucket's.
  AWS_ENDPOINT_URL_S3: endpoint.replace('localhost', '127.0.0.1'),
  AWS_REGION: REGION,
  AWS_DEFAULT_REGION: REGION,
  AWS_ACCESS_KEY_ID: ROOT.key,
  AWS_SECRET_ACCESS_KEY: ROOT.secret,
  AWS_EC2_METADATA_DISABLED: 'true',
  NODE_EXTRA_CA_CERTS: certificate,
  // The CDK has its own list.
  AWS_CA_BUNDLE: certificate,
});

export function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

/** The certificate that MiniStack makes for itself when it starts. */
async function trusted(certificate: string, hasEnded: () => boolean): Promise<void> {
  await until('has no certificate', hasEnded, async () => existsSync(certificate));
  setDefaultCACertificates([...getCACertificates('default'), readFileSync(certificate, 'utf8')]);
}

const answering = (endpoint: string, hasEnded: () => boolean): Promise<void> =>
  until('does not answer', hasEnded, async () => {
    const answer = await fetch(`${endpoint}/_ministack/health`).catch(() => undefined);
    await answer?.body?.cancel();
    return answer?.ok === true;
  });

async function until(not: string, hasEnded: () => boolean, holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < READY_WITHIN_SECONDS * 2; tries++) {
    if (hasEnded()) throw new Error('MiniStack ended before it was ready: see ministack.log (--keep)');
    if (await holds()) return;
    await sleep(500);
  }
  throw new Error(`MiniStack ${not} after ${READY_WITHIN_SECONDS} s`);
}

export async function ask(endpoint: string, service: string, request: Request): Promise<string> {
  const url = new URL('path' in request ? request.path : '/', endpoint);
  const isRead = 'path' in request;
  const body = isRead ? '' : bodyOf(request);
  const headers = signed(
    { method: isRead ? 'GET' : 'POST', url, body, headers: headersOf(request) },
    { service, region: REGION, ...ROOT },
    new Date().toISOString(),
  );
  const response = await fetch(url, isRead ? { headers } : { method: 'POST', headers, body });
  const text = await response.text();
  if (response.ok) return text;
  throw new Error(`${service} ${JSON.stringify(request)}: ${response.status} ${text.slice(0, 500)}`);
}

const bodyOf = (request: Exclude<Request, { path: string }>): string =>
  'query' in request ? request.query : JSON.stringify(request.input ?? {});

function headersOf(request: Request): Record<string, string> {
  if ('target' in request) return { 'x-amz-target': request.target, 'content-type': 'application/x-amz-json-1.1' };
  return 'query' in request ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
}
