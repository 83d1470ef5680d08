/** The stack and the bundles as `npm start` has them: the first test file that needs them builds them, others reuse them. */
import { join } from 'node:path';
import { bundleFunctions } from '../../lib/bundle.ts';
import type { StageName } from '../../lib/stages.ts';
import { synthesize } from '../../local/synth.ts';
import { type Assembly, readAssembly } from '../../local/template/assembly.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Room for a hook that is the first to need the stack, on a busy machine. */
export const SYNTHESIS_TIMEOUT_MS = 180_000;

export async function assemblyOf(stage: StageName): Promise<Assembly> {
  return readAssembly((await synthesize(ROOT, stage)).directory);
}

/** The folder of each function's code, which synthesizing bundles: one at a time, because bundling twice at once is twice the work. */
export async function bundled(): Promise<ReturnType<typeof bundleFunctions>> {
  await synthesize(ROOT, 'dev');
  return bundleFunctions();
}
