/**
 * `npm start` puts a shell between npm and the service, and neither reliably passes a signal on: a terminated npm would leave the
 * service running, unseen. So the service watches those who started it, and stops when they are gone.
 */
import { readFileSync } from 'node:fs';

const EVERY_MS = 200;
const SHELLS = new Set(['sh', 'dash', 'bash', 'zsh', 'ash', 'busybox']);

/** Calls `stop` once when npm, or the shell that it put in between, has ended. Does nothing when started in another way. */
export function whenNpmEnds(stop: () => void): void {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  // Known on Linux only; elsewhere only the shell's end is visible.
  const npm = SHELLS.has(read(`/proc/${parent}/comm`)?.trim() ?? '') ? parentOf(parent) : undefined;
  const watch = setInterval(() => {
    if (process.ppid === parent && (npm === undefined || parentOf(parent) === npm)) return;
    clearInterval(watch);
    stop();
  }, EVERY_MS);
  watch.unref();
}

/** The fourth field of `stat`; the second, the name, may contain blanks but ends with the last bracket. */
const parentOf = (pid: number): string | undefined =>
  read(`/proc/${pid}/stat`)
    ?.replace(/^.*\) /s, '')
    .split(' ')[1];

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
