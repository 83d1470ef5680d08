/**
 * `npm run console:speed`: when the console first paints, as a ratio to an empty page loaded in the same minute, and how long Segments with
 * 35 made profiles runs scripts until it is shown. Medians of several visits, each in a new context, with the load of the machine.
 */
import { loadavg } from 'node:os';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { answerMade } from './made-segments.ts';
import { type ScriptTime, scriptTimeOf } from './script-time.ts';
import { inBrowser } from './service.ts';

const ROUNDS = 9;
const EMPTY = '<!doctype html><html lang="en"><title>Empty</title><p>Empty</p>';

type Load = ScriptTime & { readonly paintMs: number };

await inBrowser(async ({ ApiUrl }, browser) => {
  const loads: Record<'empty' | 'signIn' | 'segments', Load[]> = { empty: [], signIn: [], segments: [] };
  for (let round = 0; round <= ROUNDS; round++) {
    const context = await browser.newContext();
    await context.route('**/empty', (route) => route.fulfill({ contentType: 'text/html', body: EMPTY }));
    const empty = await load(browser, context, `${ApiUrl}/empty`, 'p');
    const signIn = await load(browser, context, `${ApiUrl}/console/`, 'h1');
    await context.addInitScript("sessionStorage.setItem('owner-profiles.key', 'op_made')");
    await answerMade(context);
    const segments = await load(browser, context, `${ApiUrl}/console/segments`, 'table tbody tr:nth-child(35)');
    // The first round warms the service.
    if (round > 0) {
      loads.empty.push(empty);
      loads.signIn.push(signIn);
      loads.segments.push(segments);
    }
    await context.close();
  }
  const { empty, signIn, segments } = loads;
  const of = (all: readonly Load[], name: keyof Load) => median(all.map((each) => each[name]));
  const line = (name: string, all: readonly Load[]) =>
    [
      `${name}: first paint ${of(all, 'paintMs').toFixed(0)} ms`,
      `(${(of(all, 'paintMs') / of(empty, 'paintMs')).toFixed(1)} of an empty page),`,
      `script ${of(all, 'processorMs').toFixed(0)} ms on the processor, ${of(all, 'clockMs').toFixed(0)} ms by the clock\n`,
    ].join(' ');
  process.stdout.write(line('empty page', empty) + line('signing in', signIn) + line('segments', segments));
  process.stdout.write(`${ROUNDS} visits; load of the last minute ${loadavg()[0]?.toFixed(1)}\n`);
});

/** Loads a page until an element is there. */
async function load(browser: Browser, context: BrowserContext, url: string, there: string): Promise<Load> {
  const page = await context.newPage();
  const script = await scriptTimeOf(browser, page, async () => {
    await page.goto(url);
    await page.locator(there).first().waitFor();
    await page.waitForLoadState('networkidle');
  });
  const paintMs = await firstPaint(page);
  await page.close();
  return { ...script, paintMs };
}

function firstPaint(page: Page): Promise<number> {
  return page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0");
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
