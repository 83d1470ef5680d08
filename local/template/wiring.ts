/** The parts of the stack that the local service runs: functions, queues, event sources, table, buckets, secret, state machine. */
import type { Policies } from '../iam/access.ts';
import type { TableKeys } from '../iam/table-requests.ts';
import type { Generate, Secret } from '../secrets/values.ts';
import { type Definition, tasksOf } from '../states/definition.ts';
import type { Machine } from '../states/runner.ts';
import type { Assembly, Resource } from './assembly.ts';
import type { Place } from './place.ts';
import { identityOf, nameOf } from './place.ts';
import { readPolicies } from './policies.ts';
import type { Resolver } from './resolve.ts';
import { createResolver } from './resolve.ts';

export type FunctionSpec = {
  readonly name: string;
  readonly arn: string;
  /** Short name for people: the function's own name in its logs. */
  readonly title: string;
  readonly handler: string;
  readonly codePath: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly reserved: number | undefined;
  /** Resolved on demand, because queue URLs are known only once the queue server listens. */
  readonly environment: () => Readonly<Record<string, string>>;
};
export type QueueSpec = {
  readonly name: string;
  readonly arn: string;
  readonly attributes: Readonly<Record<string, string>>;
};
export type TableSpec = {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly keys: TableKeys;
};
export type MappingSpec = {
  readonly functionName: string;
  readonly queueName: string;
  readonly queueArn: string;
  readonly batchSize: number;
  readonly windowMs: number;
  readonly partial: boolean;
  readonly maxConcurrency: number | undefined;
};
/** Which objects a bucket announces, and where. */
export type AnnouncementSpec = {
  readonly bucket: string;
  readonly queueName: string;
  readonly prefix: string;
};
export type Wiring = {
  readonly functions: readonly FunctionSpec[];
  readonly queues: readonly QueueSpec[];
  readonly tables: readonly TableSpec[];
  readonly buckets: readonly string[];
  readonly announcements: readonly AnnouncementSpec[];
  readonly secrets: readonly Secret[];
  readonly mappings: readonly MappingSpec[];
  readonly stateMachines: readonly Machine[];
  readonly policies: Policies;
};

export type Found = {
  readonly id: string;
  readonly resource: Resource;
  readonly properties: Readonly<Record<string, unknown>>;
};

/** Resources of a type whose condition holds. */
export function resourcesOf(assembly: Assembly, resolver: Resolver, ...types: string[]): Found[] {
  return Object.entries(assembly.template.Resources)
    .filter(([, { Type, Condition }]) => types.includes(Type) && resolver.holds(Condition))
    .map(([id, resource]) => ({ id, resource, properties: resource.Properties ?? {} }));
}

/** Name of a function from its ARN, with or without alias, also within an integration's URI; or from `name:alias`. */
export const functionNameIn = (arn: string): string => /(?:function:|^(?!arn:))([^:/]+)/.exec(arn)?.[1] ?? arn;

/** The ARN of a function, with its alias, within an integration's URI. */
export const functionArnIn = (uri: string): string => /arn:[\w-]+:lambda:[^/]+/.exec(uri.slice(4))?.[0] ?? uri;

