/** The result of a benchmark: figures that are complete in themselves, and charts made of them. */
import type { Spread } from './measure.ts';

export type Goal = { readonly atMost: number } | { readonly atLeast: number };

export type Figure = {
  readonly name: string;
  /** A ratio says of what to what; a count says of what. */
  readonly unit: string;
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
  readonly goal?: Goal;
  readonly note?: string;
};

export type Bars = {
  readonly kind: 'bars';
  readonly file: string;
  readonly title: string;
  readonly axis: string;
  readonly logarithmic?: boolean;
  readonly bars: readonly {
    readonly label: string;
    readonly value: number;
    readonly low?: number;
    readonly high?: number;
    readonly ours?: boolean;
  }[];
  /** A line at the goal. */
  readonly goal?: number;
};
export type Lines = {
  readonly kind: 'lines';
  readonly file: string;
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly logarithmicX?: boolean;
  readonly logarithmicY?: boolean;
  readonly lines: readonly { readonly label: string; readonly points: readonly (readonly [number, number])[] }[];
};
export type Chart = Bars | Lines;

export type Outcome = {
  readonly figures: readonly Figure[];
  readonly charts: readonly Chart[];
  /** What was run, what is equal, what was left out and why. */
  readonly notes: readonly string[];
};

export type Progress = (text: string) => void;
export type Options = {
  /** Everything at full size; without it the whole base is scaled down. */
  readonly full: boolean;
};
export type Bench = {
  readonly name: string;
  readonly title: string;
  run(progress: Progress, options: Options): Promise<Outcome>;
};

export function ratio(name: string, unit: string, spread: Spread, goal?: Goal, note?: string): Figure {
  return {
    name,
    unit,
    value: spread.median,
    low: spread.low,
    high: spread.high,
    ...(goal && { goal }),
    ...(note !== undefined && { note }),
  };
}

export function counted(name: string, unit: string, value: number, goal?: Goal, note?: string): Figure {
  return { name, unit, value, ...(goal && { goal }), ...(note !== undefined && { note }) };
}

export function isMet({ value, goal }: Figure): boolean | undefined {
  if (!goal) return undefined;
  return 'atMost' in goal ? value <= goal.atMost : value >= goal.atLeast;
}
