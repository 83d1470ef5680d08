/** The parked queue: messages that can never be processed, with what is wrong with them. */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type MessageAttributeValue, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord, SQSRecordAttributes } from 'aws-lambda';
import { GZIP_BASE64, PARKED_ATTRIBUTES } from '../../runtime/names.ts';
import { leanClient } from '../sdk/lean-client.ts';

/** What SQS takes in an attribute's text: the characters of XML 1.0. */
const NOT_IN_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** What SQS takes, names, types and values of attributes included (SQS developer guide, "Message quotas"). */
const MOST_MESSAGE_BYTES = 1_048_576;
const deflate = promisify(gzip);

/** A message of the import queue, as its worker has it. */
type Parkable = Pick<SQSRecord, 'messageId' | 'body'> & {
  readonly attributes: Pick<SQSRecordAttributes, 'MessageGroupId'>;
};
export type Park = (message: Parkable, reason: string, detail: string) => Promise<void>;

/** @returns a function that sends a message there, its body whole, with a stable reason and a detail for people */
export function openParkedQueue(queueUrl: string, sqs: SQSClient = leanClient(SQSClient)): Park {
  return async ({ messageId, body, attributes }, reason, detail) => {
    const told = {
      [PARKED_ATTRIBUTES.reason]: text(reason),
      [PARKED_ATTRIBUTES.detail]: text(detail),
      [PARKED_ATTRIBUTES.messageId]: text(messageId),
    };
    // A message of full size has no room for attributes. Bank data deflates to an eighth, so that there is room again.
    const fits = Buffer.byteLength(body) + bytesOf(told) <= MOST_MESSAGE_BYTES;
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: fits ? body : (await deflate(body)).toString('base64'),
        MessageAttributes: fits ? told : { ...told, [PARKED_ATTRIBUTES.bodyEncoding]: text(GZIP_BASE64) },
        MessageGroupId: attributes.MessageGroupId,
      }),
    );
  };
}

function text(value: string): MessageAttributeValue {
  return { DataType: 'String', StringValue: value.replace(NOT_IN_XML, '\ufffd') || '-' };
}

function bytesOf(attributes: Readonly<Record<string, MessageAttributeValue>>): number {
  const texts = Object.entries(attributes).map(
    ([name, { DataType, StringValue }]) => `${name}${DataType}${StringValue}`,
  );
  return Buffer.byteLength(texts.join(''));
}
