/** How fast and how long a command works through many messages. */
import { setTimeout as sleep } from 'node:timers/promises';

/** Long enough to send a batch at this rate and remove it before others see it again. */
export function hiddenSecondsAt(perSecond: number): number {
  return Math.min(43_200, 60 + (2 * 10) / perSecond);
}

/** @returns a function that resolves at most this many times a second, evenly */
export function pacer(perSecond: number): () => Promise<void> {
  let next = performance.now();
  return async () => {
    const wait = next - performance.now();
    next = Math.max(next, performance.now()) + 1000 / perSecond;
    if (wait > 0) await sleep(wait);
  };
}

/** Ctrl-C: the first one stops after the current batch, the second ends the process as usual. */
export function stopOnSignal(note: (text: string) => void) {
  let stopped = false;
  const stop = () => {
    stopped = true;
    note('stopping after the current batch; press it again to end at once');
  };
  process.once('SIGINT', stop);
  return { stopped: () => stopped, dispose: () => process.removeListener('SIGINT', stop) };
}
