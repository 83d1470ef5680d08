import { join } from 'node:path';
import { type Contents, contentsOf, counted, type Kind, LOGGING_ROLE } from '../account.ts';
import { tail } from '../commands.ts';
import { destroy as destroyStack, liftTerminationProtection } from '../stacks.ts';
import type { Step } from '../step.ts';
import { cloudOf, deployedOf, type World } from '../world.ts';

/** What `prod` retains on purpose (docs/how-to/runbook.md, "Remove a stage"). */
const RETAINED: readonly Kind[] = ['tables', 'keys', 'secrets', 'queues', 'buckets'];

/** Both stages are removed, and what is left is what the documents say. */
export const destroy: Step = {
  name: 'destroy',
  needs: ['deploy', 'first'],
  async run(world) {
    const full = await contentsOf(cloudOf(world));
    await remove(world, join(world.folder, 'dev-deployed'));
    await liftTerminationProtection(world, deployedOf(world, 'prod').stackName);
    await remove(world, join(world.folder, 'prod-deployed'));
    const left = await contentsOf(cloudOf(world));
    const wrong = (Object.keys(left) as Kind[]).filter((kind) => !isRight(kind, full, left));
    if (wrong.length > 0) throw new Error(`left over, or gone: ${wrong.join(', ')} (${counted(left)})`);
    return `dev leaves its role for logs, prod what it retains: ${counted(left)}`;
  },
};

async function remove(world: World, assembly: string): Promise<void> {
  const { code, stdout, stderr } = await destroyStack(world, assembly);
  if (code !== 0) throw new Error(tail(stdout + stderr));
}

function isRight(kind: Kind, full: Contents, left: Contents): boolean {
  const names = left[kind];
  if (kind === 'roles') return names.every((name) => name.includes(LOGGING_ROLE));
  // Names of buckets are in lower case; keys and the table of `dev` are gone.
  const ofProd = full[kind].filter((name) => !/ownerprofiles-?dev/i.test(name));
  if (!RETAINED.includes(kind)) return names.length === 0;
  return kind === 'keys' ? names.length === 1 : names.length === ofProd.length && ofProd.length > 0;
}
