/**
 * What would make a profile apply that does not, or keep one that is about to end: the fewest further transactions, and of equally
 * many those that are enough soonest. Each answer was tried: the owner was derived again with it.
 */
import type { Definition, Rule } from '../catalogue/definition.ts';
import type { Columns } from '../features/columns.ts';
import type { Labelled } from '../labels/labelled-row.ts';
import type { Day } from '../values/day.ts';
import { rowsOf } from './added-rows.ts';
import { alternativesOf, isAsWanted } from './alternatives.ts';
import { type DerivationInput, deriveProfiles } from './derive.ts';
import { profileDays } from './history.ts';
import { changeAfter, enteredOn, HORIZON, has, judge } from './judge.ts';
import { openPlanSearch, type Plan, sizeOf } from './plan-search.ts';
import { rowsInTheWay } from './rows-in-the-way.ts';
import { openTries } from './tries.ts';

export type WouldChange = {
  /** Undefined: no transactions of this form would make it apply sooner than time does. */
  readonly plan: Plan | undefined;
  /** The day on which it applies without new data; undefined: not within 426 days. */
  readonly byItself: Day | undefined;
  /** The fewest past transactions without which it would apply on the day asked; none: there are no such, or too many to try. */
  readonly without: readonly Labelled[];
};
/** The transactions are up to the day on which the profile would end; then it ends on `endsOn`, undefined: not within 426 days. */
export type WouldKeep = { readonly plan: Plan; readonly endsOn: Day | undefined };

/** @param columns of the day, on which the profile does not apply */
export function whatWouldChange(
  input: DerivationInput,
  definition: Definition,
  day: Day,
  columns: Columns,
): WouldChange {
  const one = { ...input, definitions: [definition], rows: input.rows.filter((row) => row.day <= day) };
  const [verdict] = judge([definition], columns, day - definition.hold + 1, day + HORIZON);
  const byItself = verdict && changeAfter(verdict, day);
  const tries = openTries();
  const search = openPlanSearch(input.catalogue, columns, day, tries);
  const alternatives = alternativesFor(entering(definition), columns, day);
  const plan = alternatives
    .flatMap((alternative) => search?.plansFor(alternative, definition, byItself) ?? [])
    .sort((a, b) => sizeOf(a) - sizeOf(b) || a.on - b.on)
    .find((each) => tries.derive(columns.rows.length) && deriveProfiles(withPlan(one, each), each.on).length > 0);
  const ways = alternatives
    .map((alternative) => rowsInTheWay(one, alternative, day, columns, tries))
    .filter((rows) => rows.length > 0)
    .sort((a, b) => a.length - b.length);
  return { plan, byItself, without: (ways[0] ?? []).map((index) => columns.rows[index]!) };
}

/**
 * @param input its rows are all that are known, rows that are booked on later days too
 * @param columns of the day, on which the profile applies
 * @param endsOn the first day on which it does not without new data
 * @returns undefined: no transactions of this form would keep it on that day
 */
export function whatWouldKeep(
  input: DerivationInput,
  definition: Definition,
  day: Day,
  endsOn: Day,
  columns: Columns,
): WouldKeep | undefined {
  const one = { ...input, definitions: [definition] };
  const [verdict] = judge([definition], columns, day - definition.hold + 1, day);
  const entered = verdict && enteredOn(verdict, day);
  const isHeld = entered !== undefined && endsOn - entered < definition.hold;
  const tries = openTries();
  const search = openPlanSearch(input.catalogue, columns, day, tries);
  const rules = [...(isHeld ? [definition.stay] : []), entering(definition)];
  const plans = rules
    .flatMap((rule) => alternativesFor(rule, columns, endsOn))
    .flatMap((alternative) => search?.planFor(alternative, endsOn) ?? [])
    .sort((a, b) => sizeOf(a) - sizeOf(b));
  for (const plan of plans) {
    if (!tries.derive(columns.rows.length)) return undefined;
    const [found] = profileDays(withPlan(one, plan), day, endsOn + HORIZON);
    let end = day;
    while (found && end <= endsOn + HORIZON && has(found.days, end)) end++;
    if (end > endsOn) return { plan, endsOn: end > endsOn + HORIZON ? undefined : end };
  }
  return undefined;
}

/** The same owner, had the transactions of a plan been made and nothing else. */
function withPlan(input: DerivationInput, { additions, account }: Plan): DerivationInput {
  const added = additions.flatMap((addition) => rowsOf(addition, account));
  return { ...input, rows: [...input.rows, ...added].sort((a, b) => a.day - b.day) };
}

function alternativesFor(rule: Rule, columns: Columns, day: Day) {
  return alternativesOf(rule, (literal) => !isAsWanted(literal, columns, day));
}

/** What must hold on the day on which a profile is entered. */
function entering({ enter, stay }: Definition): Rule {
  return enter === stay ? enter : { kind: 'all', rules: [enter, stay] };
}
