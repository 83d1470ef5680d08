/** People who sign in beside keys, on a service whose settings have a user pool: over HTTP, and through the page in a browser. */
import type { Browser, Page } from 'playwright-core';
import { chromiumPath, findings, openBrowser, signIn, visit } from '../../console/browser.ts';
import type { LoginServer } from '../../support/login-server.ts';
import { call, expectProblem, expectUnreadable, ownerPath } from '../support/http.ts';
import type { Running } from '../support/service.ts';

export const COGNITO = {
  console: {
    name: 'console.example.com',
    certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/1',
    cognito: { domainPrefix: 'owner-profiles-test' },
  },
};

const SAMPLE = 'anna-pl';

export function peopleWhoSignIn(service: () => Running, login: () => LoginServer): void {
  const key = (groups: readonly string[], claims: object = {}) =>
    login().token({ 'cognito:groups': groups, ...claims });
  const lookUp = (token: string) => call(service(), ownerPath('owner-profiles', SAMPLE), { key: token });

  beforeAll(() => {
    const { UserPoolId: id, UserPoolClientId: clientId } = service().outputs;
    Object.assign(login().pool, { id, clientId });
  });

  test('a token opens the owners of its client alone, as far as its scopes go, until it expires', async () => {
    expect((await lookUp(key(['demo.read']))).body).toEqual((await lookUp(service().outputs.ApiKey)).body);
    expectProblem(await lookUp(key(['demo-2.read'])), 404, 'OWNER_NOT_FOUND');
    expectUnreadable(await lookUp(key(['demo.write'])), 403, 'FORBIDDEN');
    expectUnreadable(await lookUp(key(['demo.read'], { exp: 1 })), 401, 'INVALID_API_KEY');
    const odd = await lookUp(key(['demo.read', 'demo-2.read']));
    expectUnreadable(odd, 403, 'USER_WITHOUT_CLIENT');
    expect(odd.body.detail).toContain('two clients, "demo" and "demo-2"');
  });

  test('a person makes keys with what their groups give, and no more', async () => {
    const own = key(['demo.read', 'demo.keys', 'demo.credit']);
    const make = (scopes: readonly string[]) =>
      call(service(), '/v1/keys', {
        method: 'POST',
        key: own,
        body: JSON.stringify({ scopes }),
        headers: { 'Content-Type': 'application/json' },
      });
    expectProblem(await make(['erase']), 400, 'INVALID_PAYLOAD');
    const { apiKey, keyId, purpose, createdBy } = (await make(['read'])).body;
    expect({ purpose, createdBy }).toEqual({ purpose: 'credit', createdBy: expect.stringMatching(/^user:/) });
    expect((await lookUp(apiKey)).status).toBe(200);
    expect((await call(service(), '/v1/keys', { key: own })).body.own).toEqual({
      scopes: ['read', 'keys'],
      addresses: [],
      purpose: 'credit',
    });
    expect((await call(service(), `/v1/keys/${keyId}`, { method: 'DELETE', key: own })).status).toBe(204);
  });

  (chromiumPath() ? describe : describe.skip)('in a browser', () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await openBrowser();
    });
    afterAll(() => browser?.close());
    const company = (page: Page) => page.getByRole('button', { name: 'Sign in with your company account' });
    const shown = (page: Page, name: string) => page.getByRole('heading', { name, exact: true }).waitFor();

    test('the page leads to the login and back to where the person was, and out again', async () => {
      const { page, complaints } = await visit(browser, service().outputs.ApiUrl);
      await page.goto(`${service().outputs.ApiUrl}/console/owner#id=${SAMPLE}`);
      await company(page).waitFor();
      expect(await findings(page)).toEqual([]);
      login().pool.groups = ['demo.read', 'demo.keys'];
      await page.getByText('Keep it for this tab').click();
      await company(page).click();
      await page.getByText(SAMPLE).first().waitFor();
      expect(page.url()).toBe(`${service().outputs.ApiUrl}/console/owner#id=${SAMPLE}`);
      expect(await page.evaluate("sessionStorage.getItem('owner-profiles.key')")).toBeNull();
      // Kept in the tab: the token is had again, by a refresh token that works once.
      await page.reload();
      await page.getByText(SAMPLE).first().waitFor();
      await page.reload();
      await page.getByRole('link', { name: 'Keys' }).click();
      await page.getByRole('button', { name: 'Make a key' }).click();
      await page.getByRole('dialog').getByRole('checkbox', { name: /^keys/ }).waitFor();
      expect(
        await page
          .getByRole('dialog')
          .getByRole('checkbox', { name: /^erase/ })
          .count(),
      ).toBe(0);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Sign out' }).click();
      await company(page).waitFor();
      expect(await page.evaluate('sessionStorage.length')).toBe(0);
      expect(login().asked.slice(-2).sort()).toEqual(['GET /logout', 'POST /oauth2/revoke']);
      expect(complaints.filter((each) => !each.startsWith(login().url))).toEqual([]);
      await page.context().close();
    });

    test('refusals are said: of the login, of groups, of an answer nobody asked for, of a session that ran out', async () => {
      const { page } = await visit(browser, service().outputs.ApiUrl);
      login().pool.refuses = true;
      await company(page).click();
      await page.getByText('Nobody was signed in').waitFor();
      login().pool.refuses = false;
      await page.goto(`${service().outputs.ApiUrl}/console/?code=stolen&state=other`);
      await page.getByText('Nobody was signed in').waitFor();
      expect(page.url()).toBe(`${service().outputs.ApiUrl}/console/`);
      login().pool.groups = ['demo.read', 'demo-2.read'];
      await company(page).click();
      await page.getByText('A user may have one.').waitFor();
      await page.getByRole('button', { name: 'Sign out' }).click();
      login().pool.groups = ['demo.segments:read'];
      await page.getByText('Keep it for this tab').click();
      await company(page).click();
      await shown(page, 'Segments');
      await page.getByRole('link', { name: 'Owner' }).click();
      login().pool.refuses = true;
      await page.reload();
      await page.getByText('The session has ended').waitFor();
      login().pool.refuses = false;
      await signIn(page, service().outputs.ApiKey);
      await shown(page, 'Owner');
      await page.context().close();
    });
  });
}
