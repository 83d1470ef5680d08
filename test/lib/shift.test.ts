import { FUNCTION_NAMES } from '../../lib/bundle.ts';
import { stageNamed } from '../../lib/stages.ts';
import { SYNTHESIS_TIMEOUT_MS } from '../support/stack.ts';
import { functionOfGroup, type Synthesized, synthesized } from './synthesized.ts';

let dev: Synthesized;
let prod: Synthesized;
beforeAll(async () => {
  dev = await synthesized('dev');
  prod = await synthesized('prod');
}, SYNTHESIS_TIMEOUT_MS);

/** Asked by hand: their requests move at once. */
const WITHOUT_ALIAS = [
  ...['catalogue', 'catalogue-draft', 'catalogue-previews', 'catalogue-publications', 'failures', 'keys', 'openapi'],
  ...['profiles', 'snapshots', 'webhooks'],
];

test.each(['dev', 'prod'] as const)('functions of %s have the alias live, on their published version', (stage) => {
  const of = stage === 'dev' ? dev : prod;
  const aliases = of.ofType('AWS::Lambda::Alias');
  const named = aliases.map(({ path }) => of.at(path.replace(/\/Live$/, '')).properties.Environment.Variables);
  const names = named.map(({ POWERTOOLS_SERVICE_NAME: name }) => name);
  expect(names.sort()).toEqual(FUNCTION_NAMES.filter((name) => !WITHOUT_ALIAS.includes(name)).sort());
  for (const { path, properties } of aliases) {
    const fn = path.replace(/\/Live$/, '');
    expect(properties).toEqual({
      Name: 'live',
      FunctionName: `{${fn}}`,
      FunctionVersion: `{${fn}/CurrentVersion.Version}`,
    });
    expect(of.at(`${fn}/CurrentVersion`).properties).toMatchObject({ FunctionName: `{${fn}}` });
  }
});

test('nothing calls a function that has an alias but by this', () => {
  const called = JSON.stringify([
    ...prod.ofType('AWS::ApiGateway::Method').map(({ properties }) => properties.Integration.Uri),
    ...prod.ofType('AWS::ApiGateway::Authorizer').map(({ properties }) => properties.AuthorizerUri),
    ...prod.ofType('AWS::Lambda::EventSourceMapping').map(({ properties }) => properties.FunctionName),
    ...prod.ofType('AWS::StepFunctions::StateMachine').map(({ properties }) => properties.DefinitionString),
    ...prod.ofType('AWS::Scheduler::Schedule').map(({ properties }) => properties.Target.Arn),
    ...prod.ofType('AWS::Lambda::Permission').map(({ properties }) => properties.FunctionName),
  ]);
  const named = [...called.matchAll(/\{([^{}]+\/Function)(\/Live)?(?:\.Arn)?\}/g)];
  expect(new Set(named.map(([, fn]) => fn)).size).toBe(FUNCTION_NAMES.length);
  const withAlias = prod.ofType('AWS::Lambda::Alias').map(({ path }) => path.replace(/\/Live$/, ''));
  expect(named.filter(([, fn = '', alias]) => withAlias.includes(fn) !== (alias !== undefined))).toEqual([]);
});

test('prod moves a tenth of the requests first, and goes back when an alarm goes off that would have come from it', () => {
  const groups = prod.ofType('AWS::CodeDeploy::DeploymentGroup');
  const shifted = groups.map(({ path }) => prod.at(functionOfGroup(prod, path)).properties.Environment.Variables);
  expect(shifted.map(({ POWERTOOLS_SERVICE_NAME: name }) => name).sort()).toEqual([
    'authorizer',
    'change-publisher',
    'changes',
    'import-worker',
    'imports',
    'owner-erasure',
    'owner-explanation',
    'owner-features',
    'owner-history',
    'owner-profiles',
    'owner-statements',
    'owner-transactions',
    'owner-upload',
    'statement-reader',
    'webhook-sender',
  ]);
  for (const { properties } of groups) {
    expect(properties).toEqual({
      ApplicationName: '{GradualShift/Application}',
      ServiceRoleArn: '{GradualShift/Role.Arn}',
      DeploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent10Minutes',
      DeploymentStyle: { DeploymentOption: 'WITH_TRAFFIC_CONTROL', DeploymentType: 'BLUE_GREEN' },
      AlarmConfiguration: {
        Enabled: true,
        Alarms: [
          '{ImportQueue/OldestAlarm}',
          '{ImportWorker/ErrorsAlarm}',
          '{StatementReader/ErrorsAlarm}',
          '{ApiFunctions/OwnerProfiles/Function/ErrorsAlarm}',
          '{ApiFunctions/Authorizer/Function/ErrorsAlarm}',
          '{Api/ServerErrorsAlarm}',
        ].map((Name) => ({ Name })),
      },
      AutoRollbackConfiguration: {
        Enabled: true,
        Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_REQUEST', 'DEPLOYMENT_STOP_ON_ALARM'],
      },
      Tags: expect.anything(),
    });
  }
});

test('dev moves at once, as prod does when it must', () => {
  expect(dev.ofType('AWS::CodeDeploy::DeploymentGroup')).toEqual([]);
  expect(stageNamed('dev').shift).toBeUndefined();
  expect(stageNamed('prod', { urgent: true }).shift).toBeUndefined();
  expect(stageNamed('prod', { changes: { shift: null } }).shift).toBeUndefined();
  expect(stageNamed('prod', { changes: { shift: 'Linear10PercentEvery1Minute' } }).shift).toBe(
    'Linear10PercentEvery1Minute',
  );
});
