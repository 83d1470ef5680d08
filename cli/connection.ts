/**
 * Which service a command talks to: options first, then the environment, then the outputs file of the local
 * service (or of `cdk deploy --outputs-file`). Settings that belong together come from one place: a key from a file
 * is never sent to an address that the file does not name.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, usage } from './errors.ts';

export type ConnectionOptions = {
  readonly url?: string;
  readonly key?: string;
  readonly outputs?: string;
  readonly stack?: string;
  readonly queueUrl?: string;
  readonly table?: string;
  readonly hashKeySecret?: string;
  readonly region?: string;
};
export type Environment = Readonly<Record<string, string | undefined>>;

/** Outputs of a stack or of the local service, by name (contract, section 4). */
export type Outputs = Readonly<Record<string, string | undefined>>;

export type ApiConnection = { readonly baseUrl: string; readonly key: string };
export type QueueConnection = {
  readonly queueUrl: string;
  /** Only the local service names endpoints; on AWS the SDK knows them. */
  readonly sqsEndpoint?: string | undefined;
  readonly s3Endpoint?: string | undefined;
  readonly payloadBucket?: string | undefined;
  readonly clientId?: string | undefined;
  readonly region?: string | undefined;
};
export type TableConnection = {
  readonly table: string;
  readonly endpoint?: string | undefined;
  readonly region?: string | undefined;
  /** Name or ARN of the secret under which API keys are hashed. */
  readonly hashKeySecret?: string | undefined;
  readonly outputs: Outputs;
};

const START = 'start it with `npm start`, or give --url and --key';

/** @throws {CliError} when the address or the key is unknown */
export function apiConnection(options: ConnectionOptions, env: Environment): ApiConnection {
  const url = options.url ?? (options.outputs === undefined ? env['OWNER_PROFILES_URL'] : undefined);
  const key = options.key ?? env['OWNER_PROFILES_KEY'];
  if (url !== undefined) {
    if (!key) throw usage(`no API key for ${url}`, 'give --key, or set OWNER_PROFILES_KEY');
    return { baseUrl: baseUrlOf(url), key };
  }
  const outputs = needOutputs(options, env, START);
  if (!outputs['ApiUrl']) throw usage('the outputs contain no ApiUrl', 'give --url and --key');
  // The key beside an address fits it best; outputs of a deployed stack have none.
  const ownKey = options.key ?? outputs['ApiKey'] ?? key;
  if (!ownKey) throw usage('the outputs contain no ApiKey', 'give --key, or set OWNER_PROFILES_KEY');
  return { baseUrl: baseUrlOf(outputs['ApiUrl']), key: ownKey };
}

/** The import queue, or `undefined` when only the API is known. */
export function queueConnection(options: ConnectionOptions, env: Environment): QueueConnection | undefined {
  const named = options.queueUrl ?? (options.outputs === undefined ? env['OWNER_PROFILES_QUEUE_URL'] : undefined);
  const ask = options.outputs !== undefined || !(named ?? options.url ?? env['OWNER_PROFILES_URL']);
  const outputs = ask ? (readOutputs(options, env) ?? {}) : {};
  const queueUrl = named ?? outputs['ImportQueueUrl'];
  if (!queueUrl) return undefined;
  return {
    queueUrl,
    sqsEndpoint: outputs['SqsEndpoint'],
    s3Endpoint: outputs['S3Endpoint'],
    payloadBucket: outputs['PayloadBucketName'] ?? env['OWNER_PROFILES_PAYLOAD_BUCKET'],
    clientId: outputs['ClientId'],
    region: options.region ?? outputs['Region'] ?? regionIn(queueUrl) ?? env['AWS_REGION'],
  };
}

/** The table for operators. @throws {CliError} when none is known */
export function tableConnection(options: ConnectionOptions, env: Environment): TableConnection {
  const named = options.table ?? (options.outputs === undefined ? env['OWNER_PROFILES_TABLE'] : undefined);
  const hint =
    'start it with `npm start`, or give --table and --region, or --outputs FILE of `cdk deploy --outputs-file FILE`';
  const outputs = named !== undefined && options.outputs === undefined ? {} : needOutputs(options, env, hint);
  const table = named ?? outputs['TableName'];
  if (!table) throw usage('the outputs contain no TableName', 'give --table');
  const hashKeySecret = options.hashKeySecret ?? env['OWNER_PROFILES_HASH_KEY_SECRET'] ?? outputs['HashKeySecretArn'];
  const region =
    options.region ?? outputs['Region'] ?? SECRET_REGION.exec(hashKeySecret ?? '')?.[1] ?? env['AWS_REGION'];
  return { table, endpoint: outputs['DynamoDbEndpoint'], region, hashKeySecret, outputs };
}

function needOutputs(options: ConnectionOptions, env: Environment, hint: string): Outputs {
  const outputs = readOutputs(options, env);
  if (!outputs) throw usage(`no service is known: ${localFile(env)} does not exist`, hint);
  return outputs;
}

function localFile(env: Environment): string {
  return join(env['DATA_DIR'] || '.local', 'outputs.json');
}

/** `undefined` when no file was named and the local service left none. */
export function readOutputs(options: ConnectionOptions, env: Environment): Outputs | undefined {
  const file = options.outputs ?? localFile(env);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      if (options.outputs === undefined) return undefined;
      throw usage(`there is no file ${file}`, `\`npx cdk deploy --outputs-file ${file}\` writes it`);
    }
    throw usage(`cannot read the outputs in ${file}: ${messageOf(error)}`);
  }
  if (typeof content !== 'object' || content === null) throw usage(`${file} contains no outputs`);
  return ofStack(content as Record<string, unknown>, options.stack, file);
}

/** The CDK writes outputs by stack (`{"OwnerProfiles":{"ApiUrl":…}}`), the local service its own at the top. */
function ofStack(content: Record<string, unknown>, stack: string | undefined, file: string): Outputs {
  const stacks = Object.entries(content).filter(([, value]) => isObject(value));
  if (stacks.length === 0 || Object.values(content).some((value) => typeof value === 'string')) return texts(content);
  const chosen = stack === undefined && stacks.length === 1 ? stacks[0]?.[1] : stack && content[stack];
  if (isObject(chosen)) return texts(chosen);
  throw usage(`${file} contains the stacks ${stacks.map(([name]) => name).join(', ')}`, 'choose one by --stack NAME');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function texts(record: Record<string, unknown>): Outputs {
  const entries = Object.entries(record).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(entries);
}

/** Without `/v1` and trailing slashes; plain http only to this machine, because every request carries the key. */
function baseUrlOf(text: string): string {
  if (!URL.canParse(text)) throw usage(`"${text}" is not a URL`, 'write it as https://host');
  const url = new URL(text);
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && local)) {
    throw usage(`${text} is not https: the API key would travel in clear`, 'use https; http is for this machine only');
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '').replace(/\/v1$/, '');
}

/** A secret's ARN names its region, which is the table's too. */
const SECRET_REGION = /^arn:aws[^:]*:secretsmanager:([a-z0-9-]+):/;

/** `https://sqs.eu-central-1.amazonaws.com/…` names its region. */
export function regionIn(queueUrl: string): string | undefined {
  return /\/\/sqs\.([a-z0-9-]+)\./.exec(queueUrl)?.[1];
}
