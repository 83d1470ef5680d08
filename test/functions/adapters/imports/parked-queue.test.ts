import { gunzipSync } from 'node:zlib';
import { type SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { openParkedQueue } from '../../../../functions/adapters/imports/parked-queue.ts';

type Sent = SendMessageCommand['input'];

/** A client whose requests end here instead of at SQS. */
function recording(): { sqs: SQSClient; sent: Sent[] } {
  const sent: Sent[] = [];
  const sqs = new SQSClient({ region: 'eu-central-1' });
  sqs.middlewareStack.add(
    () => async (args) => {
      sent.push(args.input as Sent);
      return { output: { $metadata: {} }, response: undefined } as never;
    },
    { step: 'initialize' },
  );
  return { sqs, sent };
}

const record = (body: string, MessageGroupId?: string) => ({
  messageId: 'the-first-id',
  body,
  attributes: MessageGroupId === undefined ? {} : { MessageGroupId },
});

test('a body travels as it is, with its reason and detail', async () => {
  const { sqs, sent } = recording();
  await openParkedQueue('https://queue', sqs)(record('{"x":1}', 'demo'), 'NOT_JSON', 'line 1\u0000');
  expect(sent).toEqual([
    {
      QueueUrl: 'https://queue',
      MessageBody: '{"x":1}',
      MessageAttributes: {
        reason: { DataType: 'String', StringValue: 'NOT_JSON' },
        detail: { DataType: 'String', StringValue: 'line 1\ufffd' },
        messageId: { DataType: 'String', StringValue: 'the-first-id' },
      },
      MessageGroupId: 'demo',
    },
  ]);
});

test('a body of full size is packed, so that its reason finds room', async () => {
  const { sqs, sent } = recording();
  const body = `{"title":"${'ł'.repeat(524_000)}"}`.padEnd(524_576, ' ');
  expect(Buffer.byteLength(body)).toBe(1_048_576);
  await openParkedQueue('https://queue', sqs)(record(body), 'INVALID_MESSAGE', 'type: is missing');
  const { MessageBody = '', MessageAttributes } = sent[0]!;
  expect(MessageAttributes?.['bodyEncoding']?.StringValue).toBe('gzip+base64');
  expect(Buffer.byteLength(MessageBody)).toBeLessThan(1_000_000);
  expect(gunzipSync(Buffer.from(MessageBody, 'base64')).toString('utf8')).toBe(body);
});
