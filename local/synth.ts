/**
 * The synthesized stack, rebuilt only when its sources changed. An assembly is stored under the hash of its sources, so services that
 * start at the same time, on whatever data directory, cannot disturb each other's.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hashOfSources } from '../tools/sources/hash.ts';
import { whenFree } from './lock.ts';

/** What the assembly depends on. */
const SOURCES = ['bin/app.ts', 'lib', 'functions', 'catalogue', 'package-lock.json', 'cdk.json'];
/** Old ones are kept for services that still run on them. */
const KEPT = 4;
/** Written at each use, so that the time of use comes from the file system's clock, not the process's. */
const USED = '.used';

export type Synthesis = { readonly directory: string; readonly made: boolean };

/** @param settings a file of settings that replace those of the stage */
export async function synthesize(root: string, stage: string, settings?: string): Promise<Synthesis> {
  const home = join(root, 'cdk.out', 'local');
  const salt = settings === undefined ? stage : `${stage}\0${readFileSync(settings, 'utf8')}`;
  const directory = join(home, hashOfSources(root, SOURCES, salt));
  if (isKept(directory)) return { directory, made: false };
  mkdirSync(home, { recursive: true });
  // Services and tests that start at the same time wait for the first of them: the work is the same.
  const lock = await whenFree(join(home, '.lock'));
  try {
    if (isKept(directory)) return { directory, made: false };
    await make(root, { stage, ...(settings !== undefined && { settings }) }, directory);
    forgetOld(home);
    return { directory, made: true };
  } finally {
    lock.release();
  }
}

function isKept(directory: string): boolean {
  if (!existsSync(join(directory, 'manifest.json'))) return false;
  writeFileSync(join(directory, USED), '');
  return true;
}

/** Atomically. */
async function make(root: string, context: Readonly<Record<string, string>>, directory: string): Promise<void> {
  const draft = join(dirname(directory), `.draft-${process.pid}`);
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft);
  try {
    await runApp(root, context, draft);
    writeFileSync(join(draft, USED), '');
    renameSync(draft, directory);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** The app itself rather than the CDK's command line: the same template in a third of the time. */
function runApp(root: string, given: Readonly<Record<string, string>>, out: string): Promise<void> {
  const context = { ...(readCdkJson(root).context ?? {}), ...given };
  const child = spawn(process.execPath, [join('bin', 'app.ts')], {
    cwd: root,
    env: { ...process.env, CDK_OUTDIR: out, CDK_CONTEXT_JSON: JSON.stringify(context) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0 && existsSync(join(out, 'manifest.json'))) return resolve();
      const tail = Buffer.concat(said).toString().trim().split('\n').slice(-30).join('\n');
      reject(new Error(`the stack cannot be synthesized (${signal ?? `code ${code}`}):\n${tail}`));
    });
  });
}

function readCdkJson(root: string): { context?: Record<string, unknown> } {
  const file = join(root, 'cdk.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

function forgetOld(home: string): void {
  const byAge = readdirSync(home)
    .filter((name) => !name.startsWith('.'))
    .map((name) => ({ name, usedAt: statSync(join(home, name, USED), { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => b.usedAt - a.usedAt);
  for (const { name } of byAge.slice(KEPT)) rmSync(join(home, name), { recursive: true, force: true });
}
