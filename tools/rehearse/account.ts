/**
 * What is in the emulated account, besides what `cdk bootstrap` made: by kind, the names. No log groups: MiniStack makes one again for
 * what a removed function still says, which no role of ours may do on AWS.
 */
import type { Cloud } from './cloud.ts';

export type Kind =
  | 'tables'
  | 'keys'
  | 'secrets'
  | 'queues'
  | 'buckets'
  | 'functions'
  | 'event sources'
  | 'roles'
  | 'APIs'
  | 'state machines'
  | 'event buses'
  | 'schedules';
/** In the name of the role by which API Gateway writes logs. It is the account's, and remains of every stack. */
export const LOGGING_ROLE = 'ApiRestApiCloudWatchRole';
export type Contents = Readonly<Record<Kind, readonly string[]>>;

/** Names of all matches of a pattern with one group. */
const named = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, name]) => name ?? '');

export async function contentsOf(cloud: Cloud): Promise<Contents> {
  const ask = cloud.ask;
  const [functions, sources, buckets, apis, schedules] = await Promise.all([
    ask('lambda', { path: '/2015-03-31/functions/?MaxItems=1000' }),
    ask('lambda', { path: '/2015-03-31/event-source-mappings/' }),
    ask('s3', { path: '/' }),
    ask('apigateway', { path: '/restapis?limit=500' }),
    ask('scheduler', { path: '/schedules' }),
  ]);
  const all = {
    tables: named(await ask('dynamodb', { target: 'DynamoDB_20120810.ListTables' }), /"(OwnerProfiles[^"]*)"/g),
    keys: await keysOf(cloud),
    secrets: named(await ask('secretsmanager', { target: 'secretsmanager.ListSecrets' }), /"Name": ?"([^"]*)"/g),
    queues: named(await ask('sqs', { target: 'AmazonSQS.ListQueues' }), /\/([^/"]*)"/g),
    buckets: named(buckets, /<Name>([^<]*)<\/Name>/g),
    functions: named(functions, /"FunctionName": ?"([^"]*)"/g),
    'event sources': named(sources, /"UUID": ?"([^"]*)"/g),
    roles: named(
      await ask('iam', { query: 'Action=ListRoles&Version=2010-05-08&MaxItems=1000' }),
      /<RoleName>([^<]*)</g,
    ),
    APIs: named(apis, /"id": ?"([^"]*)"/g),
    'state machines': named(
      await ask('states', { target: 'AWSStepFunctions.ListStateMachines' }),
      /"name": ?"([^"]*)"/g,
    ),
    'event buses': named(await ask('events', { target: 'AWSEvents.ListEventBuses' }), /"Name": ?"([^"]*)"/g),
    schedules: named(schedules, /"Name": ?"([^"]*)"/g),
  };
  return mapped(all, (names) => names.filter((name) => name !== 'default' && !name.startsWith('cdk-')).toSorted());
}

/** A key that waits for its deletion is gone for those who would use it. */
async function keysOf({ ask }: Cloud): Promise<string[]> {
  const ids = named(await ask('kms', { target: 'TrentService.ListKeys' }), /"KeyId": ?"([^"]*)"/g);
  const states = await Promise.all(
    ids.map((KeyId) => ask('kms', { target: 'TrentService.DescribeKey', input: { KeyId } })),
  );
  return ids.filter((_, index) => /"KeyState": ?"Enabled"/.test(states[index] ?? ''));
}

/** What is there now and was not before. */
export function added(before: Contents, now: Contents): Contents {
  return mapped(now, (names, kind) => names.filter((name) => !before[kind].includes(name)));
}

/** `1 table, 11 queues`, or `nothing`. */
export function counted(contents: Contents): string {
  const entries = Object.entries(contents).filter(([, names]) => names.length > 0);
  return entries.map(([kind, names]) => `${names.length} ${kind}`).join(', ') || 'nothing';
}

function mapped(contents: Contents, change: (names: readonly string[], kind: Kind) => readonly string[]): Contents {
  const of = (kind: Kind) => change(contents[kind], kind);
  return {
    tables: of('tables'),
    keys: of('keys'),
    secrets: of('secrets'),
    queues: of('queues'),
    buckets: of('buckets'),
    functions: of('functions'),
    'event sources': of('event sources'),
    roles: of('roles'),
    APIs: of('APIs'),
    'state machines': of('state machines'),
    'event buses': of('event buses'),
    schedules: of('schedules'),
  };
}
