/**
 * Reliable times on a shared machine: contestants run in turns, round after round, and the result is the ratio of
 * two of them within one round. A busy neighbour in a round slows both sides. The time is processor time
 * of this process, all its threads together: a second core brings no gain, and waiting for a turn does not count.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export type Spread = { readonly median: number; readonly low: number; readonly high: number };

/** Milliseconds of the processor in each round, by contestant. */
export type Times = ReadonlyMap<string, readonly number[]>;

export type Contestant = () => unknown | Promise<unknown>;

export type Rounds = {
  readonly rounds: number;
  /** A sample repeats its contestant until it lasts about this long, so that the clock's resolution and one collection do not show. */
  readonly sampleMs: number;
  readonly onRound?: (round: number) => void;
};

/** Runs the contestants in turns; every second round reverses the order, so that none always follows the same one. */
export async function interleaved(contestants: Readonly<Record<string, Contestant>>, options: Rounds): Promise<Times> {
  const names = Object.keys(contestants);
  const repeats = new Map<string, number>();
  for (const name of names) repeats.set(name, await repeatsOf(contestants[name]!, options.sampleMs));
  const times = new Map<string, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < options.rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      times.get(name)?.push(await sample(contestants[name]!, repeats.get(name)!));
    }
    options.onRound?.(round + 1);
  }
  return times;
}

async function repeatsOf(contestant: Contestant, sampleMs: number): Promise<number> {
  // The first runs are slow until the code is compiled: they warm up and do not count.
  let repeats = 1;
  for (let attempt = 0; attempt < 12; attempt++) {
    const took = (await sample(contestant, repeats)) * repeats;
    if (took >= sampleMs) return Math.max(1, Math.round((repeats * sampleMs) / took));
    repeats = Math.ceil(repeats * Math.min(8, Math.max(1.5, sampleMs / Math.max(took, 0.01))));
  }
  return repeats;
}

async function sample(contestant: Contestant, repeats: number): Promise<number> {
  // One contestant's garbage must not be collected in another's time.
  collectYoungGarbage();
  const begun = process.cpuUsage();
  for (let run = 0; run < repeats; run++) {
    const result = contestant();
    if (result instanceof Promise) await result;
  }
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000 / repeats;
}

type Collect = (options?: { readonly type: 'minor' }) => void;
let collect: Collect | undefined;

function collector(): Collect {
  if (!collect) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as Collect;
  }
  return collect;
}

/** A full collection, which takes long with a large heap. */
export function collectGarbage(): void {
  collector()();
}

export function collectYoungGarbage(): void {
  collector()({ type: 'minor' });
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return { median, low: at(0), high: at(1) };
}

/** The ratio of two contestants in each round. */
export function ratioOf(times: Times, name: string, base: string): Spread {
  const mine = times.get(name) ?? [];
  const theirs = times.get(base) ?? [];
  return spreadOf(mine.map((time, round) => time / theirs[round]!));
}

/** The ratio of the sum of some contestants to one, in each round. */
export function ratioOfSum(times: Times, names: readonly string[], base: string): Spread {
  const theirs = times.get(base) ?? [];
  return spreadOf(
    theirs.map((time, round) => names.reduce((sum, name) => sum + (times.get(name) ?? [])[round]!, 0) / time),
  );
}

export function medianOf(times: Times, name: string): number {
  return spreadOf(times.get(name) ?? []).median;
}
