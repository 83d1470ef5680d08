/** Searches transactions that would bring about what a rule asks for, without labelling anything again: who asks tries the plans. */
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Definition, Rule } from '../catalogue/definition.ts';
import { type Columns, columnsOf } from '../features/columns.ts';
import type { Labelled } from '../labels/labelled-row.ts';
import { type Day, firstDayOf, monthOf } from '../values/day.ts';
import { type Addition, firstFitting, type Kind, kindsFor, labelledRows } from './added-rows.ts';
import { type Alternative, isAsWanted, type Literal } from './alternatives.ts';
import { valueOn } from './explain.ts';
import { type DayBits, HORIZON, has, judge } from './judge.ts';
import { type LeastAddition, leastAddition } from './least-addition.ts';
import type { Tries } from './tries.ts';

export type Plan = {
  readonly additions: readonly LeastAddition[];
  /** Where they are booked when it is tried. */
  readonly account: Labelled['account'];
  /** The day on which the rule holds with them. */
  readonly on: Day;
};

/** Transactions of one kind. */
const MOST_TRANSACTIONS = 40;
/** How far ahead it is looked for days on which the rule could hold. */
const MOST_MONTHS = 12;
/** EUR cents of a usual purchase, and of more than anybody spends. */
const [USUAL, HUGE] = [1000, 1_000_000_000];

/** @param columns of the day; transactions are looked for on days after it. Undefined: the owner has no account */
export function openPlanSearch(catalogue: Catalogue, columns: Columns, day: Day, tries: Tries) {
  const found = accountIn(catalogue, columns, day);
  if (!found) return undefined;
  const account = found;
  const factor = catalogue.rates.rateIn(monthOf(day), account.currency)?.factor ?? 1;
  const minor = (cents: number) => Math.ceil(cents / factor);
  const hold = (literals: readonly Literal[], additions: readonly Addition[], on: Day): boolean => {
    if (!tries.look(columns.rows.length)) return false;
    const added = additions.flatMap((addition) => labelledRows(addition, account, catalogue));
    const rows = [...columns.rows, ...added.sort((a, b) => a.day - b.day)];
    const tried = columnsOf(rows, columns.dataFrom, catalogue);
    return literals.every((literal) => isAsWanted(literal, tried, on));
  };
  const kindsBy = new Map<Literal, Kind[]>();
  /** Asked again for every day and kind that is tried. */
  const kindsOf = (literal: Literal) => {
    const known =
      kindsBy.get(literal) ?? kindsFor(literal, valueOn(literal.condition.feature, columns, day), catalogue);
    kindsBy.set(literal, known);
    return known;
  };

  /** Whether a condition that no transaction helps counts those of a kind. */
  const isHindered = (literal: Literal, { label }: Kind) => {
    const { feature } = literal.condition;
    const number = catalogue.labels.get(label ?? '');
    const counts = number !== undefined && feature.of === 'set' && feature.set.includes(number as never);
    return counts && kindsOf(literal).length === 0;
  };

  /** The fewest transactions up to a day that make an alternative hold on it; undefined: none of this form do, or none need be. */
  function planFor(alternative: Alternative, on: Day, most = MOST_TRANSACTIONS): Plan | undefined {
    const failing = alternative.filter((literal) => !isAsWanted(literal, columns, on));
    const kinds = coverOf(
      failing.map(kindsOf),
      (kind) => alternative.filter((literal) => isHindered(literal, kind)).length,
    );
    if (!kinds || kinds.length === 0) return undefined;
    const enough = new Map<Kind, LeastAddition>();
    // Each kind by itself, then again beside the others: what is spent on one counts for the shares of all.
    for (const kind of kinds.length > 1 ? [...kinds, ...kinds] : kinds) {
      enough.delete(kind);
      const own = alternative.filter((literal) => kindsOf(literal).some((each) => isSame(each, kind)));
      const others = [...enough.values()];
      if (hold(own, others, on)) continue;
      const least = leastAddition({
        ...{ kind, first: day + 1, last: on, mostTransactions: most, usual: minor(USUAL), huge: minor(HUGE) },
        isEnough: (addition) => hold(own, [...others, addition], on),
      });
      if (!least) return undefined;
      enough.set(kind, least);
    }
    const additions = [...enough.values()];
    return hold(alternative, additions, on) ? { additions, account, on } : undefined;
  }

  /** Plans for an alternative, on the days before one (undefined: on all) on which what must wait for time has passed. */
  function plansFor(alternative: Alternative, definition: Definition, before: Day | undefined): Plan[] {
    const plans: Plan[] = [];
    let most = MOST_TRANSACTIONS;
    for (const on of daysToTry(alternative, definition, columns, day, kindsOf)) {
      if (most === 0 || (before !== undefined && on >= before)) break;
      const plan = planFor(alternative, on, most);
      if (!plan || sizeOf(plan) > most) continue;
      plans.push(plan);
      most = sizeOf(plan) - 1;
    }
    return plans;
  }

  return { planFor, plansFor };
}

