import { join } from 'node:path';
import { copyWith, resourcesIn } from '../assembly.ts';
import { LEFT_OUT, withoutLeftOut } from '../left-out.ts';
import { deploy as deployStack } from '../stacks.ts';
import type { Step } from '../step.ts';

export const deploy: Step = {
  name: 'deploy',
  needs: ['bootstrap'],
  async run(world) {
    const assembly = join(world.folder, 'dev');
    const copy = copyWith(assembly, 'deployed', withoutLeftOut);
    await deployStack(world, 'dev', copy);
    const [all, kept] = [assembly, copy].map((directory) => Object.keys(resourcesIn(directory)).length);
    return `${kept} of ${all} resources; left out: ${LEFT_OUT.map(({ name }) => name).join(', ')}`;
  },
};
