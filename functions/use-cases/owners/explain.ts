/** The explanation of an owner's profiles. Always derived: it is asked seldom and must show what stands now. */

import { conditionsOf, type Definition } from '../../domain/catalogue/definition.ts';
import { columnsFor } from '../../domain/profiles/derive.ts';
import { type Explanation, explain as explainDefinitions } from '../../domain/profiles/explain.ts';
import type { OwnerAnswer, OwnerRequest } from '../../domain/profiles/owner-answer.ts';
import { withStaleness } from '../../domain/profiles/stale.ts';
import { sentenceOf, whatWouldChange } from '../../domain/profiles/what-would-change.ts';
import type { Service } from '../service/service.ts';
import { type DatedExplanation, firstDayFor, openYears, withPeriods } from './periods.ts';
import { readForDays } from './read-day.ts';

/** Transactions in one answer at most: some 250 bytes each, and Lambda takes 6 MB. */
const MOST_TRANSACTIONS = 10_000;
const FEWEST_OF_A_CONDITION = 20;

/** `wouldChange`: of the one profile that is asked for, what would make it apply; null: it applies, or nothing of that form would. */
export type OneExplanation = DatedExplanation & { readonly wouldChange?: string | null };

/** Undefined when the owner is not known. Without `profile` every profile that is judged for the client is explained. */
export async function explain(
  service: Service,
  request: OwnerRequest & { readonly profile?: string | undefined },
): Promise<(OwnerAnswer & { readonly explanations: readonly OneExplanation[] }) | undefined> {
  const { asOf } = request;
  const read = await readForDays(service, request, firstDayFor(asOf), asOf);
  if (!read) return undefined;
  const { head, input } = read;
  const wanted = input.definitions.filter(
    ({ document }) => request.profile === undefined || document.id === request.profile,
  );
  const most = mostTransactions(wanted);
  const columns = columnsFor(input, asOf);
  const undated = explainDefinitions(wanted, columns, input.catalogue, asOf, most);
  const dated = await withPeriods(
    service,
    input,
    openYears(service, { ...read, rows: input.rows }, asOf),
    undated,
    asOf,
  );
  const explanations = withStaleness(dated, head.dataTo, asOf);
  const idsOf = (some: readonly Explanation[]) => some.map(({ profile }) => profile);
  const profiles = idsOf(explanations.filter(({ applies }) => applies));
  const told = explanations.map((explanation) => {
    const definition = wanted.find(({ document }) => document.id === explanation.profile);
    // Deriving again costs more than the rest: for the one profile that is asked for.
    if (request.profile === undefined || !definition) return explanation;
    const change =
      explanation.applies || !explanation.judged ? undefined : whatWouldChange(input, definition, asOf, columns);
    return { ...explanation, wouldChange: change ? sentenceOf(change) : null };
  });
  return {
    asOf,
    ...head,
    profiles,
    notJudged: idsOf(explanations.filter(({ judged }) => !judged)),
    explanations: told,
  };
}

/** Transactions that each condition may show, so that the answer has room for all. */
export function mostTransactions(definitions: readonly Definition[]): number {
  const conditions = definitions.flatMap(({ enter, stay }) => [...conditionsOf(enter), ...conditionsOf(stay)]).length;
  return Math.max(FEWEST_OF_A_CONDITION, Math.floor(MOST_TRANSACTIONS / Math.max(1, conditions)));
}
