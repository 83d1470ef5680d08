/** What the import worker does with messages in its hands before its batch is over: taking them from the queue, letting others have them. */
import { ChangeMessageVisibilityBatchCommand, DeleteMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { leanClient } from '../sdk/lean-client.ts';

/** As much of a received message as the queue needs to know it by. */
export type Received = { readonly receiptHandle: string };

export type ImportDeliveries = ReturnType<typeof openImportDeliveries>;

/** A batch is ten messages at most, as many as one request takes. Of a message that is gone already, nobody is told. */
export function openImportDeliveries(QueueUrl: string, sqs: SQSClient = leanClient(SQSClient)) {
  const entriesOf = (messages: readonly Received[]) =>
    messages.map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle }));

  return {
    async remove(messages: readonly Received[]): Promise<void> {
      await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries: entriesOf(messages) }));
    },
    /** Lets messages be received again after so many seconds. */
    async show(messages: readonly Received[], VisibilityTimeout: number): Promise<void> {
      const Entries = entriesOf(messages).map((entry) => ({ ...entry, VisibilityTimeout }));
      await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
    },
  };
}
