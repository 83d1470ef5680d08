/** The explanation of an owner's profiles. Always derived: it is asked for seldom and must show the current state. */

import { MOST_ANSWER_BYTES } from '../../contracts/http/answer-bytes.ts';
import { conditionsOf, type Definition } from '../../domain/catalogue/definition.ts';
import type { Columns } from '../../domain/features/columns.ts';
import { columnsFor, type DerivationInput } from '../../domain/profiles/derive.ts';
import { type Explanation, explain as explainDefinitions } from '../../domain/profiles/explain.ts';
import type { OwnerAnswer, OwnerRequest } from '../../domain/profiles/owner-answer.ts';
import { withStaleness } from '../../domain/profiles/stale.ts';
import { changeSentence, keepSentence, type WhatIf, whatIfChanged, whatIfKept } from '../../domain/profiles/what-if.ts';
import { whatWouldChange, whatWouldKeep } from '../../domain/profiles/what-would-change.ts';
import { type Day, parseDay } from '../../domain/values/day.ts';
import { type Service, today } from '../service/service.ts';
import { fittingTransactions } from './fitting-transactions.ts';
import { type DatedExplanation, firstDayFor, openYears, withPeriods } from './periods.ts';
import { readForDays } from './read-day.ts';

/** Transactions in one answer at most: of some 250 bytes each, all fit. */
const MOST_TRANSACTIONS = 10_000;
const FEWEST_OF_A_CONDITION = 20;

/** Of the one profile that is asked for: what would make it apply, or keep it beyond `endsOn`; null: the other is the case, or nothing is known. */
export type Counterfactual = {
  readonly wouldChange: string | null;
  readonly wouldKeep: string | null;
  readonly whatIf: WhatIf | null;
};
export type OneExplanation = DatedExplanation & Partial<Counterfactual>;

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
  // What the bank booked ahead of today counts on its day; of a past day, what came after it is not known.
  const rows = asOf < today(service) ? input.rows.filter(({ day }) => day <= asOf) : input.rows;
  const told = explanations.map((explanation) => {
    const definition = wanted.find(({ document }) => document.id === explanation.profile);
    // Deriving again costs more than the rest: for the one profile that is asked for.
    if (request.profile === undefined || !definition) return explanation;
    return { ...explanation, ...counterfactual({ ...input, rows }, definition, explanation, asOf, columns) };
  });
  return {
    asOf,
    ...head,
    profiles,
    notJudged: idsOf(explanations.filter(({ judged }) => !judged)),
    explanations: fittingTransactions(told, MOST_ANSWER_BYTES),
  };
}

function counterfactual(
  input: DerivationInput,
  definition: Definition,
  { applies, endsOn }: DatedExplanation,
  day: Day,
  columns: Columns,
): Counterfactual {
  if (!applies) {
    const change = whatWouldChange(input, definition, day, columns);
    const wouldChange = changeSentence(change, day);
    return {
      wouldChange,
      wouldKeep: null,
      whatIf: wouldChange === null ? null : whatIfChanged(change, input.catalogue),
    };
  }
  const end = parseDay(endsOn ?? '');
  const keep = end && whatWouldKeep(input, definition, day, end, columns);
  return keep
    ? { wouldChange: null, wouldKeep: keepSentence(keep), whatIf: whatIfKept(keep) }
    : { wouldChange: null, wouldKeep: null, whatIf: null };
}

/** Transactions that each condition may show, so that the answer has room for all. */
export function mostTransactions(definitions: readonly Definition[]): number {
  const conditions = definitions.flatMap(({ enter, stay }) => [...conditionsOf(enter), ...conditionsOf(stay)]).length;
  return Math.max(FEWEST_OF_A_CONDITION, Math.floor(MOST_TRANSACTIONS / Math.max(1, conditions)));
}
