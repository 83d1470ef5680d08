/** SendMessage and SendMessageBatch. */
import { eachEntry, entriesOf } from './batch.ts';
import type { Attributes } from './contents.ts';
import { checkAttributes, checkCharacters, md5OfAttributes, md5OfBody, sizeOf } from './contents.ts';
import type { Action, Call, Context, Input } from './context.ts';
import { integer, queueOf, record, text } from './context.ts';
import { batchTooLong, invalidValue } from './errors.ts';
import type { NewMessage } from './messages.ts';
import type { Queue } from './queues.ts';
import { attributeOf, MAX_BYTES } from './queues.ts';

export const sendMessage: Action = (context, input, call) => sendOne(context, queueOf(context, input), input, call);

export const sendMessageBatch: Action = async (context, input, call) => {
  const queue = queueOf(context, input);
  const entries = entriesOf(input, 'SendMessageBatchRequestEntry');
  const bytes = entries.reduce(
    (sum, entry) => sum + sizeOf(String(entry['MessageBody'] ?? ''), attributesOf(entry)),
    0,
  );
  if (bytes > MAX_BYTES) throw batchTooLong(MAX_BYTES, bytes);
  return eachEntry(entries, (entry) => sendOne(context, queue, entry, call));
};

async function sendOne(context: Context, queue: Queue, input: Input, call: Call) {
  const message = parse(queue, input, call);
  const now = Date.now();
  const MessageId = await context.commit(() => context.messages.add(queue, message, now));
  context.waiters.wake(queue.name);
  const attributes = md5OfAttributes(message.attributes);
  const system =
    message.trace && md5OfAttributes({ AWSTraceHeader: { DataType: 'String', StringValue: message.trace } });
  return {
    MessageId,
    MD5OfMessageBody: md5OfBody(message.body),
    ...(attributes ? { MD5OfMessageAttributes: attributes } : {}),
    ...(system ? { MD5OfMessageSystemAttributes: system } : {}),
  };
}

function parse(queue: Queue, input: Input, call: Call): NewMessage {
  const body = text(input, 'MessageBody');
  checkCharacters(body, 'message body');
  const attributes = attributesOf(input);
  checkAttributes(attributes);
  const limit = attributeOf(queue, 'MaximumMessageSize');
  if (sizeOf(body, attributes) > limit)
    throw invalidValue(`One or more parameters are invalid. Reason: Message must be shorter than ${limit} bytes.`);
  const group = input['MessageGroupId'] ?? '';
  if (typeof group !== 'string' || !/^[\x21-\x7E]{0,128}$/.test(group))
    throw invalidValue(
      `Value ${String(group)} for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
    );
  const trace = record(record(input['MessageSystemAttributes'])['AWSTraceHeader'])['StringValue'];
  return {
    body,
    attributes,
    group,
    sender: call.sender,
    trace: typeof trace === 'string' ? trace : undefined,
    delayMs: 1000 * (integer(input, 'DelaySeconds', 0, 900) ?? attributeOf(queue, 'DelaySeconds')),
  };
}

const attributesOf = (input: Input): Attributes =>
  Object.fromEntries(
    Object.entries(record(input['MessageAttributes'])).map(([name, value]) => {
      const { DataType, StringValue, BinaryValue } = record(value);
      return [
        name,
        {
          DataType: typeof DataType === 'string' ? DataType : '',
          ...(typeof StringValue === 'string' ? { StringValue } : {}),
          ...(typeof BinaryValue === 'string' ? { BinaryValue } : {}),
        },
      ];
    }),
  );
