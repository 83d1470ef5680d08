/**
 * `npm run console:speed`: when the console first paints, and how much script Segments with all its profiles takes, each as a ratio to an
 * empty page loaded in the same minute: milliseconds mean nothing on another machine, or on a busy one.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext, Page } from 'playwright-core';
import { atService } from './service.ts';

const ROUNDS = 9;
const EMPTY = '<!doctype html><html lang="en"><title>Empty</title><p>Empty</p>';

type Load = { readonly paintMs: number; readonly scriptMs: number };

await atService(async ({ ApiUrl, ApiKey }, browser) => {
  const headers = { 'X-Api-Key': ApiKey };
  const { snapshotId } = await (await fetch(`${ApiUrl}/v1/snapshots`, { method: 'POST', headers })).json().then(named);
  const ask = () => fetch(`${ApiUrl}/v1/snapshots/${snapshotId}`, { headers }).then((answer) => answer.text());
  while ((await ask()).includes('"running"')) await sleep(200);

  const loads: Record<'empty' | 'signIn' | 'segments', Load[]> = { empty: [], signIn: [], segments: [] };
  for (let round = 0; round <= ROUNDS; round++) {
    const context = await browser.newContext();
    await context.route('**/empty', (route) => route.fulfill({ contentType: 'text/html', body: EMPTY }));
    const empty = await load(context, `${ApiUrl}/empty`, 'p');
    const signIn = await load(context, `${ApiUrl}/console/`, 'h1');
    await context.addInitScript((key) => sessionStorage.setItem('owner-profiles.key', key), ApiKey);
    const segments = await load(context, `${ApiUrl}/console/segments`, 'table');
    // The first round warms the service.
    if (round > 0) {
      loads.empty.push(empty);
      loads.signIn.push(signIn);
      loads.segments.push(segments);
    }
    await context.close();
  }
  const [empty, signIn, segments] = [loads.empty, loads.signIn, loads.segments];
  const paint = (all: readonly Load[]) => median(all.map(({ paintMs }) => paintMs));
  const script = (all: readonly Load[]) => median(all.map(({ scriptMs }) => scriptMs));
  const line = (name: string, all: readonly Load[]) =>
    `${name}: first paint ${paint(all).toFixed(0)} ms (${(paint(all) / paint(empty)).toFixed(1)} of an empty page), script ${script(all).toFixed(0)} ms\n`;
  process.stdout.write(line('empty page', empty) + line('signing in', signIn) + line('segments', segments));
});

function named(answer: unknown): { snapshotId: string } {
  return answer as { snapshotId: string };
}

/** Loads a page until an element is there. */
async function load(context: BrowserContext, url: string, there: string): Promise<Load> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable');
  await page.goto(url);
  await page.locator(there).first().waitFor();
  await page.waitForLoadState('networkidle');
  const { metrics } = await session.send('Performance.getMetrics');
  const paintMs = await firstPaint(page);
  await page.close();
  return { paintMs, scriptMs: 1000 * (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0) };
}

function firstPaint(page: Page): Promise<number> {
  return page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0");
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
