/** The local service as a process group that can be killed as a whole. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type Outputs = {
  readonly ApiUrl: string;
  readonly ImportQueueUrl: string;
  readonly ParkedQueueUrl: string;
  readonly DeadLetterQueueUrl: string;
  readonly TableName: string;
  readonly SqsEndpoint: string;
  readonly DynamoDbEndpoint: string;
  readonly ClientId: string;
  readonly ApiKey: string;
};

export type Life = {
  readonly outputs: Outputs;
  /** SIGKILL to the service and all its processes, at once. */
  kill(): Promise<void>;
};

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const START_WITHIN_MS = 120_000;

export async function startLife(directory: string): Promise<Life> {
  const { npm_lifecycle_event: _, ...env } = process.env;
  const child = spawn(process.execPath, ['bin/local.ts'], {
    cwd: ROOT,
    env: { ...env, PORT: '0', DATA_DIR: directory, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const kill = async () => {
    killGroup(child);
    await ended;
  };
  const stop = () => killGroup(child);
  process.once('exit', stop);
  void ended.then(() => process.off('exit', stop));
  await ready(child).catch(async (error) => {
    await kill();
    throw error;
  });
  return { outputs: JSON.parse(readFileSync(join(directory, 'outputs.json'), 'utf8')) as Outputs, kill };
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let printed = '';
    const fail = (how: string) => reject(new Error(`the service ${how}:\n${printed}`));
    const late = setTimeout(() => fail('did not start in time'), START_WITHIN_MS);
    child.once('close', (code) => fail(`ended with ${code}`));
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (part: string) => {
        printed += part;
        if (!/^ready\b/m.test(printed)) return;
        clearTimeout(late);
        resolve();
      });
    }
  });
}
