/** What failed, for operators: shown by queue, sent back after a question, and nothing else for their key. */
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { known } from '../../e2e/support/http.ts';
import { message, petAccount, smallest } from '../../e2e/support/messages.ts';
import { drained, send, sqsOf, takeParked } from '../../e2e/support/queues.ts';
import { findings, overflow, SIZES, signIn, visit } from '../browser.ts';
import type { Scene } from '../scene.ts';

export function failures(scene: Scene): void {
  test('an operator sees what failed and sends it back, and sees no owner; a client sees none of it', async () => {
    const { browser, url, service } = scene();
    await takeParked(service);
    await send(service, smallest('nobody <b>may</b> see', { importId: 'feed-<i>2</i>', source: 'FAX' }));
    const dead = JSON.stringify(message('was a dead letter', [petAccount(45)]));
    await sqsOf(service).send(
      new SendMessageCommand({ QueueUrl: service.outputs.DeadLetterQueueUrl, MessageBody: dead }),
    );
    await drained(service);
    const { page, complaints } = await visit(browser, url);
    await signIn(page, service.outputs.OperatorKey, true);
    await page.getByRole('heading', { name: 'What failed' }).waitFor();
    expect(await page.getByRole('navigation').getByRole('link').allTextContents()).toEqual(['What failed']);
    await page.getByRole('button', { name: 'Large files' }).click();
    await page.getByText('Nothing is here').waitFor();

    await page.getByRole('button', { name: 'Imports that cannot be processed' }).press('Enter');
    const row = page.getByRole('row').filter({ hasText: 'feed-<i>2</i>' });
    await row.getByText('INVALID_MESSAGE').waitFor();
    expect(await row.textContent()).toContain('demo');
    expect(await page.content()).not.toContain('nobody');
    expect(await findings(page)).toEqual([]);
    for (const width of SIZES) {
      await page.setViewportSize({ width, height: 800 });
      expect({ width, overflow: await overflow(page) }).toEqual({ width, overflow: 0 });
    }
    await page.getByRole('button', { name: 'Send back INVALID_MESSAGE' }).click();
    await page.getByRole('dialog').getByRole('button').last().click();
    await page.getByText('Sent back: 1').waitFor();

    await page.getByRole('button', { name: 'Imports', exact: true }).click();
    await page.getByRole('button', { name: 'Send back all' }).click();
    await page.getByRole('dialog').getByRole('button').last().click();
    await page.getByText('Sent back: 1').waitFor();
    await known(service, 'was a dead letter');

    await page.getByRole('button', { name: 'Polski' }).click();
    await page.getByRole('heading', { name: 'Co się nie udało' }).waitFor();
    await page.goto(`${url}/console/keys`);
    await page.getByText('Klucz operatora nie daje dostępu do danych klientów.').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();

    const { page: client } = await visit(browser, url);
    await signIn(client, service.outputs.ApiKey, true);
    await client.getByRole('heading', { name: 'Segments' }).waitFor();
    expect(await client.getByRole('link', { name: 'What failed' }).count()).toBe(0);
    await client.goto(`${url}/console/failures`);
    await client.getByText('You may not see this').waitFor();
    await client.context().close();
    await takeParked(service);
  });
}
