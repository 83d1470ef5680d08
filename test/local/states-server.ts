/** A Step Functions server in a separate process, to be killed. Its tasks write a line each, and slice 2 waits until it may continue. */
import { appendFileSync, existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { serveParent } from '../../local/process.ts';
import type { Machine } from '../../local/states/runner.ts';
import { startStates } from '../../local/states/server.ts';

export type ServerOptions = {
  readonly file: string;
  readonly journal: string;
  readonly gate: string;
  readonly machines: readonly Machine[];
};

await serveParent<ServerOptions>(async ({ file, journal, gate, machines }) => {
  const states = await startStates({
    file,
    port: 0,
    machines,
    report: () => {},
    async invoke(_, payload) {
      const { task, slice } = payload as { task: string; slice?: number };
      appendFileSync(journal, `${[task, slice].filter((part) => part !== undefined).join(' ')}\n`);
      while (slice === 2 && !existsSync(gate)) await pause(10);
      return { ok: true, payload: JSON.stringify(task === 'plan' ? { slices: [1, 2, 3] } : {}) };
    },
  });
  states.resume();
  return states;
});
