import { synthesized, templateFileIn } from '../assembly.ts';
import { run } from '../commands.ts';
import { toolNamed } from '../optional-tools.ts';
import { settingsOfEverything } from '../settings.ts';
import type { Step } from '../step.ts';

/** W3005: the CDK writes dependencies that references imply, too. */
const IGNORED = ['--ignore-checks', 'W3005'];
/** One stage in all regions is enough: stages differ in numbers, not in kinds of resources. */
const TRIED = [
  { stage: 'dev', regions: 'eu-central-1' },
  { stage: 'prod', regions: 'ALL_REGIONS' },
] as const;

/** Every template against the schemas of CloudFormation, and `prod` with all that settings can add. */
export const lint: Step = {
  name: 'lint',
  needs: [],
  async run(world) {
    const program = toolNamed(world.root, 'cfn-lint');
    const settings = settingsOfEverything(world.folder);
    for (const { stage, regions } of TRIED) {
      const assembly = await synthesized(world, `lint-${stage}`, { stage, ...(stage === 'prod' && { settings }) });
      const args = [...IGNORED, '--regions', regions, '--template', templateFileIn(assembly)];
      const { code, stdout, stderr } = await run(program, args, { seconds: 600 });
      if (code !== 0) throw new Error(`${stage}:\n${stdout}${stderr}`);
    }
    return 'dev, and prod with all settings in every region: no finding';
  },
};
