/** Concurrent operations on the same owner. */
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { about, allOf, call, expectProblem, known, ownerPath, ROUTES } from '../support/http.ts';
import { day, iban, instant, message, petAccount, row } from '../support/messages.ts';
import { drained, dynamoDbOf, sendAll } from '../support/queues.ts';
import type { Running } from '../support/service.ts';

const DAYS = 60;

export function atOnce(service: () => Running): void {
  /** An import of each day, each with a purchase for the pet. */
  const daily = (owner: string, more: object = {}) =>
    Array.from({ length: DAYS }, (_, at) => {
      const on = day(-3 - at);
      const account = { iban: iban(90), currencyName: 'PLN', covers: { from: on, to: on }, transactions: [row(on)] };
      return message(owner, [account], { ...more });
    });
  const rowsOfTable = async (): Promise<number> => {
    let count = 0;
    let ExclusiveStartKey: Record<string, never> | undefined;
    do {
      const page = await dynamoDbOf(service()).send(
        new ScanCommand({ TableName: service().outputs.TableName, Select: 'COUNT', ExclusiveStartKey }),
      );
      count += page.Count ?? 0;
      ExclusiveStartKey = page.LastEvaluatedKey as typeof ExclusiveStartKey;
    } while (ExclusiveStartKey);
    return count;
  };

  test('imports of the same owner that come all at once lose nothing of each other', async () => {
    const bodies = daily('crowded');
    const parts = [0, 1, 2, 3].map((part) => bodies.filter((_, at) => at % 4 === part));
    await Promise.all(parts.map((part) => sendAll(service(), part)));
    await drained(service());
    const account = petAccount(90, {
      covers: { from: day(-2 - DAYS), to: day(-3) },
      transactions: Array.from({ length: DAYS }, (_, at) => row(day(-3 - at))),
    });
    await sendAll(service(), [message('at one go', [account])]);
    await known(service(), 'at one go');
    expect(await allOf(service(), 'crowded')).toEqual(await allOf(service(), 'at one go'));
    const { features } = (await about(service(), 'owner-features', 'crowded')).body;
    expect(features['pets|veterinary.count/180d']).toBe(DAYS);
  });

  test('an erasure in the midst of the imports before it leaves nothing behind', async () => {
    const before = await rowsOfTable();
    await sendAll(service(), daily('erased in the midst', { importedAt: instant(-30) }));
    const erased = await call(service(), ownerPath('owner', 'erased in the midst'), { method: 'DELETE' });
    expect(erased.status).toBe(204);
    await drained(service());
    for (const route of ROUTES) {
      expectProblem(await about(service(), route, 'erased in the midst'), 404, 'OWNER_NOT_FOUND');
    }
    // Only the two records of the erasure may remain: for late imports, and for snapshots.
    expect((await rowsOfTable()) - before).toBeLessThanOrEqual(2);
  });

  test('requests during imports are answered, and never with half a day', async () => {
    const half = (amount: string) =>
      petAccount(91, {
        covers: { from: day(-3), to: day(-3) },
        transactions: [row(day(-3), { currencyAmount: amount }), row(day(-3), { currencyAmount: amount })],
      });
    const owner = 'asked meanwhile';
    const bodies = Array.from({ length: 40 }, (_, at) =>
      message(owner, [half(`-${10 + at}.00`)], { importedAt: new Date(Date.now() - 600_000 + at).toISOString() }),
    );
    await sendAll(service(), bodies);
    await known(service(), owner);
    for (let at = 0; at < 20; at += 1) {
      const { body } = await about(service(), 'owner-profiles/explanation', owner, '&profile=pet-owner');
      const { transactions } = body.explanations[0].conditions.find(
        (one: { feature: string; part: string }) => one.part === 'enter' && one.feature.endsWith('.count'),
      );
      expect(transactions).toHaveLength(2);
      expect(transactions[0].currencyAmount).toBe(transactions[1].currencyAmount);
    }
    await drained(service());
    const last = await about(service(), 'owner-profiles/explanation', owner, '&profile=pet-owner');
    expect(last.text).toContain('"-49.00"');
  });

  test('a request too long to be read has an answer like all others', async () => {
    const long = await call(service(), `/v1/owner-profiles?ownerExternalId=${'x'.repeat(20_000)}`);
    expect(long.status).toBeGreaterThanOrEqual(400);
    expect(long.status).toBeLessThan(500);
    expect(long.headers['content-type']).toMatch(/^application\/problem\+json\b/);
  });
}
