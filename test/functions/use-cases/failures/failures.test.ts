/** What operators see of queues and send back, over a real queue server. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  CreateQueueCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { depthOf, openFailureQueues } from '../../../../functions/adapters/failures/failure-queues.ts';
import { FAILURE_QUEUES, type FailureQueueName } from '../../../../functions/contracts/http/failures.ts';
import { type Failures, openFailures } from '../../../../functions/use-cases/failures/failures.ts';
import { type Running, startProcess } from '../../../../local/process.ts';

const directory = mkdtempSync(join(tmpdir(), 'failures-'));
const place = { region: 'eu-central-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
let server: Running;
let sqs: SQSClient;
let urls: Readonly<Record<FailureQueueName | 'home', string>>;
let failures: Failures;

beforeAll(async () => {
  const options = { file: join(directory, 'sqs.db'), port: 0, region: place.region, account: '000000000000' };
  server = await startProcess(new URL('../../../../local/sqs/main.ts', import.meta.url), options, 'sqs');
  sqs = new SQSClient({ ...place, endpoint: server.endpoint });
  const made: [string, string][] = [];
  for (const QueueName of [...FAILURE_QUEUES, 'home']) {
    made.push([QueueName, String((await sqs.send(new CreateQueueCommand({ QueueName }))).QueueUrl)]);
  }
  urls = Object.fromEntries(made) as typeof urls;
  const queueOf = (name: FailureQueueName) => ({
    ...{ name, url: urls[name], homeUrl: () => urls.home, holdsImports: name === 'parked' || name === 'imports' },
  });
  const open = (names: readonly FailureQueueName[]) => openFailureQueues(names.map(queueOf), { sqs, waitSeconds: 0 });
  // Later than the server's clock will ever say that a message was sent.
  failures = openFailures(open, () => Date.parse('9000-01-01'));
});
afterAll(async () => {
  sqs.destroy();
  await server.close();
  rmSync(directory, { recursive: true });
});
beforeEach(async () => {
  for (const QueueUrl of Object.values(urls)) await sqs.send(new PurgeQueueCommand({ QueueUrl }));
});

const bodyOf = (more: object = {}) =>
  JSON.stringify({ clientId: 'demo', importId: 'june', ownerExternalId: 'anna-pl', source: 'AIS', ...more });
const attribute = (StringValue: string) => ({ DataType: 'String', StringValue });

async function park(reason: string, body = bodyOf(), group = 'demo', bodyEncoding?: string): Promise<void> {
  const MessageAttributes = {
    ...{ reason: attribute(reason), detail: attribute(`why it is ${reason}`), messageId: attribute('the-first-id') },
    ...(bodyEncoding && { bodyEncoding: attribute(bodyEncoding) }),
  };
  await sqs.send(
    new SendMessageCommand({ QueueUrl: urls.parked, MessageBody: body, MessageAttributes, MessageGroupId: group }),
  );
}
const bury = (queue: FailureQueueName, MessageBody: string, MessageGroupId?: string) =>
  sqs.send(new SendMessageCommand({ QueueUrl: urls[queue], MessageBody, MessageGroupId }));
async function cameHome() {
  const input = { QueueUrl: urls.home, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All' as const] };
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ ...input, MessageAttributeNames: ['All'] }));
  return Messages.map(({ Body, Attributes, MessageAttributes }) => [
    Body,
    Attributes?.MessageGroupId,
    MessageAttributes,
  ]);
}
const isTimeUp = () => false;

test('counts messages by queue, those that somebody looks at apart', async () => {
  await park('UNKNOWN_CLIENT');
  await bury('webhooks', '{}');
  await bury('webhooks', '{}');
  await sqs.send(new ReceiveMessageCommand({ QueueUrl: urls.webhooks, MaxNumberOfMessages: 1 }));
  expect(await failures.depths()).toEqual(
    FAILURE_QUEUES.map((queue) => {
      const depths = { parked: [1, 0], webhooks: [1, 1] } as Readonly<Record<string, readonly number[]>>;
      const [waiting, hidden] = depths[queue] ?? [0, 0];
      return { queue, waiting, hidden };
    }),
  );
});

test('shows what is known of a message and whose it is not, and leaves it visible', async () => {
  await park('UNKNOWN_CLIENT');
  await park('INVALID_MESSAGE', bodyOf({ importId: 'anna-pl-june', clientId: 'Anna Nowak', source: 'anna' }));
  await park('NOT_JSON', '{"title":"ZOOPLUS');
  const { failures: found, more } = await failures.look('parked', 10);
  const shown = { id: 'the-first-id', sentAt: expect.any(String), receives: 1, bytes: expect.any(Number) };
  expect([...found].sort((a, b) => (String(a.reason) < String(b.reason) ? -1 : 1))).toEqual([
    {
      ...{ ...shown, reason: 'INVALID_MESSAGE', detail: 'why it is INVALID_MESSAGE' },
      ...{ clientId: '••• (10)', importId: '••• (12)', source: null },
    },
    {
      ...{ ...shown, reason: 'NOT_JSON', detail: 'why it is NOT_JSON' },
      ...{ clientId: null, importId: null, source: null },
    },
    {
      ...{ ...shown, reason: 'UNKNOWN_CLIENT', detail: 'why it is UNKNOWN_CLIENT' },
      ...{ clientId: 'demo', importId: 'june', source: 'AIS' },
    },
  ]);
  expect([more, await depthOf(sqs, urls.parked)]).toEqual([false, { waiting: 3, inFlight: 0 }]);
  expect(await failures.look('parked', 2)).toMatchObject({ failures: [{}, {}], more: true });
  expect(await depthOf(sqs, urls.parked)).toEqual({ waiting: 3, inFlight: 0 });
});

test('knows the client of a file that could not be read by its key', async () => {
  await bury('uploads', JSON.stringify({ Records: [{ s3: { object: { key: 'uploads/acme/hash/june' } } }] }));
  const { failures: found } = await failures.look('uploads', 10);
  expect(found).toEqual([expect.objectContaining({ clientId: 'acme', importId: null, reason: null })]);
});

test('sends messages home: imports whole, in the group of their client, others in the group they had', async () => {
  const large = bodyOf({ clientId: 'other' });
  await park('UNKNOWN_CLIENT', gzipSync(large).toString('base64'), 'demo', 'gzip+base64');
  expect(await failures.retry('parked', { isTimeUp })).toMatchObject({ sent: 1, notSent: 0, more: false });
  expect(await cameHome()).toEqual([[large, 'other', undefined]]);
  await bury('webhooks', bodyOf(), 'webhook-1');
  expect(await failures.retry('webhooks', { isTimeUp })).toMatchObject({ sent: 1 });
  expect(await cameHome()).toEqual([[bodyOf(), 'webhook-1', undefined]]);
  expect(await failures.retry('webhooks', { isTimeUp })).toMatchObject({ sent: 0, more: false });
});

test('of one reason, or sent before an instant, leaves the others where they are', async () => {
  await park('UNKNOWN_CLIENT');
  await park('INVALID_MESSAGE');
  expect(await failures.retry('parked', { reason: 'UNKNOWN_CLIENT', isTimeUp })).toMatchObject({ sent: 1 });
  expect(await failures.retry('parked', { before: 1, isTimeUp })).toEqual({
    ...{ sent: 0, notSent: 0, before: 1, more: false },
  });
  expect(await depthOf(sqs, urls.parked)).toEqual({ waiting: 1, inFlight: 0 });
});

test('what came from a sender who was not allowed is sent back only when that is asked for', async () => {
  await park('SENDER_NOT_ALLOWED');
  await park('UNKNOWN_CLIENT');
  expect(await failures.retry('parked', { isTimeUp })).toMatchObject({ sent: 1 });
  expect(await failures.retry('parked', { isTimeUp })).toMatchObject({ sent: 0 });
  expect(await failures.retry('parked', { reason: 'SENDER_NOT_ALLOWED', isTimeUp })).toMatchObject({ sent: 1 });
});

test('when the time is up says so, and loses nothing; several at once share the messages', async () => {
  for (let at = 0; at < 25; at++) await bury('imports', bodyOf({ importId: `i${at}` }));
  let asked = 0;
  const { sent, more } = await failures.retry('imports', { isTimeUp: () => ++asked > 11 });
  expect([sent, more]).toEqual([10, true]);
  expect(await depthOf(sqs, urls.imports)).toEqual({ waiting: 15, inFlight: 0 });
  const both = await Promise.all([1, 2].map(() => failures.retry('imports', { isTimeUp })));
  expect(both.reduce((sum, each) => sum + each.sent, 0)).toBe(15);
  expect([await depthOf(sqs, urls.imports), await depthOf(sqs, urls.home)]).toEqual([
    { waiting: 0, inFlight: 0 },
    { waiting: 25, inFlight: 0 },
  ]);
});
