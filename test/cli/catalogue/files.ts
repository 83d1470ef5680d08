/** Folders of a client's catalogue, and the command line on them without a separate process. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { run } from '../../../cli/program.ts';

const root = mkdtempSync(join(tmpdir(), 'owner-profiles-catalogue-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;

/** A new folder with these files; none: it does not exist. */
export function folderOf(files: Readonly<Record<string, string>> = {}): string {
  folders += 1;
  const folder = join(root, `catalogue-${folders}`);
  for (const [name, text] of Object.entries(files)) write(folder, name, text);
  return folder;
}

export function write(folder: string, name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

/** All files below a folder, by name. */
export function filesIn(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(files.sort().map((file) => [relative(folder, file), readFileSync(file, 'utf8')]));
}

export const GARDEN_LOVER = `id: garden-lover
title: Loves the garden
description: Plants, seeds and garden tools, season after season.
enter:
  all:
    - { feature: gardening.months, window: 365d, atLeast: 4 }
    - { feature: gardening.count, window: 365d, atLeast: 6 }
needs: { history: 180d }
`;

export type Told = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** `owner-profiles catalogue …`; commands that call a service have its clock. */
export async function catalogue(
  args: readonly string[],
  env: Record<string, string> = {},
  clock = () => 0,
): Promise<Told> {
  const out: string[] = [];
  const notes: string[] = [];
  const code = await run(['catalogue', ...args], {
    out: (text) => out.push(text),
    note: (text) => notes.push(text),
    clock,
    env: { NO_COLOR: '1', DATA_DIR: '/nowhere', ...env },
    interactive: false,
    openClientStore: () => Promise.reject(new Error('no command here needs the table')),
  });
  return { code, stdout: out.join('\n'), stderr: notes.join('\n') };
}
