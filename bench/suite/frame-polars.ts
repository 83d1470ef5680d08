/** Features as expressions of polars. */
import { peer } from '../support/peers.ts';
import type { Asked, FrameEngine } from './frame-engine.ts';

type Expr = {
  and(other: Expr): Expr;
  or(other: Expr): Expr;
  eq(value: number): Expr;
  gt(value: number): Expr;
  lt(value: number): Expr;
  ltEq(value: number): Expr;
  filter(mask: Expr): Expr;
  abs(): Expr;
  sum(): Expr;
  max(): Expr;
  count(): Expr;
  nUnique(): Expr;
  div(other: Expr): Expr;
  mul(value: number): Expr;
  add(value: number): Expr;
  cast(type: unknown): Expr;
  alias(name: string): Expr;
};
type Frame = {
  select(...columns: Expr[]): Frame;
  filter(mask: Expr): Frame;
  groupBy(name: string): { agg(...columns: Expr[]): Frame };
  partitionBy(names: string[], stable: boolean): Frame[];
  rows(): readonly (readonly (number | bigint | null)[])[];
  columns: readonly string[];
};
type Library = { default: { readCSV(file: string): Frame; col(name: string): Expr; Float64: unknown } };

export async function openPolars(file: string, asked: readonly Asked[], day: number): Promise<FrameEngine | undefined> {
  // One thread: every contestant is measured on one core. It is read when the library is loaded.
  process.env['POLARS_MAX_THREADS'] = '1';
  const library = await peer<Library>('nodejs-polars');
  if (!library) return undefined;
  const pl = library.default;
  const frame = pl.readCSV(file);
  // Owners are separated beforehand: finding one in the whole table would cost more than its features.
  const owners = frame.partitionBy(['owner'], true);
  const columns = asked.map((feature) => expressionOf(pl, feature, day));
  const numbers = (row: readonly (number | bigint | null)[]) =>
    row.map((value, index) => {
      // A ratio with nothing below it is NaN here; ours is null.
      const number =
        value === null || Number.isNaN(Number(value)) || !Number.isFinite(Number(value)) ? null : Number(value);
      return asked[index]?.metric === 'lastSeen' && number === day ? null : number;
    });
  return {
    name: 'polars',
    one: (owner) => numbers(owners[owner]!.select(...columns).rows()[0] ?? []),
    all: () =>
      new Map(
        frame
          .groupBy('owner')
          .agg(...columns)
          .rows()
          .map(([owner, ...values]) => [Number(owner), numbers(values)]),
      ),
    close: () => {},
  };
}

function expressionOf(pl: Library['default'], { name, metric, window, sets }: Asked, day: number): Expr {
  const seen = pl
    .col('day')
    .ltEq(day)
    .and(pl.col('day').gt(day - window));
  const inSet = sets.includes('all')
    ? seen
    : seen.and(sets.map((set) => pl.col(set)).reduce((all, set) => all.or(set)));
  const cents = () => pl.col('cents').filter(inSet).abs();
  const value = (): Expr => {
    switch (metric) {
      case 'count':
        return pl.col('day').filter(inSet).count();
      case 'total':
        return cents().sum();
      case 'average':
        return cents().sum().cast(pl.Float64).div(pl.col('rate').filter(inSet).sum());
      case 'largest':
        return cents().max();
      case 'share':
        return pl
          .col('cents')
          .filter(inSet.and(pl.col('cents').lt(0)))
          .abs()
          .sum()
          .cast(pl.Float64)
          .div(
            pl
              .col('cents')
              .filter(seen.and(pl.col('spending')))
              .abs()
              .sum(),
          );
      case 'months':
        return pl.col('month').filter(inSet).nUnique();
      case 'days':
        return pl.col('day').filter(inSet).nUnique();
      case 'parties':
        return pl
          .col('party')
          .filter(inSet.and(pl.col('party').gt(-1)))
          .nUnique();
      case 'lastSeen':
        return pl.col('day').filter(inSet).max().mul(-1).add(day);
      default:
        throw new Error(`no expression for ${metric}`);
    }
  };
  return value().alias(name);
}
