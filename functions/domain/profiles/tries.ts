/** Bounds what tries cost, whatever an owner has: rows that are put into columns count one each, rows that are labelled more. */
export type Tries = {
  /** Whether there is enough left for looking at so many rows; takes it. */
  look(rows: number): boolean;
  /** The same for labelling them again. */
  derive(rows: number): boolean;
};

/** Some tenths of a second. */
const MOST_ROWS = 1_000_000;
/** A row is labelled in the time in which five are put into columns. */
const LABELLING = 5;

export function openTries(): Tries {
  const budget = () => {
    let left = MOST_ROWS;
    return (rows: number) => {
      left -= rows + 1;
      return left >= 0;
    };
  };
  const [look, derive] = [budget(), budget()];
  return { look, derive: (rows) => derive(rows * LABELLING) };
}
