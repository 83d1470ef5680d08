/**
 * `npm run console:pictures`: the pictures of docs/how-to/console.md, of every screen on the sample owners, light and dark.
 *
 * It starts the service in a folder of its own and drives a Chromium (`CHROME_PATH`, else Debian's). Pictures keep the day on which they
 * were taken: take them again when a screen changes.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { callAws } from '../../local/aws-json.ts';
import { drained } from '../../local/samples.ts';
import { ROOT } from '../drawing/imports.ts';
import type { Outputs } from '../service/at-service.ts';
import { PICTURES } from './screens.ts';
import { inBrowser } from './service.ts';

const FOLDER = join(ROOT, 'docs/pictures/console');
const WIDTH = 1240;

await inBrowser(async (outputs, browser) => {
  const { ApiUrl, ApiKey, OperatorKey } = outputs;
  mkdirSync(FOLDER, { recursive: true });
  await snapshotsOf(ApiUrl, ApiKey);
  await failuresIn(outputs);
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({
      colorScheme,
      viewport: { width: WIDTH, height: 800 },
      locale: 'en-GB',
      timezoneId: 'Europe/Warsaw',
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    for (const { name, path, prepare, height = 800 } of PICTURES) {
      await page.setViewportSize({ width: WIDTH, height });
      await page.goto(`${ApiUrl}/console/${path}`);
      await prepare(page, ApiKey, OperatorKey);
      await rest(page);
      await page.screenshot({ path: join(FOLDER, `${name}-${colorScheme}.png`) });
    }
    await context.close();
  }
});

/** Three different snapshots, for changes and trends: an owner is erased in between. */
async function snapshotsOf(url: string, key: string): Promise<void> {
  const ask = async (method: string, path: string, body?: string): Promise<Record<string, string>> => {
    const headers = { 'X-Api-Key': key, ...(body !== undefined && { 'Content-Type': 'application/json' }) };
    const answer = await fetch(`${url}/v1/${path}`, { method, headers, ...(body !== undefined && { body }) });
    return answer.status === 204 ? {} : JSON.parse(await answer.text());
  };
  for (const erased of ['tomek-pl', 'jiri-cz', undefined]) {
    const { snapshotId } = await ask('POST', 'snapshots', '{"features":"definitions"}');
    while ((await ask('GET', `snapshots/${snapshotId}`))['status'] === 'running') await sleep(200);
    if (erased) await ask('DELETE', `owner?ownerExternalId=${erased}`);
  }
}

/** Messages that are parked, each for another reason. */
async function failuresIn({ SqsEndpoint: endpoint, ImportQueueUrl: QueueUrl }: Outputs): Promise<void> {
  const parts = { type: 'owner-import', version: 1, ownerExternalId: 'x', source: 'AIS', accounts: [] };
  const messages = [
    { ...parts, clientId: 'new-bank', importId: 'feed-2026-11-20', importedAt: '2026-11-20T06:00:00Z' },
    { ...parts, clientId: 'demo', importId: 'feed-2026-11-19', importedAt: 'yesterday' },
  ];
  for (const MessageBody of [...messages.map((message) => JSON.stringify(message)), '<xml/>']) {
    await callAws({ endpoint, target: 'AmazonSQS.SendMessage', input: { QueueUrl, MessageBody } });
  }
  await drained(endpoint, QueueUrl, 30_000);
}

/** Until no request is pending. */
async function rest(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  while ((await page.locator('.skeleton').count()) > 0) await sleep(100);
  await page.mouse.move(0, 0);
  await sleep(600);
}
