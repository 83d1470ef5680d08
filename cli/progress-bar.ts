/** A progress bar for people. */
import { SingleBar } from 'cli-progress';
import type { Context } from './context.ts';

/**
 * @param what the words after the count, such as `imports`
 * @param work gets a function that reports how many more are done
 */
export async function withBar<Done>(
  what: string,
  total: number,
  { interactive }: Pick<Context, 'interactive'>,
  work: (progress: (count: number) => void) => Promise<Done>,
): Promise<Done> {
  if (!interactive) return work(() => {});
  const format = `{bar} {value}/{total} ${what}, {eta_formatted} left`;
  const bar = new SingleBar({ stream: process.stderr, format, hideCursor: true });
  bar.start(total, 0);
  try {
    return await work((count) => bar.increment(count));
  } finally {
    bar.stop();
  }
}
