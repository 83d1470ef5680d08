/** `npm run console:size`: writes into docs/how-to/console.md what the browser loads, by part. */
import { gzipSync } from 'node:zlib';
import { consoleFiles } from '../../console/build/bundle.ts';
import { type Parts, writeParts } from '../docs/generated.ts';

export const CONSOLE_PAGE = 'docs/how-to/console.md';

export function sizeParts(): Parts {
  const { files, metafile } = consoleFiles();
  const zipped = (contents: Uint8Array) => gzipSync(contents, { level: 9 }).length;
  const whole = [...files.values()].reduce((sum, contents) => sum + zipped(contents), 0);
  const script = Object.entries(metafile.outputs).find(([name]) => name.endsWith('.js'))?.[1];
  const byPart = new Map<string, number>();
  for (const [path, { bytesInOutput }] of Object.entries(script?.inputs ?? {})) {
    const part = partOf(path);
    byPart.set(part, (byPart.get(part) ?? 0) + bytesInOutput);
  }
  const style = [...files].find(([name]) => name.endsWith('.css'))?.[1] ?? new Uint8Array();
  const rows = [...byPart, ['style', style.length] as const].sort(([, a], [, b]) => b - a);
  return {
    size: `${kilobytes(whole)} kB`,
    parts: [
      '| Part | Minified |',
      '|---|--:|',
      ...rows.map(([part, bytes]) => `| ${part} | ${kilobytes(bytes)} kB |`),
    ].join('\n'),
  };
}

function partOf(path: string): string {
  const [, library] = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
  if (library !== undefined) return `\`${library}\``;
  if (path.startsWith('functions/')) return 'expressions and CSV, from the domain';
  if (path.includes('/texts/')) return 'texts in two languages';
  return 'screens and their parts';
}

// Whole kilobytes, so that one more word in a text changes no table.
const kilobytes = (bytes: number) => String(Math.round(bytes / 1000));

if (import.meta.main) writeParts(CONSOLE_PAGE, sizeParts());
