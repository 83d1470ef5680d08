/** The deployed functions, each in a separate process. */
import { fork } from 'node:child_process';
import { cpSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Metafile } from 'esbuild';
import { type FunctionName, writeBundles } from '../../lib/bundle.ts';
import type { Done, Job, Said } from '../children/host.ts';
import { bundle, ROOT, scratch } from './bundle.ts';
import { NOW } from './owners.ts';

const HOST = fileURLToPath(new URL('../children/host.ts', import.meta.url));
let deployed: string | undefined;

/** Folder of a function's code: bundled once a run, and copied, so that nothing changes it during a measurement. */
export function deployedFolder(name: FunctionName): string {
  if (!deployed) {
    writeBundles();
    deployed = scratch('functions');
    cpSync(join(ROOT, 'dist/functions'), deployed, { recursive: true });
  }
  const folder = join(deployed, name);
  if (!existsSync(join(folder, 'index.js'))) throw new Error(`there is no bundle of ${name}`);
  return folder;
}

/** What each byte of the bundles is for. */
export function metafile(): Metafile {
  deployedFolder('import-worker');
  return JSON.parse(readFileSync(join(ROOT, 'dist/functions.meta.json'), 'utf8')) as Metafile;
}

export type Host = {
  run(event: unknown, options?: { readonly now?: number; readonly times?: number }): Promise<Done>;
  close(): void;
};

export function startHost(name: FunctionName, environment: Readonly<Record<string, string>>): Promise<Host> {
  return start(name, deployedFolder(name), environment);
}

/** A function of the benchmarks' own, bundled as the deployed ones are. */
export function startBare(entry: string, environment: Readonly<Record<string, string>>): Promise<Host> {
  const { file } = bundle(entry, basename(entry, '.ts'));
  const folder = dirname(file);
  renameSync(file, join(folder, 'index.js'));
  writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}');
  return start(basename(entry, '.ts'), folder, environment);
}

async function start(name: string, folder: string, environment: Readonly<Record<string, string>>): Promise<Host> {
  const child = fork(HOST, [], {
    cwd: folder,
    execArgv: [],
    env: {
      PATH: process.env['PATH'],
      TZ: 'UTC',
      ...environment,
      LAMBDA_TASK_ROOT: folder,
      BENCH_NOW: String(NOW),
    },
  });
  let settle: { resolve(said: Said): void; reject(error: Error): void } | undefined;
  child.on('message', (said: Said) => settle?.resolve(said));
  child.on('exit', (code) => settle?.reject(new Error(`${name} ended with code ${code}`)));
  const next = () =>
    new Promise<Said>((resolve, reject) => {
      settle = { resolve, reject };
    });
  const ready = await next();
  if ('failed' in ready) throw new Error(`${name} cannot start: ${ready.failed}`);
  return {
    async run(event, { now = NOW, times = 1 } = {}) {
      const answer = next();
      child.send({ event, now, times } satisfies Job);
      const said = await answer;
      if (!('done' in said)) throw new Error(`${name}: ${'failed' in said ? said.failed : 'answered nothing'}`);
      return said.done;
    },
    close: () => {
      settle = undefined;
      child.kill();
    },
  };
}

/** An event of the queue with these bodies. */
export function queueEvent(bodies: readonly string[]): object {
  return {
    Records: bodies.map((body, index) => ({
      messageId: `m${index}`,
      receiptHandle: `r${index}`,
      body,
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: '0',
        SenderId: 'bench',
        ApproximateFirstReceiveTimestamp: '0',
      },
      messageAttributes: {},
      md5OfBody: '',
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:eu-central-1:000000000000:import',
      awsRegion: 'eu-central-1',
    })),
  };
}

/** A batch with a failed message is not a measurement. */
export function assertTaken({ result }: Done): void {
  const { batchItemFailures } = result as { batchItemFailures: unknown[] };
  if (batchItemFailures.length > 0) throw new Error(`${batchItemFailures.length} messages of the batch failed`);
}

/** A request as API Gateway passes it on, with the authorizer's context about its caller. */
export function lookUpEvent(ownerExternalId: string, asOf?: string): object {
  const path = '/v1/owner-profiles';
  return {
    httpMethod: 'GET',
    path,
    resource: path,
    headers: {},
    body: null,
    isBase64Encoded: false,
    multiValueQueryStringParameters: { ownerExternalId: [ownerExternalId], ...(asOf && { asOf: [asOf] }) },
    requestContext: {
      requestId: 'bench',
      identity: { sourceIp: '192.0.2.1' },
      authorizer: {
        clientId: 'demo',
        keyId: 'k1',
        scopes: 'read write erase',
        addressAllowed: 'true',
        enabledProfiles: '',
      },
    },
  };
}

export function assertAnswered({ result }: Done): { profiles: string[] } {
  const { statusCode, body } = result as { statusCode: number; body: string };
  if (statusCode !== 200) throw new Error(`the look-up was answered with ${statusCode}: ${body}`);
  return JSON.parse(body) as { profiles: string[] };
}
