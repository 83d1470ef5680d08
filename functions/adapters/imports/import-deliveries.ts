/** What the import worker does with messages before its batch is over: delete them, or make them visible to others. */
import { ChangeMessageVisibilityBatchCommand, DeleteMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { leanClient } from '../sdk/lean-client.ts';

/** As much of a received message as the queue needs to know it by. */
export type Received = { readonly receiptHandle: string };

export type ImportDeliveries = ReturnType<typeof openImportDeliveries>;

/** SQS API reference, "DeleteMessageBatch": "up to ten messages". */
const MESSAGES_A_REQUEST = 10;

/** A message that is already gone is no error. */
export function openImportDeliveries(QueueUrl: string, sqs: SQSClient = leanClient(SQSClient)) {
  return {
    async remove(messages: readonly Received[]): Promise<void> {
      for (const Entries of requestsOf(messages)) {
        await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
      }
    },
    /** Lets messages be received again after this many seconds. */
    async show(messages: readonly Received[], VisibilityTimeout: number): Promise<void> {
      for (const some of requestsOf(messages)) {
        const Entries = some.map((entry) => ({ ...entry, VisibilityTimeout }));
        await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
      }
    },
  };
}

function requestsOf(messages: readonly Received[]): { Id: string; ReceiptHandle: string }[][] {
  return Array.from({ length: Math.ceil(messages.length / MESSAGES_A_REQUEST) }, (_, request) =>
    messages
      .slice(request * MESSAGES_A_REQUEST, (request + 1) * MESSAGES_A_REQUEST)
      .map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle })),
  );
}
