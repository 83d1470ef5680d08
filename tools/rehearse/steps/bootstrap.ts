import { synthesized } from '../assembly.ts';
import { startCloud } from '../cloud.ts';
import { toolNamed } from '../optional-tools.ts';
import { bootstrap as bootstrapAccount } from '../stacks.ts';
import type { Step } from '../step.ts';

/** An empty account, prepared by `cdk bootstrap`. */
export const bootstrap: Step = {
  name: 'bootstrap',
  needs: [],
  async run(world) {
    world.cloud = await startCloud(toolNamed(world.root, 'ministack'), world.folder);
    await bootstrapAccount(world, await synthesized(world, 'dev', { stage: 'dev' }));
    return 'an empty account took the CDK’s bootstrap stack';
  },
};
