/** Sums that stay exact beyond 2 ** 53: the carry over 2 ** 52 is beside them, where there is any. */
const CARRIED = 2 ** 52;

/** A value as a fraction of whole numbers; the denominator is positive. */
export type Fraction = { readonly numerator: bigint; readonly denominator: bigint };

/** What rows between two positions add up to. */
export type Addable = {
  /** The nearest number to what `exactly` gives: itself below 2 ** 53. */
  between(start: number, end: number): number;
  exactly(start: number, end: number): bigint;
};

/** Absolute amounts of rows in EUR cents. */
export class Sums implements Addable {
  /** Of what is before each row, and of all. */
  readonly #sums: Float64Array;
  #carries: Float64Array | undefined;

  /** @param amounts of all rows, each below 2 ** 52 */
  constructor(rows: readonly number[], amounts: Float64Array) {
    const sums = new Float64Array(rows.length + 1);
    let [sum, carry] = [0, 0];
    for (let position = 0; position < rows.length; position++) {
      sum += Math.abs(amounts[rows[position]!]!);
      if (sum >= CARRIED) {
        sum -= CARRIED;
        carry++;
        this.#carries ??= new Float64Array(rows.length + 1);
      }
      sums[position + 1] = sum;
      if (this.#carries) this.#carries[position + 1] = carry;
    }
    this.#sums = sums;
  }

  between(start: number, end: number): number {
    const sum = this.#sums[end]! - this.#sums[start]!;
    return this.#carries === undefined ? sum : sum + this.#carried(start, end) * CARRIED;
  }

  exactly(start: number, end: number): bigint {
    const sum = this.#sums[end]! - this.#sums[start]!;
    return BigInt(sum) + BigInt(this.#carried(start, end)) * BigInt(CARRIED);
  }

  #carried(start: number, end: number): number {
    return (this.#carries?.[end] ?? 0) - (this.#carries?.[start] ?? 0);
  }
}

/** Each row counts once. */
export const COUNTS: Addable = {
  between: (start, end) => end - start,
  exactly: (start, end) => BigInt(end - start),
};
