/** Sends imports to the import queue; one too large for a message goes beside it, through the payload bucket. */
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { ImportEnvelope } from '../../contracts/import/import-message.ts';
import { leanClient } from '../sdk/lean-client.ts';
import type { PayloadBucket } from './payload-bucket.ts';

export type ImportQueueParts = {
  readonly queueUrl: string;
  /** Opened when the first large import comes: loading the S3 client costs 30 ms of a cold start that most need not pay. */
  readonly openPayloads: () => Promise<Pick<PayloadBucket, 'putAccounts'>>;
  readonly newName: () => string;
  readonly sqs?: SQSClient;
};
export type ImportQueue = ReturnType<typeof openImportQueue>;

/** The most SQS takes, body and attributes together, since August 2025 (SQS developer guide, "Message quotas"). */
export const MOST_MESSAGE_BYTES = 1_048_576;

export function openImportQueue({ queueUrl, openPayloads, newName, sqs = leanClient(SQSClient) }: ImportQueueParts) {
  let payloads: Promise<Pick<PayloadBucket, 'putAccounts'>> | undefined;

  /** Once this has returned, the import is durable. */
  async function send(message: ImportEnvelope & Pick<Required<ImportEnvelope>, 'accounts'>): Promise<void> {
    let body = sendable(JSON.stringify(message));
    if (Buffer.byteLength(body) > MOST_MESSAGE_BYTES) {
      payloads ??= openPayloads();
      const { accounts, ...envelope } = message;
      const accountsAt = await (await payloads).putAccounts(message.clientId, newName(), JSON.stringify(accounts));
      body = sendable(JSON.stringify({ ...envelope, accountsAt }));
    }
    // The group gives fair queuing: the flood of one client does not delay the others.
    await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body, MessageGroupId: message.clientId }));
  }

  return { send };
}

/**
 * SQS refuses U+FFFE and U+FFFF in a body, and some emulators of it everything above U+FFFF: as JSON escapes they pass (SQS API reference,
 * SendMessage, "MessageBody").
 */
function sendable(json: string): string {
  return json.replace(/[\ud800-\udfff\ufffe\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`);
}
