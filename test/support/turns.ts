/** Workers whose commands to the table take turns in a random order, and that may die at any of them. */
import { setImmediate as immediate } from 'node:timers/promises';
import type { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { fc } from '@fast-check/jest';
import type { Service } from '../../functions/use-cases/service/service.ts';
import type { OpenTable } from '../functions/support/table.ts';
import { serviceOver } from './service.ts';

/** At which of its commands a worker dies, and whether that command still takes effect. */
export type Crash = { readonly at: number; readonly takesEffect: boolean };

class Died extends Error {
  override readonly name = 'Died';
}

const crash: fc.Arbitrary<Crash | undefined> = fc.option(
  fc.record({ at: fc.nat({ max: 8 }), takesEffect: fc.boolean() }),
  { nil: undefined },
);
/** Of three workers. */
export const crashes = fc.tuple(crash, crash, crash);
/** An order for `inTurns`. */
export const turns = fc.array(fc.nat({ max: 5 }), { minLength: 10, maxLength: 60 });

/** Runs workers side by side to their end; a worker without a crash lives. */
export async function inTurns(
  { dynamo, table }: Pick<OpenTable, 'dynamo' | 'table'>,
  workers: readonly ((by: Service) => Promise<unknown>)[],
  dying: readonly (Crash | undefined)[],
  order: readonly number[],
): Promise<void> {
  const played = new Turns(dynamo);
  const all = workers.map((worker, index) =>
    played.work(index, dying[index], (client) => worker(serviceOver({ dynamo: client, table }))),
  );
  await Promise.all([...all, played.play(order)]);
}

type Waiting = { readonly worker: number; readonly go: () => Promise<void> };

class Turns {
  readonly #dynamo: DynamoDBClient;
  readonly #waiting: Waiting[] = [];
  #working = 0;

  constructor(dynamo: DynamoDBClient) {
    this.#dynamo = dynamo;
  }

  /** Runs a worker; when it dies, it is run again as a message is redelivered, and then lives. */
  async work(
    worker: number,
    crash: Crash | undefined,
    run: (client: DynamoDBClient) => Promise<unknown>,
  ): Promise<void> {
    this.#working++;
    try {
      await run(this.#client(worker, crash));
    } catch (error) {
      if (!(error instanceof Died)) throw error;
      await run(this.#client(worker, undefined));
    } finally {
      this.#working--;
    }
  }

  /** Lets commands through, one at a time, until no worker is left. `order` says whose turn it is, over and over. */
  async play(order: readonly number[]): Promise<void> {
    let turn = 0;
    while (this.#working > 0) {
      // Every worker reaches its next command, or its end.
      do await immediate();
      while (new Set(this.#waiting.map(({ worker }) => worker)).size < this.#working);
      if (this.#waiting.length === 0) continue;
      this.#waiting.sort((a, b) => a.worker - b.worker);
      const next = (order[turn++ % order.length] ?? 0) % this.#waiting.length;
      const [worker] = this.#waiting.splice(next, 1);
      await worker?.go();
    }
  }

  #client(worker: number, crash: Crash | undefined): DynamoDBClient {
    let commands = 0;
    let dead = false;
    const send = (command: PutItemCommand) =>
      new Promise((resolve, reject) => {
        const go = async () => {
          if (dead) return reject(new Died());
          dead = crash !== undefined && commands++ === crash.at;
          if (dead && !crash?.takesEffect) return reject(new Died());
          const answer = await this.#dynamo.send(command).then(
            (value) => () => resolve(value),
            (error: unknown) => () => reject(error),
          );
          return dead ? reject(new Died()) : answer();
        };
        this.#waiting.push({ worker, go });
      });
    return { send } as unknown as DynamoDBClient;
  }
}
