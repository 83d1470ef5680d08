/** The service is killed during its work, twice: what it had acknowledged is neither lost nor counted twice. */
import { setTimeout as pause } from 'node:timers/promises';
import { allOf } from './support/http.ts';
import { type Account, day, iban, instant, message, type Row, row } from './support/messages.ts';
import { depthOf, drained, sendAll } from './support/queues.ts';
import { newDirectory, type Running, removeDirectory, START_WITHIN_MS, startService } from './support/service.ts';
import { until } from './support/until.ts';

const OWNERS = 60;
const SHOPS = [
  'ZOOPLUS.PL',
  'BIEDRONKA 12',
  'ORLEN STACJA 7',
  'NETFLIX.COM',
  'PKP INTERCITY',
  'WYNAGRODZENIE',
  'XQJ 5',
];

/** Random numbers, the same ones every time (a linear congruential generator, Numerical Recipes). */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

function shuffled<Value>(values: readonly Value[], roll: (sides: number) => number): Value[] {
  const all = [...values];
  for (let at = all.length - 1; at > 0; at -= 1) {
    const other = roll(at + 1);
    [all[at], all[other]] = [all[other]!, all[at]!];
  }
  return all;
}

const owners = Array.from({ length: OWNERS }, (_, at) => at);

/** Four imports of each owner that conflict in places, which shows which of them wins for a day. */
const imports = owners.flatMap((owner) => {
  const roll = dice(owner + 1);
  const rows = (from: number, to: number): Row[] =>
    Array.from({ length: 25 }, () =>
      row(day(-(to + roll(from - to + 1))), {
        title: SHOPS[roll(SHOPS.length)]!,
        currencyAmount: `${roll(2) === 0 ? '' : '-'}${1 + roll(500)}.${10 + roll(90)}`,
      }),
    );
  const account = (number: number, from: number, to: number): Account => ({
    iban: iban(owner * 10 + number),
    currencyName: roll(3) === 0 ? 'EUR' : 'PLN',
    covers: { from: day(-from), to: day(-to) },
    transactions: rows(from, to),
  });
  return [
    { accounts: [account(1, 300, 60)], source: 'PDF', importedAt: instant(-90 - roll(9)) },
    { accounts: [account(1, 200, 2), account(2, 120, 2)], source: 'AIS', importedAt: instant(-60 - roll(9)) },
    { accounts: [account(1, 90, 1)], source: 'OWNER_UPLOAD', importedAt: instant(-40 - roll(9)) },
    { accounts: [account(1, 30, 0), account(2, 150, 100)], source: 'AIS', importedAt: instant(-10 - roll(9)) },
  ].map((told) => ({ ...message('', [], told), owner }));
});

const bodies = (prefix: string, list: typeof imports) =>
  list.map(({ owner, ...body }) => JSON.stringify({ ...body, ownerExternalId: `${prefix} ${owner}` }));

const directory = newDirectory();
let service: Running;
beforeAll(async () => {
  service = await startService(directory);
}, START_WITHIN_MS);
afterAll(async () => {
  await service?.end('SIGKILL');
  removeDirectory(directory);
});

/** Kills it once it has started working, with messages left and in flight. */
async function killInTheMidst(sent: number): Promise<number> {
  for (;;) {
    const { visible, hidden } = await depthOf(service, service.outputs.ImportQueueUrl);
    if (visible + hidden < sent * 0.9) {
      await service.end('SIGKILL');
      return visible + hidden;
    }
    await pause(10);
  }
}

/** Kills it while a publisher sends; returns how many were acknowledged. The publisher sends the rest again. */
async function sendUntilKilled(messages: readonly string[]): Promise<number> {
  let acknowledged = 0;
  const sending = (async () => {
    for (let at = 0; at < messages.length; at += 5) {
      const some = messages.slice(at, at + 5);
      await sendAll(service, some);
      acknowledged += some.length;
    }
  })().catch(() => {});
  await until('half of the messages', () => acknowledged >= messages.length / 2, { every: 1 });
  await service.end('SIGKILL');
  await sending;
  return acknowledged;
}

test(
  'killed twice, every owner has the answers that the same imports give without',
  async () => {
    const roll = dice(4711);
    const repeated = imports.filter(() => roll(4) === 0);
    const all = shuffled([...imports, ...repeated], roll);
    expect(all.length).toBeGreaterThan(280);
    const halves = [all.slice(0, all.length / 2), all.slice(all.length / 2)];

    const [first, second] = halves.map((half) => bodies('killed', half)) as [string[], string[]];
    await sendAll(service, first);
    expect(await killInTheMidst(first.length)).toBeGreaterThan(0);
    service = await startService(directory);

    const acknowledged = await sendUntilKilled(second);
    expect(acknowledged).toBeLessThan(second.length);
    service = await startService(directory);
    await sendAll(service, second.slice(acknowledged));
    // The dead process's messages in flight must be visible again at once, not after their two minutes.
    await drained(service, 30_000);

    await sendAll(service, bodies('control', shuffled(imports, dice(1))));
    await drained(service);
    for (const owner of owners) {
      const expected = await allOf(service, `control ${owner}`);
      expect({ owner, answers: await allOf(service, `killed ${owner}`) }).toEqual({ owner, answers: expected });
    }
    const { DeadLetterQueueUrl, ParkedQueueUrl } = service.outputs;
    expect(await depthOf(service, DeadLetterQueueUrl)).toEqual({ visible: 0, hidden: 0 });
    expect(await depthOf(service, ParkedQueueUrl)).toEqual({ visible: 0, hidden: 0 });
  },
  3 * START_WITHIN_MS,
);
