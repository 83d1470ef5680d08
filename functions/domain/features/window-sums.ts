/** Series that add up what a window holds, and shares of such sums. */
import type { Day } from '../values/day.ts';
import type { Columns } from './columns.ts';
import { NEVER, type Series } from './series.ts';
import { type Addable, COUNTS } from './sums.ts';

/** How much a window holds of what rows add up to. */
class WindowSum implements Series {
  readonly #days: Int32Array;
  readonly #sums: Addable;
  readonly #window: number;
  #start = 0;
  #end = 0;

  constructor(days: Int32Array, sums: Addable, window: number) {
    this.#days = days;
    this.#sums = sums;
    this.#window = window;
  }

  on(day: Day): number {
    const days = this.#days;
    while (this.#end < days.length && days[this.#end]! <= day) this.#end++;
    while (this.#start < this.#end && days[this.#start]! <= day - this.#window) this.#start++;
    return this.#sums.between(this.#start, this.#end);
  }

  /** What the window holds on the day last asked. */
  exactly(): bigint {
    return this.#sums.exactly(this.#start, this.#end);
  }

  nextChange(): Day {
    const entering = this.#end < this.#days.length ? this.#days[this.#end]! : NEVER;
    const leaving = this.#start < this.#end ? this.#days[this.#start]! + this.#window : NEVER;
    return Math.min(entering, leaving);
  }
}

export function sumOf(rows: readonly number[], window: number, columns: Columns): WindowSum {
  return new WindowSum(columns.daysOf(rows), columns.sumsOf(rows), window);
}

export function numberOf(rows: readonly number[], window: number, columns: Columns): WindowSum {
  return new WindowSum(columns.daysOf(rows), COUNTS, window);
}

export function ratio(part: WindowSum, whole: WindowSum): Series {
  return {
    on(day) {
      const [a, b] = [part.on(day), whole.on(day)];
      return b === 0 ? null : a / b;
    },
    nextChange: () => Math.min(part.nextChange(), whole.nextChange()),
    fraction: () => ({ numerator: part.exactly(), denominator: whole.exactly() }),
  };
}

export function netShare(rows: readonly number[], window: number, columns: Columns): Series {
  const sign = (index: number) => Math.sign(columns.cents[index]!);
  const paid = sumOf(
    rows.filter((index) => sign(index) < 0),
    window,
    columns,
  );
  const back = sumOf(
    rows.filter((index) => sign(index) > 0),
    window,
    columns,
  );
  const spending = sumOf(columns.rowsOf('spending'), window, columns);
  return {
    on(day) {
      const [out, into, whole] = [paid.on(day), back.on(day), spending.on(day)];
      return whole === 0 ? null : (out - into) / whole;
    },
    nextChange: () => Math.min(paid.nextChange(), back.nextChange(), spending.nextChange()),
    fraction: () => ({ numerator: paid.exactly() - back.exactly(), denominator: spending.exactly() }),
  };
}

export function savingsRate(window: number, columns: Columns): Series {
  const income = sumOf(columns.rowsOf('income'), window, columns);
  const spending = sumOf(columns.rowsOf('spending'), window, columns);
  return {
    on(day) {
      const [earned, spent] = [income.on(day), spending.on(day)];
      return earned === 0 ? null : (earned - spent) / earned;
    },
    nextChange: () => Math.min(income.nextChange(), spending.nextChange()),
    fraction: () => ({ numerator: income.exactly() - spending.exactly(), denominator: income.exactly() }),
  };
}
