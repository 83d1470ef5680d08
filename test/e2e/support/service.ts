/** The service on this machine as a stranger starts it: a process, its output, and its `outputs.json`. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './until.ts';

/** The first start after a change synthesizes the stack. */
export const START_WITHIN_MS = 180_000;
const ROOT = join(import.meta.dirname, '../../..');

export type Outputs = {
  readonly ApiUrl: string;
  readonly ImportQueueUrl: string;
  readonly ParkedQueueUrl: string;
  readonly DeadLetterQueueUrl: string;
  readonly TableName: string;
  readonly SqsEndpoint: string;
  readonly DynamoDbEndpoint: string;
  readonly S3Endpoint: string;
  readonly PayloadBucketName: string;
  readonly ClientId: string;
  readonly ApiKey: string;
  readonly OperatorKey: string;
  /** Where the settings let people sign in. */
  readonly UserPoolId?: string;
  readonly UserPoolClientId?: string;
  readonly Clients: readonly { readonly ClientId: string; readonly ApiKey: string }[];
};

export type Ended = { readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly ms: number };

export type Running = {
  readonly pid: number;
  readonly directory: string;
  readonly outputs: Outputs;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Sends the signal and waits for the end of the process. */
  readonly end: (signal: NodeJS.Signals) => Promise<Ended>;
};

export const newDirectory = (): string => mkdtempSync(join(tmpdir(), 'owner-profiles-e2e-'));
export const removeDirectory = (directory: string): void =>
  rmSync(directory, { recursive: true, force: true, maxRetries: 10 });

/** A process and all its output so far. @param more variables of its environment */
export function launch(directory: string, more: Readonly<Record<string, string>> = {}) {
  const { npm_lifecycle_event: _, ...env } = process.env;
  const child = spawn(process.execPath, ['bin/local.ts'], {
    cwd: ROOT,
    env: { ...env, PORT: '0', DATA_DIR: directory, NO_COLOR: '1', ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (part: string) => {
      printed[name] += part;
    });
  }
  const ended = new Promise<Omit<Ended, 'ms'>>((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal })),
  );
  return { child, printed, ended };
}

/** Starts the service and waits for the line that begins with `ready`. @param more variables of its environment */
export async function startService(directory: string, more?: Readonly<Record<string, string>>): Promise<Running> {
  const { child, printed, ended } = launch(directory, more);
  const ready = await until(
    'the line that begins with ready',
    () => {
      if (child.exitCode !== null || child.signalCode !== null) return 'ended';
      return /^ready\b/m.test(printed.stdout) && 'ready';
    },
    { within: START_WITHIN_MS },
  ).catch(async (error) => {
    await end(child, ended, 'SIGKILL');
    throw new Error(`${error.message}\n${printed.stdout}\n${printed.stderr}`);
  });
  if (ready === 'ended') throw new Error(`the service did not start:\n${printed.stdout}\n${printed.stderr}`);
  return {
    pid: child.pid!,
    directory,
    outputs: JSON.parse(readFileSync(join(directory, 'outputs.json'), 'utf8')),
    stdout: () => printed.stdout,
    stderr: () => printed.stderr,
    end: (signal) => end(child, ended, signal),
  };
}

async function end(child: ChildProcess, ended: Promise<Omit<Ended, 'ms'>>, signal: NodeJS.Signals): Promise<Ended> {
  const from = performance.now();
  child.kill(signal);
  const how = await ended;
  return { ...how, ms: performance.now() - from };
}

/** One service for all tests of a file, on a temporary store. */
export function oneService(): () => Running {
  const directory = newDirectory();
  let service: Running | undefined;
  beforeAll(async () => {
    service = await startService(directory);
  }, START_WITHIN_MS);
  afterAll(async () => {
    await service?.end('SIGKILL');
    removeDirectory(directory);
  });
  return () => service!;
}
