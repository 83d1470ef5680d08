/** Milliseconds since 1970. Passed to everything that needs the time, so that tests set it. */
export type Clock = () => number;

export const systemClock: Clock = Date.now;

/** The clock, and how long pages are kept: enough to decide what has expired. */
export type Keeping = {
  readonly clock: Clock;
  /** Months that a page is kept after the month it holds. */
  readonly retentionMonths: number;
};
