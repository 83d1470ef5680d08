/**
 * One attempt at an execution, by aws-local-stepfunctions. A map here differs from one in the cloud in that the error of a failed
 * iteration is the error of the map, where Step Functions says States.ExceedToleratedFailureThreshold.
 */
import type { Outcome } from '../functions/protocol.ts';
import type { Definition, State, Task } from './definition.ts';
import { tasksOf } from './definition.ts';

/** A top-level state and its input: where a redrive continues. */
export type Point = { readonly state: string; readonly input: unknown };
export type Ended =
  | { readonly status: 'SUCCEEDED'; readonly output: unknown }
  | { readonly status: 'FAILED'; readonly error: string; readonly cause: string; readonly at: Point }
  | { readonly status: 'STOPPED'; readonly at: Point };
export type Attempt = { readonly ended: Promise<Ended>; stop(): void };

export type AttemptOptions = {
  readonly definition: Definition;
  readonly from: Point;
  /** The context object, `$$`. */
  readonly context: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly invoke: (functionArn: string, payload: unknown) => Promise<Outcome>;
};

/** Step Functions quotas, "Maximum input or result data size for a task, state, or execution". */
export const MAX_DATA = 262_144;

class TaskError extends Error {
  readonly isRetryable: boolean;
  readonly isCatchable: boolean;
  constructor(name: string, message: string, passing = true) {
    super(message);
    this.name = name;
    this.isRetryable = passing;
    this.isCatchable = passing;
  }
}

export async function beginAttempt({ definition, from, context, invoke }: AttemptOptions): Promise<Attempt> {
  // Loaded with the first execution: most starts of the service never need it.
  const { StateMachine } = await import('aws-local-stepfunctions');
  type Machine = ConstructorParameters<typeof StateMachine>[0];
  type Input = Parameters<InstanceType<typeof StateMachine>['run']>[0];
  // The interpreter writes defaults into the machine, so it gets a copy. It checks the whole machine: one that starts in the middle has
  // unreachable states.
  new StateMachine(structuredClone(definition) as unknown as Machine);
  const start = afterWaiting(definition, from);
  const begun = { ...definition, StartAt: start.state } as unknown as Machine;
  const machine = new StateMachine(begun, { validationOptions: { noValidate: true } });

  const tasks = tasksOf(definition);
  const gate = openGate();
  const handlers = tasks.map((task) => [task.state, handlerOf(task, gate, invoke)] as const);
  const run = machine.run(start.input as Input, {
    overrides: { taskResourceLocalHandlers: Object.fromEntries(handlers) as never },
    context,
  });
  let at = start;
  const watching = (async () => {
    for await (const event of run.eventLogs)
      if (event.type === 'StateEntered' && Object.hasOwn(definition.States, event.state.name))
        at = { state: event.state.name, input: event.state.input };
  })();
  let stopped = false;
  const ended = run.result.then(
    async (output): Promise<Ended> => ({ status: 'SUCCEEDED', output }),
    async (error: unknown): Promise<Ended> => {
      gate.close();
      await watching;
      if (stopped) return { status: 'STOPPED', at };
      const { name, message } = ((error as Error).cause ?? error) as Error;
      return { status: 'FAILED', error: name, cause: message, at };
    },
  );
  return {
    ended,
    stop() {
      stopped = true;
      gate.close();
      run.abort();
    },
  };
}

/** Handles a state that waits for an instant in the past: a negative time would make the interpreter warn. */
function afterWaiting({ States }: Definition, from: Point): Point {
  const { Type, TimestampPath, Next }: Partial<State> = States[from.state] ?? {};
  const name = /^\$\.(\w+)$/.exec(String(TimestampPath))?.[1] ?? '';
  const until = Date.parse(String((from.input as Record<string, unknown> | null)?.[name]));
  return Type === 'Wait' && typeof Next === 'string' && until <= Date.now() ? { state: Next, input: from.input } : from;
}

/**
 * Which tasks may still start. When an iteration of a map fails, or the execution is stopped, the interpreter continues with retries
 * and with the waiting iterations; in the cloud they end.
 */
function openGate() {
  const begun = new Set<string>();
  let closed = false;
  let current = '';
  return {
    pass({ state, within }: Task): boolean {
      if (closed || (state !== within && within !== current && begun.has(within))) return false;
      begun.add(within);
      current = within;
      return true;
    },
    close() {
      closed = true;
    },
  };
}

function handlerOf(task: Task, gate: ReturnType<typeof openGate>, invoke: AttemptOptions['invoke']) {
  return async (input: unknown): Promise<unknown> => {
    if (!gate.pass(task)) throw new TaskError('States.Aborted', 'The execution has gone on, or was stopped.', false);
    const { FunctionName, Payload } =
      task.functionArn === undefined
        ? (input as { FunctionName: string; Payload?: unknown })
        : { FunctionName: task.functionArn, Payload: input };
    const outcome = await invoke(FunctionName, Payload ?? {});
    if (!outcome.ok) throw new TaskError(outcome.error.errorType, JSON.stringify(outcome.error));
    if (Buffer.byteLength(outcome.payload) > MAX_DATA)
      // States.ALL catches neither this error nor States.Runtime.
      throw new TaskError(
        'States.DataLimitExceeded',
        `The result of ${task.state} is larger than ${MAX_DATA} bytes.`,
        false,
      );
    const payload: unknown = JSON.parse(outcome.payload);
    return task.functionArn === undefined ? { ExecutedVersion: '$LATEST', Payload: payload, StatusCode: 200 } : payload;
  };
}
