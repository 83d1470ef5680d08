/** The servers that functions use, with the resources of the template: queues, tables, buckets, secrets, state machines. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AwsError, callAws } from './aws-json.ts';
import { makeTable } from './dynamodb/tables.ts';
import { startEvents } from './events/server.ts';
import { writePrivately } from './files.ts';
import type { Endpoints } from './functions/environment.ts';
import { openAccess, type Policies } from './iam/access.ts';
import { plainScript } from './plain.ts';
import { startProcess } from './process.ts';
import { announcer } from './s3/announcements.ts';
import { startS3 } from './s3/server.ts';
import { startSecrets } from './secrets/server.ts';
import type { RunnerOptions } from './states/runner.ts';
import { startStates } from './states/server.ts';
import type { QueueSpec, Wiring } from './template/wiring.ts';

export type Backing = {
  readonly endpoints: Endpoints;
  /** Resolves when a server ended unasked: the service is useless then. */
  readonly failed: Promise<string>;
  /** Executions of state machines: restarted once the functions are there, and halted before they stop. */
  readonly executions: { resume(): void; halt(): Promise<void> };
  close(): Promise<void>;
};

export type BackingOptions = {
  readonly directory: string;
  readonly region: string;
  readonly account: string;
  readonly wiring: Wiring;
  /** Of functions and of commands. */
  readonly policies: Policies;
  /** What runs the tasks of state machines, and what is notified of failed executions. */
  readonly states: Pick<RunnerOptions, 'invoke' | 'report'>;
};

type Ports = Readonly<Record<keyof Endpoints, number>>;

export async function startBacking({
  directory,
  region,
  account,
  wiring,
  policies,
  states: tasks,
}: BackingOptions): Promise<Backing> {
  const portsFile = join(directory, 'ports.json');
  // The ports of the last start, if they are free: URLs that somebody noted stay valid.
  const wanted: Partial<Ports> = existsSync(portsFile) ? JSON.parse(readFileSync(portsFile, 'utf8')) : {};
  // Messages in flight in these queues were with the functions that stopped with us.
  const release = wiring.mappings.map(({ queueName }) => queueName);
  const files = {
    policiesFile: join(directory, 'policies.json'),
    usesFile: join(directory, 'logs/grants.jsonl'),
    place: { region, account },
  };
  writePrivately(files.policiesFile, JSON.stringify(policies));
  const access = openAccess(files);
  const queues = startProcess(
    plainScript('local/sqs/main.ts'),
    { file: join(directory, 'sqs.db'), port: wanted.sqs ?? 0, region, account, release, access: files },
    'the queue server',
  );
  const { announcements } = wiring;
  const announce = announcer({ announcements, region, account, sqsEndpoint: async () => (await queues).endpoint });
  const [sqs, dynamoDb, s3, secrets, states, events] = await Promise.all([
    queues,
    startProcess(
      plainScript('local/dynamodb/main.ts'),
      {
        directory: join(directory, 'dynamodb'),
        port: wanted.dynamoDb ?? 0,
        tables: wiring.tables.map(({ keys }) => keys),
        access: files,
      },
      'the table server',
      // Where dynalite reads region and account of its ARNs.
      { AWS_REGION: region, AWS_ACCOUNT_ID: account },
    ),
    startS3({ directory: join(directory, 's3'), buckets: wiring.buckets, port: wanted.s3 ?? 0, access, announce }),
    startSecrets({
      file: join(directory, 'secrets.json'),
      secrets: wiring.secrets,
      port: wanted.secretsManager ?? 0,
      access,
    }),
    startStates({
      file: join(directory, 'states.db'),
      port: wanted.states ?? 0,
      machines: wiring.stateMachines,
      access,
      ...tasks,
    }),
    startEvents({ port: wanted.events ?? 0, access }),
  ]);
  const endpoints = {
    sqs: sqs.endpoint,
    dynamoDb: dynamoDb.endpoint,
    s3: s3.endpoint,
    secretsManager: secrets.endpoint,
    states: states.endpoint,
    events: events.endpoint,
  };
  const ports = Object.fromEntries(Object.entries(endpoints).map(([name, url]) => [name, Number(new URL(url).port)]));
  writePrivately(portsFile, JSON.stringify(ports));
  await Promise.all([
    ...wiring.queues.map((queue) => makeQueue(sqs.endpoint, queue)),
    ...wiring.tables.map((table) => makeTable(dynamoDb.endpoint, table)),
  ]);
  return {
    endpoints,
    failed: Promise.race([sqs.ended, dynamoDb.ended]),
    executions: { resume: states.resume, halt: states.halt },
    async close() {
      await Promise.all([states.close(), sqs.close(), dynamoDb.close(), s3.close(), secrets.close(), events.close()]);
    },
  };
}

/** A queue whose template changed is updated, as a deployment would do. */
async function makeQueue(endpoint: string, { name, attributes }: QueueSpec): Promise<void> {
  try {
    await callAws({ endpoint, target: 'AmazonSQS.CreateQueue', input: { QueueName: name, Attributes: attributes } });
  } catch (error) {
    if (!(error instanceof AwsError && error.code === 'QueueNameExists')) throw error;
    const input = { QueueUrl: `${endpoint}/queue/${name}`, Attributes: attributes };
    await callAws({ endpoint, target: 'AmazonSQS.SetQueueAttributes', input });
  }
}
