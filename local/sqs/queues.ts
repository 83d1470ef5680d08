/** The queues themselves: their attributes, limits and where their dead letters go. */
import type { DatabaseSync } from 'node:sqlite';
import { invalidAttributeName, invalidValue, queueDoesNotExist, queueNameExists } from './errors.ts';

export type Queue = {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly attributes: Readonly<Record<string, string>>;
  readonly redrive: { readonly deadLetterArn: string; readonly maxReceiveCount: number } | undefined;
};

export const MAX_BYTES = 1_048_576;

/** Attributes that can be set, with default, least and greatest value where they are numbers. */
const SETTABLE: Readonly<Record<string, readonly [standard: number, least: number, greatest: number] | null>> = {
  VisibilityTimeout: [30, 0, 43_200],
  DelaySeconds: [0, 0, 900],
  MessageRetentionPeriod: [345_600, 60, 1_209_600],
  MaximumMessageSize: [MAX_BYTES, 1024, MAX_BYTES],
  ReceiveMessageWaitTimeSeconds: [0, 0, 20],
  RedrivePolicy: null,
  RedriveAllowPolicy: null,
  Policy: null,
  KmsMasterKeyId: null,
  KmsDataKeyReusePeriodSeconds: null,
  SqsManagedSseEnabled: null,
};

export const attributeOf = (queue: Queue, name: string): number => {
  const set = queue.attributes[name];
  return set === undefined ? (SETTABLE[name]?.[0] ?? 0) : Number(set);
};

export const describe = (queue: Queue): Record<string, string> => ({
  ...Object.fromEntries(Object.entries(SETTABLE).flatMap(([name, range]) => (range ? [[name, String(range[0])]] : []))),
  SqsManagedSseEnabled: 'true',
  ...queue.attributes,
  QueueArn: queue.arn,
  CreatedTimestamp: String(Math.floor(queue.createdAt / 1000)),
  LastModifiedTimestamp: String(Math.floor(queue.modifiedAt / 1000)),
});

export type Queues = {
  get(name: string): Queue;
  byArn(arn: string): Queue | undefined;
  all(): readonly Queue[];
  create(name: string, attributes: Record<string, string>): Queue;
  set(name: string, attributes: Record<string, string>): void;
};

export type QueuesOptions = { readonly region: string; readonly account: string };

export function openQueues(db: DatabaseSync, { region, account }: QueuesOptions): Queues {
  db.exec(
    'CREATE TABLE IF NOT EXISTS queues (name TEXT PRIMARY KEY, attributes TEXT NOT NULL, created_at INTEGER NOT NULL, modified_at INTEGER NOT NULL) STRICT',
  );
  const save = db.prepare(
    'INSERT INTO queues VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET attributes = excluded.attributes, modified_at = excluded.modified_at',
  );
  const known = new Map<string, Queue>();

  const remember = (name: string, attributes: Record<string, string>, createdAt: number, modifiedAt: number): Queue => {
    const arn = `arn:aws:sqs:${region}:${account}:${name}`;
    const queue: Queue = {
      name,
      arn,
      createdAt,
      modifiedAt,
      attributes,
      redrive: redriveOf(attributes['RedrivePolicy']),
    };
    known.set(name, queue);
    return queue;
  };
  for (const row of db.prepare('SELECT * FROM queues').all())
    remember(
      String(row['name']),
      JSON.parse(String(row['attributes'])),
      Number(row['created_at']),
      Number(row['modified_at']),
    );

  const get = (name: string): Queue => {
    const queue = known.get(name);
    if (!queue) throw queueDoesNotExist();
    return queue;
  };

  const write = (name: string, attributes: Record<string, string>, createdAt: number): Queue => {
    const now = Date.now();
    save.run(name, JSON.stringify(attributes), createdAt, now);
    return remember(name, attributes, createdAt, now);
  };

  return {
    get,
    byArn: (arn) => [...known.values()].find((queue) => queue.arn === arn),
    all: () => [...known.values()],
    create(name, attributes) {
      if (!/^[\w-]{1,80}$/.test(name))
        throw invalidValue('Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length');
      check(attributes);
      const existing = known.get(name);
      if (!existing) return write(name, attributes, Date.now());
      const now = describe(existing);
      const other = Object.keys(attributes).find((attribute) => now[attribute] !== attributes[attribute]);
      if (other) throw queueNameExists(other);
      return existing;
    },
    set(name, attributes) {
      check(attributes);
      const queue = get(name);
      const merged = { ...queue.attributes, ...attributes };
      // An empty value removes a setting, as in AWS for RedrivePolicy.
      for (const [attribute, value] of Object.entries(attributes)) if (value === '') delete merged[attribute];
      write(name, merged, queue.createdAt);
    },
  };
}

function check(attributes: Record<string, string>): void {
  for (const [name, value] of Object.entries(attributes)) {
    const range = SETTABLE[name];
    if (range === undefined) throw invalidAttributeName(name);
    const number = Number(value);
    if (range && !(value !== '' && Number.isInteger(number) && number >= range[1] && number <= range[2]))
      throw invalidValue(`Invalid value for the parameter ${name}.`);
    if (name === 'RedrivePolicy' && value !== '') redriveOf(value);
  }
}

function redriveOf(policy: string | undefined): Queue['redrive'] {
  if (!policy) return undefined;
  try {
    const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(policy);
    const count = Number(maxReceiveCount);
    if (typeof deadLetterTargetArn === 'string' && Number.isInteger(count) && count >= 1 && count <= 1000)
      return { deadLetterArn: deadLetterTargetArn, maxReceiveCount: count };
  } catch {
    // Reported below, together with a policy that parses but makes no sense.
  }
  throw invalidValue(
    `Value ${policy} for parameter RedrivePolicy is invalid. Reason: Redrive policy is not a valid JSON map.`,
  );
}
