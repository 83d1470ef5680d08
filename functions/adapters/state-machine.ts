/** Starts and stops the visits of a client's owners. */
import { ExecutionDoesNotExist, SFNClient, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import type { RunKind } from './catalogue-store.ts';

export type RunStart = {
  readonly clientId: string;
  readonly runId: string;
  readonly kind: RunKind;
  /** ISO 8601: nobody is visited before. */
  readonly from: string;
};
export type StateMachine = ReturnType<typeof openStateMachine>;

/** @param arn of the state machine; executions bear the ids of runs as their names */
export function openStateMachine(arn: string, states: SFNClient = new SFNClient()) {
  /** A second start of the same run changes nothing. */
  async function start(run: RunStart): Promise<void> {
    await states.send(new StartExecutionCommand({ stateMachineArn: arn, name: run.runId, input: JSON.stringify(run) }));
  }

  /** A run that does not exist, or has ended, is as well as stopped. */
  async function stop(runId: string): Promise<void> {
    const executionArn = `${arn.replace(':stateMachine:', ':execution:')}:${runId}`;
    try {
      await states.send(new StopExecutionCommand({ executionArn }));
    } catch (error) {
      if (!(error instanceof ExecutionDoesNotExist)) throw error;
    }
  }

  return { start, stop };
}
