/** The memory limit of a function's process, as in Lambda: the heap by V8's own limit, the total by regular checks. */
import { readFileSync } from 'node:fs';

/** The rest of the memory is for buffers, code and stacks. */
const SHARE_OF_HEAP = 0.9;
const LOOK_EVERY_MS = 200;
const PAGE_BYTES = 4096;

export function heapOption(memoryMb: number): string {
  return `--max-old-space-size=${Math.floor(memoryMb * SHARE_OF_HEAP)}`;
}

/**
 * Checks a process until stopped, and reports when it uses more than it may. Where the system does not report a process's
 * memory (Linux does), only the heap's limit applies.
 */
export function watchMemory(pid: number, memoryMb: number, onTooMuch: (usedMb: number) => void): { stop(): void } {
  const timer = setInterval(() => {
    const usedMb = residentMb(pid);
    if (usedMb === undefined || usedMb <= memoryMb) return;
    clearInterval(timer);
    onTooMuch(usedMb);
  }, LOOK_EVERY_MS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

/** Undefined: the system does not say, or the process is gone. */
function residentMb(pid: number): number | undefined {
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
    return Number.isNaN(pages) ? undefined : (pages * PAGE_BYTES) / 2 ** 20;
  } catch {
    return undefined;
  }
}
