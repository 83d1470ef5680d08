/** A process and all below it, as Linux reports them: what they used of the processor, and the memory that is theirs alone. */
import { readdirSync, readFileSync } from 'node:fs';

export type Process = {
  readonly pid: number;
  readonly command: string;
  /** Processor time in milliseconds, with that of its children that ended. */
  readonly cpu: number;
};

/** `sysconf(_SC_CLK_TCK)` is 100 on all platforms of Linux that Node supports. */
const TICK_MS = 10;

export function processesBelow(root: number): Process[] {
  const parents = new Map<number, number>();
  for (const entry of readdirSync('/proc')) {
    const parent = /^\d+$/.test(entry) ? statOf(Number(entry))?.parent : undefined;
    if (parent !== undefined) parents.set(Number(entry), parent);
  }
  const isBelow = (pid: number | undefined): boolean =>
    pid !== undefined && (pid === root || isBelow(parents.get(pid)));
  return [...parents.keys()].filter(isBelow).flatMap((pid) => {
    const cpu = statOf(pid)?.cpu;
    const command = read(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ');
    return cpu === undefined || command === undefined ? [] : [{ pid, command, cpu }];
  });
}

/** @returns bytes that would be free if the process ended, or undefined when it is gone */
export function privateMemoryOf(pid: number): number | undefined {
  const lines = read(`/proc/${pid}/smaps_rollup`)?.matchAll(/^Private_(?:Clean|Dirty): +(\d+) kB$/gm);
  return lines?.reduce((sum, [, kilobytes]) => sum + Number(kilobytes) * 1024, 0);
}

/** The variables that the process was started with, one after the other. */
export const environmentOf = (pid: number): string => read(`/proc/${pid}/environ`) ?? '';

/** The fields after the name, which may contain blanks and ends with the last bracket: proc_pid_stat(5). */
function statOf(pid: number): { parent: number; cpu: number } | undefined {
  const fields = read(`/proc/${pid}/stat`)
    ?.replace(/^.*\) /s, '')
    .split(' ')
    .map(Number);
  if (!fields) return undefined;
  const [, parent = 0] = fields;
  return { parent, cpu: fields.slice(11, 15).reduce((sum, ticks) => sum + ticks, 0) * TICK_MS };
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
