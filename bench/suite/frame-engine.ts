/** A library of data frames that computes features. */

/** A feature of a set of rows, with the columns that select these rows. */
export type Asked = {
  readonly name: string;
  readonly metric: string;
  readonly window: number;
  readonly sets: readonly string[];
};
export type FrameEngine = {
  readonly name: string;
  /** Values by owner, in the requested order. */
  readonly one: (owner: number) => Promise<readonly (number | null)[]> | readonly (number | null)[];
  readonly all: () =>
    | Promise<ReadonlyMap<number, readonly (number | null)[]>>
    | ReadonlyMap<number, readonly (number | null)[]>;
  readonly close: () => void;
};
