/** Each bad message is parked with its reason and stops nothing: a good one beside it is processed. */
import { about, known } from '../support/http.ts';
import { day, smallest } from '../support/messages.ts';
import { depthOf, drained, type Parked, sendAll, takeParked } from '../support/queues.ts';
import type { Running } from '../support/service.ts';
import { until } from '../support/until.ts';
import { badMessages as badCases, oddMessages } from './bad-message-cases.ts';

/** Sends each with a good one beside it, waits until the queue is empty, and takes the parked messages. */
export async function sendBesideGoodOnes(service: Running, prefix: string, bad: readonly string[]): Promise<Parked[]> {
  await takeParked(service);
  const good = bad.map((_, at) => `${prefix} ${at}`);
  await sendAll(
    service,
    bad.flatMap((body, at) => [body, smallest(good[at]!)]),
  );
  await drained(service);
  for (const owner of good) expect((await about(service, 'owner-profiles', owner)).body.dataFrom).toBe(day(-5));
  const parked: Parked[] = [];
  await until(
    `${bad.length} parked messages`,
    async () => {
      parked.push(...(await takeParked(service)));
      return parked.length >= bad.length;
    },
    { within: 5_000 },
  ).catch(() => {});
  return parked;
}

export function badMessages(service: () => Running): void {
  test('each is parked once with reason and detail, and the good ones beside them are processed', async () => {
    const cases = badCases();
    const parked = await sendBesideGoodOnes(
      service(),
      'beside',
      cases.map(({ body }) => body),
    );
    const found = cases.map(({ name, body, detail }) => {
      const mine = parked.filter((message) => message.body === body);
      const told = mine[0]?.detail ?? '';
      return { name, times: mine.length, reason: mine[0]?.reason, detail: detail.test(told) || told };
    });
    const times = (body: string) => cases.filter((other) => other.body === body).length;
    const expected = cases.map(({ name, body, reason }) => ({ name, times: times(body), reason, detail: true }));
    expect(found).toEqual(expected);
    expect(parked).toHaveLength(cases.length);
    expect(await depthOf(service(), service().outputs.DeadLetterQueueUrl)).toEqual({ visible: 0, hidden: 0 });
    expect((await about(service(), 'owner-profiles', 'bad')).status).toBe(404);
  });

  test('odd but valid messages are processed', async () => {
    const cases = oddMessages();
    await takeParked(service());
    await sendAll(
      service(),
      cases.map(({ body }) => body),
    );
    await drained(service());
    const parked = await takeParked(service());
    expect(parked.map(({ body, reason, detail }) => ({ body: body.slice(0, 200), reason, detail }))).toEqual([]);
    const found: object[] = [];
    for (const { name, owner } of cases) {
      await known(service(), owner);
      const features = await about(service(), 'owner-features', owner);
      const explanation = await about(service(), 'owner-profiles/explanation', owner);
      const statuses = [features.status, explanation.status];
      found.push({ name, statuses, fed: features.body?.features['pets|veterinary.count/180d'] });
    }
    const expected = cases.map(({ name, fed }) => ({ name, statuses: [200, 200], fed: fed ?? expect.anything() }));
    expect(found).toEqual(expected);
    expect((await about(service(), 'owner-profiles', 'first')).status).toBe(404);
  });

  test('amounts of an unknown currency count, and have no sum', async () => {
    const { features } = (await about(service(), 'owner-features', 'odd currency')).body;
    const money = Object.entries(features).filter(([, value]) => typeof value === 'string');
    expect(money.filter(([, value]) => !/^0(\.0+)? /.test(value as string))).toEqual([]);
    expect(features['owner.savingsRate/180d']).toBeNull();
    expect((await about(service(), 'owner-profiles', 'odd currency')).body.profiles).toEqual(['pet-owner']);
  });

  test('a lone surrogate does not make an answer invalid UTF-8', async () => {
    const path = await about(
      service(),
      'owner-profiles/explanation',
      'lone surrogates in titles',
      '&profile=pet-owner',
    );
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(path.bytes)).not.toThrow();
    expect(path.text).toContain('ZOOPLUS');
  });
}

/** Stays in the queue when it is not parked: the last of all tests. */
export function badMessagesOfFullSize(service: () => Running): void {
  test('a bad message of the queue’s largest size is parked, though reason and detail are added', async () => {
    await takeParked(service());
    await sendAll(service(), ['x'.repeat(1_048_576)]);
    const parked: Parked[] = [];
    await until(
      'the parked message',
      async () => {
        parked.push(...(await takeParked(service())));
        return parked.length > 0;
      },
      { within: 10_000 },
    ).catch(() => {});
    expect(parked.map(({ reason, detail }) => ({ reason, told: detail !== '' }))).toEqual([
      { reason: 'NOT_JSON', told: true },
    ]);
    await drained(service(), 5_000);
  });
}
