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
import { type RunTask, runTask } from '../functions/contracts/runs/run-task.ts';
import type { ServiceFunction } from './service-function.ts';

export type RunProps = {
  readonly fn: ServiceFunction;
  readonly timeoutSeconds: number;
  readonly maxConcurrency: number;
};

/**
 * A run over all owners of a client, a preview, a replay or a snapshot, from `{clientId, runId, kind, from}`:
 *
 *     WaitUntilInForce ─▶ Plan ─▶ Visit (every slice) ─▶ Finish
 *
 * One function does everything. A visited slice is not visited again, so a restarted run goes on where it stopped. There is no time-out of
 * the whole: a run ends by itself, because every task has one and is retried a few times. No error is caught: a failed execution can be
 * redriven, and goes on where it failed.
 *
 * JSONPath rather than JSONata, and no reader or writer of objects: so the same definition runs on one machine, too.
 */
export function runDefinition(scope: Construct, { fn, timeoutSeconds, maxConcurrency }: RunProps): DefinitionBody {
  const task = (id: string, name: RunTask['task'], props: Partial<LambdaInvokeProps>) =>
    new LambdaInvoke(scope, id, {
      lambdaFunction: fn.live,
      payload: TaskInput.fromObject(payloadOf(name)),
      // Longer than the function may take, which then says more about it than a time-out of the task could.
      taskTimeout: Timeout.duration(Duration.seconds(timeoutSeconds + 30)),
      ...props,
    })
      // New accounts have room for few invocations at a time, and look-ups and imports use it, too: it passes.
      .addRetry({
        errors: ['Lambda.TooManyRequestsException'],
        interval: Duration.seconds(2),
        backoffRate: 2,
        maxAttempts: 8,
        maxDelay: Duration.minutes(1),
        jitterStrategy: JitterType.FULL,
      })
      .addRetry({
        errors: [Errors.TASKS_FAILED, Errors.TIMEOUT],
        interval: Duration.seconds(2),
        backoffRate: 3,
        maxAttempts: 3,
        jitterStrategy: JitterType.FULL,
      });

  const plan = task('Plan', 'plan', {
    resultSelector: { 'slices.$': '$.Payload.slices' },
    resultPath: '$.plan',
  });

  // It tolerates no failure: a run that left owners out would give wrong results.
  const visit = new DistributedMap(scope, 'Visit', {
    label: 'Visit',
    itemsPath: '$.plan.slices',
    itemSelector: payloadOf('visit', { slice: '$$.Map.Item.Value' }),
    maxConcurrency,
    mapExecutionType: StateMachineType.STANDARD,
    resultPath: JsonPath.DISCARD,
  }).itemProcessor(
    // What a slice found is in the results bucket; all of them together would be more than a state may hand on.
    task('VisitSlice', 'visit', { resultSelector: {} }),
  );

  const finish = task('Finish', 'finish', { resultPath: JsonPath.DISCARD });

  const wait = new Wait(scope, 'WaitUntilInForce', { time: WaitTime.timestampPath('$.from') });
  return DefinitionBody.fromChainable(wait.next(plan).next(visit).next(finish));
}

/**
 * What the function is asked for a task: all fields of its contract, read from the state. A field of the same name is read unless
 * `paths` names another.
 */
function payloadOf(name: RunTask['task'], paths: Readonly<Record<string, string>> = {}): Record<string, string> {
  const contract = runTask.options.find(({ shape }) => shape.task.value === name);
  if (!contract) throw new Error(`the contract of runs knows no task ${name}`);
  const fields = Object.keys(contract.shape).filter((field) => field !== 'task');
  return {
    task: name,
    ...Object.fromEntries(fields.map((field) => [field, JsonPath.stringAt(paths[field] ?? `$.${field}`)])),
  };
}
