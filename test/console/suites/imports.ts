/** Imports and failures: refused imports, the upload of a file, and a webhook that is tested and removed. */
import { day, smallest } from '../../e2e/support/messages.ts';
import { drained, send } from '../../e2e/support/queues.ts';
import { findings, overflow, SIZES, signIn, visit } from '../browser.ts';
import type { Scene } from '../scene.ts';

const swift = (offset: number) => day(offset).slice(2).replaceAll('-', '');

/** Twelve days of an account: one row, and balances that agree with it. */
const statement = () =>
  [
    ':20:STATEMENT',
    ':25:DE89370400440532013000',
    ':28C:11/1',
    `:60F:C${swift(-15)}EUR100,00`,
    `:61:${swift(-4)}${swift(-4).slice(2)}D49,99NMSCNONREF`,
    ':86:ZOOPLUS.DE MUENCHEN',
    `:62F:C${swift(-3)}EUR50,01`,
    '-\n',
  ].join('\n');

export function imports(scene: Scene): void {
  test('a refused import has its reason, a file its report, a webhook its deliveries', async () => {
    const { browser, url, service } = scene();
    await send(service, smallest('refused <b>owner</b>', { importId: 'feed-<i>1</i>', source: 'FAX' }));
    await drained(service);
    const { page, complaints } = await visit(browser, url);
    await signIn(page, service.outputs.ApiKey);
    await page.getByRole('link', { name: 'Imports' }).click();
    const refused = page.getByRole('row').filter({ hasText: 'feed-<i>1</i>' });
    await refused.getByText('INVALID_MESSAGE').waitFor();
    expect(await refused.getByRole('link').textContent()).toBe('refused <b>owner</b>');

    await page.getByLabel('Owner id').fill('by hand');
    const file = page.getByLabel('File');
    await file.setInputFiles({ name: 'bad.txt', mimeType: 'text/plain', buffer: Buffer.from('not a statement') });
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('The payload is not valid').waitFor();
    await file.setInputFiles({ name: 'november.sta', mimeType: '', buffer: Buffer.from(statement()) });
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('Read as mt940').waitFor();
    await page.getByText('joined', { exact: true }).waitFor({ timeout: 30_000 });
    await page.getByText('••••3000').waitFor();

    await page.getByRole('button', { name: 'Add a webhook' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Address').fill('http://example.com/hook');
    await dialog.getByRole('button', { name: 'Add a webhook' }).click();
    await dialog.getByText('The payload is not valid').waitFor();
    await dialog.getByLabel('Address').fill(`${url}/nowhere`);
    await dialog.getByRole('button', { name: 'Add a webhook' }).click();
    await page.getByText(/^whsec_/).waitFor();
    await page.getByRole('button', { name: 'I have kept it' }).click();
    await page.getByRole('button', { name: 'Send a test' }).click();
    await page.getByRole('row').filter({ hasText: 'webhook.test' }).getByText('answered 404').waitFor();
    expect(await findings(page)).toEqual([]);
    for (const width of SIZES) {
      await page.setViewportSize({ width, height: 800 });
      expect({ width, overflow: await overflow(page) }).toEqual({ width, overflow: 0 });
    }
    await page.getByRole('button', { name: 'Switch off' }).click();
    await page.getByRole('button', { name: 'Switch on' }).waitFor();
    await page.getByRole('button', { name: 'Remove the webhook' }).click();
    await dialog.getByRole('button', { name: 'Remove the webhook' }).click();
    await page.getByText('No webhook yet').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });
}
