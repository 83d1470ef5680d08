/** Milliseconds since 1970. Handed to whatever needs the time, so that tests say what time it is. */
export type Clock = () => number;

export const systemClock: Clock = Date.now;

/** The clock, and how long pages are kept: all that it takes to tell what is past. */
export type Keeping = {
  readonly clock: Clock;
  /** Months that a page is kept after the month it holds. */
  readonly retentionMonths: number;
};