export function readWiring(assembly: Assembly, place: Place): Wiring {
  const resolver = createResolver(assembly.template, place);
  const all = (...types: string[]) => resourcesOf(assembly, resolver, ...types);
  const name = ({ id, resource }: Found) => nameOf(place, id, resource, (value) => resolver.resolve(value, id));
  const identity = ({ id, resource }: Found) => identityOf(place, id, resource, (value) => resolver.resolve(value, id));

  const functions = all('AWS::Lambda::Function').flatMap((found): FunctionSpec[] => {
    const { id, properties } = found;
    // The CDK's own functions (custom resources) run at deployment only; they are those without a code folder of ours.
    const key = (properties['Code'] as { S3Key?: unknown } | undefined)?.S3Key;
    const codePath = key === undefined ? undefined : assembly.assets.get(resolver.text(key, id));
    if (codePath === undefined || !String(properties['Runtime'] ?? '').startsWith('nodejs')) return [];
    const variables =
      (properties['Environment'] as { Variables?: Record<string, unknown> } | undefined)?.Variables ?? {};
    const environment = () =>
      Object.fromEntries(
        Object.entries(variables).map(([variable, value]) => [variable, resolver.text(value, `${id}.${variable}`)]),
      );
    const title = variables['POWERTOOLS_SERVICE_NAME'];
    return [
      {
        name: name(found),
        arn: identity(found).attributes['Arn']!,
        title: typeof title === 'string' ? title : name(found),
        handler: resolver.text(properties['Handler'], id),
        codePath,
        timeoutMs: 1000 * Number(properties['Timeout'] ?? 3),
        memoryMb: Number(properties['MemorySize'] ?? 128),
        reserved: optionalNumber(properties['ReservedConcurrentExecutions']),
        environment,
      },
    ];
  });

  return {
    functions,
    queues: all('AWS::SQS::Queue').map((found) => queue(resolver, found, name(found), place)),
    tables: all('AWS::DynamoDB::Table').map((found) => table(resolver, found, name(found))),
    buckets: all('AWS::S3::Bucket').map(name),
    announcements: all('AWS::S3::Bucket').flatMap((found) => announcements(resolver, found, name(found))),
    secrets: all('AWS::SecretsManager::Secret').map((found) => {
      const { id, properties } = found;
      const generate = resolver.resolve(properties['GenerateSecretString'], id) as Generate | undefined;
      const value = properties['SecretString'];
      return {
        name: name(found),
        arn: identity(found).ref,
        ...(properties['KmsKeyId'] !== undefined && { keyArn: resolver.text(properties['KmsKeyId'], id) }),
        ...(generate ? { generate } : {}),
        ...(value === undefined ? {} : { value: resolver.text(value, id) }),
      };
    }),
    mappings: all('AWS::Lambda::EventSourceMapping').map(({ id, properties }) => mapping(resolver, id, properties)),
    stateMachines: all('AWS::StepFunctions::StateMachine').map((found) => {
      const { id, properties } = found;
      const definition = JSON.parse(resolver.text(properties['DefinitionString'], id)) as Definition;
      // What cannot run here is reported at the start, not when an execution starts.
      tasksOf(definition);
      return { name: name(found), arn: identity(found).ref, definition };
    }),
    policies: readPolicies({
      functions: all('AWS::Lambda::Function').filter((found) => functions.some((each) => each.name === name(found))),
      roles: all('AWS::IAM::Role'),
      policies: all('AWS::IAM::Policy'),
      nameOf: name,
      resolve: resolver.resolve,
    }),
  };
}

export function readOutputs(assembly: Assembly, place: Place): Readonly<Record<string, string>> {
  const resolver = createResolver(assembly.template, place);
  return Object.fromEntries(
    Object.entries(assembly.template.Outputs ?? {})
      .filter(([, { Condition }]) => resolver.holds(Condition))
      .map(([output, { Value }]) => [output, resolver.text(Value, `output ${output}`)]),
  );
}

const QUEUE_ATTRIBUTES = [
  'VisibilityTimeout',
  'DelaySeconds',
  'MessageRetentionPeriod',
  'MaximumMessageSize',
  'ReceiveMessageWaitTimeSeconds',
  'RedrivePolicy',
];
const TABLE_PROPERTIES = ['KeySchema', 'AttributeDefinitions', 'GlobalSecondaryIndexes', 'LocalSecondaryIndexes'];

type KeySchema = readonly { readonly AttributeName: string; readonly KeyType: string }[];
type TableProperties = {
  readonly KeySchema: KeySchema;
  readonly GlobalSecondaryIndexes?: readonly { readonly IndexName: string; readonly KeySchema: KeySchema }[];
};

