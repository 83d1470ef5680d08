/** A separate service with the sample owners, and a browser for it. */
import { type Browser, chromium } from 'playwright-core';
import { atService, type Outputs } from '../service/at-service.ts';

export const inBrowser = (work: (outputs: Outputs, browser: Browser) => Promise<void>): Promise<void> =>
  atService(async (outputs) => {
    const browser = await chromium.launch({
      executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox'],
    });
    try {
      await work(outputs, browser);
    } finally {
      await browser.close();
    }
  });
