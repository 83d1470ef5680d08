/** The parts of a bundle: bytes by package, the largest first. */
import type { FunctionName } from '../../lib/bundle.ts';
import { metafile } from '../support/functions.ts';

const SHOWN = 7;

export function parts(name: FunctionName): [string, number][] {
  const output = Object.entries(metafile().outputs).find(([path]) => path.endsWith(`${name}/index.js`))?.[1];
  const bytes = new Map<string, number>();
  for (const [input, { bytesInOutput }] of Object.entries(output?.inputs ?? {})) {
    const part = partOf(input);
    bytes.set(part, (bytes.get(part) ?? 0) + bytesInOutput);
  }
  const sorted = [...bytes].sort(([, a], [, b]) => b - a);
  const rest = sorted.slice(SHOWN).reduce((sum, [, size]) => sum + size, 0);
  return [...sorted.slice(0, SHOWN), ...(rest > 0 ? ([['all else', rest]] as [string, number][]) : [])];
}

function partOf(input: string): string {
  const found = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1];
  if (!found) return 'our own code';
  if (found.startsWith('@smithy/')) return '@smithy';
  return found.startsWith('@aws-sdk/') && !found.startsWith('@aws-sdk/client-') ? '@aws-sdk, without clients' : found;
}
