/** The functions' bundles, loaded into this process, over a table of this process: the deployed code, a thousand times faster to call. */
import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { openClientStore } from '../../functions/adapters/clients/client-store.ts';
import { openOperatorKeyStore } from '../../functions/adapters/clients/operator-keys.ts';
import { hashKeyOf } from '../../functions/adapters/hash-key.ts';
import { SCOPES, type Scope } from '../../functions/contracts/http/routes.ts';
import { FUNCTION_NAMES } from '../../lib/bundle.ts';
import type { Invoke } from '../../local/functions/pool.ts';
import { type ApiSpec, readApi } from '../../local/template/api.ts';
import { readWiring } from '../../local/template/wiring.ts';
import { type OpenTable, openTable } from '../functions/support/table.ts';
import { assemblyOf, bundled } from '../support/stack.ts';
import { MACHINE, openAws } from './aws.ts';

type Handler = (event: unknown, context: object) => Promise<unknown>;

const SECRET = 'thirty-two characters for fuzzing';
export const BUCKET = 'payloads';
const TIMEOUT_MS = 25_000;

/** The routes, the authorizer and the gateway's own answers, as the stack has them. */
export async function readStack(): Promise<{
  readonly api: ApiSpec;
  readonly folderOf: (functionName: string) => string;
}> {
  const place = {
    region: 'eu-central-1',
    account: '000000000000',
    stackName: 'fuzz',
    sqsEndpoint: () => 'http://sqs',
  };
  const assembly = await assemblyOf('dev');
  const titles = new Map(readWiring(assembly, place).functions.map(({ name, title }) => [name, title]));
  // The stage's throttle would be what is measured.
  const api = { ...readApi(assembly, place), throttle: undefined };
  return { api, folderOf: (functionName) => titles.get(functionName) ?? functionName };
}

export type Keys = Readonly<
  Record<'demo' | 'readOnly' | 'analyst' | 'elsewhere' | 'revoked' | 'disabled' | 'other' | 'operator', string>
>;
export type Functions = Awaited<ReturnType<typeof openFunctions>>;

export async function openFunctions() {
  const folderOf = await bundled();
  const table = await openTable();
  const aws = await openAws(SECRET);
  const endpoint = String((await table.dynamo.config.endpoint?.())?.port ?? '');
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'fuzz',
    AWS_SECRET_ACCESS_KEY: 'fuzz',
    AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${endpoint}`,
    AWS_ENDPOINT_URL_SQS: aws.endpoint,
    AWS_ENDPOINT_URL_S3: aws.endpoint,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: aws.endpoint,
    AWS_ENDPOINT_URL_SFN: aws.endpoint,
    POWERTOOLS_METRICS_NAMESPACE: 'fuzz',
    TABLE_NAME: table.table,
    IMPORT_QUEUE_URL: `${aws.endpoint}/000000000000/imports`,
    PARKED_QUEUE_URL: `${aws.endpoint}/000000000000/parked`,
    PAYLOAD_BUCKET_NAME: BUCKET,
    HASH_KEY_SECRET_ID: 'hash-key',
    RETENTION_MONTHS: '144',
    STATE_MACHINE_ARN: MACHINE,
    RESULTS_BUCKET_NAME: 'results',
    // A publication takes effect at once.
    CALLER_CACHE_SECONDS: '0',
    OWNERS_PER_SECOND: '1000',
    OWNERS_PER_SLICE: '100',
    ANSWERS_PER_SLICE: '100',
    SNAPSHOTS_BUCKET_NAME: 'results',
    CHANGE_QUEUE_URL: `${aws.endpoint}/000000000000/looks`,
    ERASURE_QUEUE_URL: `${aws.endpoint}/000000000000/erasures`,
    WEBHOOK_QUEUE_URL: `${aws.endpoint}/000000000000/deliveries`,
    UPLOAD_QUEUE_URL: `${aws.endpoint}/000000000000/uploads`,
    ...Object.fromEntries(
      ['IMPORT', 'UPLOAD', 'CHANGE', 'ERASURE', 'WEBHOOK'].map((name) => [
        `${name}_DEAD_LETTERS_URL`,
        `${aws.endpoint}/0/${name}`,
      ]),
    ),
    WEBHOOK_KEY_SECRET_ID: 'webhook-key',
    EVENT_BUS_NAME: 'bus',
    AWS_ENDPOINT_URL_EVENTBRIDGE: aws.endpoint,
    STAGE: 'dev',
    // One for all: those that read it do so after they are loaded, and it is the same catalogue.
    LAMBDA_TASK_ROOT: folderOf('owner-profiles'),
  });
  const handlers = new Map<string, Handler>();
  for (const name of FUNCTION_NAMES) {
    process.env['POWERTOOLS_SERVICE_NAME'] = name;
    handlers.set(name, createRequire(join(folderOf(name), 'index.js'))('./index.js').handler);
  }
  const keys = await makeKeys(table);

  async function call(name: string, event: unknown): Promise<unknown> {
    const deadline = Date.now() + TIMEOUT_MS;
    const context = {
      functionName: name,
      awsRequestId: 'fuzz',
      functionVersion: '1',
      invokedFunctionArn: `arn:aws:lambda:eu-central-1:000000000000:function:${name}`,
      memoryLimitInMB: '1769',
      getRemainingTimeInMillis: () => deadline - Date.now(),
    };
    // As the runtime passes it on: values that JSON does not have do not arrive.
    return handlers.get(name)!(JSON.parse(JSON.stringify(event)), context);
  }

  const invoke =
    (functionOf: (name: string) => string) =>
    (functionName: string): Invoke =>
    async (event) => {
      try {
        return { ok: true, payload: JSON.stringify((await call(functionOf(functionName), event)) ?? null) };
      } catch (error) {
        const { name, message } = error as Error;
        return { ok: false, error: { errorType: name, errorMessage: message, trace: [] } };
      }
    };

  const close = async () => {
    await table.close();
    await aws.close();
  };
  return { aws, keys, call, invoke, close };
}

async function makeKeys({ dynamo, table }: OpenTable): Promise<Keys> {
  const parts = { dynamo, table, hashOf: hashKeyOf(SECRET).apiKeyHash, now: Date.now, random: randomBytes };
  const store = openClientStore(parts);
  for (const clientId of ['demo', 'other', 'disabled']) await store.createClient({ clientId });
  const make = async (clientId: string, scopes: readonly Scope[], addresses: readonly string[] = []) =>
    store.createKey({ clientId, scopes, addresses });
  const all: readonly Scope[] = SCOPES;
  const revoked = await make('demo', all);
  await store.revokeKey('demo', revoked.keyId);
  const disabled = await make('disabled', all);
  await store.setEnabled('disabled', false);
  return {
    demo: (await make('demo', all)).apiKey,
    readOnly: (await make('demo', ['read'])).apiKey,
    analyst: (await make('demo', ['catalogue:read', 'catalogue:write'])).apiKey,
    elsewhere: (await make('demo', all, ['203.0.113.0/24'])).apiKey,
    revoked: revoked.apiKey,
    disabled: disabled.apiKey,
    other: (await make('other', all)).apiKey,
    operator: (await openOperatorKeyStore(parts).create([])).apiKey,
  };
}
