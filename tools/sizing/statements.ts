/**
 * `npm run sizing [-- NAME …]`: reads the most costly files, each in a process with the memory of the function that reads files of that
 * size, and writes their cost into docs/how-to/operating.md. The settings of the stages are based on this table.
 */
import { type ExecFileSyncOptions, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MOST_LARGE_BYTES, MOST_STATEMENT_BYTES } from '../../functions/contracts/http/limits.ts';
import { stageNamed } from '../../lib/stages.ts';
import { writeParts } from '../docs/generated.ts';
import { WORST_FILES } from './worst-files.ts';

type Taken = { readonly seconds: number; readonly rssMb: number; readonly rows: number; readonly refused?: string };

const MEBIBYTE = 1024 * 1024;
const { functions, reading } = stageNamed('prod');
const KINDS = [
  { size: MOST_STATEMENT_BYTES, memoryMb: functions.memoryMb },
  { size: MOST_LARGE_BYTES, memoryMb: reading.memoryMb },
];
const CHILD = new URL('./read-one.ts', import.meta.url).pathname;
const directory = mkdtempSync(join(tmpdir(), 'sizing-'));
const asked = process.argv.slice(2);
const names = Object.keys(WORST_FILES).filter((name) => asked.length === 0 || asked.includes(name));

const rows = names.map((name) => {
  const taken = KINDS.map((kind) => {
    const one = take(name, kind);
    process.stderr.write(`${name}, ${kind.size / MEBIBYTE} MiB: ${JSON.stringify(one)}\n`);
    return one;
  });
  return `| ${name} | ${taken.map(cells).join(' | ')} |`;
});
rmSync(directory, { recursive: true });
const head = KINDS.map(({ size, memoryMb }) => `${size / MEBIBYTE} MiB: rows | s | MB of ${memoryMb}`).join(' | ');
const table = [`| File | ${head} |`, `|---|${'---:|'.repeat(KINDS.length * 3)}`, ...rows].join('\n');
if (asked.length === 0) writeParts('docs/how-to/operating.md', { sizing: table });
else process.stdout.write(`${table}\n`);

function take(name: string, { size, memoryMb }: (typeof KINDS)[number]): Taken {
  const file = join(directory, name.replaceAll(/\W+/g, '-'));
  writeFileSync(file, WORST_FILES[name]?.(size) ?? '');
  // Lambda gives the old space nine tenths of the memory.
  const flags = [`--max-old-space-size=${Math.floor(memoryMb * 0.9)}`, '--disable-warning=ExperimentalWarning'];
  const options = { encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } } satisfies ExecFileSyncOptions;
  try {
    return JSON.parse(execFileSync(process.execPath, [...flags, CHILD, file, String(size)], options)) as Taken;
  } catch {
    return { seconds: Number.NaN, rssMb: Number.NaN, rows: 0, refused: 'out of memory' };
  }
}

function cells({ seconds, rssMb, rows, refused }: Taken): string {
  return [refused === undefined ? String(rows) : 'refused', seconds.toFixed(1), rssMb.toFixed(0)].join(' | ');
}
