import { join } from 'node:path';
import { added, contentsOf, counted } from '../account.ts';
import { copyWith, withFailure } from '../assembly.ts';
import { withoutLeftOut } from '../left-out.ts';
import { commandLineOf } from '../own-command-line.ts';
import { statusOf, tryToDeploy } from '../stacks.ts';
import type { Step } from '../step.ts';
import { cloudOf, deployedOf, type World } from '../world.ts';
import { OWNER } from './whole-path.ts';

/** An update, back to the first settings, that fails after everything was updated: all of it is taken back. */
export const rollback: Step = {
  name: 'rollback',
  needs: ['update'],
  async run(world) {
    const cli = commandLineOf(world, 'dev');
    const before = { answer: await cli.does('get', OWNER, '--json'), functions: await functionsOf(world) };
    const contents = await contentsOf(cloudOf(world));
    const failing = copyWith(join(world.folder, 'dev'), 'failing', (all) => withFailure(withoutLeftOut(all)));
    const { code } = await tryToDeploy(world, failing, join(world.folder, 'outputs-failed.json'));
    const status = await statusOf(world, deployedOf(world, 'dev').stackName);
    if (code === 0 || status !== 'UPDATE_ROLLBACK_COMPLETE') throw new Error(`the update that must fail: ${status}`);

    const left = counted(added(contents, await contentsOf(cloudOf(world))));
    if (left !== 'nothing') throw new Error(`the update that failed leaves ${left}`);
    const functions = await functionsOf(world);
    if (JSON.stringify(functions) !== JSON.stringify(before.functions)) throw new Error('functions are not as before');
    await cli.does('doctor');
    if ((await cli.does('get', OWNER, '--json')) !== before.answer) throw new Error(`${OWNER} has another answer`);
    return `${functions.length} functions with their settings, and the answers, as before`;
  },
};

type Configuration = {
  readonly FunctionName: string;
  readonly MemorySize: number;
  readonly Timeout: number;
  readonly Environment?: object;
};

async function functionsOf(world: World) {
  const text = await cloudOf(world).ask('lambda', { path: '/2015-03-31/functions/?MaxItems=1000' });
  const { Functions }: { Functions: readonly Configuration[] } = JSON.parse(text);
  const { stackName } = deployedOf(world, 'dev');
  return Functions.filter(({ FunctionName }) => FunctionName.startsWith(`${stackName}-`))
    .map(({ FunctionName, MemorySize, Timeout, Environment }) => ({ FunctionName, MemorySize, Timeout, Environment }))
    .toSorted((a, b) => (a.FunctionName < b.FunctionName ? -1 : 1));
}
