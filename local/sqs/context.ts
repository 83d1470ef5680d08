/** The parts that every action uses, and how it reads its input. */
import type { Commit } from './commit.ts';
import { invalidValue, missingParameter, receiptHandleInvalid } from './errors.ts';
import type { Messages } from './messages.ts';
import type { Queue, Queues } from './queues.ts';
import type { Waiters } from './waiters.ts';

export type Context = {
  readonly queues: Queues;
  readonly messages: Messages;
  readonly waiters: Waiters;
  readonly commit: Commit;
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: () => string;
  readonly account: string;
};

export type Call = {
  /** Aborted when the caller disconnects. */
  readonly signal: AbortSignal;
  /** The access key of the caller. */
  readonly sender: string;
};

/** Unchecked input from the request. */
export type Input = Readonly<Record<string, unknown>>;
export type Action = (context: Context, input: Input, call: Call) => unknown;

export const urlOf = (context: Context, queue: Queue): string =>
  `${context.endpoint()}/${context.account}/${queue.name}`;

/** By the last step of the path: the host of a queue URL is the one by which the caller reached us. */
export function queueOf(context: Context, input: Input): Queue {
  const url = text(input, 'QueueUrl');
  return context.queues.get(url.slice(url.lastIndexOf('/') + 1));
}

export function text(input: Input, name: string): string {
  const value = input[name];
  if (value === undefined || value === null || value === '') throw missingParameter(name);
  if (typeof value !== 'string')
    throw invalidValue(`Value for parameter ${name} is invalid. Reason: Must be a string.`);
  return value;
}

export function integer(input: Input, name: string, least: number, greatest: number): number | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > greatest)
    throw invalidValue(
      `Value ${String(value)} for parameter ${name} is invalid. Reason: Must be between ${least} and ${greatest}, if provided.`,
    );
  return value;
}

export const list = (input: Input, name: string): readonly unknown[] => {
  const value = input[name];
  return Array.isArray(value) ? value : [];
};

export const record = (value: unknown): Input =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Input) : {};

/** A receipt handle is the message's number and a fresh id, to tell an outdated one from an invalid one. */
export function receiptOf(input: Input): string {
  const handle = text(input, 'ReceiptHandle');
  const receipt = Buffer.from(handle, 'base64').toString();
  if (!/^\d+\.[0-9a-f-]{36}$/.test(receipt)) throw receiptHandleInvalid(handle);
  return receipt;
}

export const handleOf = (receipt: string): string => Buffer.from(receipt).toString('base64');
