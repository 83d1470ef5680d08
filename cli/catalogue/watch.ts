/** Waits for a run at the service to end, with a bar for people. */
import { setTimeout as sleep } from 'node:timers/promises';
import { SingleBar } from 'cli-progress';
import type { Context } from '../context.ts';

type Run = { readonly slices: { readonly total: number; readonly done: number } };

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5000;

/**
 * Polls until the run is over or the user presses Ctrl-C.
 *
 * @returns the latest state of the run, and whether Ctrl-C ended the wait
 */
export async function watched<Seen extends Run>(
  first: Seen,
  again: () => Promise<Seen>,
  isOver: (run: Seen) => boolean,
  context: Context,
): Promise<{ readonly run: Seen; readonly interrupted: boolean }> {
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  process.once('SIGINT', onSignal);
  const bar = context.interactive ? barFor(first) : undefined;
  let run = first;
  try {
    for (let pause = FIRST_PAUSE_MS; !isOver(run); pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
      await sleep(pause, undefined, { signal: stop.signal }).catch(() => {});
      if (stop.signal.aborted) return { run, interrupted: true };
      run = await again();
      // The total is known once the run is planned.
      bar?.setTotal(run.slices.total);
      bar?.update(run.slices.done);
    }
    return { run, interrupted: false };
  } finally {
    bar?.stop();
    process.removeListener('SIGINT', onSignal);
  }
}

function barFor({ slices }: Run): SingleBar {
  const bar = new SingleBar({
    stream: process.stderr,
    format: '{bar} {percentage} %, {value} of {total} slices, {eta_formatted} left',
    hideCursor: true,
  });
  bar.start(slices.total, slices.done);
  return bar;
}
