/** Starts and stops the visits of a client's owners. */
import {
  DescribeExecutionCommand,
  ExecutionDoesNotExist,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { leanClient } from '../sdk/lean-client.ts';
import type { RunKind } from './run-store.ts';

export type RunStart = {
  readonly clientId: string;
  readonly runId: string;
  readonly kind: RunKind;
  /** ISO 8601: no owner is visited before. */
  readonly from: string;
};
export type StateMachine = ReturnType<typeof openStateMachine>;

/** @param arn of the state machine; the names of executions are the ids of runs */
export function openStateMachine(arn: string, states: SFNClient = leanClient(SFNClient)) {
  /** A second start of the same run changes nothing. */
  async function start(run: RunStart): Promise<void> {
    await states.send(new StartExecutionCommand({ stateMachineArn: arn, name: run.runId, input: JSON.stringify(run) }));
  }

  /** A run that does not exist, or has ended, is as well as stopped. */
  async function stop(runId: string): Promise<void> {
    try {
      await states.send(new StopExecutionCommand({ executionArn: executionOf(runId) }));
    } catch (error) {
      if (!(error instanceof ExecutionDoesNotExist)) throw error;
    }
  }

  /** What the machine knows of a run: one that it gave up and that was restarted is under way again. */
  async function conditionOf(runId: string): Promise<'under way' | 'given up' | 'not known'> {
    try {
      const { status } = await states.send(new DescribeExecutionCommand({ executionArn: executionOf(runId) }));
      return status === 'FAILED' || status === 'TIMED_OUT' || status === 'ABORTED' ? 'given up' : 'under way';
    } catch (error) {
      if (error instanceof ExecutionDoesNotExist) return 'not known';
      throw error;
    }
  }

  const executionOf = (runId: string) => `${arn.replace(':stateMachine:', ':execution:')}:${runId}`;

  return { start, stop, conditionOf };
}
