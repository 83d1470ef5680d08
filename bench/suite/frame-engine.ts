/** A library of data frames that features are asked of. */

/** A feature of a set of rows, with the columns that say which rows these are. */
export type Asked = {
  readonly name: string;
  readonly metric: string;
  readonly window: number;
  readonly sets: readonly string[];
};
export type FrameEngine = {
  readonly name: string;
  /** Values by owner, in the order asked. */
  readonly one: (owner: number) => Promise<readonly (number | null)[]> | readonly (number | null)[];
  readonly all: () =>
    | Promise<ReadonlyMap<number, readonly (number | null)[]>>
    | ReadonlyMap<number, readonly (number | null)[]>;
  readonly close: () => void;
};
