/**
 * One execution environment of a function: loads its bundle and handles one event at a time, with a clock set to the end of the
 * benchmark's data. Reports for each event how long it took, how much processor time it used, and how long it waited for
 * its table.
 */
import { subscribe } from 'node:diagnostics_channel';
import { createRequire } from 'node:module';
import { join } from 'node:path';

export type Job = { readonly event: unknown; readonly now: number; readonly times: number };
export type Done = {
  readonly result: unknown;
  readonly milliseconds: number;
  /** CPU of the whole process, in milliseconds. */
  readonly cpu: number;
  /** Part of the time during which a request was under way. */
  readonly waited: number;
  readonly rss: number;
  /** Bytes of log lines and metrics, which cost by weight. */
  readonly logged: number;
  /** Own part of each run, when there were several. */
  readonly own: readonly number[];
};
export type Said = { readonly ready: true } | { readonly done: Done } | { readonly failed: string };

const say = (message: Said) => process.send?.(message);
process.on('disconnect', () => process.exit(0));

let now = 0;
let since = performance.now();
Date.now = () => now + Math.floor(performance.now() - since);

let underWay = 0;
let begunWaiting = 0;
let waited = 0;
let logged = 0;
subscribe('http.client.request.start', () => {
  if (underWay++ === 0) begunWaiting = performance.now();
});
for (const end of ['http.client.response.finish', 'http.client.request.error']) {
  subscribe(end, () => {
    if (--underWay === 0) waited += performance.now() - begunWaiting;
  });
}

const context = {
  awsRequestId: 'bench',
  functionName: 'bench',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:eu-central-1:000000000000:function:bench',
  memoryLimitInMB: '1769',
  getRemainingTimeInMillis: () => 60_000,
};

try {
  const folder = process.env['LAMBDA_TASK_ROOT'] ?? '.';
  now = Number(process.env['BENCH_NOW']);
  // Log lines of the function are weighed and not shown. Powertools has a console of its own, which writes to the same stream.
  process.stdout.write = ((chunk: string | Uint8Array, ...rest: unknown[]) => {
    logged += Buffer.byteLength(chunk);
    const told = rest.find((argument) => typeof argument === 'function') as (() => void) | undefined;
    told?.();
    return true;
  }) as typeof process.stdout.write;
  const { handler } = createRequire(join(folder, 'index.js'))('./index.js') as {
    handler: (event: unknown, context: object) => Promise<unknown>;
  };
  process.on('message', async (job: Job) => {
    try {
      now = job.now;
      since = performance.now();
      waited = 0;
      logged = 0;
      const cpu = process.cpuUsage();
      const begun = performance.now();
      const own: number[] = [];
      let result: unknown;
      for (let run = 0; run < job.times; run++) {
        const before = { at: performance.now(), waited };
        result = await handler(job.event, context);
        if (job.times > 1) own.push(performance.now() - before.at - (waited - before.waited));
      }
      const milliseconds = performance.now() - begun;
      const used = process.cpuUsage(cpu);
      say({
        done: {
          result,
          milliseconds,
          cpu: (used.user + used.system) / 1000,
          waited,
          rss: process.memoryUsage.rss(),
          logged,
          own,
        },
      });
    } catch (error) {
      say({ failed: String(error instanceof Error ? error.stack : error) });
    }
  });
  say({ ready: true });
} catch (error) {
  say({ failed: String(error instanceof Error ? error.stack : error) });
}
