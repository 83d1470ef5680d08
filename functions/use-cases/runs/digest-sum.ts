import { createHash } from 'node:crypto';

const MODULUS = 1n << 256n;

/** A sum of digests: the same in whatever order and slices what is digested comes. */
export class DigestSum {
  #sum = 0n;

  /** @param of what JSON can hold */
  add(of: unknown): void {
    this.addSum(createHash('sha256').update(JSON.stringify(of)).digest('hex'));
  }

  /** @param hex another sum */
  addSum(hex: string): void {
    this.#sum = (this.#sum + BigInt(`0x${hex}`)) % MODULUS;
  }

  get hex(): string {
    return this.#sum.toString(16);
  }
}
