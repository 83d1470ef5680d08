import { LEFT_OUT, type Resources, withoutLeftOut } from '../../tools/rehearse/left-out.ts';
import { chosen, type Outcome, runSteps, Skipped, type Step } from '../../tools/rehearse/step.ts';
import { STEPS } from '../../tools/rehearse/steps.ts';
import { synthesized } from '../lib/synthesized.ts';
import { SYNTHESIS_TIMEOUT_MS } from '../support/stack.ts';

const step = (name: string, needs: string[], run: () => string): Step => ({ name, needs, run: async () => run() });
const fails = (error: Error) => () => {
  throw error;
};
/** Of resources that are left out whole. */
const LEFT_OUT_TYPES = [
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::CodeDeploy::Application',
  'AWS::CodeDeploy::DeploymentGroup',
];
const world = { root: '', folder: '', deployed: {} };

test('a failure skips what needs the step, and nothing else', async () => {
  let now = 0;
  const reported: Outcome[] = [];
  const steps = [
    step('a', [], fails(new Skipped('not installed'))),
    step('b', ['a'], () => 'seen'),
    step('c', [], fails(new Error('broken'))),
    step('d', [], () => 'seen'),
    step('e', ['b', 'c', 'd'], () => 'seen'),
  ];
  const outcomes = await runSteps(
    steps,
    world,
    (outcome) => reported.push(outcome),
    () => (now += 500),
  );
  expect(reported).toEqual(outcomes);
  expect(outcomes).toEqual([
    { name: 'a', verdict: 'skipped', seconds: 0.5, says: 'not installed' },
    { name: 'b', verdict: 'skipped', seconds: 0.5, says: 'needs a' },
    { name: 'c', verdict: 'failed', seconds: 0.5, says: 'broken' },
    { name: 'd', verdict: 'passed', seconds: 0.5, says: 'seen' },
    { name: 'e', verdict: 'skipped', seconds: 0.5, says: 'needs b, c' },
  ]);
});

test('a chosen step brings those that it needs, in their order', () => {
  const names = (only: string[]) => chosen(STEPS, only).map(({ name }) => name);
  expect(names(['update'])).toEqual(['bootstrap', 'first', 'deploy', 'whole-path', 'update']);
  expect(names(['lint'])).toEqual(['lint']);
  expect(names([])).toEqual(STEPS.map(({ name }) => name));
  expect(() => names(['updat'])).toThrow('There is no step "updat". Choose from lint, ');
});

test('each step comes after those that it needs', () => {
  const names = STEPS.map(({ name }) => name);
  expect(STEPS.filter(({ name, needs }) => needs.some((need) => names.indexOf(need) >= names.indexOf(name)))).toEqual(
    [],
  );
});

test(
  'what the emulator cannot do is in the stack, and no resource refers to what is left out of it',
  async () => {
    const resources: Resources = (await synthesized('prod')).template.Resources;
    const useless = LEFT_OUT.filter(({ without }) =>
      Object.values(resources).every(
        (resource) => JSON.stringify(without(resource, resources)) === JSON.stringify(resource),
      ),
    );
    expect(useless.map(({ name }) => name)).toEqual([]);
    const kept = withoutLeftOut(resources);
    const gone = Object.keys(resources).filter((id) => !(id in kept));
    expect(new Set(gone.map((id) => resources[id]?.Type))).toEqual(new Set(LEFT_OUT_TYPES));
  },
  SYNTHESIS_TIMEOUT_MS,
);

test('a reference to what is left out is an error', () => {
  const alarm = { Type: 'AWS::CloudWatch::CompositeAlarm' };
  const other = { Type: 'AWS::SNS::Topic', Properties: { DisplayName: { Ref: 'Alarm' } } };
  expect(() => withoutLeftOut({ Alarm: alarm, Other: other })).toThrow('left out, but others refer to them: Alarm');
});
