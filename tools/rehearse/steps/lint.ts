import { type Context, synthesized, templateFileIn } from '../assembly.ts';
import { run } from '../commands.ts';
import { toolNamed } from '../optional-tools.ts';
import { settingsOfEverything } from '../settings.ts';
import type { Step } from '../step.ts';

/** W3005: the CDK writes dependencies that references imply, too. */
const IGNORED = ['--ignore-checks', 'W3005'];
type Variant = { readonly name: string; readonly context: Context; readonly regions: string };

/** One stage in all regions is enough: stages differ in numbers, not in kinds of resources. */
const variants = (folder: string): readonly Variant[] => [
  { name: 'dev', context: { stage: 'dev' }, regions: 'eu-central-1' },
  { name: 'prod', context: { stage: 'prod' }, regions: 'ALL_REGIONS' },
  // CloudFront, before the console, exists neither in China nor in GovCloud.
  {
    name: 'prod with all settings',
    context: { stage: 'prod', settings: settingsOfEverything(folder) },
    regions: 'eu-central-1',
  },
];

/** Every template against the schemas of CloudFormation. */
export const lint: Step = {
  name: 'lint',
  needs: [],
  async run(world) {
    const program = toolNamed(world.root, 'cfn-lint');
    for (const [index, { name, context, regions }] of variants(world.folder).entries()) {
      const template = templateFileIn(await synthesized(world, `lint-${index}`, context));
      const args = [...IGNORED, '--regions', regions, '--template', template];
      const { code, stdout, stderr } = await run(program, args, { seconds: 600 });
      if (code !== 0) throw new Error(`${name}:\n${stdout}${stderr}`);
    }
    return 'dev, prod in every region, and prod with all settings: no finding';
  },
};
