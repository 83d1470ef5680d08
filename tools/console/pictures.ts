/**
 * `npm run console:pictures`: the pictures of docs/console.md, of every screen on the sample owners, light and dark.
 *
 * It starts the service in a folder of its own and drives a Chromium (`CHROME_PATH`, else Debian's). Pictures keep the day on which they
 * were made: make them again when a screen changes.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Page } from 'playwright-core';
import { ROOT } from '../drawing/imports.ts';
import { PICTURES } from './screens.ts';

const FOLDER = join(ROOT, 'docs/console');
const WIDTH = 1240;

const directory = mkdtempSync(join(tmpdir(), 'owner-profiles-pictures-'));
const service = spawn(process.execPath, ['bin/local.ts'], {
  cwd: ROOT,
  env: { ...process.env, PORT: '0', DATA_DIR: directory, NO_COLOR: '1' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
let printed = '';
service.stdout.setEncoding('utf8').on('data', (text: string) => {
  printed += text;
});

try {
  while (!/^ready/m.test(printed)) {
    if (service.exitCode !== null) throw new Error(`the service did not start:\n${printed}`);
    await sleep(100);
  }
  const { ApiUrl, ApiKey } = JSON.parse(readFileSync(join(directory, 'outputs.json'), 'utf8'));
  mkdirSync(FOLDER, { recursive: true });
  await snapshotsOf(ApiUrl, ApiKey);
  const browser = await chromium.launch({
    executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
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
      await prepare(page, ApiKey);
      await rest(page);
      await page.screenshot({ path: join(FOLDER, `${name}-${colorScheme}.png`) });
    }
    await context.close();
  }
  await browser.close();
} finally {
  service.kill('SIGTERM');
  rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
}

/** Three snapshots that differ, so that there are changes and trends: in between an owner is erased. */
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

/** Until nothing is awaited any more. */
async function rest(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  while ((await page.locator('.skeleton').count()) > 0) await sleep(100);
  await page.mouse.move(0, 0);
  await sleep(600);
}
