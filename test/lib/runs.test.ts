import { stageNamed } from '../../lib/stages.ts';
import { SYNTHESIS_TIMEOUT_MS } from '../support/stack.ts';
import { type Json, type Synthesized, synthesized } from './synthesized.ts';

let prod: Synthesized;
let definition: Json;
beforeAll(async () => {
  prod = await synthesized('prod');
  definition = JSON.parse(prod.at('ProfileRuns/StateMachine').properties.DefinitionString);
}, SYNTHESIS_TIMEOUT_MS);

const RETRY = [
  {
    ErrorEquals: [
      'Lambda.ClientExecutionTimeoutException',
      'Lambda.ServiceException',
      'Lambda.AWSLambdaException',
      'Lambda.SdkClientException',
    ],
    IntervalSeconds: 2,
    MaxAttempts: 6,
    BackoffRate: 2,
  },
  {
    ErrorEquals: ['Lambda.TooManyRequestsException'],
    IntervalSeconds: 2,
    MaxAttempts: 8,
    MaxDelaySeconds: 60,
    BackoffRate: 2,
    JitterStrategy: 'FULL',
  },
  {
    ErrorEquals: ['States.TaskFailed', 'States.Timeout'],
    IntervalSeconds: 2,
    MaxAttempts: 3,
    BackoffRate: 3,
    JitterStrategy: 'FULL',
  },
];
const RUN = { 'clientId.$': '$.clientId', 'runId.$': '$.runId' };

const task = (payload: Json, rest: Json) => ({
  Type: 'Task',
  Resource: 'arn:{AWS::Partition}:states:::lambda:invoke',
  Parameters: { FunctionName: '{ProfileRuns/ProfileRun/Function/Live}', Payload: { ...payload, ...RUN } },
  TimeoutSeconds: 330,
  Retry: RETRY,
  ...rest,
});

test('a run waits, plans, visits every slice and finishes; an error ends it where it can be redriven', () => {
  expect(definition).toEqual({
    StartAt: 'WaitUntilInForce',
    States: {
      WaitUntilInForce: { Type: 'Wait', TimestampPath: '$.from', Next: 'Plan' },
      Plan: task(
        { task: 'plan' },
        {
          ResultSelector: { 'slices.$': '$.Payload.slices' },
          ResultPath: '$.plan',
          Next: 'Visit',
        },
      ),
      Visit: {
        Type: 'Map',
        Label: 'Visit',
        ItemsPath: '$.plan.slices',
        ItemSelector: { task: 'visit', ...RUN, 'slice.$': '$$.Map.Item.Value' },
        MaxConcurrency: stageNamed('prod').replay.maxConcurrency,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'VisitSlice',
          States: {
            VisitSlice: task({ task: 'visit', 'slice.$': '$.slice' }, { ResultSelector: {}, End: true }),
          },
        },
        ResultPath: null,
        Next: 'Finish',
      },
      Finish: task({ task: 'finish' }, { ResultPath: null, End: true }),
    },
  });
});

test('a task of a run waits longer than its function may take', () => {
  const { Timeout } = prod.at('ProfileRuns/ProfileRun/Function').properties;
  expect(Timeout).toBe(300);
  expect(definition.States.Plan.TimeoutSeconds).toBeGreaterThan(Timeout);
});

test('runs are logged and traced, without what they are given', () => {
  expect(prod.at('ProfileRuns/StateMachine').properties).toMatchObject({
    LoggingConfiguration: {
      Level: 'ALL',
      IncludeExecutionData: false,
      Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: '{ProfileRuns/Logs.Arn}' } }],
    },
    TracingConfiguration: { Enabled: true },
  });
});

test.each(['dev', 'prod'] as const)('%s visits a slice at its pace well within the time of the function', (stage) => {
  const { ownersPerSlice, ownersPerSecond } = stageNamed(stage).replay;
  expect(ownersPerSlice / ownersPerSecond).toBeLessThan(300 / 10);
});
