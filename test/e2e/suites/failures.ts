/** What failed, for operators: their key sees no client's data, and no client's key what failed. */
import { ListQueuesCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { type Call, call, expectProblem, known } from '../support/http.ts';
import { message, petAccount } from '../support/messages.ts';
import { depthOf, drained, send, sqsOf, takeParked } from '../support/queues.ts';
import type { Running } from '../support/service.ts';
import { until } from '../support/until.ts';

const OWNER = 'was a dead letter';

export function failures(service: () => Running): void {
  const ask = (method: string, path: string, body?: object, key = service().outputs.OperatorKey) => {
    const more: Call = body ? { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) } : {};
    return call(service(), path, { method, key, ...more });
  };
  const counts = async () => {
    const { body } = await ask('GET', '/v1/failures');
    return Object.fromEntries(
      body.queues.map(({ queue, waiting }: { queue: string; waiting: number }) => [queue, waiting]),
    );
  };
  /** Puts a message where it would be after five receives. */
  const bury = async (queue: string, body: object, group = 'demo') => {
    const sqs = sqsOf(service());
    const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
    const QueueUrl = QueueUrls.find((url) => url.includes(`${queue}DeadLetters`));
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(body), MessageGroupId: group }));
  };

  beforeAll(async () => {
    await takeParked(service());
  });

  test('every route that needs a key is either for clients or for operators, and refuses the key of the other', async () => {
    const { body: document } = await call(service(), '/v1/openapi.json', { key: null });
    const opened: string[] = [];
    for (const [path, operations] of Object.entries<Record<string, { security: object[] }>>(document.paths)) {
      for (const [method, { security }] of Object.entries(operations)) {
        if (security.length === 0) continue;
        const place = path.replaceAll(/\{\w+\}/g, 'parked');
        const body = method === 'get' || method === 'delete' ? undefined : {};
        const asked = [method.toUpperCase(), place, body] as const;
        const ofOperator = await ask(...asked);
        const isForOperators = ofOperator.status < 300;
        if (isForOperators) opened.push(`${method} ${path}`);
        expectProblem(isForOperators ? await ask(...asked, service().outputs.ApiKey) : ofOperator, 403, 'FORBIDDEN');
      }
    }
    expect(opened).toEqual(['get /v1/failures', 'get /v1/failures/{queue}', 'post /v1/failures/{queue}']);
    for (const { ApiKey } of service().outputs.Clients) {
      expectProblem(await ask('GET', '/v1/failures', undefined, ApiKey), 403, 'FORBIDDEN');
      expectProblem(await ask('POST', '/v1/keys', { scopes: ['read', 'operate'] }, ApiKey), 400, 'INVALID_PAYLOAD');
    }
  });

  test('a parked message is shown with its reason and without its owner, and is sent back by its reason', async () => {
    const owner = 'Anna whom nobody may see';
    await send(service(), { ...message(owner, []), accounts: 'none' });
    await drained(service());
    expect(await counts()).toEqual({ parked: 1, imports: 0, uploads: 0, changes: 0, erasures: 0, webhooks: 0 });
    const { body, text } = await ask('GET', '/v1/failures/parked?limit=1');
    expect(body).toEqual({
      queue: 'parked',
      failures: [expect.objectContaining({ reason: 'INVALID_MESSAGE', clientId: 'demo', source: 'AIS', receives: 1 })],
      more: false,
    });
    expect(text).not.toContain('Anna');
    const others = await ask('POST', '/v1/failures/parked', { reason: 'UNKNOWN_CLIENT' });
    expect([others.status, others.body]).toMatchObject([202, { sent: 0, notSent: 0, more: false }]);
    const { body: sent } = await ask('POST', '/v1/failures/parked', { reason: 'INVALID_MESSAGE' });
    expect(sent).toMatchObject({ queue: 'parked', sent: 1, notSent: 0, more: false });
    await until('the message parked again', async () => (await counts())['parked'] === 1);
    // It came back later than the instant that the answer names.
    const again = await ask('POST', '/v1/failures/parked', { before: sent.before });
    expect(again.body).toMatchObject({ sent: 0, before: sent.before });
    await takeParked(service());
  });

  test('dead letters of every queue are sent back, and an import among them is joined', async () => {
    await bury('ImportQueue', message(OWNER, [petAccount(44)]));
    await bury('StatementUploads', { Records: [{ s3: { object: { key: 'uploads/demo/nobody/none' } } }] });
    await bury('ChangeQueue', { clientId: 'demo', hash: 'nobody' });
    await bury('ErasureQueue', { clientId: 'demo', ownerExternalId: 'nobody at all' });
    const notice = { id: 'msg_1', type: 'test', at: 0, data: { kind: 'data', data: {} } };
    await bury('Webhooks', { clientId: 'demo', webhookId: 'none', notice, attempt: 1, since: 0, due: 0 }, 'none');
    const queues = ['imports', 'uploads', 'changes', 'erasures', 'webhooks'];
    for (const queue of queues) {
      const { body, text } = await ask('GET', `/v1/failures/${queue}`);
      expect(body.failures).toEqual([expect.objectContaining({ reason: null, clientId: 'demo' })]);
      expect(text).not.toMatch(/dead letter|nobody/);
      expect((await ask('POST', `/v1/failures/${queue}`, {})).body).toMatchObject({ queue, sent: 1, more: false });
    }
    await known(service(), OWNER);
    await until('quiet', async () => {
      const { QueueUrls = [] } = await sqsOf(service()).send(new ListQueuesCommand({}));
      const depths = await Promise.all(QueueUrls.map((url) => depthOf(service(), url)));
      return depths.every(({ hidden }) => hidden === 0);
    });
    expect(await counts()).toEqual({ parked: 0, imports: 0, uploads: 0, changes: 0, erasures: 0, webhooks: 0 });
  });

  test('what is asked wrongly is answered so', async () => {
    expectProblem(await ask('GET', '/v1/failures/dead'), 404, 'QUEUE_NOT_FOUND');
    expectProblem(await ask('GET', '/v1/failures/parked?limit=0'), 400, 'INVALID_PARAMETER');
    expectProblem(await ask('POST', '/v1/failures/parked', { clientId: 'demo' }), 400, 'INVALID_PAYLOAD');
    expectProblem(await ask('POST', '/v1/failures/parked', { before: 'yesterday' }), 400, 'INVALID_PAYLOAD');
  });
}
