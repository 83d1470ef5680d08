/** The queues, the bucket and the table through the AWS SDK, as publishers and operators reach them. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Running } from './service.ts';
import { until } from './until.ts';

const place = { region: 'eu-central-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
const BATCH_BYTES = 1_048_576;

export const sqsOf = ({ outputs }: Running) => new SQSClient({ ...place, endpoint: outputs.SqsEndpoint });
export const dynamoDbOf = ({ outputs }: Running) =>
  new DynamoDBClient({ ...place, endpoint: outputs.DynamoDbEndpoint });
export const s3Of = ({ outputs }: Running) =>
  new S3Client({ ...place, endpoint: outputs.S3Endpoint, forcePathStyle: true });

export async function send(service: Running, body: string | object): Promise<void> {
  const MessageBody = typeof body === 'string' ? body : JSON.stringify(body);
  await sqsOf(service).send(new SendMessageCommand({ QueueUrl: service.outputs.ImportQueueUrl, MessageBody }));
}

/** In batches as large as SQS takes them; every one of them is acknowledged. */
export async function sendAll(service: Running, bodies: readonly (string | object)[]): Promise<void> {
  const sqs = sqsOf(service);
  let batch: string[] = [];
  const flush = async () => {
    if (batch.length === 0) return;
    const Entries = batch.map((MessageBody, at) => ({ Id: `m${at}`, MessageBody }));
    const sent = await sqs.send(new SendMessageBatchCommand({ QueueUrl: service.outputs.ImportQueueUrl, Entries }));
    expect(sent.Failed ?? []).toEqual([]);
    batch = [];
  };
  for (const body of bodies) {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    if (batch.length === 10 || batch.concat(text).reduce((sum, part) => sum + Buffer.byteLength(part), 0) > BATCH_BYTES)
      await flush();
    batch.push(text);
  }
  await flush();
}

export type Depth = { readonly visible: number; readonly hidden: number };

export async function depthOf(service: Running, queueUrl: string): Promise<Depth> {
  const { Attributes } = await sqsOf(service).send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['All'] }),
  );
  return {
    visible: Number(Attributes?.['ApproximateNumberOfMessages']),
    hidden: Number(Attributes?.['ApproximateNumberOfMessagesNotVisible']),
  };
}

/** Waits until the import queue holds nothing, neither waiting nor in flight. */
export const drained = (service: Running, within?: number): Promise<Depth> =>
  until(
    'an empty import queue',
    async () => {
      const depth = await depthOf(service, service.outputs.ImportQueueUrl);
      return depth.visible === 0 && depth.hidden === 0 && depth;
    },
    within === undefined ? {} : { within },
  );

export type Parked = { readonly body: string; readonly reason: string; readonly detail: string };

/** Takes all messages from the parked queue that are there. */
export async function takeParked(service: Running): Promise<Parked[]> {
  const sqs = sqsOf(service);
  const QueueUrl = service.outputs.ParkedQueueUrl;
  const parked: Parked[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }),
    );
    if (Messages.length === 0) return parked;
    for (const { Body, MessageAttributes, ReceiptHandle } of Messages) {
      parked.push({
        body: Body!,
        reason: MessageAttributes?.['reason']?.StringValue ?? '',
        detail: MessageAttributes?.['detail']?.StringValue ?? '',
      });
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
  }
}
