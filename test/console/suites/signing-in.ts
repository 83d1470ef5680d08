/** Signing in, and being signed out. */
import { ownerProfiles } from '../../cli/command-line.ts';
import { findings, overflow, signIn, visit } from '../browser.ts';
import type { Scene } from '../scene.ts';

export function signingIn(scene: Scene): void {
  const cli = async (...args: string[]) => {
    const outcome = await ownerProfiles(args, { env: { DATA_DIR: scene().service.directory } });
    expect(outcome).toMatchObject({ code: 0 });
    return JSON.parse(outcome.stdout);
  };

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

  test('a key that is revoked in the middle is said to be; a key without a scope shows what it may not', async () => {
    const { browser, url, service } = scene();
    const { apiKey, keyId } = await cli('keys', 'create', 'demo', '--scopes', 'webhooks', '--json');
    const { page, complaints } = await visit(browser, url);
    await signIn(page, apiKey);
    await page.getByText('This key may not see this').waitFor();
    await cli('keys', 'revoke', keyId, '--json');
    await page.getByRole('button', { name: 'Take a snapshot' }).click();
    await page.getByRole('button', { name: 'Take it' }).click();
    await page.getByText('The key no longer works').waitFor();
    await signIn(page, service.outputs.ApiKey);
    await page.getByText('No snapshot yet').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });
}
