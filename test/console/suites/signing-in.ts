/** Signing in, and being signed out; and the keys to sign in with. */
import { findings, overflow, SIZES, signIn, visit } from '../browser.ts';
import type { Scene } from '../scene.ts';

export function signingIn(scene: Scene): void {
  test('the page is served with its policy, holds no script, and asks nobody else', async () => {
    const { url } = scene();
    const answer = await fetch(`${url}/console/owner`);
    const page = await answer.text();
    expect(answer.headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    );
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)|\bon\w+=|style=|https?:/);
    expect((await fetch(`${url}/console/console-00000000.js`)).status).toBe(404);
    expect((await fetch(`${url}/console/..%2f..%2fpackage.json`)).headers.get('content-type')).toMatch('text/html');
    expect((await fetch(`${url}/console/`, { method: 'POST' })).status).toBe(405);
  });

  test('a wrong key is named as such; a right one is forgotten when the page is loaded again, unless it may stay', async () => {
    const { browser, url, service } = scene();
    const { page, complaints } = await visit(browser, url);
    await page.getByText('Operators give out keys').waitFor();
    expect(await findings(page)).toEqual([]);
    await signIn(page, 'op_wrong');
    await page.getByText('This key is not known').waitFor();
    await signIn(page, service.outputs.ApiKey);
    await page.getByRole('heading', { name: 'Segments' }).waitFor();
    await page.reload();
    await signIn(page, service.outputs.ApiKey, true);
    await page.getByRole('heading', { name: 'Segments' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Segments' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.reload();
    await page.getByLabel('API key').waitFor();
    expect(complaints).toEqual([]);
    await page.setViewportSize({ width: 360, height: 640 });
    expect(await overflow(page)).toBe(0);
    await page.context().close();
  });

  test('a key is made with one scope and shown once, shows what it may not, and is said to be revoked when it is', async () => {
    const { browser, url, service } = scene();
    const { page: keys } = await visit(browser, url, { permissions: ['clipboard-read', 'clipboard-write'] });
    await signIn(keys, service.outputs.ApiKey);
    await keys.getByRole('link', { name: 'Keys' }).click();
    await keys.getByRole('button', { name: 'Make a key' }).click();
    const dialog = keys.getByRole('dialog');
    await dialog.getByRole('checkbox', { name: /^read/ }).uncheck();
    await dialog.getByRole('checkbox', { name: /^webhooks/ }).check();
    await dialog.getByLabel('Only from these addresses').fill('home');
    expect(await findings(keys)).toEqual([]);
    await dialog.getByRole('button', { name: 'Make a key' }).click();
    await dialog.getByText('addresses[0]').first().waitFor();
    await dialog.getByLabel('Only from these addresses').fill('127.0.0.0/8 ::1');
    await dialog.getByRole('button', { name: 'Make a key' }).click();
    const apiKey = (await keys.getByText(/^op_/).textContent()) ?? '';
    await keys.getByRole('button', { name: 'Copy' }).click();
    await keys.getByText('copied').waitFor();
    expect(await keys.evaluate('navigator.clipboard.readText()')).toBe(apiKey);
    await keys.getByRole('button', { name: 'I have kept it' }).click();
    const made = keys.getByRole('row').filter({ hasText: '127.0.0.0/8, ::1' });
    await made.getByText('webhooks').waitFor();
    expect(await keys.getByText(apiKey).count()).toBe(0);
    expect(await findings(keys)).toEqual([]);
    for (const width of SIZES) {
      await keys.setViewportSize({ width, height: 800 });
      expect({ width, overflow: await overflow(keys) }).toEqual({ width, overflow: 0 });
    }

    const { page, complaints } = await visit(browser, url);
    await signIn(page, apiKey);
    await page.getByText('You may not see this').waitFor();
    await made.getByRole('button', { name: 'Revoke' }).click();
    await dialog.getByRole('button', { name: 'Revoke' }).click();
    await keys.getByText('1 revoked key').waitFor();
    await page.getByRole('button', { name: 'Take a snapshot' }).click();
    await page.getByRole('button', { name: 'Take it' }).click();
    await page.getByText('The session has ended').waitFor();
    await signIn(page, service.outputs.ApiKey);
    await page.getByText('No snapshot yet').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
    await keys.context().close();
  });
}
