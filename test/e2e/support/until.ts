/** Polls until something happens; the deadline only ends a wait that would never end. */
import { setTimeout as pause } from 'node:timers/promises';

type Nothing = undefined | null | false;

export async function until<Value>(
  what: string,
  look: () => Value | Nothing | Promise<Value | Nothing>,
  { within = 45_000, every = 40 } = {},
): Promise<Value> {
  const deadline = performance.now() + within;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== null && seen !== false) return seen;
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await pause(every);
  }
}
