/** `status`: what waits, what is at work, what failed. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { readOutputs } from '../connection.ts';
import type { Context } from '../context.ts';
import { usage } from '../errors.ts';
import { optionsOf, seconds } from '../options.ts';
import { type Status, statusOf } from '../status/collect.ts';
import { safe, safeJson, table } from '../terminal.ts';

const EVERY_SECONDS = 2;
/** Clears a terminal, and begins at its top. */
const CLEAR = '\u001b[2J\u001b[H';

export function statusCommand(cli: Command, context: Context): void {
  cli
    .command('status')
    .description('imports that are waiting, running or failed, and the workers (operators)')
    .option('--watch [seconds]', `repeat until Ctrl-C (default: every ${EVERY_SECONDS} seconds)`, seconds)
    .action(async (_: unknown, command: Command) => {
      const options = optionsOf<{ watch?: number | true }>(command);
      const outputs = readOutputs(options, context.env);
      if (!outputs) throw usage('no service is known', 'start it with `npm start`, or give --outputs');
      const every = options.watch === true ? EVERY_SECONDS : options.watch;
      for (;;) {
        const status = await statusOf(options, outputs, context);
        const text = options.json ? safeJson(status) : statusText(status);
        context.out(every !== undefined && context.interactive && !options.json ? `${CLEAR}${text}` : text);
        if (every === undefined) return;
        await sleep(Math.max(1, every) * 1000);
      }
    });
}

function statusText({ stage, imports, parked, dead, workers, refusals }: Status): string {
  const { waiting, inFlight, oldestSeconds } = imports;
  const oldest =
    waiting + inFlight === 0 ? '' : `, oldest ${oldestSeconds === null ? 'not known' : `${oldestSeconds} s`}`;
  const facts = [
    ['stage', stage ?? '–'],
    ['imports', `${waiting} waiting, ${inFlight} running${oldest}`],
    ['parked', String(parked ?? '–')],
    ['dead letters', String(dead ?? '–')],
    ['workers', workers === null ? '–' : `up to ${workers} at a time`],
  ].map(([name, value]) => [name!, safe(value)]);
  const shown = table(['what', 'now'], facts);
  if (typeof refusals === 'string') return `${shown}\nrefusals are not known: ${safe(refusals)}`;
  if (refusals.length === 0) return `${shown}\nno import of this client was refused in 14 days`;
  const rows = refusals.map(({ at, importId, reason, detail }) => [at, importId, reason, detail].map(safe));
  return `${shown}\nlast refusals\n${table(['at', 'import', 'reason', 'detail'], rows)}`;
}
