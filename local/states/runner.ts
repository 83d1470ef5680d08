/**
 * Runs executions, and records how they end.
 *
 * An execution that ran when the service was stopped or killed is restarted from its beginning (a redriven one: from where the redrive
 * started), because the interpreter cannot continue in the middle. In the cloud it would. The results are the same as long as tasks
 * may be repeated, which Step Functions requires anyway: it retries them, too.
 */
import type { Outcome } from '../functions/protocol.ts';
import type { Definition } from './definition.ts';
import type { Execution, Executions } from './executions.ts';
import { type Attempt, beginAttempt, type Point } from './interpret.ts';

export type Machine = { readonly name: string; readonly arn: string; readonly definition: Definition };
export type Runner = ReturnType<typeof openRunner>;

export type RunnerOptions = {
  readonly executions: Executions;
  readonly machines: readonly Machine[];
  readonly invoke: (functionArn: string, payload: unknown) => Promise<Outcome>;
  /** Called for a failed execution: nobody may be polling it. */
  readonly report: (problem: string) => void;
};

export function openRunner({ executions, machines, invoke, report }: RunnerOptions) {
  const attempts = new Map<string, Promise<Attempt>>();
  let halted = false;

  const fail = (arn: string, how: { readonly error: string; readonly cause: string; readonly at: Point }): void => {
    executions.end(arn, { status: 'FAILED', ...how });
    report(`${arn} failed in ${how.at.state}: ${how.error}`);
  };

  const run = async (execution: Execution): Promise<void> => {
    const { arn } = execution;
    const machine = machines.find((each) => each.arn === execution.machineArn);
    // The template no longer has the machine: nobody can say how it would have continued.
    if (!machine) return executions.end(arn, { status: 'ABORTED', cause: 'The state machine is not there any more.' });
    const from = execution.at ?? beginning(machine, execution);
    const attempt = beginAttempt({
      definition: machine.definition,
      from,
      context: contextOf(machine, execution),
      invoke,
    });
    attempts.set(arn, attempt);
    try {
      const ended = await (await attempt).ended;
      // A halt is not an end: the execution is restarted at the next start. For a stop, who asked and why is recorded.
      if (halted || ended.status === 'STOPPED') return;
      if (ended.status === 'FAILED') fail(arn, ended);
      else executions.end(arn, { status: 'SUCCEEDED', output: JSON.stringify(ended.output) });
    } catch (error) {
      if (halted) return;
      fail(arn, { error: 'States.Runtime', cause: String(error), at: from });
    } finally {
      attempts.delete(arn);
    }
  };

  return {
    begin: (execution: Execution): void => void run(execution),

    async stop(execution: Execution, error: string | undefined, cause: string | undefined): Promise<void> {
      const attempt = await attempts.get(execution.arn);
      attempt?.stop();
      const ended = await attempt?.ended;
      const at = ended && 'at' in ended ? ended.at : undefined;
      executions.end(execution.arn, { status: 'ABORTED', error, cause, ...(at && { at }) });
    },

    /** Restarts what was running. */
    resume(): void {
      for (const execution of executions.running()) void run(execution);
    },

    async halt(): Promise<void> {
      halted = true;
      await Promise.all([...attempts.values()].map(async (attempt) => (await attempt).stop()));
    },
  };
}

const beginning = ({ definition }: Machine, { input }: Execution): Point => ({
  state: definition.StartAt,
  input: JSON.parse(input),
});

const contextOf = ({ arn, name }: Machine, execution: Execution) => ({
  Execution: {
    Id: execution.arn,
    Name: execution.name,
    ...(execution.redrives > 0 && { RedriveCount: execution.redrives }),
  },
  StateMachine: { Id: arn, Name: name },
});
