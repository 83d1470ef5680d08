/** The client package: retries, pages, problems and the verification of deliveries. */
import { jest } from '@jest/globals';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { type ApiProblem, answerOf, items, ownerProfilesClient, pages, verifyWebhook } from '../../client/index.ts';
import { retrying } from '../../client/retrying.ts';

const URL_OF_API = 'https://api.example';
const LONGEST_MS = 60_000;

/** Answers one after the other; a `number` is a status, `undefined` a broken connection. */
function scripted(script: readonly (number | undefined)[], retryAfter?: string) {
  const pauses: number[] = [];
  let asked = 0;
  const send = async () => {
    const status = script[asked++];
    if (status === undefined) throw new TypeError('fetch failed');
    return new Response('{}', { status, ...(retryAfter && { headers: { 'Retry-After': retryAfter } }) });
  };
  const pause = async (ms: number) => void pauses.push(ms);
  const run = (method: string) =>
    retrying(send, { attempts: 4, longestPauseMs: LONGEST_MS, pause })(new Request(URL_OF_API, { method })).then(
      ({ status }) => status,
      () => undefined,
    );
  return { run, pauses, asked: () => asked };
}

test('what may pass is asked again, four times at most: the outcome is that of the first answer that stays', () => {
  const outcome = fc.constantFrom(200, 404, 429, 500, 502, 503, 504, undefined);
  const passes = (method: string, status: number | undefined) =>
    status === 429 || (method !== 'POST' && [502, 503, 504, undefined].includes(status));
  return fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'PUT', 'DELETE', 'POST'),
      fc.array(outcome, { minLength: 4, maxLength: 4 }),
      async (method, script) => {
        const { run, pauses, asked } = scripted(script);
        const stays = script.findIndex((status) => !passes(method, status));
        const last = stays === -1 ? 3 : stays;
        expect(await run(method)).toBe(script[last]);
        expect({ asked: asked(), pauses }).toEqual({ asked: last + 1, pauses: [250, 500, 1000].slice(0, last) });
      },
    ),
  );
});

test('the pause that the service asks for is kept, unless it is too long to wait', async () => {
  const short = scripted([429, 503, 200], '7');
  expect(await short.run('GET')).toBe(200);
  expect(short.pauses).toEqual([7000, 7000]);
  const long = scripted([429, 200], '61');
  expect(await long.run('GET')).toBe(429);
  expect(long.pauses).toEqual([]);
});

test('an aborted request is not asked again', async () => {
  const stop = new AbortController();
  let asked = 0;
  const client = ownerProfilesClient({
    url: URL_OF_API,
    apiKey: 'op_key',
    fetch: async () => {
      asked += 1;
      stop.abort();
      return new Response('', { status: 503 });
    },
  });
  const answer = answerOf(client.GET('/v1/profiles', { signal: stop.signal }));
  await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
  expect(asked).toBe(1);
});

test('the key goes with each request; a refusal is an ApiProblem, also one of a proxy, and no answer at all', async () => {
  const problem = {
    title: 'Not found',
    status: 404,
    code: 'OWNER_NOT_FOUND',
    detail: 'never imported',
    requestId: 'r1',
  };
  const seen: (string | null)[] = [];
  const answers = [
    Response.json(problem, { status: 404 }),
    new Response('<html>', { status: 500, headers: { 'Content-Type': 'text/html' } }),
  ];
  const client = ownerProfilesClient({
    url: `${URL_OF_API}/`,
    apiKey: 'op_key',
    attempts: 1,
    fetch: async (request) => {
      seen.push(`${request.url} ${request.headers.get('X-Api-Key')}`);
      const answer = answers.shift();
      if (!answer) throw new TypeError('fetch failed');
      return answer;
    },
  });
  const failure = async (): Promise<ApiProblem> =>
    answerOf(client.GET('/v1/owner-profiles', { params: { query: { ownerExternalId: 'a b' } } })).then(
      () => expect(undefined).toBe('refused'),
      (refused) => refused,
    );
  expect(await failure()).toMatchObject({ status: 404, code: 'OWNER_NOT_FOUND', detail: 'never imported', errors: [] });
  expect(await failure()).toMatchObject({ status: 500, code: 'UNKNOWN', message: 'HTTP status 500' });
  expect(await failure()).toMatchObject({ status: 0, code: 'UNREACHABLE', cause: { message: 'fetch failed' } });
  expect(new Set(seen)).toEqual(new Set([`${URL_OF_API}/v1/owner-profiles?ownerExternalId=a%20b op_key`]));
});

test('pages come in their order and once each, and lazily', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(fc.nat(9)), { minLength: 1, maxLength: 6 }), async (lists) => {
      const ask = async (cursor = '0') => {
        const at = Number(cursor);
        return { found: lists[at] as number[], cursor: at + 1 < lists.length ? `${at + 1}` : null };
      };
      expect(await Array.fromAsync(items(ask, ({ found }) => found))).toEqual(lists.flat());
    }),
  );
  const feed = async (cursor: string | undefined) => ({ cursor: cursor === undefined ? 'end' : cursor });
  expect(await Array.fromAsync(pages(feed))).toHaveLength(2);
  const cursors: (string | undefined)[] = [];
  const endless = async (cursor: string | undefined) => {
    cursors.push(cursor);
    return { cursor: `${cursors.length}` };
  };
  for await (const page of pages(endless)) if (page.cursor === '3') break;
  expect(cursors).toEqual([undefined, '1', '2']);
});

test('a delivery is verified by any of the secrets, and by no other; one that was changed is refused', () => {
  const [old, current, other] = ['whsec_b2xk', 'whsec_Y3VycmVudA==', 'whsec_b3RoZXI='];
  const body = JSON.stringify({ type: 'webhook.test', timestamp: '2026-11-22T10:00:00Z', data: {} });
  const at = new Date('2026-11-22T10:00:00Z');
  jest.useFakeTimers({ now: at });
  const signed = {
    'webhook-id': 'w1',
    'webhook-timestamp': `${Math.floor(at.getTime() / 1000)}`,
    'webhook-signature': new Webhook(current).sign('w1', at, body),
  };
  expect(verifyWebhook([old, current], new Headers(signed), body)).toEqual(JSON.parse(body));
  expect(verifyWebhook(current, signed, body).type).toBe('webhook.test');
  const asSent = Object.fromEntries(Object.entries(signed).map(([name, value]) => [name.toUpperCase(), value]));
  expect(verifyWebhook(current, asSent, body).type).toBe('webhook.test');
  expect(() => verifyWebhook([old, other], signed, body)).toThrow('No matching signature found');
  expect(() => verifyWebhook(current, signed, `${body} `)).toThrow('No matching signature found');
  expect(() => verifyWebhook(current, {}, body)).toThrow('Missing required headers');
  expect(() => verifyWebhook([], signed, body)).toThrow('needs a secret');
  jest.setSystemTime(at.getTime() + 6 * 60_000);
  expect(() => verifyWebhook(current, signed, body)).toThrow('Message timestamp too old');
  jest.useRealTimers();
});
