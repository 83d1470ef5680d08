/** A definition is changed, previewed, published and rolled back, by somebody who has read no documents. */
import { findings, overflow, SIZES, signIn, visit } from '../browser.ts';
import type { Scene } from '../scene.ts';

export function catalogue(scene: Scene): void {
  test('a definition is read, its threshold dragged, edited with faults by line, previewed, published and rolled back', async () => {
    const { browser, url, service } = scene();
    const { page, complaints } = await visit(browser, url);
    await signIn(page, service.outputs.ApiKey);
    await page.getByRole('link', { name: 'Catalogue' }).click();
    await page.getByLabel('Search').fill('pet');
    await page.getByRole('button', { name: 'Keeps a pet' }).click();
    await page.getByRole('button', { name: 'months with “pets” or “veterinary”, within 180 days: at least 3' }).click();
    const chart = page.locator('.spread svg');
    const box = await chart.boundingBox().then((found) => found!);
    await page.mouse.move(box.x + box.width / 2, box.y + 40);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.84, box.y + 40, { steps: 4 });
    await page.mouse.up();
    await page.getByText('at least 5 – 1 of 16 owners').waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Use it in the draft' }).click();

    await page.getByText('saved in the draft', { exact: true }).waitFor();
    const editor = page.getByRole('textbox', { name: 'Part of the draft as JSON' });
    const draft = await editor.inputValue();
    expect(draft).toContain('"feature": "pets|veterinary.months", "window": "180d", "atLeast": 5 }');
    await editor.fill(draft.replace('pets|veterinary.months', 'petz.months'));
    await page.getByText('not saved: it has faults').waitFor();
    const faultyLine = draft.split('\n').findIndex((line) => line.includes('"atLeast": 5')) + 1;
    await page
      .locator('#faults', { hasText: `${faultyLine}: enter.all[0].feature: must have a known label` })
      .waitFor();
    await editor.fill(draft.replace('"enter"', 'enter'));
    await page.locator('#faults', { hasText: 'this is not JSON' }).waitFor();
    // More months than there are in half a year: nobody keeps it.
    await editor.fill(draft.replaceAll(/("pets\|veterinary\.months", "window": "180d", "atLeast": )\d/g, '$18'));
    await page.getByText('saved in the draft', { exact: true }).waitFor();

    await page.getByRole('button', { name: 'Preview on all owners' }).click();
    const row = page.getByRole('row', { name: 'Keeps a pet' });
    await row.waitFor({ timeout: 30_000 });
    expect(await row.locator('td').allTextContents()).toEqual(['1', '0', '0', '-1']);
    await row.getByTitle('Who?').click();
    await page.getByRole('button', { name: 'anna-pl' }).click();
    await page.locator('.side-by-side article').nth(1).waitFor();
    const near = page.locator('.preview-owners', {
      has: page.getByRole('heading', { name: 'Closest to the threshold' }),
    });
    await near.getByRole('button', { name: 'Keeps a pet' }).click();
    await near.getByText('Miss it by least').waitFor();
    await near.getByRole('button', { name: 'anna-pl' }).click();
    await near.locator('article').nth(1).waitFor();
    expect(await findings(page)).toEqual([]);
    for (const width of SIZES) {
      await page.setViewportSize({ width, height: 800 });
      expect({ width, overflow: await overflow(page) }).toEqual({ width, overflow: 0 });
    }
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.getByLabel('Note').fill('Only who feeds a pet all the time');
    await page.getByRole('button', { name: 'Publish the draft' }).click();
    await page.getByText(/Version [0-9a-f]{12} is published/).waitFor();

    await page.getByRole('button', { name: 'Versions' }).click();
    await page.getByText('Only who feeds a pet all the time').waitFor();
    await page.getByText('What changes if built-in becomes active again').waitFor();
    await page.locator('.diff .gone').first().waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByLabel('Note').fill('As it was');
    await page.getByRole('button', { name: 'Roll back to it' }).click();
    await page.getByText('Version built-in is published').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });
}
