/** Stacks of bundled code name its sources, and those of other code what they named. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { transformSync } from 'esbuild';
import { withSources } from '../../../functions/runtime/sources.ts';

const folder = mkdtempSync(join(tmpdir(), 'sources-'));
afterAll(() => rmSync(folder, { recursive: true }));

const SOURCE = `const unused = 1;
export function handler(): never {
  throw new Error('broken');
}
`;
const { code, map } = transformSync(SOURCE, {
  loader: 'ts',
  format: 'cjs',
  minify: true,
  sourcemap: true,
  sourcefile: 'functions/handler.ts',
});
for (const name of ['index.js', 'other.js']) writeFileSync(join(folder, name), code);
writeFileSync(join(folder, 'index.js.map'), map);

function stackOf(file: string): string {
  try {
    return createRequire(join(folder, file))(`./${file}`).handler();
  } catch (error) {
    return (error as Error).stack ?? '';
  }
}

test('a frame of the bundle is the place in its source; all else stays', () => {
  const stack = stackOf('index.js');
  expect(stack).toContain(join(folder, 'index.js'));
  const readable = withSources(stack, folder);
  expect(readable).toMatch(/^Error: broken\n {4}at .*functions\/handler\.ts:3:9/);
  expect(readable.split('\n').slice(2)).toEqual(stack.split('\n').slice(2));
});

test.each(['other.js', 'index.js'])('without a map, or outside of the folder, a stack of %s stays', (file) => {
  const stack = stackOf(file);
  expect(withSources(stack, file === 'other.js' ? folder : '/var/task')).toBe(stack);
});
