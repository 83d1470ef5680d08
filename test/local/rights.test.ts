/** Whether the stack lets those call who do: a stack without one of these rights does not start on one machine. */
import type { Assembly } from '../../local/template/assembly.ts';
import { missingRights } from '../../local/template/rights.ts';
import { assemblyOf, SYNTHESIS_TIMEOUT_MS } from '../support/stack.ts';

const place = {
  region: 'eu-central-1',
  account: '000000000000',
  stackName: 'OwnerProfiles-prod',
  sqsEndpoint: () => '',
};
let assembly: Assembly;
beforeAll(async () => {
  assembly = await assemblyOf('prod');
}, SYNTHESIS_TIMEOUT_MS);

/** The same without the resources of a type whose logical ids begin so. */
const without = (type: string, id: RegExp): Assembly => {
  const resources = Object.entries(assembly.template.Resources);
  const left = resources.filter(([name, { Type }]) => Type !== type || !id.test(name));
  expect(left.length).toBeLessThan(resources.length);
  return { ...assembly, template: { ...assembly.template, Resources: Object.fromEntries(left) } };
};

test('the stack lacks none', () => {
  expect(missingRights(assembly, place)).toEqual([]);
});

test.each([
  [
    'AWS::IAM::Policy',
    /^ProfileRunsStateMachineRole/,
    /^ProfileRunsStateMachine\w+ may not perform lambda:Invoke.*:live$/,
  ],
  ['AWS::IAM::Policy', /DistributedMapPolicy/, /^ProfileRunsStateMachine\w+ may not perform states:StartExecution on /],
  ['AWS::IAM::Policy', /^NightlySnapshotsSchedulerRole/, /^NightlySnapshotsSchedule\w+ may not perform lambda:Invoke/],
  ['AWS::Lambda::Permission', /Authorizer/, /^ApiKeyAuthorizer\w+ may not perform lambda:InvokeFunction on .*:live$/],
  [
    'AWS::Lambda::Permission',
    /FunctionsOwnerProfilesFunction/,
    /^ApiRestApiv1ownerprofiles\w+ may not perform lambda:InvokeFunction/,
  ],
  ['AWS::SQS::QueuePolicy', /^StatementUploadsArrivals/, /^PayloadBucket\w+ may not perform sqs:SendMessage on /],
])('without its %s %s', (type, id, said) => {
  const missing = missingRights(without(type, id), place);
  expect(missing.length).toBeGreaterThan(0);
  for (const sentence of missing) expect(sentence).toMatch(said);
});
