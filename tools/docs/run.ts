/**
 * `node tools/docs/run.ts`: runs the commands of the documents that are marked as runnable, one after the other as a reader would, in a
 * folder with the whole project. A service that a command starts runs until the last command is done. Commands that `.ci/run` runs itself
 * are left to it.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { commandsIn } from './commands.ts';

const ROOT = join(import.meta.dirname, '../..');
const READY_WITHIN_MS = 180_000;

const folder = mkdtempSync(join(tmpdir(), 'docs-'));
for (const name of readdirSync(ROOT)) {
  if (!name.startsWith('.')) symlinkSync(join(ROOT, name), join(folder, name));
}
const env = { ...process.env, PORT: '0', DATA_DIR: join(folder, '.local'), NO_COLOR: '1' };
const elsewhere = new Set(readFileSync(join(ROOT, '.ci/run'), 'utf8').split('\n'));
let isRunning = false;
let stop = async () => {};

/** Resolves when the service reports that it is ready. */
async function start(command: string): Promise<void> {
  isRunning = true;
  // A group of its own: the shell and npm do not pass a signal on to the service they started.
  const service = spawn(command, {
    cwd: folder,
    env,
    shell: true,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // 'close', not 'exit': the output is closed once the last process of the group has ended.
  const ended = new Promise<void>((resolve) => service.once('close', () => resolve()));
  stop = async () => {
    if (service.pid !== undefined && service.stdout.readable) process.kill(-service.pid, 'SIGTERM');
    await ended;
  };
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${command}: not ready in time`)), READY_WITHIN_MS);
    let printed = '';
    service.stdout.setEncoding('utf8').on('data', (part: string) => {
      printed += part;
      if (/^ready\b/m.test(printed)) resolve();
    });
    void ended.then(() => reject(new Error(`${command}: ended before it was ready\n${printed}`)));
    void ended.finally(() => clearTimeout(late));
  });
}

function run(command: string): void {
  const { status, stdout, stderr } = spawnSync(command, { cwd: folder, env, shell: true, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command}: exit code ${status}\n${stdout}${stderr}`);
}

let count = 0;
try {
  for (const { at, text, runs, file } of commandsIn(ROOT)) {
    if (!runs || elsewhere.has(text)) continue;
    console.log(`${at}: ${file ?? text}`);
    if (file !== undefined) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
      continue;
    }
    // Each guide begins with it; one service serves them all.
    if (text !== 'npm start') run(text);
    else if (!isRunning) await start(text);
    count += 1;
  }
  console.log(`${count} commands of the documents were run`);
} finally {
  await stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
}
