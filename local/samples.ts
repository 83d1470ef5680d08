/** The sample owners: sent through the import queue as a publisher would, moved to the present, and read over HTTP. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { callAws } from './aws-json.ts';

export type SampleOwner = {
  readonly ownerExternalId: string;
  readonly life: string;
  readonly files: readonly string[];
};

/** The day that the samples were written for. */
const REFERENCE_DAY = Date.UTC(2026, 10, 20);
const DAY_MS = 86_400_000;

export function readSamples(directory: string): SampleOwner[] {
  const index = join(directory, 'index.json');
  return existsSync(index) ? (JSON.parse(readFileSync(index, 'utf8')) as SampleOwner[]) : [];
}

/** Whole weeks, so that weekends stay weekends, such that the reference day is one of the last seven. */
export const weeksToShift = (today: number): number => Math.floor((today - REFERENCE_DAY) / DAY_MS / 7);

const DAYS = new Set(['bookedOn', 'transactionOn', 'from', 'to']);

/** The import with every date moved; titles stay as printed. No import may come from the future. */
export function shift(value: unknown, weeks: number, now: number): unknown {
  const days = weeks * 7 * DAY_MS;
  const walk = (item: unknown, name: string): unknown => {
    if (Array.isArray(item)) return item.map((each) => walk(each, ''));
    if (typeof item === 'object' && item !== null)
      return Object.fromEntries(Object.entries(item).map(([key, each]) => [key, walk(each, key)]));
    if (typeof item !== 'string') return item;
    if (name === 'importedAt') return new Date(Math.min(Date.parse(item) + days, now)).toISOString();
    if (DAYS.has(name)) return new Date(Date.parse(item) + days).toISOString().slice(0, 10);
    return item;
  };
  return walk(value, '');
}

export type SendOptions = {
  readonly directory: string;
  readonly endpoint: string;
  readonly queueUrl: string;
  readonly clientId: string;
};

/** Sends every import, in order, and returns how many. */
export async function sendSamples(samples: readonly SampleOwner[], options: SendOptions): Promise<number> {
  const now = Date.now();
  const weeks = weeksToShift(now);
  let sent = 0;
  for (const file of samples.flatMap(({ files }) => files)) {
    const message = JSON.parse(readFileSync(join(options.directory, file), 'utf8'));
    const body = shift({ ...message, clientId: options.clientId }, weeks, now);
    await callAws({
      endpoint: options.endpoint,
      target: 'AmazonSQS.SendMessage',
      input: { QueueUrl: options.queueUrl, MessageBody: JSON.stringify(body), MessageGroupId: options.clientId },
    });
    sent += 1;
  }
  return sent;
}

/** Waits until the queue is empty or the patience is over; returns how many messages are left. */
export async function drained(endpoint: string, queueUrl: string, patienceMs: number): Promise<number> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const left = await depth(endpoint, queueUrl);
    if (left === 0 || Date.now() > deadline) return left;
    await sleep(50);
  }
}

/** All messages of a queue, whether visible, in flight or delayed. */
export async function depth(endpoint: string, queueUrl: string): Promise<number> {
  const input = { QueueUrl: queueUrl, AttributeNames: ['All'] };
  const { Attributes } = await callAws<{ Attributes: Record<string, string> }>({
    endpoint,
    target: 'AmazonSQS.GetQueueAttributes',
    input,
  });
  return ['', 'NotVisible', 'Delayed'].reduce(
    (sum, kind) => sum + Number(Attributes[`ApproximateNumberOfMessages${kind}`]),
    0,
  );
}

export type Answered = SampleOwner & {
  readonly profiles: readonly string[] | undefined;
  readonly problem: string | undefined;
};

/** Asks the API for each owner, a few at a time. */
export async function askForProfiles(
  samples: readonly SampleOwner[],
  apiUrl: string,
  apiKey: string,
): Promise<Answered[]> {
  const ask = async (sample: SampleOwner): Promise<Answered> => {
    const response = await fetch(profilesUrl(apiUrl, sample.ownerExternalId), { headers: { 'X-Api-Key': apiKey } });
    const answer = (await response.json().catch(() => ({}))) as { profiles?: string[]; code?: string };
    return {
      ...sample,
      profiles: answer.profiles,
      problem: response.ok ? undefined : `${response.status} ${answer.code ?? ''}`,
    };
  };
  const answers: Answered[] = [];
  for (let from = 0; from < samples.length; from += 4)
    answers.push(...(await Promise.all(samples.slice(from, from + 4).map(ask))));
  return answers;
}

export const profilesUrl = (apiUrl: string, ownerExternalId: string): string =>
  `${apiUrl}/v1/owner-profiles?ownerExternalId=${encodeURIComponent(ownerExternalId)}`;
