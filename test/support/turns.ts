/** Workers whose commands to the table take turns in an order that is drawn, and that may die at any of them. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';

/** At which of its commands a worker dies, and whether that command still takes effect. */
export type Crash = { readonly at: number; readonly takesEffect: boolean };

export class Died extends Error {
  override readonly name = 'Died';
}

type Waiting = { readonly worker: number; readonly go: () => Promise<void> };

export class Turns {
  readonly #dynamo: DynamoDBClient;
  readonly #waiting: Waiting[] = [];
  #working = 0;

  constructor(dynamo: DynamoDBClient) {
    this.#dynamo = dynamo;
  }

  /** Runs a worker; when it dies, it is run again as a message is delivered again, and then lives. */
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

  /** Lets commands through, one at a time, until no worker is left. `draw` says whose turn it is. */
  async play(draw: (most: number) => number): Promise<void> {
    while (this.#working > 0) {
      // Let every worker come to its next command, or to its end.
      await sleep(2);
      if (this.#waiting.length === 0) continue;
      this.#waiting.sort((a, b) => a.worker - b.worker);
      const [turn] = this.#waiting.splice(draw(this.#waiting.length), 1);
      await turn?.go();
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