type KindsOf = (literal: Literal) => readonly Kind[];

/** Days after `day` on which the rule may hold for the first time, ascending: none on which something else than transactions lacks. */
function daysToTry(
  alternative: Alternative,
  definition: Definition,
  columns: Columns,
  day: Day,
  kindsOf: KindsOf,
): Day[] {
  const passed = passing(
    alternative.filter((literal) => kindsOf(literal).length === 0),
    definition,
    columns,
    day,
  );
  let ripe = day + 1;
  while (ripe <= day + HORIZON && !has(passed, ripe)) ripe++;
  const months = Array.from({ length: MOST_MONTHS }, (_, index) => firstDayOf(monthOf(ripe) + index + 1));
  const fitting = alternative.flatMap(kindsOf).map((kind) => firstFitting(kind, ripe));
  const inDays = alternative.map((literal) => day + daysLacking(literal, columns, ripe));
  return [...new Set([ripe, ...months, ...fitting, ...inDays])]
    .filter((on) => on >= ripe && on <= day + HORIZON && has(passed, on))
    .sort((a, b) => a - b);
}

/** The days after `day` on which conditions hold that only time brings about, with as much data as is needed. */
function passing(literals: readonly Literal[], definition: Definition, columns: Columns, day: Day): DayBits {
  const rules = literals.map(({ condition, wanted }): Rule => {
    const rule = { kind: 'condition', condition } as const;
    return wanted ? rule : { kind: 'not', rule };
  });
  // A rule must have a condition: this one holds on every day.
  const always: Rule = { kind: 'any', rules: [definition.enter, { kind: 'not', rule: definition.enter }] };
  const rule: Rule = { kind: 'all', rules: [always, ...rules] };
  const [verdict] = judge([{ ...definition, enter: rule, stay: rule }], columns, day + 1, day + HORIZON);
  return verdict!.enter;
}

function daysLacking({ condition: { feature, low }, wanted }: Literal, columns: Columns, on: Day): number {
  if (feature.of !== 'set' || feature.metric !== 'days' || !wanted) return 1;
  return Math.max(1, Math.ceil(low) - (valueOn(feature, columns, on) ?? 0));
}

export function sizeOf({ additions }: Plan): number {
  return additions.reduce((sum, { days }) => sum + days.length, 0);
}

/** The last account that a row was booked on, best one in a currency with a rate. */
function accountIn({ rates }: Catalogue, { rows }: Columns, day: Day): Labelled['account'] | undefined {
  const rated = rows.findLast(({ account }) => rates.rateIn(monthOf(day), account.currency) !== undefined);
  return (rated ?? rows.at(-1))?.account;
}

function isSame(a: Kind, b: Kind): boolean {
  return a.label === b.label && a.direction === b.direction && a.on === b.on;
}

/** Few kinds that together help all that fails, best such as work against nothing else; undefined: some of it is helped by none. */
function coverOf(helping: readonly (readonly Kind[])[], hindered: (kind: Kind) => number): Kind[] | undefined {
  if (helping.some((kinds) => kinds.length === 0)) return undefined;
  const cover: Kind[] = [];
  let left = helping;
  while (left.length > 0) {
    const helped = (kind: Kind) => left.filter((kinds) => kinds.some((each) => isSame(each, kind))).length;
    const [best] = left.flat().sort((a, b) => hindered(a) - hindered(b) || helped(b) - helped(a));
    if (!best) break;
    cover.push(best);
    left = left.filter((kinds) => !kinds.some((each) => isSame(each, best)));
  }
  return cover;
}
