/** The queues of failures on a local queue server, and the command line that works on them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Context } from '../../cli/context.ts';
import { run } from '../../cli/program.ts';
import { type Running, startProcess } from '../../local/process.ts';

export const directory = mkdtempSync(join(tmpdir(), 'failures-'));
export const outputs = join(directory, 'outputs.json');
const place = { region: 'eu-central-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };

export let server: Running;
let sqs: SQSClient;
export let urls: Record<'imports' | 'parked' | 'dead', string>;
export let out: string[];
export let notes: string[];

beforeAll(async () => {
  const options = { file: join(directory, 'sqs.db'), port: 0, region: place.region, account: '000000000000' };
  server = await startProcess(new URL('../../local/sqs/main.ts', import.meta.url), options, 'sqs');
  sqs = new SQSClient({ ...place, endpoint: server.endpoint });
  const made = await Promise.all(
    ['imports', 'parked', 'dead'].map(async (QueueName) => {
      return [QueueName, (await sqs.send(new CreateQueueCommand({ QueueName }))).QueueUrl] as const;
    }),
  );
  urls = Object.fromEntries(made) as typeof urls;
  const { imports, parked, dead } = urls;
  const names = { ImportQueueUrl: imports, ParkedQueueUrl: parked, DeadLetterQueueUrl: dead };
  writeFileSync(outputs, JSON.stringify({ ...names, SqsEndpoint: server.endpoint, Region: place.region }));
});
afterAll(async () => {
  sqs.destroy();
  await server.close();
  rmSync(directory, { recursive: true });
});
beforeEach(async () => {
  [out, notes] = [[], []];
  for (const QueueUrl of Object.values(urls)) await sqs.send(new PurgeQueueCommand({ QueueUrl }));
});

export const failures = (...args: string[]) => command('failures', ...args);

export const command = (...args: string[]) => {
  const context: Context = {
    out: (text) => out.push(text),
    note: (text) => notes.push(text),
    // The clock of the queue server, which says when messages were sent.
    clock: Date.now,
    env: {},
    interactive: false,
    openClientStore: () => Promise.reject(new Error('no command here needs the table')),
  };
  return run([...args, '--outputs', outputs], context);
};

export const message = (owner: string, more: object = {}) => ({
  ...{ type: 'owner-import', version: 1, clientId: 'demo', importId: '01JCTZ7T9Y3V5W8X2K4M6N8P0Q' },
  ...{ ownerExternalId: owner, source: 'AIS', importedAt: '2026-11-21T10:15:30Z' },
  accounts: [
    {
      ...{ iban: 'PL61109010140000071219812874', currencyName: 'PLN' },
      covers: { from: '2026-08-01', to: '2026-11-20' },
      transactions: [
        { bookedOn: '2026-11-19', currencyAmount: '-49.99', title: 'ZOOPLUS.PL MUENCHEN', party: 'ZOOPLUS SE' },
        { bookedOn: '19.11.2026', currencyAmount: '12,10', title: 'LIDL', status: 'MAYBE', labels: ['pets'] },
        ...Array.from({ length: 4 }, () => ({ bookedOn: '2026-11-18', currencyAmount: 7, title: '' })),
      ],
    },
  ],
  ...more,
});

/** `messageId`: of the message that was parked, as the worker names it on its copy. */
type Fail = { readonly body: string | object; readonly reason?: string; readonly messageId?: string };
export async function fail(queue: 'parked' | 'dead', ...failed: readonly Fail[]): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < failed.length; at += 10) {
    const Entries = failed.slice(at, at + 10).map(({ body, reason, messageId }, index) => ({
      Id: String(index),
      MessageBody: typeof body === 'string' ? body : JSON.stringify(body),
      MessageGroupId: 'demo',
      ...(reason && {
        MessageAttributes: {
          reason: { DataType: 'String', StringValue: reason },
          detail: { DataType: 'String', StringValue: `why it is ${reason}` },
          ...(messageId && { messageId: { DataType: 'String', StringValue: messageId } }),
        },
      }),
    }));
    const { Successful = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: urls[queue], Entries }));
    ids.push(...Successful.map(({ MessageId }) => String(MessageId)));
  }
  return ids;
}

export async function depth(queue: keyof typeof urls) {
  const input = { QueueUrl: urls[queue], AttributeNames: ['All' as const] };
  const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand(input));
  const { ApproximateNumberOfMessages: visible, ApproximateNumberOfMessagesNotVisible: hidden } = Attributes;
  return [Number(visible), Number(hidden)];
}

export async function received(queue: keyof typeof urls) {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      ...{ QueueUrl: urls[queue], MaxNumberOfMessages: 10 },
      ...{ MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'] },
    }),
  );
  return Messages.map(({ Body, Attributes, MessageAttributes }) => {
    return { owner: JSON.parse(String(Body)).ownerExternalId, group: Attributes?.MessageGroupId, MessageAttributes };
  });
}

/** Sends imports of these owners to the import queue, which nobody works on. */
export async function sent(...owners: readonly string[]): Promise<void> {
  const Entries = owners.map((owner, index) => ({ Id: String(index), MessageBody: JSON.stringify(message(owner)) }));
  await sqs.send(new SendMessageBatchCommand({ QueueUrl: urls.imports, Entries }));
}
