/** Numbers by their hashes, as pairs of hash and number in a table that is walked from the hash's own place to the first empty one. */

/** Marks an empty slot; the result for a hash that is not in a table. */
export const EMPTY = -1;
/** Slots for each number at least: with half of them empty, most look-ups end at the first one. */
const ROOM = 2;

/** @param hashes of the numbers, which must not be EMPTY */
export function slotsOf(hashes: readonly number[], numbers: readonly number[]): Int32Array {
  let size = 1;
  while (size < hashes.length * ROOM + 1) size *= 2;
  const slots = new Int32Array(size * 2).fill(EMPTY);
  hashes.forEach((hash, index) => {
    let slot = spread(hash) & (size - 1);
    while (slots[slot * 2 + 1] !== EMPTY) slot = (slot + 1) & (size - 1);
    slots[slot * 2] = hash;
    slots[slot * 2 + 1] = numbers[index]!;
  });
  return slots;
}

/** The number of a hash that is in a table once. */
export function slotNumber(slots: Int32Array, hash: number): number {
  const mask = (slots.length >> 1) - 1;
  for (let slot = spread(hash) & mask; ; slot = (slot + 1) & mask) {
    const number = slots[slot * 2 + 1]!;
    if (number === EMPTY || slots[slot * 2] === hash) return number;
  }
}

/** The low bits of FNV say little of the first characters: the high ones join them. */
export function spread(hash: number): number {
  return hash ^ (hash >>> 15);
}
