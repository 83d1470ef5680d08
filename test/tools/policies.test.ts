import { callerPolicy, executionPolicies } from '../../tools/policies/deployer.ts';
import { assemblyOf, SYNTHESIS_TIMEOUT_MS } from '../support/stack.ts';

const place = { partition: 'aws', account: '123456789012', region: 'eu-central-1' };

test('who deploys takes on the roles of the bootstrap, and does nothing else', () => {
  const role = (name: string) => `arn:aws:iam::123456789012:role/cdk-hnb659fds-${name}-role-123456789012-eu-central-1`;
  expect(callerPolicy(place)).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['sts:AssumeRole'],
        Resource: [role('deploy'), role('file-publishing'), role('image-publishing'), role('lookup')],
      },
    ],
  });
});

test.each(['dev', 'prod'] as const)(
  'CloudFormation may do what the types in %s need: no whole service, and roles of the stack alone',
  async (stage) => {
    const { template, stackName } = await assemblyOf(stage);
    const policies = executionPolicies(template, stackName, place);
    for (const policy of policies) expect(JSON.stringify(policy).length).toBeLessThanOrEqual(6_144);
    const statements = policies.flatMap(({ Statement }) => Statement);
    const actions = statements.flatMap(({ Action }) => Action);
    expect(new Set(actions).size).toBe(actions.length);
    expect(
      actions.filter((action) => action.includes('*') || /^iam:(Create|Attach).*(User|Group|Policy$)/.test(action)),
    ).toEqual(['iam:AttachRolePolicy']);
    for (const { Action, Resource } of statements) {
      const isOnRoles = Action.some((action) => action.startsWith('iam:'));
      expect(Resource).toEqual(isOnRoles ? [`arn:aws:iam::123456789012:role/${stackName}-*`] : ['*']);
    }
    expect(actions.includes('codedeploy:CreateDeploymentGroup')).toBe(stage === 'prod');
    expect(actions).not.toContain('glue:CreateTable');
  },
  SYNTHESIS_TIMEOUT_MS,
);

test('a type of resource that nobody has looked up stops it', () => {
  const template = { Resources: { Odd: { Type: 'AWS::Odd::Thing' } } };
  expect(() => executionPolicies(template, 'Stack', place)).toThrow('AWS::Odd::Thing has no entry');
});

test.each([
  ['OwnerProfiles-prod', 'OwnerProfiles-prod-*'],
  ['OwnerProfiles-prod-blue1', 'OwnerProfiles-prod-blue1-*'],
  ['OwnerProfiles-prod-eu-central-1', 'OwnerProfiles-prod-eu-ce*'],
])('the roles of %s, whose names have room for 24 characters of it, are %s', (stackName, roles) => {
  const template = { Resources: { Role: { Type: 'AWS::IAM::Role' } } };
  const [onRoles] = executionPolicies(template, stackName, place);
  expect(onRoles?.Statement[0]?.Resource).toEqual([`arn:aws:iam::123456789012:role/${roles}`]);
});
