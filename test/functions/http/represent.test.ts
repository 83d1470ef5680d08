import { gunzipSync } from 'node:zlib';
import { answering, httpFunction, json } from '../../../functions/http/http-function.ts';
import { HttpProblem } from '../../../functions/http/problems.ts';
import { CONTEXT, httpEvent } from '../support/http-event.ts';
import { captureLog } from '../support/log.ts';

captureLog();
const TEXT = 'profiles '.repeat(300);
const handler = httpFunction(answering('owner-profiles'), async (event) => {
  if (event.path === '/missing') throw new HttpProblem('OWNER_NOT_FOUND', 'Nobody.');
  return json(200, { text: event.multiValueQueryStringParameters ? TEXT : 'short' });
});
const ask = (headers: Record<string, string> = {}, more: Parameters<typeof httpEvent>[0] = {}) =>
  handler(httpEvent({ headers, ...more }), CONTEXT);
const LONG = { query: { asOf: ['2026-01-01'] } };

test('an answer has a tag, and is not sent again to a client that names it', async () => {
  const first = await ask();
  const tag = String(first.headers?.['ETag']);
  expect(tag).toMatch(/^W\/"[\w-]{22}"$/);
  const again = await ask({ 'If-None-Match': `"other", ${tag}` });
  expect(again).toMatchObject({ statusCode: 304, body: '', headers: { ETag: tag } });
  expect(again.headers).not.toHaveProperty('Content-Type');
  expect((await ask({ 'If-None-Match': '"other"' })).statusCode).toBe(200);
  expect((await ask({ 'If-None-Match': tag }, LONG)).statusCode).toBe(200);
});

test('HEAD is answered as GET, without the body; also where something is wrong', async () => {
  const get = await ask();
  const head = await ask({}, { method: 'HEAD' });
  expect(head).toEqual({ ...get, body: '' });
  const missing = await handler({ ...httpEvent({ method: 'HEAD' }), path: '/missing' }, CONTEXT);
  expect(missing).toMatchObject({ statusCode: 404, body: '' });
});

test.each(['gzip', 'br, GZIP;q=0.5', '*', 'deflate, gzip ; q=1.0'])(
  'a long answer is gzipped for "%s"',
  async (accepted) => {
    const packed = await ask({ 'Accept-Encoding': accepted }, LONG);
    expect(packed.headers).toMatchObject({ 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding' });
    expect(packed.isBase64Encoded).toBe(true);
    expect(JSON.parse(gunzipSync(Buffer.from(packed.body, 'base64')).toString())).toEqual({ text: TEXT });
  },
);

test.each(['', 'br', 'gzip;q=0', 'identity, *;q=0.0'])('and plain for "%s"', async (accepted) => {
  const plain = await ask({ 'Accept-Encoding': accepted }, LONG);
  expect(plain.headers).toMatchObject({ Vary: 'Accept-Encoding' });
  expect(plain.headers).not.toHaveProperty('Content-Encoding');
  expect(JSON.parse(plain.body)).toEqual({ text: TEXT });
});

test('a short answer is never gzipped', async () => {
  const { headers } = await ask({ 'Accept-Encoding': 'gzip' });
  expect(headers).not.toHaveProperty('Content-Encoding');
  expect(headers).not.toHaveProperty('Vary');
});
