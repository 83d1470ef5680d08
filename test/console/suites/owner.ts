/** One owner: why and why not, on any day, down to the transactions; whatever their ids and titles are. */
import { day, iban, message, row } from '../../e2e/support/messages.ts';
import { drained, send } from '../../e2e/support/queues.ts';
import { findings, overflow, SIZES, signIn, visit } from '../browser.ts';
import type { Scene } from '../scene.ts';

/** What a stranger may write: markup, a change of direction, an endless text. */
const HOSTILE = {
  id: `<img src=x onerror=alert(1)> \u202eevil" #&%/ 한`,
  script: '<script>alert(1)</script><b>bold</b>',
  reversed: 'PAY \u202e00.001 KLIM \u2067 מילק',
  long: `${'Überweisung '.repeat(340)}END`,
};

export function owner(scene: Scene): void {
  test('why anna-pl is no gamer is found, with what would change it; and why she is a pet owner, on a past day', async () => {
    const { browser, url, service } = scene();
    const { page, complaints } = await visit(browser, url);
    await signIn(page, service.outputs.ApiKey);
    await page.getByRole('link', { name: 'Owner' }).click();
    await page.getByText('Whom do you look for?').waitFor();
    await page.getByLabel('Owner id').fill('nobody');
    await page.keyboard.press('Enter');
    await page.getByText('This owner is not known').waitFor();
    await page.keyboard.press('/');
    await page.getByLabel('Owner id').fill('anna-pl');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Plays video games' }).click();
    await page.getByText('5 more transactions labelled gaming').waitFor();
    await page.getByText('months with “gaming”, within 180 days').first().waitFor();

    await page.locator('.timeline').getByRole('button', { name: 'Keeps a pet' }).click();
    await page.getByText(/^Since .*Without new data it would end on/).waitFor();
    await page.getByText('transactions behind it').first().click();
    await page.getByText('KAKADU SKLEP ZOOLOGICZNY').first().waitFor();
    await page.getByLabel('Day shown').focus();
    for (const _ of [1, 2, 3]) await page.keyboard.press('PageDown');
    await page.getByRole('button', { name: 'Back to today' }).waitFor();
    expect(new URL(page.url()).hash).toMatch(/^#id=anna-pl&profile=pet-owner&asOf=\d{4}-\d\d-\d\d$/);
    expect(new URL(page.url()).search).toBe('');

    await page.getByRole('button', { name: 'Without a label' }).click();
    await page.getByText('No such transaction').or(page.locator('.transactions tbody tr')).first().waitFor();
    await page.getByRole('button', { name: 'All', exact: true }).click();
    await page.getByRole('combobox', { name: 'With the label' }).fill('pets');
    const labelled = page.locator('.transactions tbody tr');
    await labelled.filter({ hasNotText: 'pets' }).first().waitFor({ state: 'detached' });
    await labelled.filter({ hasText: 'ZOOPLUS' }).first().waitFor();

    await page.getByRole('combobox', { name: 'With the label' }).fill('');
    await page.getByLabel('With the words').fill('zoologiczny kakadu');
    await page.getByText(/^[1-9]\d* of [1-9]\d* transactions of the 365 days/).waitFor();
    expect(await labelled.filter({ hasNotText: 'KAKADU SKLEP ZOOLOGICZNY' }).count()).toBe(0);
    await page.getByText('Booked in PLN').waitFor();
    expect(await page.locator('svg.balance title').textContent()).toMatch(/^PLN since .*; lowest .*, highest PLN/);

    expect(await findings(page)).toEqual([]);
    for (const width of SIZES) {
      await page.setViewportSize({ width, height: 800 });
      expect({ width, overflow: await overflow(page) }).toEqual({ width, overflow: 0 });
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('hostile ids and titles are shown as text, and long ones are cut', async () => {
    const { browser, url, service } = scene();
    const { id, script, reversed, long } = HOSTILE;
    const rows = [script, reversed, long].map((title, at) => row(day(-3 - at), { title }));
    await send(service, message(id, [{ iban: iban(9), currencyName: 'PLN', transactions: rows }]));
    await drained(service);
    const { page, complaints } = await visit(browser, url);
    await signIn(page, service.outputs.ApiKey);
    await page.getByRole('link', { name: 'Owner' }).click();
    await page.getByLabel('Owner id').fill(id);
    await page.keyboard.press('Enter');
    await page.locator('.facts bdi', { hasText: '<img src=x' }).waitFor();
    await page.locator('bdi', { hasText: script }).waitFor();
    expect(await page.locator('bdi', { hasText: 'מילק' }).textContent()).toBe(reversed);
    const cut = page.locator('bdi', { hasText: 'Überweisung' });
    expect((await cut.textContent())?.length).toBeLessThan(160);
    await page.getByRole('button', { name: 'show all' }).click();
    expect(await cut.textContent()).toBe(long);
    expect(await page.locator('main img, main script, main b').count()).toBe(0);
    await page.reload();
    expect(complaints).toEqual([]);
    await page.setViewportSize({ width: 360, height: 800 });
    expect(await overflow(page)).toBe(0);
    await page.context().close();
  });
}
