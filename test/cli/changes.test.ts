/** `changes` and `webhooks`: their requests and their output. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { run } from '../../cli/program.ts';
import { type Answer, problem, type Seen, serving } from './command-line.ts';

const change = (sequence: number, entered: string[], left: string[]) => ({
  ...{
    id: `c${sequence}`,
    sequence,
    ownerExternalId: 'loan\u001b[2J-1',
    at: '2026-11-22T10:15:31.000Z',
    asOf: '2026-11-22',
  },
  ...{ entered, left, profiles: entered, catalogueVersion: 'c', cause: 'import' },
});
const CHANGES = [change(1, ['tenant'], []), change(2, ['parent'], ['tenant'])];
const WEBHOOK = {
  ...{ webhookId: 'w1', url: 'https://example.com/hook', events: ['owner-profiles.changed'], enabled: false },
  ...{ createdAt: '2026-11-22T10:15:30.000Z', switchedOff: { at: '2026-11-22T10:15:30.000Z', reason: 'it is gone' } },
};

let service: Awaited<ReturnType<typeof serving>>;
beforeAll(async () => {
  service = await serving(answer);
});
afterAll(() => service.close());

function answer({ method, url }: Seen): Answer {
  const { pathname, searchParams } = new URL(url, 'http://x');
  if (pathname === '/v1/changes') {
    const first = Number(searchParams.get('after') ?? 0);
    const changes = CHANGES.slice(first, first + 1);
    return { status: 200, body: { changes, cursor: String(first + changes.length) } };
  }
  switch (`${method} ${pathname}`) {
    case 'GET /v1/webhooks':
      return { status: 200, body: { webhooks: [WEBHOOK] } };
    case 'POST /v1/webhooks':
      return { status: 201, body: { ...WEBHOOK, secret: 'whsec_x' } };
    case 'GET /v1/webhooks/w1':
    case 'PUT /v1/webhooks/w1':
      return { status: 200, body: WEBHOOK };
    case 'DELETE /v1/webhooks/w1':
      return { status: 204 };
    case 'POST /v1/webhooks/w1/secret':
      return { status: 200, body: { webhookId: 'w1', secret: 'whsec_y' } };
    case 'POST /v1/webhooks/w1/test':
      return { status: 202, body: { id: 't1' } };
    case 'POST /v1/webhooks/w1/deliveries/d1/retry':
      return { status: 202, body: { id: 'c2' } };
    case 'GET /v1/webhooks/w1/deliveries':
      return {
        status: 200,
        body: {
          deliveries: [
            {
              ...{
                deliveryId: 'd1',
                webhookId: 'w1',
                id: 'c2',
                type: 'owner-profiles.changed',
                at: '2026-11-22T10:15:32.000Z',
                attempt: 1,
              },
              ...{ status: 503, error: 'answered 503', durationMs: 12, nextAttemptAt: '2026-11-22T10:15:47.000Z' },
            },
          ],
          cursor: null,
        },
      };
    default:
      return problem(404, 'WEBHOOK_NOT_FOUND', 'There is no such webhook.');
  }
}

async function ask(...args: string[]) {
  const out: string[] = [];
  const notes: string[] = [];
  const before = service.seen.length;
  const code = await run(args, {
    out: (text) => out.push(text),
    note: (text) => notes.push(text),
    clock: () => 0,
    env: { OWNER_PROFILES_URL: service.url, OWNER_PROFILES_KEY: 'op_good', NO_COLOR: '1' },
    interactive: false,
    openClientStore: () => Promise.reject(new Error('not opened here')),
  });
  const seen = service.seen.slice(before).map(({ method, url, body }) => `${method} ${url}${body && ` ${body}`}`);
  return { code, stdout: out.join('\n'), stderr: notes.join('\n'), seen };
}

test('changes: page by page to the end, and where to go on', async () => {
  expect(await ask('changes')).toEqual({
    code: 0,
    stdout: [
      '2026-11-22 10:15:31  loan\ufffd[2J-1 #1  +tenant  (import)',
      '2026-11-22 10:15:31  loan\ufffd[2J-1 #2  +parent −tenant  (import)',
    ].join('\n'),
    stderr: 'continue with: --after 2',
    seen: [undefined, 1, 2].map((after) => `GET /v1/changes?${after === undefined ? '' : `after=${after}&`}limit=1000`),
  });
  const { stdout } = await ask('changes', '--after', '1', '--json');
  expect(stdout.split('\n').map((line) => JSON.parse(line))).toEqual([CHANGES[1]]);
});

test('webhooks: what is asked, and what is shown', async () => {
  expect((await ask('webhooks', 'list')).stdout).toMatch(/w1 .*https:\/\/example\.com\/hook .*it is gone/);
  const created = await ask('webhooks', 'create', 'https://example.com/hook', '--event', 'owner-profiles.changed');
  expect(created).toMatchObject({
    code: 0,
    stdout: 'webhook  w1\nsecret   whsec_x',
    stderr: 'store the secret: it is not shown again',
  });
  expect(created.seen).toEqual([
    'POST /v1/webhooks {"url":"https://example.com/hook","events":["owner-profiles.changed"]}',
  ]);
  expect((await ask('webhooks', 'enable', 'w1')).seen).toEqual([
    'GET /v1/webhooks/w1',
    'PUT /v1/webhooks/w1 {"url":"https://example.com/hook","events":["owner-profiles.changed"],"enabled":true}',
  ]);
  expect((await ask('webhooks', 'secret', 'w1')).stdout).toBe('whsec_y');
  expect((await ask('webhooks', 'test', 'w1')).stdout).toBe('sent as t1');
  expect((await ask('webhooks', 'deliveries', 'w1')).stdout).toMatch(/d1 .*c2 .*1 .*answered 503 .*12 /);
  expect((await ask('webhooks', 'retry', 'w1', 'd1')).stdout).toBe('sent again as c2');
  expect(await ask('webhooks', 'retry', 'w1', 'd2')).toMatchObject({ code: 3, stdout: '' });
  expect((await ask('webhooks', 'delete', 'w1')).stdout).toBe('deleted');
  expect(await ask('webhooks', 'delete', 'w2')).toMatchObject({ code: 3, stdout: '' });
  expect(await ask('webhooks', 'create', 'https://x', '--event', 'owner.born')).toMatchObject({ code: 2, seen: [] });
});
