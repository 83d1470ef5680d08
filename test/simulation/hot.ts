/**
 * Thousands of messages for one owner at once, on the local service's queue with its fair groups and as many workers as in
 * production, in virtual time: how often writers conflict, whether any message fails, and what the neighbours notice.
 */
import { DatabaseSync } from 'node:sqlite';
import type { Service } from '../../functions/use-cases/service/service.ts';
import { openMessages } from '../../local/sqs/messages.ts';
import type { Queue } from '../../local/sqs/queues.ts';
import { WELL } from './faults.ts';
import { bodyOf } from './imports.ts';
import type { Message } from './queue.ts';
import { drawFrom } from './random.ts';
import { FREE_TURNS } from './turns.ts';
import { expectLedger, importsOf } from './verdict.ts';
import { VirtualTime } from './virtual-time.ts';
import { NOON, PLAIN, World } from './world.ts';

/** As lib/stages.ts has it for production. */
const WORKERS = 50;
const BATCH = 10;
const VISIBILITY_MS = 361_000;
const MOST_RECEIVES = 5;
/** A call of the table takes from 4 to 12 ms, the fleet is at full size at once, and a neighbour sends every 25 ms. */
const CALL_MS = [4, 12] as const;
const NEIGHBOUR_EVERY_MS = 25;
const IDLE_MS = 20;

export type Hot = {
  readonly messages: number;
  readonly seconds: number;
  readonly conflicts: number;
  readonly mostAttempts: number;
  readonly retried: number;
  readonly dead: number;
  /** Milliseconds from sent to done of the neighbours' messages. */
  readonly neighbours: { readonly median: number; readonly p99: number; readonly most: number };
};

export async function hotOwner(hot: number, neighbours: number, seed: number): Promise<Hot> {
  const time = new VirtualTime(NOON);
  const draw = drawFrom(seed);
  const world = new World(PLAIN, NOON, FREE_TURNS, draw);
  const messages = openMessages(new DatabaseSync(':memory:'));
  const [queue, deadLetters] = queues();
  const all = new Map<string, Message>();
  const ages: number[] = [];
  const tally = { conflicts: 0, retried: 0, mostAttempts: 0, left: hot + neighbours };
  const sentAt = new Map<string, number>();
  const send = (number: number, ownerExternalId: string, group: string) => {
    const told = { importId: `i${number}`, ownerExternalId, importedAt: NOON - 60_000 - number };
    const body = bodyOf(told, draw);
    const id = messages.add(queue, { body, attributes: {}, group, sender: '', trace: undefined, delayMs: 0 }, time.now);
    all.set(id, { ...told, id, body, receives: 0, inWork: 0 });
    sentAt.set(id, time.now);
  };
  for (let number = 0; number < hot; number++) send(number, 'hot', 'busy-client');

  const publishing = (async () => {
    for (let number = 0; number < neighbours; number++) {
      await time.sleep(NEIGHBOUR_EVERY_MS);
      send(hot + number, `neighbour-${number}`, `client-${number % 3}`);
    }
  })();
  const working = Array.from({ length: WORKERS }, async (_, index) => {
    const turns = { turn: () => time.sleep(CALL_MS[0] + draw(CALL_MS[1] - CALL_MS[0] + 1)) };
    let attempts = 1;
    const worker = world.worker(`w${index}`, WELL);
    const send = worker.client.send.bind(worker.client) as (command: never) => Promise<unknown>;
    const slow = async (command: never) => {
      await turns.turn();
      return send(command);
    };
    const service: Service = {
      ...world.service({ ...worker, client: { send: slow } as never }),
      clock: () => time.now,
      pause: async (longest) => {
        tally.conflicts++;
        tally.mostAttempts = Math.max(tally.mostAttempts, ++attempts);
        await time.sleep(draw(longest));
      },
    };
    const handle = world.handler(service);
    while (tally.left > 0) {
      const { taken, moved } = messages.receive(queue, deadLetters, BATCH, VISIBILITY_MS, time.now);
      tally.left -= moved;
      if (taken.length === 0) {
        await time.sleep(IDLE_MS);
        continue;
      }
      attempts = 1;
      const failed = await handle(taken.map(({ id, receives }) => ({ ...all.get(id)!, receives })));
      await turns.turn();
      for (const { id, seq, group } of taken) {
        if (failed.has(id)) {
          tally.retried++;
          continue;
        }
        messages.remove(seq);
        tally.left--;
        if (group !== 'busy-client') ages.push(time.now - (sentAt.get(id) ?? 0));
      }
    }
  });
  await time.run(Promise.all([publishing, ...working]));
  world.now = time.now;
  const ofHot = [...all.values()].filter(({ ownerExternalId }) => ownerExternalId === 'hot');
  await expectLedger(world, 'hot', await importsOf(ofHot));
  const { conflicts, mostAttempts, retried } = tally;
  return {
    messages: all.size,
    seconds: (time.now - NOON) / 1000,
    conflicts,
    mostAttempts,
    retried,
    dead: messages.counts(deadLetters.name, time.now).visible,
    neighbours: spread(ages),
  };
}

function queues(): [Queue, Queue] {
  const plain = { createdAt: 0, modifiedAt: 0, attributes: { MessageRetentionPeriod: '1209600' } };
  const dead: Queue = { ...plain, name: 'dead', arn: 'arn:dead', redrive: undefined };
  const redrive = { deadLetterArn: dead.arn, maxReceiveCount: MOST_RECEIVES };
  return [{ ...plain, name: 'imports', arn: 'arn:imports', redrive }, dead];
}

function spread(values: readonly number[]): Hot['neighbours'] {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { median: at(0.5), p99: at(0.99), most: at(1) };
}
