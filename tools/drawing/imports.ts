/** Who imports whom, read from the sources. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');
const IMPORT = /^(?:import|export)\s(?:[^'";]*\sfrom\s)?'([^']+)'|\bimport\('([^']+)'\)/gm;

/** From a file to a file (paths from the root of the repository) or to a package (its name). */
export type Arrow = { readonly from: string; readonly to: string };

export function sourcesOf(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.[mc]?tsx?$/.test(name) && !name.includes('node_modules'))
    .map((name) => `${folder}/${name}`)
    .sort();
}

export function arrowsFrom(file: string): Arrow[] {
  return [...readFileSync(join(ROOT, file), 'utf8').matchAll(IMPORT)].map(([, name = '', dynamic = '']) => {
    const to = name || dynamic;
    return { from: file, to: to.startsWith('.') ? relative(ROOT, join(ROOT, dirname(file), to)) : to };
  });
}
