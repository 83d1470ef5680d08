/** The console in a real browser, at the service as `npm start` runs it with its sample owners. */
import type { Browser } from 'playwright-core';
import { newDirectory, type Running, removeDirectory, START_WITHIN_MS, startService } from '../e2e/support/service.ts';
import { chromiumPath, openBrowser } from './browser.ts';
import { catalogue } from './suites/catalogue.ts';
import { failures } from './suites/failures.ts';
import { imports } from './suites/imports.ts';
import { owner } from './suites/owner.ts';
import { segments } from './suites/segments.ts';
import { signingIn } from './suites/signing-in.ts';

const isThere = chromiumPath() !== undefined;
if (!isThere) {
  process.stderr.write('no Chromium on this machine: the tests of the console are skipped (CHROME_PATH names one)\n');
}

(isThere ? describe : describe.skip)('the console in a browser', () => {
  const directory = newDirectory();
  let service: Running;
  let browser: Browser;
  beforeAll(async () => {
    [service, browser] = await Promise.all([startService(directory), openBrowser()]);
  }, START_WITHIN_MS);
  afterAll(async () => {
    await browser?.close();
    await service?.end('SIGKILL');
    removeDirectory(directory);
  });
  const scene = () => ({ service, browser, url: service.outputs.ApiUrl });

  signingIn(scene);
  segments(scene);
  owner(scene);
  catalogue(scene);
  imports(scene);
  failures(scene);
});
