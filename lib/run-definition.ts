import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import {
  DefinitionBody,
  DistributedMap,
  Errors,
  JitterType,
  JsonPath,
  StateMachineType,
  TaskInput,
  Timeout,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke, type LambdaInvokeProps } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

export type RunProps = {
  readonly fn: LambdaFunction;
  readonly timeoutSeconds: number;
  readonly maxConcurrency: number;
};

/** Of every task: what run of which client it is for. */
const RUN = {
  clientId: JsonPath.stringAt('$.clientId'),
  runId: JsonPath.stringAt('$.runId'),
  kind: JsonPath.stringAt('$.kind'),
};

/**
 * A run over all owners of a client, a preview or a replay, from `{clientId, runId, kind, from}`:
 *
 *     WaitUntilInForce ─▶ Plan ─▶ Visit (every slice) ─▶ Finish
 *
 * Everything is asked of one function. A slice that was visited is not visited again, so a run that is started a second time goes
 * on where it stopped. There is no time-out of the whole: a run ends by itself, for every task has one and is retried a few times. No error is caught: an
 * execution that failed where it did can be redriven, and goes on there.
 *
 * JSONPath rather than JSONata, and no reader or writer of objects: so the very same definition is run on one machine, too.
 */
export function runDefinition(scope: Construct, { fn, timeoutSeconds, maxConcurrency }: RunProps): DefinitionBody {
  const task = (id: string, payload: Record<string, unknown>, props: Partial<LambdaInvokeProps>) =>
    new LambdaInvoke(scope, id, {
      lambdaFunction: fn,
      payload: TaskInput.fromObject(payload),
      // Longer than the function may take, which then says more about it than a time-out of the task could.
      taskTimeout: Timeout.duration(Duration.seconds(timeoutSeconds + 30)),
      ...props,
    }).addRetry({
      errors: [Errors.TASKS_FAILED, Errors.TIMEOUT],
      interval: Duration.seconds(2),
      backoffRate: 3,
      maxAttempts: 3,
      jitterStrategy: JitterType.FULL,
    });

  const plan = task(
    'Plan',
    { task: 'plan', ...RUN },
    { resultSelector: { 'slices.$': '$.Payload.slices' }, resultPath: '$.plan' },
  );

  // It tolerates no failure: a run that left owners out would tell less than the truth.
  const visit = new DistributedMap(scope, 'Visit', {
    label: 'Visit',
    itemsPath: '$.plan.slices',
    itemSelector: { task: 'visit', ...RUN, slice: JsonPath.numberAt('$$.Map.Item.Value') },
    maxConcurrency,
    mapExecutionType: StateMachineType.STANDARD,
    resultPath: JsonPath.DISCARD,
  }).itemProcessor(
    task(
      'VisitSlice',
      { task: JsonPath.stringAt('$.task'), ...RUN, slice: JsonPath.numberAt('$.slice') },
      {
        // What a slice found is in the results bucket; all of them together would be more than a state may hand on.
        resultSelector: {},
      },
    ),
  );

  const finish = task('Finish', { task: 'finish', ...RUN }, { resultPath: JsonPath.DISCARD });

  const wait = new Wait(scope, 'WaitUntilInForce', { time: WaitTime.timestampPath('$.from') });
  return DefinitionBody.fromChainable(wait.next(plan).next(visit).next(finish));
}
