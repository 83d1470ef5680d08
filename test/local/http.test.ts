/** Who may call a server of the local service: programs on this machine, and no page of another site by its browser. */
import { createServer, type IncomingMessage, request } from 'node:http';
import { closeServer, forNetworks, type Listening, listen } from '../../local/http.ts';

async function statusOf(headers: Record<string, string>, listening?: Listening): Promise<number | undefined> {
  const server = createServer((_, response) => response.end('the secret'));
  const port = await listen(server, 0, listening);
  try {
    return await new Promise((resolve, reject) => {
      const asking = request({ host: '127.0.0.1', port, headers: { host: `127.0.0.1:${port}`, ...headers } });
      asking
        .on('error', reject)
        .on('response', (answer) => resolve(answer.resume().statusCode))
        .end();
    });
  } finally {
    await closeServer(server, 0);
  }
}

test.each([
  [{}, 200],
  [{ host: 'localhost:1' }, 200],
  [{ host: '[::1]:1' }, 200],
  [{ host: 'bucket.localhost' }, 200],
  [{ host: 'rebound.example:3000' }, 403],
  [{ host: '127.0.0.1.example' }, 403],
  [{ host: '127.0.0.1@example.com' }, 403],
  [{ origin: 'http://127.0.0.1:3000' }, 200],
  [{ origin: 'http://localhost:3000' }, 200],
  [{ origin: 'https://example.com' }, 403],
  [{ origin: 'null' }, 403],
])('%j is answered with %d', async (headers, status) => {
  expect(await statusOf(headers)).toBe(status);
});

test('a server with keys of its own answers pages from anywhere, by its own name', async () => {
  const headers = { origin: 'https://example.com' };
  expect(await statusOf(headers, { anyOrigin: true })).toBe(200);
  expect(await statusOf({ ...headers, host: 'example.com' }, { anyOrigin: true })).toBe(403);
});

test.each([
  ['127.0.0.1', true],
  ['::1', true],
  ['192.168.7.9', true],
  ['::ffff:192.168.7.9', true],
  ['192.169.0.1', false],
  ['fd00::1', false],
  ['', false],
])('outside of this machine %s is answered where ALLOW holds it: %s', (remoteAddress, answered) => {
  const refusal = forNetworks(['192.168.0.0/16', 'fd01::/16'])({ socket: { remoteAddress } } as IncomingMessage);
  expect(refusal === undefined).toBe(answered);
});

test.each(['192.168.0.0', 'example.com/8', '10.0.0.0/x'])('%s is not a network', (network) => {
  expect(() => forNetworks([network])).toThrow(`"${network}" is not a network`);
});
