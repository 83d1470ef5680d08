/** Near misses: they look like a profile and are none. */
import { habit } from './habits.ts';
import type { Ledger } from './ledger.ts';

export type Miss = {
  says: string;
  /** The profile it must not yield, and others it would blur: not given to owners who have one of them. */
  near: readonly string[];
  months?: number;
  /** Only for owners with a wage: paid by this employer. */
  employer?: string;
  salariedOnly?: true;
  live?(ledger: Ledger, income: number): void;
};

/** A habit that stopped so many days before the end. */
export const ended = (id: string, daysAgo: number, says: string): Miss => ({
  says,
  near: [id, ...(habit(id).implies ?? [])],
  months: Math.ceil(daysAgo / 30) + 3,
  live: (l, income) => habit(id).live(l, income, { to: l.end - daysAgo }),
});
