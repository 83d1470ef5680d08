/** ReceiveMessage and what a consumer does next: delete, or change the visibility. */
import { eachEntry, entriesOf } from './batch.ts';
import type { Attributes } from './contents.ts';
import { md5OfAttributes } from './contents.ts';
import type { Action, Context, Input } from './context.ts';
import { handleOf, integer, list, queueOf, receiptOf } from './context.ts';
import { invalidValue, messageNotInFlight } from './errors.ts';
import type { Message } from './messages.ts';
import { bodyChecksum } from './messages.ts';
import type { Queue } from './queues.ts';
import { attributeOf } from './queues.ts';

const MAX_VISIBILITY = 43_200;

export const receiveMessage: Action = async (context, input, { signal }) => {
  const queue = queueOf(context, input);
  const { messages, waiters, commit } = context;
  const max = integer(input, 'MaxNumberOfMessages', 1, 10) ?? 1;
  const visibility = integer(input, 'VisibilityTimeout', 0, MAX_VISIBILITY) ?? attributeOf(queue, 'VisibilityTimeout');
  const wait = integer(input, 'WaitTimeSeconds', 0, 20) ?? attributeOf(queue, 'ReceiveMessageWaitTimeSeconds');
  const deadLetters = queue.redrive && context.queues.byArn(queue.redrive.deadLetterArn);
  const deadline = Date.now() + wait * 1000;
  for (;;) {
    const mark = waiters.mark(queue.name);
    const { taken, moved } = await commit(() =>
      messages.receive(queue, deadLetters, max, visibility * 1000, Date.now()),
    );
    if (moved > 0 && deadLetters) waiters.wake(deadLetters.name);
    if (signal.aborted && taken.length > 0) {
      await commit(() => messages.giveBack(taken, Date.now()));
      waiters.wake(queue.name);
      return {};
    }
    const now = Date.now();
    if (taken.length > 0) return { Messages: taken.map((message) => show(message, input)) };
    if (now >= deadline || signal.aborted) return {};
    const next = messages.nextVisibleAt(queue.name, now) ?? deadline;
    await waiters.wait(queue.name, mark, Math.max(Math.min(next, deadline) - now, 1), signal);
  }
};

export const deleteMessage: Action = async (context, input) => {
  await deleteOne(context, queueOf(context, input), input);
};
export const deleteMessageBatch: Action = (context, input) => {
  const queue = queueOf(context, input);
  const entries = entriesOf(input, 'DeleteMessageBatchRequestEntry');
  return eachEntry(entries, (entry) => deleteOne(context, queue, entry));
};

export const changeMessageVisibility: Action = async (context, input) => {
  await changeOne(context, queueOf(context, input), input);
};
export const changeMessageVisibilityBatch: Action = (context, input) => {
  const queue = queueOf(context, input);
  const entries = entriesOf(input, 'ChangeMessageVisibilityBatchRequestEntry');
  return eachEntry(entries, (entry) => changeOne(context, queue, entry));
};

/** An outdated receipt deletes nothing and is not an error, as in AWS. */
async function deleteOne({ commit, messages }: Context, queue: Queue, input: Input): Promise<object> {
  const receipt = receiptOf(input);
  await commit(() => {
    const found = messages.find(queue.name, receipt);
    if (found) messages.remove(found.seq);
  });
  return {};
}

async function changeOne({ commit, messages, waiters }: Context, queue: Queue, input: Input): Promise<object> {
  const receipt = receiptOf(input);
  const seconds = integer(input, 'VisibilityTimeout', 0, MAX_VISIBILITY);
  if (seconds === undefined) throw invalidValue('The request must contain the parameter VisibilityTimeout.');
  await commit(() => {
    const now = Date.now();
    const found = messages.find(queue.name, receipt);
    if (!found)
      throw invalidValue(
        `Value ${String(input['ReceiptHandle'])} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
      );
    if (found.visibleAt <= now) throw messageNotInFlight();
    messages.show(found.seq, now + seconds * 1000);
  });
  waiters.wake(queue.name);
  return {};
}

function show(message: Message, input: Input): object {
  const system = systemAttributes(message, [
    ...list(input, 'MessageSystemAttributeNames'),
    ...list(input, 'AttributeNames'),
  ]);
  const own = ownAttributes(message.attributes, list(input, 'MessageAttributeNames'));
  const checksum = md5OfAttributes(own);
  return {
    MessageId: message.id,
    ReceiptHandle: handleOf(message.receipt),
    MD5OfBody: bodyChecksum(message),
    Body: message.body,
    ...(Object.keys(system).length > 0 ? { Attributes: system } : {}),
    ...(checksum ? { MessageAttributes: own, MD5OfMessageAttributes: checksum } : {}),
  };
}

function systemAttributes(message: Message, wanted: readonly unknown[]): Record<string, string> {
  const all: Record<string, string> = {
    SenderId: message.sender,
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receives),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    ...(message.group === '' ? {} : { MessageGroupId: message.group }),
    ...(message.trace === undefined ? {} : { AWSTraceHeader: message.trace }),
    ...(message.source === undefined ? {} : { DeadLetterQueueSourceArn: message.source }),
  };
  if (wanted.includes('All')) return all;
  return Object.fromEntries(Object.entries(all).filter(([name]) => wanted.includes(name)));
}

/** Names, `All`, or a prefix followed by `.*`. */
function ownAttributes(attributes: Attributes, wanted: readonly unknown[]): Attributes {
  const matches = (name: string) =>
    wanted.some(
      (pattern) =>
        pattern === 'All' ||
        pattern === name ||
        (typeof pattern === 'string' && pattern.endsWith('.*') && name.startsWith(pattern.slice(0, -2))),
    );
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => matches(name)));
}