function queue(resolver: Resolver, { id, properties }: Found, name: string, { region, account }: Place): QueueSpec {
  const attributes = QUEUE_ATTRIBUTES.flatMap((attribute) => {
    const value = resolver.resolve(properties[attribute], id);
    if (value === undefined) return [];
    return [[attribute, typeof value === 'object' ? JSON.stringify(value) : String(value)]];
  });
  return { name, arn: `arn:aws:sqs:${region}:${account}:${name}`, attributes: Object.fromEntries(attributes) };
}

function table(resolver: Resolver, { id, properties }: Found, name: string): TableSpec {
  const made = resolver.resolve(pick(properties, TABLE_PROPERTIES), id) as TableProperties;
  const encryption = resolver.resolve(properties['SSESpecification'], id) as { KMSMasterKeyId?: string } | undefined;
  const partition = (schema: KeySchema) => schema.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '';
  const indexes = (made.GlobalSecondaryIndexes ?? []).map((index) => [index.IndexName, partition(index.KeySchema)]);
  return {
    name,
    input: { BillingMode: 'PAY_PER_REQUEST', ...made, TableName: name },
    keys: {
      name,
      partition: partition(made.KeySchema),
      indexes: Object.fromEntries(indexes),
      ...(encryption?.KMSMasterKeyId !== undefined && { keyArn: encryption.KMSMasterKeyId }),
    },
  };
}

const pick = (from: Readonly<Record<string, unknown>>, names: readonly string[]) =>
  Object.fromEntries(names.filter((name) => from[name] !== undefined).map((name) => [name, from[name]]));

const optionalNumber = (value: unknown): number | undefined => (value === undefined ? undefined : Number(value));

type Notifications = {
  readonly QueueConfigurations?: readonly {
    readonly Event: string;
    readonly Queue: string;
    readonly Filter?: { readonly S3Key?: { readonly Rules?: readonly { Name: string; Value: string }[] } };
  }[];
};

function announcements(resolver: Resolver, { id, properties }: Found, bucket: string): AnnouncementSpec[] {
  const told = resolver.resolve(properties['NotificationConfiguration'] ?? {}, id) as Notifications;
  const others = Object.keys(told).filter((kind) => kind !== 'QueueConfigurations');
  if (others.length > 0) throw new Error(`${id}: the local service announces objects to queues only, not by ${others}`);
  return (told.QueueConfigurations ?? []).map(({ Event, Queue, Filter }) => {
    const rules = Filter?.S3Key?.Rules ?? [];
    if (!Event.startsWith('s3:ObjectCreated:') || rules.some(({ Name }) => Name.toLowerCase() !== 'prefix'))
      throw new Error(`${id}: the local service announces new objects below a prefix only`);
    return { bucket, queueName: Queue.slice(Queue.lastIndexOf(':') + 1), prefix: rules[0]?.Value ?? '' };
  });
}

function mapping(resolver: Resolver, id: string, properties: Found['properties']): MappingSpec {
  const queueArn = resolver.text(properties['EventSourceArn'], id);
  if (!queueArn.startsWith('arn:aws:sqs:'))
    throw new Error(`${id}: the local service feeds functions from queues only`);
  if (properties['FilterCriteria']) throw new Error(`${id}: the local service does not know filters of event sources`);
  const scaling = properties['ScalingConfig'] as { MaximumConcurrency?: number } | undefined;
  return {
    functionName: functionNameIn(resolver.text(properties['FunctionName'], id)),
    queueName: queueArn.slice(queueArn.lastIndexOf(':') + 1),
    queueArn,
    batchSize: Number(properties['BatchSize'] ?? 10),
    windowMs: 1000 * Number(properties['MaximumBatchingWindowInSeconds'] ?? 0),
    partial: ((properties['FunctionResponseTypes'] ?? []) as string[]).includes('ReportBatchItemFailures'),
    maxConcurrency: optionalNumber(scaling?.MaximumConcurrency),
  };
}
