import { join } from 'node:path';
import { added, contentsOf, counted, LOGGING_ROLE } from '../account.ts';
import { copyWith, stackNameIn, synthesized, withFailure } from '../assembly.ts';
import { withoutLeftOut } from '../left-out.ts';
import { deploy, destroy, statusOf, tryToDeploy } from '../stacks.ts';
import type { Step } from '../step.ts';
import { cloudOf } from '../world.ts';

/** `prod` as docs/how-to/operating.md says: with `first`, which fails here and is repeated, then without. */
export const first: Step = {
  name: 'first',
  needs: ['bootstrap'],
  async run(world) {
    const before = await contentsOf(cloudOf(world));
    const assembly = await synthesized(world, 'prod-first', { stage: 'prod', first: 'true' });
    const stackName = stackNameIn(assembly);

    const failing = copyWith(assembly, 'failing', (resources) => withFailure(withoutLeftOut(resources)));
    const { code } = await tryToDeploy(world, failing, join(world.folder, 'outputs-failed.json'));
    const status = await statusOf(world, stackName);
    if (code === 0 || status !== 'ROLLBACK_COMPLETE') throw new Error(`the deployment that must fail: ${status}`);
    const left = added(before, await contentsOf(cloudOf(world)));
    // The account's role for logs of API Gateway: other APIs may use it by then (docs/how-to/operating.md).
    const others = { ...left, roles: left.roles.filter((name) => !name.includes(LOGGING_ROLE)) };
    if (counted(others) !== 'nothing') throw new Error(`a failed first deployment leaves ${counted(left)}`);

    await deploy(world, 'prod', copyWith(assembly, 'deployed', withoutLeftOut));
    const guarded = await synthesized(world, 'prod', { stage: 'prod' });
    await deploy(world, 'prod', copyWith(guarded, 'deployed', withoutLeftOut));
    const refused = await destroy(world, `${guarded}-deployed`);
    if (refused.code === 0) throw new Error('prod is not protected against cdk destroy');
    return 'failed, left the role for logs of API Gateway alone, was repeated, then guarded';
  },
};
