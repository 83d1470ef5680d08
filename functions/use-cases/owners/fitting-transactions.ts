/** Explanations with as many transactions as an answer has room for. */
import { bytesInAnswer } from '../../contracts/http/answer-bytes.ts';
import type { ExplainedTransaction } from '../../domain/profiles/explain.ts';

type Condition = {
  readonly transactions: readonly ExplainedTransaction[];
  readonly transactionsOmitted: number;
};
type Explained = { readonly conditions: readonly Condition[] };

/**
 * The same explanations, each condition with its newest transactions, all cut at one number: the greatest for which they fit together.
 * What is cut is counted in `transactionsOmitted`. Looks at no more than fits.
 */
export function fittingTransactions<One extends Explained>(explanations: readonly One[], mostBytes: number): One[] {
  const most = mostOfEach(
    explanations.flatMap(({ conditions }) => conditions.map(({ transactions }) => transactions)),
    mostBytes,
  );
  return explanations.map((explanation) => ({
    ...explanation,
    conditions: explanation.conditions.map((condition) => ({
      ...condition,
      transactions: condition.transactions.slice(0, most),
      transactionsOmitted: condition.transactionsOmitted + Math.max(0, condition.transactions.length - most),
    })),
  }));
}

function mostOfEach(lists: readonly (readonly ExplainedTransaction[])[], mostBytes: number): number {
  let bytes = 0;
  for (let rank = 0; ; rank++) {
    const inRank = lists.flatMap((list) => list[rank] ?? []);
    if (inRank.length === 0) return rank;
    for (const transaction of inRank) {
      bytes += bytesInAnswer(transaction);
      if (bytes > mostBytes) return rank;
    }
  }
}
