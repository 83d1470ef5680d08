/** Requests to strangers: which addresses are refused, when they are checked, and how much of an answer is read. */
import type { lookup } from 'node:dns';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { postTo } from '../../../../functions/adapters/webhooks/endpoint.ts';
import { isLoopback, isPublic, urlFault } from '../../../../functions/adapters/webhooks/public-addresses.ts';
import { newWebhookSecret, secretBoxOf, signatures } from '../../../../functions/adapters/webhooks/secret-box.ts';

test.each([
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '169.254.169.254',
  '172.31.255.255',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:10.0.0.1',
  '::ffff:127.0.0.1',
  '64:ff9b::a00:1',
  '2001::1',
  '2001:db8::1',
  '2002:a00:1::1',
  'fc00::1',
  'fe80::1',
  'ff02::1',
  'localhost',
  '',
])('%s is no public address', (address) => {
  expect(isPublic(address)).toBe(false);
});

test.each(['1.1.1.1', '8.8.8.8', '172.32.0.1', '2606:4700::1111', '2a00:1450::1'])('%s is one', (address) => {
  expect([isPublic(address), isLoopback(address)]).toEqual([true, false]);
});

test.each([
  ['https://example.com/hook', undefined],
  ['https://example.com:8443/', undefined],
  ['http://example.com/', 'must begin with https://'],
  ['ftp://example.com/', 'must begin with https://'],
  ['https://127.1/', 'must be a public address'],
  ['https://2130706433/', 'must be a public address'],
  ['https://0x7f.1/', 'must be a public address'],
  ['https://[::ffff:7f00:1]/', 'must be a public address'],
  ['https://localhost/', 'must be a public address'],
  ['https://a:b@example.com/', 'must contain no user name or password: deliveries are signed'],
  ['example.com', 'must be an absolute https URL'],
])('%s: %s', (url, fault) => {
  expect(urlFault(url, false)).toBe(fault);
});

test('on one machine it may be this machine, and no other that is not public', () => {
  for (const url of ['http://127.0.0.1:3000/', 'http://localhost:1/', 'https://[::1]/'])
    expect(urlFault(url, true)).toBeUndefined();
  for (const url of ['http://example.com/', 'https://10.0.0.1/', 'http://192.168.0.1/'])
    expect(urlFault(url, true)).toBeDefined();
});

describe('a call', () => {
  let answer = (): { status: number; body?: Buffer; headers?: Record<string, string> } => ({ status: 204 });
  let sentBytes = 0;
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const { status, body, headers } = answer();
    response.writeHead(status, headers);
    if (!body) return response.end();
    const write = () => {
      if (response.destroyed || sentBytes >= body.length) return response.end();
      sentBytes += 16_384;
      response.write(body.subarray(sentBytes - 16_384, sentBytes), () => setImmediate(write));
    };
    write();
  });
  let port = 0;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const post = (url: string, more: object = {}) => postTo(url, { 'X-A': '1' }, '{}', { toLoopback: true, ...more });

  test('the name is looked up at the time of the call: it may lead elsewhere than before', async () => {
    const leadsTo = (...addresses: string[]) =>
      ((_: string, __: object, done: (error: null, found: object[]) => void) =>
        done(
          null,
          addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
        )) as unknown as typeof lookup;
    const url = `http://hooks.example:${port}/rebound`;
    expect(await post(url, { resolve: leadsTo('127.0.0.1') })).toEqual({ status: 204, error: null });
    const refused = { status: null, error: 'the name leads to an address that is not public' };
    for (const addresses of [['10.0.0.1'], ['169.254.169.254'], ['127.0.0.1', '192.168.0.1'], []]) {
      expect(await post(url, { resolve: leadsTo(...addresses) })).toEqual(refused);
    }
    const deployed = { toLoopback: false, resolve: leadsTo('127.0.0.1') };
    expect(await post(`https://hooks.example:${port}/`, deployed)).toEqual(refused);
    expect(await post(`https://127.0.0.1:${port}/`, deployed)).toEqual({
      status: null,
      error: 'the address is not public',
    });
    expect(await post(`http://hooks.example:${port}/`, deployed)).toEqual({
      status: null,
      error: 'the address is not https',
    });
    expect(asked).toEqual(['/rebound']);
  });

  test('redirects are not followed, endless answers not read, and silence is no answer', async () => {
    answer = () => ({ status: 302, headers: { Location: '/elsewhere' } });
    expect(await post(`http://127.0.0.1:${port}/moved`)).toEqual({ status: 302, error: null });
    expect(asked).not.toContain('/elsewhere');
    answer = () => ({ status: 200, body: Buffer.alloc(64 * 1024 * 1024) });
    expect(await post(`http://127.0.0.1:${port}/endless`)).toEqual({ status: 200, error: null });
    expect(sentBytes).toBeLessThan(32 * 1024 * 1024);
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`;
    expect(await post(url, { timeoutMs: 100 })).toEqual({ status: null, error: 'no answer within 0.1 s' });
    silent.closeAllConnections();
    silent.close();
    expect(await post('http://127.0.0.1:1/')).toEqual({ status: null, error: 'ECONNREFUSED' });
  });
});

test('secrets are sealed for their place, under their key', () => {
  const box = secretBoxOf('a key of the tests, of more than thirty-two letters');
  const secret = newWebhookSecret();
  const sealed = box.seal(secret, 'demo\0w1');
  expect(box.open(sealed, 'demo\0w1')).toBe(secret);
  expect(box.seal(secret, 'demo\0w1')).not.toBe(sealed);
  expect(() => box.open(sealed, 'demo\0w2')).toThrow();
  expect(() => secretBoxOf('another key of the tests, of more than thirty-two').open(sealed, 'demo\0w1')).toThrow();
});

test('signatures are those of the specification', () => {
  const [one, two] = [newWebhookSecret(), newWebhookSecret()];
  const body = '{"type":"webhook.test","title":"ż🐕"}';
  const at = new Date(1_770_000_000_000);
  const timestamp = Math.floor(at.getTime() / 1000);
  expect(signatures([one, two], 'msg_1', timestamp, body)).toBe(
    [one, two].map((secret) => new Webhook(secret).sign('msg_1', at, body)).join(' '),
  );
});
