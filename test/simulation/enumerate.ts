/** Small cases in full: two workers, two imports, every order of their calls, every place where either may die. */
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { eraseOwner } from '../../functions/use-cases/owners/erase.ts';
import type { Fates } from './faults.ts';
import { bodyOf, CLIENT } from './imports.ts';
import type { Message } from './queue.ts';
import { type Draw, drawFrom } from './random.ts';
import { deliverAll, eraseAndReplay, History, judge } from './settle.ts';
import { DrawnTurns } from './turns.ts';
import { NOON, PLAIN, World } from './world.ts';

/** At which of its calls a worker dies, and whether that call still takes effect. */
export type Crash = { readonly at: number; readonly takesEffect: boolean } | undefined;
/** The input of each of the two workers; `erase` requests an erasure instead. */
export type Hands = readonly [readonly ('A' | 'B')[] | 'erase', readonly ('A' | 'B')[] | 'erase'];
export type Case = {
  readonly hands: Hands;
  readonly crashes: readonly [Crash, Crash];
  /** Whose turn it is, one call after the other; the last one left continues alone. */
  readonly order: readonly number[];
  readonly inParts: boolean;
};

const OWNER = 'a';
/** Calls of an import into an owner who has data: read the answer, the pages, write two pages, the answer, and a second try. */
const CALLS = 5;
const CRASH_CALLS = 8;

export const HANDS: readonly Hands[] = [
  [['A'], ['B']],
  [['A'], ['A']],
  [['A', 'B'], ['B']],
  [
    ['A', 'B'],
    ['A', 'B'],
  ],
  [['A'], 'erase'],
];
export const CRASHES: readonly Crash[] = [
  undefined,
  ...Array.from({ length: 2 * CRASH_CALLS }, (_, index) => ({ at: index >> 1, takesEffect: index % 2 === 1 })),
];
/** Every order in which two times five calls can follow each other. */
export const ORDERS: readonly (readonly number[])[] = Array.from({ length: 2 ** (2 * CALLS) }, (_, bits) =>
  Array.from({ length: 2 * CALLS }, (__, bit) => (bits >> bit) & 1),
).filter((order) => order.filter((who) => who === 1).length === CALLS);

export async function playCase({ hands, crashes, order, inParts }: Case): Promise<void> {
  const history = new History();
  const draw: Draw = () => 0;
  let step = 0;
  const turns = new DrawnTurns((waiting) => {
    const at = waiting.indexOf(`w${order[step++] ?? 0}`);
    return Math.max(at, 0);
  });
  const nature = inParts ? { ...PLAIN, largestItemBytes: 120, pageLimit: 300 } : PLAIN;
  const world = new World(nature, NOON, turns, draw, (command) => {
    const item = command instanceof PutItemCommand ? command.input.Item : undefined;
    if (item?.['sk']?.S === 'answer' && item['known']?.BOOL === false) history.tombstone(String(item['pk']?.S));
  });
  for (const message of MESSAGES) world.queue.send(message);
  const [held, ...given] = [...world.queue.live] as [Message, Message, Message];
  await world.handler(world.plain)([held]);
  world.queue.settle(held, true);
  history.isDone(held, history.next());

  const running = hands.map(async (hand, index) => {
    const crash = crashes[index];
    const fates: Fates = (call) => {
      if (!crash || crash.at !== call) return 'well';
      return crash.takesEffect ? 'dies after' : 'dies before';
    };
    const worker = world.worker(`w${index}`, fates);
    if (hand === 'erase') {
      const begun = world.now;
      const ask = (by = worker) => eraseOwner(world.service(by), { clientId: CLIENT, ownerExternalId: OWNER });
      await ask().catch(() => ask(world.worker(`w${index}`, () => 'well')));
      history.erasures.set(OWNER, begun);
      return;
    }
    const messages = given.filter((_, position) => hand.includes(position === 0 ? 'A' : 'B'));
    for (const message of messages) message.inWork++;
    const begun = history.next();
    const failed = await world.handler(world.service(worker))(messages);
    for (const message of messages) {
      const isDone = !worker.isDead() && !failed.has(message.id);
      if (isDone) history.isDone(message, begun);
      world.queue.settle(message, isDone);
    }
  });
  await turns.play(Promise.all(running));
  await deliverAll(world, history, draw);
  await judge(world, OWNER, history);
  if (hands[1] === 'erase') await eraseAndReplay(world, OWNER, history, () => 1);
}

/** One stored import and two that conflict with it and each other, in two months of both accounts. */
const MESSAGES = [3, 5, 12].map((seed, index) => {
  const told = { importId: `i${index}`, ownerExternalId: OWNER, importedAt: NOON - 60_000 * (3 - index) };
  return { ...told, body: bodyOf(told, drawFrom(seed)) };
});

/** Cases of a nightly run; `every`: one of this many orders with two deaths. */
export function* allCases(): Generator<Case> {
  for (const inParts of [false, true]) {
    for (const hands of HANDS) {
      for (const order of ORDERS) {
        for (const crash of CRASHES) yield { hands, crashes: [crash, undefined], order, inParts };
      }
      for (const order of ORDERS.filter((_, index) => index % 50 === 7)) {
        for (const one of CRASHES) for (const two of CRASHES) yield { hands, crashes: [one, two], order, inParts };
      }
    }
  }
}

/** A share of them for every test run: all orders without a death, and all pairs of deaths in one order. */
export function* someCases(): Generator<Case> {
  for (const hands of HANDS) {
    for (const order of ORDERS.filter((_, index) => index % 2 === 0)) {
      yield { hands, crashes: [undefined, undefined], order, inParts: false };
    }
  }
  const order = ORDERS[99] ?? [];
  for (const one of CRASHES) {
    for (const two of CRASHES) yield { hands: [['A', 'B'], ['B']], crashes: [one, two], order, inParts: true };
  }
}
