/** Actions on queues: create, find, describe, configure, purge, and redrive dead letters. */
import { randomUUID } from 'node:crypto';
import type { Action, Context } from './context.ts';
import { list, queueOf, record, text, urlOf } from './context.ts';
import { invalidAttributeName, resourceNotFound } from './errors.ts';
import type { Queue } from './queues.ts';
import { describe } from './queues.ts';

export const createQueue: Action = async (context, input) => {
  const name = text(input, 'QueueName');
  const queue = await context.commit(() => context.queues.create(name, strings(input['Attributes'])));
  return { QueueUrl: urlOf(context, queue) };
};

export const getQueueUrl: Action = (context, input) => ({
  QueueUrl: urlOf(context, context.queues.get(text(input, 'QueueName'))),
});

export const listQueues: Action = (context, input) => {
  const prefix = typeof input['QueueNamePrefix'] === 'string' ? input['QueueNamePrefix'] : '';
  const urls = context.queues
    .all()
    .filter((queue) => queue.name.startsWith(prefix))
    .map((queue) => urlOf(context, queue));
  return urls.length > 0 ? { QueueUrls: urls.sort() } : {};
};

export const listDeadLetterSourceQueues: Action = (context, input) => {
  const { arn } = queueOf(context, input);
  const sources = context.queues.all().filter((queue) => queue.redrive?.deadLetterArn === arn);
  return { queueUrls: sources.map((queue) => urlOf(context, queue)) };
};

const OLDEST = 'ApproximateAgeOfOldestMessage';

export const getQueueAttributes: Action = (context, input) => {
  const queue = queueOf(context, input);
  const counts = context.messages.counts(queue.name, Date.now());
  const all: Record<string, string> = {
    ...describe(queue),
    ApproximateNumberOfMessages: String(counts.visible),
    ApproximateNumberOfMessagesNotVisible: String(counts.inFlight),
    ApproximateNumberOfMessagesDelayed: String(counts.delayed),
  };
  const wanted = list(input, 'AttributeNames').map(String);
  if (wanted.includes(OLDEST)) {
    // A metric on AWS, which has no metrics here: for those who ask this server by its name.
    const sentAt = context.messages.oldest(queue.name);
    if (sentAt !== undefined) all[OLDEST] = String(Math.max(0, Math.floor((Date.now() - sentAt) / 1000)));
  }
  if (wanted.length === 0) return {};
  if (wanted.includes('All')) return { Attributes: all };
  const optional = [
    'Policy',
    'RedrivePolicy',
    'RedriveAllowPolicy',
    'KmsMasterKeyId',
    'KmsDataKeyReusePeriodSeconds',
    OLDEST,
  ];
  const unknown = wanted.find((name) => !(name in all) && !optional.includes(name));
  if (unknown !== undefined) throw invalidAttributeName(unknown);
  return {
    Attributes: Object.fromEntries(wanted.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]]))),
  };
};

export const setQueueAttributes: Action = async (context, input) => {
  const { name } = queueOf(context, input);
  await context.commit(() => context.queues.set(name, strings(input['Attributes'])));
};

export const purgeQueue: Action = async (context, input) => {
  const { name } = queueOf(context, input);
  await context.commit(() => context.messages.purge(name));
};

type MoveTask = {
  SourceArn: string;
  Status: 'COMPLETED';
  StartedTimestamp: number;
  ApproximateNumberOfMessagesMoved: number;
};
const tasks = new WeakMap<Context, MoveTask[]>();

/** Done at once: the local service needs no rate limit. */
export const startMessageMoveTask: Action = async (context, input) => {
  const arn = text(input, 'SourceArn');
  const from = context.queues.byArn(arn);
  if (!from) throw resourceNotFound("The resource that you specified for the SourceArn parameter doesn't exist.");
  const wanted = input['DestinationArn'];
  const destination = typeof wanted === 'string' ? context.queues.byArn(wanted) : undefined;
  if (typeof wanted === 'string' && !destination)
    throw resourceNotFound("The resource that you specified for the DestinationArn parameter doesn't exist.");
  const target = (source: string | undefined): Queue | undefined =>
    destination ?? (source === undefined ? undefined : context.queues.byArn(source));
  const moved = await context.commit(() => context.messages.redrive(from.name, target, Date.now()));
  for (const name of moved.keys()) context.waiters.wake(name);
  const count = [...moved.values()].reduce((sum, n) => sum + n, 0);
  const task: MoveTask = {
    SourceArn: arn,
    Status: 'COMPLETED',
    StartedTimestamp: Date.now(),
    ApproximateNumberOfMessagesMoved: count,
  };
  tasks.set(context, [task, ...(tasks.get(context) ?? [])].slice(0, 10));
  return { TaskHandle: Buffer.from(JSON.stringify({ taskId: randomUUID(), sourceArn: arn })).toString('base64') };
};

export const listMessageMoveTasks: Action = (context, input) => {
  const arn = text(input, 'SourceArn');
  return { Results: (tasks.get(context) ?? []).filter((task) => task.SourceArn === arn) };
};

const strings = (value: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(record(value)).map(([name, item]) => [name, String(item)]));
