/** A separate service, as `npm start` runs it with the sample owners; it is removed afterwards. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../drawing/imports.ts';

export type Outputs = Readonly<
  Record<'ApiUrl' | 'ApiKey' | 'OperatorKey' | 'ClientId' | 'SqsEndpoint' | 'ImportQueueUrl', string>
>;

/** @param environment variables of the service, besides those of this process */
export async function atService(
  work: (outputs: Outputs) => Promise<void>,
  environment: Readonly<Record<string, string>> = {},
): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'owner-profiles-tool-'));
  const service = spawn(process.execPath, ['bin/local.ts'], {
    cwd: ROOT,
    env: { ...process.env, PORT: '0', DATA_DIR: directory, NO_COLOR: '1', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const hasEnded = () => service.exitCode !== null || service.signalCode !== null;
  let printed = '';
  service.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  try {
    while (!/^ready/m.test(printed)) {
      if (hasEnded()) throw new Error(`the service did not start:\n${printed}`);
      await sleep(100);
    }
    await work(JSON.parse(readFileSync(join(directory, 'outputs.json'), 'utf8')));
  } finally {
    const closed = once(service, 'close');
    if (!hasEnded() && service.kill('SIGTERM')) await closed;
    rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
  }
}
