import { fc, test as property } from '@fast-check/jest';
import { bytesInAnswer } from '../../../../functions/contracts/http/answer-bytes.ts';
import type { ExplainedTransaction } from '../../../../functions/domain/profiles/explain.ts';
import { fittingTransactions } from '../../../../functions/use-cases/owners/fitting-transactions.ts';

const transaction = (title: string): ExplainedTransaction => ({
  bookedOn: '2026-11-19',
  currencyAmount: '-1.00',
  currencyName: 'PLN',
  title,
  party: null,
  labels: [],
  reasons: {},
});
const explained = (...conditions: (readonly string[])[]) => ({
  profile: 'parent',
  conditions: conditions.map((titles) => ({
    path: 'enter',
    transactions: titles.map(transaction),
    transactionsOmitted: 3,
  })),
});
const bytesOf = (explanations: ReturnType<typeof explained>[]) =>
  explanations
    .flatMap(({ conditions }) => conditions.flatMap(({ transactions }) => transactions))
    .reduce((sum, one) => sum + bytesInAnswer(one), 0);

property.prop([
  fc.array(fc.array(fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { maxLength: 9 }), { maxLength: 4 })),
  fc.integer({ min: 0, max: 5000 }),
])('the newest of each condition stay, as many of each as fit together, and the others are counted', (titles, most) => {
  const given = titles.map((conditions) => explained(...conditions));
  const cut = fittingTransactions(given, most);
  expect(bytesOf(cut)).toBeLessThanOrEqual(most);
  const lengths = cut.flatMap(({ conditions }) => conditions.map(({ transactions }) => transactions.length));
  const rank = Math.max(0, ...lengths);
  const upTo = (many: number) =>
    given.map(({ conditions, ...one }) => ({
      ...one,
      conditions: conditions.map(({ transactions, ...condition }) => ({
        ...condition,
        transactions: transactions.slice(0, many),
        transactionsOmitted: 3 + Math.max(0, transactions.length - many),
      })),
    }));
  expect(cut).toEqual(upTo(rank));
  if (bytesOf(given) > most) expect(bytesOf(upTo(rank + 1))).toBeGreaterThan(most);
  else expect(cut).toEqual(given);
});

test('bytes are those of a text inside JSON', () => {
  expect(bytesInAnswer('a"\\\u0001ł')).toBe(
    Buffer.byteLength(JSON.stringify({ body: JSON.stringify('a"\\\u0001ł') })) - '{"body":}'.length,
  );
});
