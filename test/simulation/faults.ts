/** A client of the table in memory that fails as a cloud does, for one worker, until that worker is dead. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Draw, oneOf } from './random.ts';
import type { Command, MemoryTable } from './table.ts';
import type { Turns } from './turns.ts';

/** The fate of a call. `resent`: its answer was lost, and the SDK sent it once more. */
export type CallFate = 'well' | 'refused' | 'lost' | 'resent' | 'dies before' | 'dies after';
export type Fates = (call: number) => CallFate;

export class Died extends Error {
  override readonly name = 'Died';
}

export type Worker = {
  readonly name: string;
  readonly client: DynamoDBClient;
  /** Any other call, with the same fates. */
  readonly call: <Result>(act: () => Result) => Promise<Result>;
  isDead(): boolean;
  calls(): number;
};

export type Watch = (command: Command, worker: string) => void;

export type Surroundings = {
  readonly table: MemoryTable;
  readonly turns: Turns;
  /** Called at each call: time passes. */
  readonly tick: () => void;
  /** How many writes of the partition an inconsistent read misses. */
  readonly behind: () => number;
  readonly watch: Watch;
};

const ERRORS = [
  ['ProvisionedThroughputExceededException', 400],
  ['ThrottlingException', 400],
  ['InternalServerError', 500],
  ['TimeoutError', undefined],
] as const;

export function openWorker(
  name: string,
  { table, turns, tick, behind, watch }: Surroundings,
  fates: Fates,
  errors: Draw,
): Worker {
  let dead = false;
  let calls = 0;
  const carryOut = (command: Command) => {
    const answer = table.apply(command, behind());
    watch(command, name);
    return answer;
  };
  const call = async <Result>(act: () => Result): Promise<Result> => {
    await turns.turn(name);
    tick();
    if (dead) throw new Died();
    const fate = fates(calls++);
    switch (fate) {
      case 'well':
        return act();
      case 'refused':
        throw fault(errors);
      case 'lost':
        act();
        throw fault(errors);
      case 'resent':
        act();
        await turns.turn(name);
        return act();
      default:
        dead = true;
        if (fate === 'dies after') act();
        throw new Died();
    }
  };
  const send = (command: Command) => call(() => carryOut(command));
  return { name, client: { send } as unknown as DynamoDBClient, call, isDead: () => dead, calls: () => calls };
}

/** Throttles, time-outs and faults of the service, as the SDK throws them once its own retries are used up. */
function fault(draw: Draw): Error {
  const [name, httpStatusCode] = oneOf(draw, ERRORS);
  return Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });
}

export const WELL: Fates = () => 'well';
