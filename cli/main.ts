/** Entry of the command line: runs it with the arguments of the process and ends with its exit code. */
import { systemClock } from '../functions/runtime/clock.ts';
import type { Context } from './context.ts';
import { openClientStore } from './operator.ts';
import { run } from './program.ts';

// A closed pipe (`| head`) is not an error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}

const context: Context = {
  out: (text) => process.stdout.write(`${text}\n`),
  note: (text) => process.stderr.write(`${text}\n`),
  clock: systemClock,
  env: process.env,
  interactive: Boolean(process.stdin.isTTY && process.stderr.isTTY),
  openClientStore,
};

process.exitCode = await run(process.argv.slice(2), context);
