/**
 * The actions, as Step Functions answers them.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_Operations.html
 */
import { randomUUID } from 'node:crypto';
import type { Execution, Executions } from './executions.ts';
import { MAX_DATA } from './interpret.ts';
import type { Machine, Runner } from './runner.ts';

export type Context = {
  readonly executions: Executions;
  readonly runner: Runner;
  readonly machines: readonly Machine[];
};
/** Unchecked input from the request. */
export type Input = Readonly<Record<string, unknown>>;
export type Action = (context: Context, input: Input) => object | Promise<object>;

export class StatesError extends Error {
  override readonly name: string;
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** Step Functions developer guide, "Redrive eligibility for unsuccessful executions". */
const REDRIVABLE_MS = 14 * 86_400_000;
const MOST_LISTED = 1000;
const DEFAULT_LISTED = 100;

/**
 * The same start again changes nothing while the execution runs. A name is used once: with another input, or after the end, it is
 * refused.
 */
const startExecution: Action = ({ executions, runner, machines }, asked) => {
  const machine = machineOf(machines, asked);
  const name = optionalText(asked, 'name') ?? randomUUID();
  const input = optionalText(asked, 'input') ?? '{}';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are among what names may not have.
  if (!/^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]{1,80}$/.test(name))
    throw new StatesError('InvalidName', `Invalid Name: '${name}'`);
  if (!isJson(input) || Buffer.byteLength(input) > MAX_DATA)
    throw new StatesError(
      'InvalidExecutionInput',
      "Invalid State Machine Execution Input: 'it is no JSON, or too long'",
    );
  const arn = `${machine.arn.replace(':stateMachine:', ':execution:')}:${name}`;
  const known = executions.get(arn);
  if (known && (known.status !== 'RUNNING' || known.input !== input))
    throw new StatesError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
  if (known) return { executionArn: arn, startDate: seconds(known.startedAt) };
  const startedAt = Date.now();
  executions.add({ arn, machineArn: machine.arn, name, input, startedAt });
  runner.begin(executions.get(arn)!);
  return { executionArn: arn, startDate: seconds(startedAt) };
};

const describeExecution: Action = (context, asked) => {
  const execution = executionOf(context, asked);
  const { input, output, error, cause } = execution;
  const reason = whyNotRedrivable(execution);
  return {
    ...summaryOf(execution),
    input,
    inputDetails: { included: true },
    ...(output === undefined ? {} : { output, outputDetails: { included: true } }),
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
    redriveStatus: reason === undefined ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
    ...(reason === undefined ? {} : { redriveStatusReason: reason }),
  };
};

const stopExecution: Action = async (context, asked) => {
  const execution = executionOf(context, asked);
  if (execution.status === 'RUNNING')
    await context.runner.stop(execution, optionalText(asked, 'error'), optionalText(asked, 'cause'));
  return { stopDate: seconds(executionOf(context, asked).stoppedAt ?? Date.now()) };
};

/** Continues with the state that failed, with its input. A map in it runs again as a whole. */
const redriveExecution: Action = (context, asked) => {
  const execution = executionOf(context, asked);
  const reason = whyNotRedrivable(execution);
  if (reason !== undefined) throw new StatesError('ExecutionNotRedrivable', reason);
  const now = Date.now();
  context.executions.redrive(execution.arn, now);
  context.runner.begin(executionOf(context, asked));
  return { redriveDate: seconds(now) };
};

const listExecutions: Action = ({ executions, machines }, asked) => {
  const { arn } = machineOf(machines, asked);
  const most = Number(asked['maxResults'] ?? 0) || DEFAULT_LISTED;
  const token = optionalText(asked, 'nextToken') ?? '0';
  if (!Number.isInteger(most) || most < 0 || most > MOST_LISTED)
    throw new StatesError('ValidationException', `maxResults must be 0 to ${MOST_LISTED}`);
  if (!/^\d{1,9}$/.test(token)) throw new StatesError('InvalidToken', `Invalid Token: '${token}'`);
  const from = Number(token);
  const listed = executions.list(arn, optionalText(asked, 'statusFilter'), most + 1, from);
  return {
    executions: listed.slice(0, most).map(summaryOf),
    ...(listed.length > most && { nextToken: String(from + most) }),
  };
};

export const ACTIONS: Readonly<Record<string, Action>> = {
  StartExecution: startExecution,
  DescribeExecution: describeExecution,
  StopExecution: stopExecution,
  RedriveExecution: redriveExecution,
  ListExecutions: listExecutions,
};

function summaryOf({ arn, machineArn, name, status, startedAt, stoppedAt, redrives, redrivenAt }: Execution): object {
  return {
    executionArn: arn,
    stateMachineArn: machineArn,
    name,
    status,
    startDate: seconds(startedAt),
    ...(stoppedAt === undefined ? {} : { stopDate: seconds(stoppedAt) }),
    redriveCount: redrives,
    ...(redrivenAt === undefined ? {} : { redriveDate: seconds(redrivenAt) }),
  };
}

function whyNotRedrivable({ status, stoppedAt }: Execution): string | undefined {
  if (status === 'RUNNING' || status === 'SUCCEEDED') return `Execution is ${status} and cannot be redriven`;
  if ((stoppedAt ?? 0) < Date.now() - REDRIVABLE_MS)
    return 'Execution is past its redrivable period and cannot be redriven';
  return undefined;
}

function machineOf(machines: readonly Machine[], asked: Input): Machine {
  const arn = text(asked, 'stateMachineArn');
  const machine = machines.find((each) => each.arn === arn);
  if (!machine) throw new StatesError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
  return machine;
}

function executionOf({ executions }: Context, asked: Input): Execution {
  const arn = text(asked, 'executionArn');
  const execution = executions.get(arn);
  if (!execution) throw new StatesError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
  return execution;
}

function text(asked: Input, name: string): string {
  const value = optionalText(asked, name);
  if (value === undefined) throw new StatesError('ValidationException', `${name} must not be null`);
  return value;
}

function optionalText(asked: Input, name: string): string | undefined {
  const value = asked[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw new StatesError('ValidationException', `${name} must be a string`);
  return value;
}

function isJson(value: string): boolean {
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}

/** Instants are seconds since 1970 on the wire. */
const seconds = (ms: number): number => ms / 1000;
