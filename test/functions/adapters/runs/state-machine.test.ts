/** Requests to the state machine, and the meaning of its answers. */
import { ExecutionDoesNotExist, type SFNClient } from '@aws-sdk/client-sfn';
import { openStateMachine } from '../../../../functions/adapters/runs/state-machine.ts';

const ARN = 'arn:aws:states:eu-central-1:000000000000:stateMachine:runs';
const EXECUTION = 'arn:aws:states:eu-central-1:000000000000:execution:runs:r1';

/** A machine whose client gives one answer, or throws it, and records its requests. */
function machineThat(answer: object) {
  const sent: [name: string, input: object][] = [];
  const send = async (command: { constructor: { name: string }; input: object }) => {
    sent.push([command.constructor.name, command.input]);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { machine: openStateMachine(ARN, { send } as unknown as SFNClient), sent };
}
const missing = () => new ExecutionDoesNotExist({ message: 'none', $metadata: {} });

test('a run is started under its own id', async () => {
  const { machine, sent } = machineThat({});
  const run = { clientId: 'c', runId: 'r1', kind: 'preview', from: '2026-11-22T12:00:00.000Z' } as const;
  await machine.start(run);
  expect(sent).toEqual([['StartExecutionCommand', { stateMachineArn: ARN, name: 'r1', input: JSON.stringify(run) }]]);
});

test('a run is stopped by its id, and one that is not there is as well as stopped', async () => {
  const { machine, sent } = machineThat({});
  await machine.stop('r1');
  expect(sent).toEqual([['StopExecutionCommand', { executionArn: EXECUTION }]]);
  await machineThat(missing()).machine.stop('r1');
  await expect(machineThat(new Error('throttled')).machine.stop('r1')).rejects.toThrow('throttled');
});

test.each([
  ['RUNNING', 'under way'],
  ['SUCCEEDED', 'under way'],
  ['PENDING_REDRIVE', 'under way'],
  ['FAILED', 'given up'],
  ['TIMED_OUT', 'given up'],
  ['ABORTED', 'given up'],
])('%s is %s', async (status, condition) => {
  const { machine, sent } = machineThat({ status });
  expect(await machine.conditionOf('r1')).toBe(condition);
  expect(sent).toEqual([['DescribeExecutionCommand', { executionArn: EXECUTION }]]);
});

test('one that the machine has never met is not known; what else goes wrong is thrown', async () => {
  expect(await machineThat(missing()).machine.conditionOf('r1')).toBe('not known');
  await expect(machineThat(new Error('throttled')).machine.conditionOf('r1')).rejects.toThrow('throttled');
});
