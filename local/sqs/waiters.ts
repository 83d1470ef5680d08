/** Long polls: who waits for which queue, and how they are woken. */
export type Waiters = {
  /** Taken before looking; a wake after it ends the wait at once, so that nothing is missed between look and wait. */
  mark(queue: string): number;
  wait(queue: string, mark: number, ms: number, signal: AbortSignal): Promise<void>;
  wake(queue: string): void;
};

export function openWaiters(): Waiters {
  const marks = new Map<string, number>();
  const waiting = new Map<string, Set<() => void>>();
  return {
    mark: (queue) => marks.get(queue) ?? 0,
    wait(queue, mark, ms, signal) {
      if (signal.aborted || ms <= 0 || (marks.get(queue) ?? 0) !== mark) return Promise.resolve();
      const line = waiting.get(queue) ?? new Set();
      waiting.set(queue, line);
      return new Promise((resolve) => {
        const done = () => {
          line.delete(done);
          clearTimeout(timer);
          signal.removeEventListener('abort', done);
          resolve();
        };
        const timer = setTimeout(done, ms);
        signal.addEventListener('abort', done);
        line.add(done);
      });
    },
    wake(queue) {
      marks.set(queue, (marks.get(queue) ?? 0) + 1);
      for (const done of [...(waiting.get(queue) ?? [])]) done();
    },
  };
}
