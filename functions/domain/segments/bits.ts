/** Sets of owners as bits, in the order in which the owners are listed: bit `at` is in byte `at >> 3`. */
import type { Expression } from './expression.ts';

/** Which of so many owners are meant. */
export function selectBits(
  expression: Expression,
  count: number,
  bitsOf: (profile: string) => Uint8Array | undefined,
): Uint8Array {
  const length = Math.ceil(count / 8);
  const select = (part: Expression): Uint8Array => {
    if ('profile' in part) return Uint8Array.from(bitsOf(part.profile) ?? new Uint8Array(length));
    if ('not' in part) return without(select(part.not), count);
    const [parts, both] = 'all' in part ? [part.all, true] : [part.any, false];
    return parts.map(select).reduce((left, right) => {
      for (let at = 0; at < length; at++) left[at] = both ? left[at]! & right[at]! : left[at]! | right[at]!;
      return left;
    });
  };
  return select(expression);
}

function without(bits: Uint8Array, count: number): Uint8Array {
  for (let at = 0; at < bits.length; at++) bits[at] = ~bits[at]! & 0xff;
  // No bit is set behind the last owner.
  if (count % 8 > 0) bits[bits.length - 1]! &= (1 << (count % 8)) - 1;
  return bits;
}

export function hasBit(bits: Uint8Array, at: number): boolean {
  return (bits[at >> 3]! & (1 << (at & 7))) !== 0;
}

export function setBit(bits: Uint8Array, at: number): void {
  bits[at >> 3]! |= 1 << (at & 7);
}

/** How many are in a set, or in both of two. */
export function countBits(bits: Uint8Array, and?: Uint8Array): number {
  let counted = 0;
  for (let at = 0; at < bits.length; at++) {
    for (let byte = and ? bits[at]! & and[at]! : bits[at]!; byte !== 0; byte &= byte - 1) counted++;
  }
  return counted;
}
