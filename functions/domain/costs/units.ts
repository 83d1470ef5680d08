/** The units that were counted in the last run of `npm run bench -- cost`. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Counted } from './cost-model.ts';

const FILE = new URL('./units.json', import.meta.url);

export function countedUnits(): Counted | undefined {
  return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Counted) : undefined;
}

export function keepUnits(counted: Counted): void {
  writeFileSync(FILE, `${JSON.stringify(counted, null, 2)}\n`);
}
