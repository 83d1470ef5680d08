/** How long a page ran scripts, by a trace of the browser: by the clock, and by the processor, which other programs do not lengthen. */
import type { Browser, Page } from 'playwright-core';

type TraceEvent = {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds: begin and length by the clock, and length on the processor. */
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: unknown;
};
export type ScriptTime = { readonly clockMs: number; readonly processorMs: number };

/** Compiling and running; what is called within one of them is a part of it. */
const SCRIPT = new Set(['v8.compileModule', 'v8.evaluateModule', 'FunctionCall', 'RunMicrotasks', 'TimerFire']);
/** In what is traced of the page's own scripts; the browser runs some of its own beside it. */
const OWN = '/console/console-';
const CATEGORIES = ['devtools.timeline', 'v8', 'disabled-by-default-v8.compile'];

export async function scriptTimeOf(browser: Browser, page: Page, work: () => Promise<unknown>): Promise<ScriptTime> {
  await browser.startTracing(page, { categories: CATEGORIES });
  await work();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString('utf8')) as { traceEvents: TraceEvent[] };
  return outermost(traceEvents);
}

/** Of the threads that run the page's scripts. */
function outermost(events: readonly TraceEvent[]): ScriptTime {
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const own = new Set(events.filter(({ args }) => JSON.stringify(args ?? {}).includes(OWN)).map(threadOf));
  const scripts = events
    .filter((event) => event.ph === 'X' && SCRIPT.has(event.name) && own.has(threadOf(event)))
    .sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0));
  const ends = new Map<string, number>();
  let [clock, processor] = [0, 0];
  for (const event of scripts) {
    const { ts, dur = 0, tdur = 0 } = event;
    const thread = threadOf(event);
    if (ts < (ends.get(thread) ?? 0)) continue;
    ends.set(thread, ts + dur);
    clock += dur;
    processor += tdur;
  }
  return { clockMs: clock / 1000, processorMs: processor / 1000 };
}
