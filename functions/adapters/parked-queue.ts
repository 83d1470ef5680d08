/** The parked queue: messages that can never be processed, with what is wrong with them. */
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PARKED_ATTRIBUTES } from '../runtime/names.ts';

/** What SQS takes in an attribute's text: the characters of XML 1.0. */
const NOT_IN_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** @returns a function that sends a body there, whole, with a stable reason and a detail for people */
export function openParkedQueue(queueUrl: string, sqs: SQSClient = new SQSClient()) {
  return async (body: string, reason: string, detail: string, groupId: string | undefined): Promise<void> => {
    const text = (value: string) => ({ DataType: 'String', StringValue: value.replace(NOT_IN_XML, '\ufffd') || '-' });
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: body,
        MessageAttributes: { [PARKED_ATTRIBUTES.reason]: text(reason), [PARKED_ATTRIBUTES.detail]: text(detail) },
        MessageGroupId: groupId,
      }),
    );
  };
}
