/** Webhooks, as a receiver on this machine sees them. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { verifyWebhook } from '../../../client/index.ts';
import { type Answer, call, expectProblem, known, ownerPath } from '../support/http.ts';
import { message, petAccount } from '../support/messages.ts';
import { send } from '../support/queues.ts';
import type { Running } from '../support/service.ts';
import { until } from '../support/until.ts';
import { changesOf } from './changes.ts';

type Received = { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: string };
const JSON_TYPE = { 'Content-Type': 'application/json' };
const CHANGED = ['owner-profiles.changed'];

export function webhooks(service: () => Running): void {
  const received: Received[] = [];
  /** `/slow` never answers, `/moved` redirects, `/gone` is gone, `/down` fails. */
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const path = request.url ?? '';
    received.push({ path, headers: request.headers, body });
    if (path === '/slow') return;
    if (path === '/moved') return response.writeHead(302, { Location: '/elsewhere' }).end();
    response.writeHead(path === '/gone' ? 410 : path === '/down' ? 503 : 204).end();
  });
  let at = '';
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    for (const { webhookId } of (await api('GET', '')).body.webhooks) await api('DELETE', `/${webhookId}`);
    server.closeAllConnections();
    server.close();
  });

  const api = (method: string, path: string, body?: unknown, key?: string): Promise<Answer> =>
    call(service(), `/v1/webhooks${path}`, {
      method,
      ...(key !== undefined && { key }),
      ...(body !== undefined && { headers: JSON_TYPE, body: JSON.stringify(body) }),
    });
  const create = async (path: string, events: readonly string[] = CHANGED) => {
    const { status, body } = await api('POST', '', { url: `${at}${path}`, events });
    expect(status).toBe(201);
    return body as { webhookId: string; secret: string };
  };
  const at1 = (path: string, many = 1) =>
    until(`${many} deliveries at ${path}`, () => {
      const found = received.filter((one) => one.path === path);
      return found.length >= many && found;
    });
  const deliveries = async (webhookId: string) => (await api('GET', `/${webhookId}/deliveries`)).body.deliveries;

  test('a webhook is created, shown without its secret, changed and removed; other clients cannot see it', async () => {
    const made = await api('POST', '', { url: `${at}/made`, events: CHANGED });
    const { secret, ...shown } = made.body;
    expect({ status: made.status, shown, secret }).toEqual({
      status: 201,
      shown: {
        webhookId: expect.stringMatching(/^\w+$/),
        url: `${at}/made`,
        events: CHANGED,
        enabled: true,
        createdAt: expect.stringMatching(/Z$/),
        switchedOff: null,
      },
      secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]+=*$/),
    });
    const place = `/${shown.webhookId}`;
    expect(made.headers['location']).toBe(`webhooks${place}`);
    expect((await api('GET', place)).body).toEqual(shown);
    expect((await api('GET', '')).body.webhooks).toContainEqual(shown);
    const changed = { url: `${at}/changed`, events: ['import.refused', 'snapshot.finished'], enabled: false };
    expect((await api('PUT', place, changed)).body).toEqual({ ...shown, ...changed });
    const other = service().outputs.Clients[1]!.ApiKey;
    expect((await api('GET', '', undefined, other)).body).toEqual({ webhooks: [] });
    for (const [method, path] of [
      ['GET', place],
      ['DELETE', place],
      ['POST', `${place}/secret`],
      ['POST', `${place}/test`],
      ['GET', `${place}/deliveries`],
      ['POST', `${place}/deliveries/any/retry`],
    ] as const) {
      expectProblem(await api(method, path, undefined, other), 404, 'WEBHOOK_NOT_FOUND');
    }
    expect((await api('DELETE', place)).status).toBe(204);
    expectProblem(await api('GET', place), 404, 'WEBHOOK_NOT_FOUND');
  });

  test('faults of a webhook are reported', async () => {
    for (const [body, path] of [
      [{ events: CHANGED }, 'url'],
      [{ url: 'example.com', events: CHANGED }, 'url'],
      [{ url: 'http://example.com/', events: CHANGED }, 'url'],
      [{ url: 'https://10.0.0.1/', events: CHANGED }, 'url'],
      [{ url: 'https://[fe80::1]/', events: CHANGED }, 'url'],
      [{ url: 'https://169.254.169.254/latest', events: CHANGED }, 'url'],
      [{ url: 'https://me:secret@example.com/', events: CHANGED }, 'url'],
      [{ url: 'https://example.com/', events: [] }, 'events'],
      [{ url: 'https://example.com/', events: ['owner.born'] }, 'events[0]'],
      [{ url: 'https://example.com/', events: CHANGED, enabled: 'yes' }, 'enabled'],
      [{ url: 'https://example.com/', events: CHANGED, secret: 'mine' }, 'secret'],
    ] as const) {
      const refused = await api('POST', '', body);
      expectProblem(refused, 400, 'INVALID_PAYLOAD');
      expect(refused.body.errors[0].path).toBe(path);
    }
  });

  test('a change is delivered, signed by the specification, under its own id; so is a test; secrets overlap', async () => {
    const { webhookId, secret } = await create('/signed');
    await send(service(), message('hooked', [petAccount(60)]));
    await known(service(), 'hooked');
    const [change] = await changesOf(service(), 'hooked', 1);
    const [first] = await at1('/signed');
    const { headers, body } = first!;
    const told = verifyWebhook(secret, headers, body);
    expect(told).toEqual({ type: 'owner-profiles.changed', timestamp: expect.any(String), data: change });
    expect(headers).toMatchObject({ 'webhook-id': change!.id, 'content-type': 'application/json' });
    expect(Buffer.byteLength(body)).toBeLessThan(20_000);

    const rotated = await api('POST', `/${webhookId}/secret`);
    expect(rotated.body).toEqual({ webhookId, secret: expect.stringMatching(/^whsec_/) });
    expect(rotated.body.secret).not.toBe(secret);
    const test = await api('POST', `/${webhookId}/test`);
    expect(test).toMatchObject({ status: 202, body: { id: expect.any(String) } });
    const [, second] = await at1('/signed', 2);
    for (const one of [secret, rotated.body.secret]) {
      expect(verifyWebhook(one, second!.headers, second!.body)).toMatchObject({
        type: 'webhook.test',
      });
    }
    expect(second!.headers['webhook-id']).toBe(test.body.id);
    const listed = await until('both deliveries', async () => {
      const found = await deliveries(webhookId);
      return found.length === 2 && found;
    });
    expect(listed[1]).toEqual({
      deliveryId: expect.stringMatching(/^\w+$/),
      webhookId,
      id: change!.id,
      type: 'owner-profiles.changed',
      at: expect.stringMatching(/Z$/),
      attempt: 1,
      status: 204,
      error: null,
      durationMs: expect.any(Number),
      nextAttemptAt: null,
    });
    const again = await api('POST', `/${webhookId}/deliveries/${listed[1].deliveryId}/retry`);
    expect(again).toMatchObject({ status: 202, body: { id: change!.id } });
    const [, , third] = await at1('/signed', 3);
    expect(third).toMatchObject({ body, headers: { 'webhook-id': change!.id } });
    for (const unknown of ['none', 'a%20b']) {
      expectProblem(await api('POST', `/${webhookId}/deliveries/${unknown}/retry`), 404, 'DELIVERY_NOT_FOUND');
    }
    expect((await api('DELETE', `/${webhookId}`)).status).toBe(204);
  });

  test('a refused import is reported', async () => {
    const { webhookId } = await create('/refused', ['import.refused']);
    await send(service(), message('refused', [{ currencyName: 'PLN' }], { importId: 'hook-refused' }));
    const [told] = await at1('/refused');
    expect(JSON.parse(told!.body)).toEqual({
      type: 'import.refused',
      timestamp: expect.any(String),
      data: {
        importId: 'hook-refused',
        ownerExternalId: 'refused',
        at: expect.any(String),
        reason: 'INVALID_MESSAGE',
        detail: expect.stringContaining('accounts[0]'),
      },
    });
    expect((await api('DELETE', `/${webhookId}`)).status).toBe(204);
  });

  test('a finished snapshot is reported', async () => {
    const { webhookId } = await create('/snapshot', ['snapshot.finished']);
    const taken = await call(service(), '/v1/snapshots', { method: 'POST', headers: JSON_TYPE, body: '{}' });
    expect(taken.status).toBe(202);
    const [told] = await at1('/snapshot');
    const { snapshotId } = taken.body;
    expect(told!.headers['webhook-id']).toBe(snapshotId);
    const { body: snapshot } = await call(service(), `/v1/snapshots/${snapshotId}`);
    const { asOf, startedAt, finishedAt, owners, hash } = snapshot;
    expect(JSON.parse(told!.body)).toEqual({
      type: 'snapshot.finished',
      timestamp: finishedAt,
      data: { snapshotId, status: 'finished', asOf, startedAt, finishedAt, owners, hash },
    });
    expect((await api('DELETE', `/${webhookId}`)).status).toBe(204);
  });

  test('one that is gone is disabled, one that fails or redirects is retried, a slow one delays no other', async () => {
    const gone = await create('/gone');
    const down = await create('/down');
    const moved = await create('/moved');
    const slow = await create('/slow');
    const well = await create('/well');
    await send(service(), message('many-hooks', [petAccount(61)]));
    await at1('/slow');
    await at1('/well');
    // It never answers, so its attempt is still running: the others did not wait for its end.
    expect(await deliveries(slow.webhookId)).toEqual([]);
    const off = await until('the webhook that is gone is off', async () => {
      const { body } = await api('GET', `/${gone.webhookId}`);
      return !body.enabled && body;
    });
    expect(off.switchedOff).toEqual({ at: expect.any(String), reason: 'it answered 410 Gone' });
    for (const [{ webhookId }, status] of [
      [down, 503],
      [moved, 302],
    ] as const) {
      const [attempt] = await until('a failed attempt', async () => {
        const found = await deliveries(webhookId);
        return found.length > 0 && found;
      });
      expect(attempt).toMatchObject({ attempt: expect.any(Number), status, error: `answered ${status}` });
      const wait = Date.parse(attempt.nextAttemptAt) - Date.parse(attempt.at);
      expect(wait).toBeGreaterThan(0);
      expect(wait).toBeLessThan(60_000);
    }
    expect(received.filter(({ path }) => path === '/elsewhere')).toEqual([]);
    for (const { webhookId } of [gone, down, moved, slow, well]) await api('DELETE', `/${webhookId}`);
    expect((await call(service(), ownerPath('owner', 'many-hooks'), { method: 'DELETE' })).status).toBe(204);
  });
}
