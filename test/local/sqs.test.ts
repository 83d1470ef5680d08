/** The queue server, driven by the real SDK: its answers are what the SDK verifies and a pipeline relies on. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import type { Running } from '../../local/process.ts';
import { startProcess } from '../../local/process.ts';
import { openMessages } from '../../local/sqs/messages.ts';
import { openQueues } from '../../local/sqs/queues.ts';

const directory = mkdtempSync(join(tmpdir(), 'sqs-'));
const script = new URL('../../local/sqs/main.ts', import.meta.url);
const start = (release: string[] = []) =>
  startProcess(
    script,
    { file: join(directory, 'sqs.db'), port: 0, region: 'eu-central-1', account: '000000000000', release },
    'sqs',
  );
const clientOf = (running: Running) =>
  new SQSClient({
    endpoint: running.endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'stranger', secretAccessKey: 'any' },
    maxAttempts: 1,
  });

let server: Running;
let sqs: SQSClient;
let made = 0;

beforeAll(async () => {
  server = await start();
  sqs = clientOf(server);
});
afterAll(async () => {
  sqs.destroy();
  await server.close();
  rmSync(directory, { recursive: true, force: true });
});

const queue = async (Attributes: Record<string, string> = {}) => {
  made += 1;
  return (await sqs.send(new CreateQueueCommand({ QueueName: `queue-${made}`, Attributes }))).QueueUrl!;
};
const receive = async (QueueUrl: string, more: object = {}) =>
  (
    await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
        ...more,
      }),
    )
  ).Messages ?? [];
const counts = async (QueueUrl: string) => {
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  return ['', 'NotVisible', 'Delayed'].map((kind) =>
    Number((Attributes as Record<string, string> | undefined)?.[`ApproximateNumberOfMessages${kind}`]),
  );
};
const failure = async (sending: Promise<unknown>) => {
  try {
    await sending;
  } catch (error) {
    return (error as Error).name;
  }
  return 'none';
};

test('a message comes back whole: emoji, every plane, attributes of all types, group', async () => {
  const QueueUrl = await queue();
  expect(QueueUrl).toBe(`${server.endpoint}/000000000000/queue-${made}`);
  const MessageBody = '{"title":"Żabka 🐸 \u{10FFFF}\t\r\n żółć"}';
  const sent = await sqs.send(
    new SendMessageCommand({
      QueueUrl,
      MessageBody,
      MessageGroupId: 'demo',
      MessageAttributes: {
        reason: { DataType: 'String', StringValue: 'zażółć' },
        count: { DataType: 'Number', StringValue: '12' },
        bytes: { DataType: 'Binary', BinaryValue: Buffer.from([0, 1, 254, 255]) },
      },
    }),
  );
  const [message] = await receive(QueueUrl);
  expect(message).toMatchObject({
    MessageId: sent.MessageId,
    Body: MessageBody,
    MD5OfBody: sent.MD5OfMessageBody,
    MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
    Attributes: { SenderId: 'stranger', ApproximateReceiveCount: '1', MessageGroupId: 'demo' },
    MessageAttributes: { reason: { DataType: 'String', StringValue: 'zażółć' }, count: { StringValue: '12' } },
  });
  expect([...message!.MessageAttributes!['bytes']!.BinaryValue!]).toEqual([0, 1, 254, 255]);
});

test('what AWS refuses is refused by the same name', async () => {
  const QueueUrl = await queue();
  const send = (MessageBody: string, more: object = {}) =>
    failure(sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more })));
  expect(await send('a\u0000b')).toBe('InvalidMessageContents');
  expect(await send('a\uFFFEb')).toBe('InvalidMessageContents');
  expect(await send('a\uD800b')).toBe('InvalidMessageContents');
  expect(await send('')).toBe('MissingParameter');
  expect(await send('x'.repeat(1_048_577))).toBe('InvalidParameterValue');
  expect(await send('x'.repeat(1_048_576))).toBe('none');
  expect(await send('x', { DelaySeconds: 901 })).toBe('InvalidParameterValue');
  const gone = QueueUrl.replace(/queue-\d+$/, 'no-such-queue');
  expect(await failure(sqs.send(new SendMessageCommand({ QueueUrl: gone, MessageBody: 'x' })))).toMatch(
    /QueueDoesNotExist|NonExistentQueue/,
  );
  expect(await failure(sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: 'nonsense' })))).toBe(
    'ReceiptHandleIsInvalid',
  );
  const Entries = Array.from({ length: 11 }, (_, n) => ({ Id: `e${n}`, MessageBody: 'x' }));
  expect(await failure(sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries })))).toMatch(/TooManyEntries/);
  const big = [1, 2].map((n) => ({ Id: `e${n}`, MessageBody: 'x'.repeat(600_000) }));
  expect(await failure(sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: big })))).toMatch(
    /BatchRequestTooLong/,
  );
});

test('batches: each entry by itself', async () => {
  const QueueUrl = await queue();
  const Entries = ['fine', 'b\u0001d', 'also 🎉'].map((MessageBody, n) => ({ Id: `e${n}`, MessageBody }));
  const sent = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  expect(sent.Successful?.map(({ Id }) => Id)).toEqual(['e0', 'e2']);
  expect(sent.Failed).toMatchObject([{ Id: 'e1', SenderFault: true, Code: 'InvalidMessageContents' }]);
  const messages = await receive(QueueUrl, { MaxNumberOfMessages: 10 });
  expect(messages.map(({ Body }) => Body)).toEqual(['fine', 'also 🎉']);
  const removed = await sqs.send(
    new DeleteMessageBatchCommand({
      QueueUrl,
      Entries: messages.map(({ ReceiptHandle }, n) => ({ Id: `d${n}`, ReceiptHandle })),
    }),
  );
  expect(removed.Successful).toHaveLength(2);
  expect(await counts(QueueUrl)).toEqual([0, 0, 0]);
});

test('visibility: in flight, given back, and an outdated receipt deletes nothing', async () => {
  const QueueUrl = await queue({ VisibilityTimeout: '60' });
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }));
  const [first] = await receive(QueueUrl);
  expect(await receive(QueueUrl)).toEqual([]);
  expect(await counts(QueueUrl)).toEqual([0, 1, 0]);
  await sqs.send(
    new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: first!.ReceiptHandle, VisibilityTimeout: 0 }),
  );
  const [second] = await receive(QueueUrl);
  expect(second?.Attributes?.['ApproximateReceiveCount']).toBe('2');
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first!.ReceiptHandle }));
  expect(await counts(QueueUrl)).toEqual([0, 1, 0]);
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: second!.ReceiptHandle }));
  expect(await counts(QueueUrl)).toEqual([0, 0, 0]);
});

test('a long poll ends with the message, also a delayed one', async () => {
  const QueueUrl = await queue();
  const polling = receive(QueueUrl, { WaitTimeSeconds: 20 });
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'soon' }));
  expect((await polling).map(({ Body }) => Body)).toEqual(['soon']);
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'later', DelaySeconds: 1 }));
  expect(await counts(QueueUrl)).toEqual([0, 1, 1]);
  expect((await receive(QueueUrl, { WaitTimeSeconds: 20 })).map(({ Body }) => Body)).toEqual(['later']);
});

test('a poll whose caller hangs up takes nothing with it', async () => {
  const QueueUrl = await queue({ VisibilityTimeout: '600' });
  const hangUp = new AbortController();
  const polling = sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }), {
    abortSignal: hangUp.signal,
  });
  hangUp.abort();
  expect(await failure(polling)).toBe('AbortError');
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }));
  expect(await receive(QueueUrl, { WaitTimeSeconds: 5 })).toHaveLength(1);
});

test('received too often, a message goes to the dead letters whole, and back as a new one', async () => {
  const dead = await queue();
  const deadLetterTargetArn = `arn:aws:sqs:eu-central-1:000000000000:queue-${made}`;
  const QueueUrl = await queue({ RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 2 }) });
  const sourceArn = `arn:aws:sqs:eu-central-1:000000000000:queue-${made}`;
  const MessageAttributes = { a: { DataType: 'String', StringValue: 'b' } };
  const { MessageId } = await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'poison', MessageAttributes }));
  for (let n = 0; n < 2; n += 1)
    expect(await receive(QueueUrl, { VisibilityTimeout: 0, WaitTimeSeconds: 1 })).toHaveLength(1);
  const deadPoll = receive(dead, { WaitTimeSeconds: 20, VisibilityTimeout: 0 });
  expect(await receive(QueueUrl, { WaitTimeSeconds: 1 })).toEqual([]);
  expect(await deadPoll).toMatchObject([
    { MessageId, Body: 'poison', MessageAttributes, Attributes: { DeadLetterQueueSourceArn: sourceArn } },
  ]);
  const back = receive(QueueUrl, { WaitTimeSeconds: 20 });
  await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: deadLetterTargetArn }));
  const [message] = await back;
  expect(message).toMatchObject({ Body: 'poison', MessageAttributes, Attributes: { ApproximateReceiveCount: '1' } });
  expect(message?.MessageId).not.toBe(MessageId);
});

test('a quiet group is not held up by a busy one', async () => {
  const QueueUrl = await queue();
  for (let batch = 0; batch < 3; batch += 1) {
    const Entries = Array.from({ length: 10 }, (_, n) => ({
      Id: `e${n}`,
      MessageBody: 'busy',
      MessageGroupId: 'busy',
    }));
    await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  }
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'quiet', MessageGroupId: 'quiet' }));
  const first = await receive(QueueUrl, { MaxNumberOfMessages: 3 });
  expect(first.map(({ Body }) => Body)).toContain('quiet');
});

test('queues: made twice is once, found by name, listed, purged', async () => {
  const QueueUrl = await queue({ VisibilityTimeout: '7' });
  const QueueName = `queue-${made}`;
  expect((await sqs.send(new CreateQueueCommand({ QueueName, Attributes: { VisibilityTimeout: '7' } }))).QueueUrl).toBe(
    QueueUrl,
  );
  expect(
    await failure(sqs.send(new CreateQueueCommand({ QueueName, Attributes: { VisibilityTimeout: '8' } }))),
  ).toMatch(/QueueNameExists|QueueAlreadyExists/);
  expect((await sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl).toBe(QueueUrl);
  expect((await sqs.send(new ListQueuesCommand({ QueueNamePrefix: QueueName }))).QueueUrls).toEqual([QueueUrl]);
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }));
  await sqs.send(new PurgeQueueCommand({ QueueUrl }));
  expect(await counts(QueueUrl)).toEqual([0, 0, 0]);
});

test('what was acknowledged survives a kill, and what a stopped consumer held is visible at once', async () => {
  const QueueUrl = await queue({ VisibilityTimeout: '600' });
  const name = `queue-${made}`;
  const acknowledged: string[] = [];
  const sending = Array.from({ length: 200 }, async (_, n) => {
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: `m${n}` }));
    acknowledged.push(`m${n}`);
    if (acknowledged.length === 50) server.kill();
  });
  await Promise.allSettled([...sending, receive(QueueUrl, { MaxNumberOfMessages: 10 })]);
  expect(acknowledged.length).toBeGreaterThanOrEqual(50);
  await server.ended;
  server = await start([name]);
  sqs = clientOf(server);
  const found = new Set<string | undefined>();
  for (
    let batch = await receive(`${server.endpoint}/000000000000/${name}`, { MaxNumberOfMessages: 10 });
    batch.length > 0;
  ) {
    for (const { Body, Attributes } of batch) {
      found.add(Body);
      expect(Attributes?.['ApproximateReceiveCount']).toBe('1');
    }
    batch = await receive(QueueUrl, { MaxNumberOfMessages: 10 });
  }
  expect(acknowledged.filter((body) => !found.has(body))).toEqual([]);
});

test('a file of 1.0, with the bodies among the messages, is read and goes on', () => {
  const db = new DatabaseSync(':memory:');
  db.exec(`CREATE TABLE messages (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, attributes TEXT NOT NULL,
    grp TEXT NOT NULL, sender TEXT NOT NULL, trace TEXT, sent_at INTEGER NOT NULL, visible_at INTEGER NOT NULL,
    receives INTEGER NOT NULL, first_received_at INTEGER NOT NULL, receipt TEXT NOT NULL, source TEXT) STRICT;
    INSERT INTO messages VALUES (7, 'old', 'id-7', 'żółw 🐸', '{}', 'g', 'me', NULL, 1000, 1000, 2, 900, '', NULL)`);
  const old = openQueues(db, { region: 'eu-central-1', account: '000000000000' }).create('old', {});
  openMessages(db);
  const messages = openMessages(db);
  messages.add(old, { body: 'new', attributes: {}, group: 'g', sender: 'me', trace: undefined, delayMs: 0 }, 2000);
  const { taken } = messages.receive(old, undefined, 10, 30_000, 3000);
  expect(taken.map(({ seq, id, body, receives }) => ({ seq, id, body, receives }))).toEqual([
    { seq: 7, id: 'id-7', body: 'żółw 🐸', receives: 3 },
    { seq: 8, id: expect.any(String), body: 'new', receives: 1 },
  ]);
  messages.remove(7);
  expect(db.prepare('SELECT body FROM bodies').all()).toEqual([expect.objectContaining({ body: 'new' })]);
  db.close();
});

test('what was deleted is gone from the files once the server has stopped', async () => {
  const needle = 'an import of an owner who was erased';
  const held = () => readdirSync(directory).filter((name) => readFileSync(join(directory, name)).includes(needle));
  const QueueUrl = await queue();
  for (const MessageBody of [needle, `${needle} ${'x'.repeat(200_000)}`]) {
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  }
  expect(held()).not.toEqual([]);
  for (const { ReceiptHandle } of await receive(QueueUrl, { MaxNumberOfMessages: 10 })) {
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  }
  sqs.destroy();
  await server.close();
  expect(held()).toEqual([]);
  server = await start();
  sqs = clientOf(server);
});
