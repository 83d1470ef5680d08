/** Segments: from no snapshot at all to a list of owners as a file. */
import { readFileSync } from 'node:fs';
import { findings, overflow, SIZES, signIn, visit } from '../browser.ts';
import type { Scene } from '../scene.ts';

export function segments(scene: Scene): void {
  test('a snapshot is taken and read: sizes, an expression with its count and owners, an overlap, a file', async () => {
    const { browser, url, service } = scene();
    const { page, complaints } = await visit(browser, url);
    await signIn(page, service.outputs.ApiKey);
    await page.getByText('No snapshot yet').waitFor();
    await page.getByRole('button', { name: 'Take a snapshot' }).click();
    await page.getByRole('button', { name: 'Take it' }).click();
    const row = page.getByRole('row').filter({ hasText: 'pet-owner' });
    await row.getByText('6.3%').waitFor({ timeout: 30_000 });
    expect(await row.locator('th, td').allTextContents()).toEqual([
      '',
      'Keeps a petpet-owner',
      '1',
      '6.3%',
      '–',
      '1',
      'Keeps a pet: 1',
    ]);

    const field = page.getByRole('combobox', { name: 'Expression of profiles' });
    await page.keyboard.press('/');
    await page.keyboard.type('salaried & !ten');
    await page.keyboard.press('Enter');
    await page.locator('output', { hasText: '7' }).waitFor();
    expect(await field.inputValue()).toBe('salaried & !tenant');
    await page.getByRole('link', { name: 'anna-pl' }).waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'CSV' }).click();
    const lines = readFileSync(await (await download).path(), 'utf8').split('\r\n');
    expect(lines.slice(0, 2)).toEqual(['ownerExternalId,profiles', 'anna-pl,homeowner;parent;pet-owner;salaried']);
    expect(lines.length).toBe(7 + 2);
    await field.fill('salaried & petowner');
    await page.getByText('did you mean `pet-owner`?').waitFor();

    await page.getByLabel('Overlap of Keeps a pet').check();
    await page.getByLabel('Overlap of Owns a home').check();
    await page.getByText('All of them').click();
    await page.locator('output', { hasText: '1' }).waitFor();
    await page.locator('svg.overlap text').first().waitFor();
    // Only of the pet, shared, only of the home.
    expect(await page.locator('svg.overlap text').allTextContents()).toEqual(['0', '1', '3']);
    await page.getByRole('button', { name: 'List them' }).click();
    await page.getByRole('link', { name: 'Parquet, part 1' }).waitFor();
    const href = await page.getByRole('link', { name: 'CSV, part 1' }).getAttribute('href');
    expect(await (await fetch(href ?? '')).text()).toMatch(/^ownerExternalId,.*\r?\nanna-pl,/);
    expect(await findings(page)).toEqual([]);
    for (const width of SIZES) {
      await page.setViewportSize({ width, height: 800 });
      expect({ width, overflow: await overflow(page) }).toEqual({ width, overflow: 0 });
    }
    await page.getByRole('button', { name: 'Polski' }).click();
    await page.getByRole('heading', { name: 'Segmenty' }).waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('pl');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('slow, away and back: what is awaited has its shape, what is old says so, and nothing is lost', async () => {
    const { browser, url, service } = scene();
    const { page } = await visit(browser, url, { colorScheme: 'dark' });
    await page.route('**/v1/snapshots?*', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      await route.continue();
    });
    await signIn(page, service.outputs.ApiKey);
    await page.locator('.skeleton').waitFor();
    await page.getByRole('row').filter({ hasText: 'pet-owner' }).waitFor();
    expect(await findings(page)).toEqual([]);
    await page.unrouteAll();
    await page.route('**/counts?*', (route) => route.abort());
    await page.route('**/owners?*', (route) => route.abort());
    await page.getByRole('button', { name: 'Keeps a pet' }).click();
    await page.getByText('The service cannot be reached').waitFor();
    await page.unrouteAll();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('link', { name: 'anna-pl' }).waitFor();
    await page.context().close();
  });
}
