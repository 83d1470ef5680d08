/** Numbers that look random and are the same for the same seed. */

/** A whole number from 0 to `most` - 1. */
export type Draw = (most: number) => number;

export function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  return (most) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * most);
  };
}

export function oneOf<Value>(draw: Draw, values: readonly Value[]): Value {
  return values[draw(values.length)]!;
}

/** True once in this many times. */
export function onceIn(draw: Draw, times: number): boolean {
  return draw(times) === 0;
}

export function shuffled<Value>(draw: Draw, values: readonly Value[]): Value[] {
  const left = [...values];
  for (let last = left.length - 1; last > 0; last--) {
    const at = draw(last + 1);
    [left[last], left[at]] = [left[at]!, left[last]!];
  }
  return left;
}
