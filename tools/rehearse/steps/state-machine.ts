import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resourcesIn, synthesized } from '../assembly.ts';
import { run } from '../commands.ts';
import { toolNamed } from '../optional-tools.ts';
import type { Step } from '../step.ts';

/** The definition of the state machine, with ARNs in the places of references. */
export const stateMachine: Step = {
  name: 'state-machine',
  needs: [],
  async run(world) {
    const program = toolNamed(world.root, 'asl-validator');
    const resources = Object.values(resourcesIn(await synthesized(world, 'machine', { stage: 'prod' })));
    const machine = resources.find(({ Type }) => Type === 'AWS::StepFunctions::StateMachine');
    const definition = textOf(machine?.Properties?.['DefinitionString']);
    const file = join(world.folder, 'definition.asl.json');
    writeFileSync(file, definition);
    const { code, stdout, stderr } = await run(program, ['--json-path', file]);
    if (code !== 0) throw new Error(`${stdout}${stderr}`);
    return `${Object.keys(JSON.parse(definition).States).length} states: valid`;
  },
};

/** `Fn::Join`, which the CDK writes; any other intrinsic in it is a function's or a partition's name. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const { 'Fn::Join': join, Ref } = value as { 'Fn::Join'?: [string, unknown[]]; Ref?: string };
  if (join) return join[1].map(textOf).join(join[0]);
  return Ref === 'AWS::Partition' ? 'aws' : 'arn:aws:lambda:eu-central-1:123456789012:function:rehearsed';
}
