/**
 * The whole service on this machine, wired as in the synthesized stack: gateway → functions → queue, table, bucket, secret, state
 * machine, and queue and state machine back to the functions.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { policiesOf } from '../cli/policies/commands.ts';
import { placesOf } from '../cli/policies/places.ts';
import { bundleConsole } from '../console/build/bundle.ts';
import { startBacking } from './backing.ts';
import type { LocalClient } from './clients.ts';
import { createLocalClients, createOperatorKey } from './clients.ts';
import { serveConsole } from './console.ts';
import { keepPrivate, writePrivately } from './files.ts';
import { type Endpoints, environmentOf } from './functions/environment.ts';
import { type Echo, openLogs } from './functions/log.ts';
import type { Poller } from './functions/poller.ts';
import { startPoller } from './functions/poller.ts';
import type { Invoke, Pool } from './functions/pool.ts';
import { openPool } from './functions/pool.ts';
import { startGateway } from './gateway/server.ts';
import { assertFree, type Outside } from './http.ts';
import type { Policies } from './iam/access.ts';
import { lockDirectory } from './lock.ts';
import type { Step } from './progress.ts';
import { openSecrets } from './secrets/values.ts';
import { synthesize } from './synth.ts';
import { type ApiSpec, readApi } from './template/api.ts';
import { type Assembly, readAssembly } from './template/assembly.ts';
import type { Place } from './template/place.ts';
import { missingRights } from './template/rights.ts';
import { functionNameIn, readOutputs, readWiring, type Wiring } from './template/wiring.ts';
import { startUsage } from './usage/server.ts';

export type ServiceOptions = {
  readonly root: string;
  readonly directory: string;
  readonly port: number;
  /** Where the API listens besides this machine; the other servers need no key, and stay on loopback. */
  readonly outside?: Outside | undefined;
  readonly stage: string;
  /** A file of settings in place of those of the stage, as `-c settings` of a deployment. */
  readonly settings?: string | undefined;
  /** What answers as the user pool of the settings and its page do, if anything: an address without a slash at its end. */
  readonly login?: string | undefined;
  /** Function logs on the terminal too. */
  readonly echo: Echo;
  readonly step: Step;
  readonly note: (text: string) => void;
};

export type Outputs = Readonly<Record<string, string>> & { readonly ApiUrl: string };

export type Service = {
  readonly outputs: Outputs;
  readonly clients: readonly LocalClient[];
  /** Resolves when a part of the service ended by itself. */
  readonly failed: Promise<string>;
  stop(): Promise<void>;
};

type Backing = Awaited<ReturnType<typeof startBacking>>;
type Logs = ReturnType<typeof openLogs>;
type InvokeNamed = (name: string) => Invoke;

const REGION = 'eu-central-1';
const ACCOUNT = '000000000000';
/** Each environment is a process: on a laptop, more of them than cores only take turns. */
const LIGHT_MB = 512;
const MOST_LIGHT_WORKERS = 8;
const MOST_WORKERS = Math.max(2, Math.min(4, availableParallelism()));
/** At a stop, running work may take this long to end; the queue redelivers what did not. */
const GRACE_MS = 2000;

export async function startService(options: ServiceOptions): Promise<Service> {
  const { directory, port, step, note } = options;
  const lock = lockDirectory(directory);
  keepPrivate(directory);
  await assertFree(port, options.outside?.host);
  prepare(directory);
  const assembly = await synthesized(options);
  let sqsEndpoint: string | undefined;
  const place = placeOf(assembly, () => sqsEndpoint);

  const { wiring, api } = readStack(assembly, place);
  const logs = openLogs(join(directory, 'logs'), options.echo);
  const pools = new Map<string, Pool>();
  const invoke: InvokeNamed = (name) => {
    const pool = pools.get(name);
    if (!pool) throw new Error(`the template wires ${name}, which is not one of its functions`);
    return pool.invoke;
  };
  const backing = await step('queue, table, buckets, secret, state machine', () =>
    startBacking({
      directory,
      region: REGION,
      account: ACCOUNT,
      wiring,
      policies: { ...wiring.policies, ...policiesOfCommands(assembly) },
      states: {
        invoke: async (functionArn, payload) => invoke(functionNameIn(functionArn))(payload),
        report: (problem) => logs.say('states', `${new Date().toISOString()} ${problem}`),
      },
    }),
  );
  sqsEndpoint = backing.endpoints.sqs;

  openPools(pools, wiring, { ...backing.endpoints, login: options.login }, logs, options.note);
  backing.executions.resume();

  const pollers = startPollers(wiring, backing, logs, invoke, note);
  const stackOutputs = readOutputs(assembly, place);
  const gateway = await openGateway(api, options, invoke, stackOutputs['UserPoolClientId']);

  let stopping = false;
  const stop = async () => {
    stopping = true;
    const quiet = Promise.all([gateway.close(), backing.executions.halt(), ...pollers.map((poller) => poller.stop())]);
    await Promise.race([quiet, sleep(GRACE_MS)]);
    for (const pool of pools.values()) pool.close();
    await backing.close();
    logs.close();
    lock.release();
  };

  const { clients, operatorKey } = await step('clients', async () => {
    const place = {
      endpoint: backing.endpoints.dynamoDb,
      region: REGION,
      table: stackOutputs['TableName'] ?? wiring.tables[0]?.name ?? '',
      hashKey: hashKeyIn(join(directory, 'secrets.json'), wiring, stackOutputs['HashKeySecretArn']),
    };
    return {
      clients: await createLocalClients({ ...place, file: join(directory, 'clients.json') }),
      operatorKey: await createOperatorKey({ ...place, file: join(directory, 'operator.json') }),
    };
  });
  const addresses = { ...gateway.addresses, ...addressesOf(backing) };
  const keys = { ...clients[0], OperatorKey: operatorKey };
  const outputs: Outputs = { ...stackOutputs, ...workersOf(wiring, stackOutputs), ...addresses, ...keys };
  writeOutputs(directory, outputs, clients);

  return {
    outputs,
    clients,
    failed: backing.failed.then((how) => (stopping ? new Promise<never>(() => {}) : how)),
    stop,
  };
}

function writeOutputs(directory: string, outputs: Outputs, clients: readonly LocalClient[]): void {
  writePrivately(join(directory, 'outputs.json'), `${JSON.stringify({ ...outputs, Clients: clients }, null, 2)}\n`);
}

function placeOf({ stackName }: Assembly, sqsEndpoint: () => string | undefined): Place {
  return {
    region: REGION,
    account: ACCOUNT,
    stackName,
    sqsEndpoint() {
      const endpoint = sqsEndpoint();
      if (endpoint === undefined) throw new Error('the queue server does not listen yet');
      return endpoint;
    },
  };
}

/** @throws when the stack does not let somebody call whom it wires: on AWS that would show at the first call */
function readStack(assembly: Assembly, place: Place) {
  const missing = missingRights(assembly, place);
  if (missing.length > 0) throw new Error(`the stack lacks rights:\n  ${missing.join('\n  ')}`);
  return { wiring: readWiring(assembly, place), api: readApi(assembly, place) };
}

/** They name queues by their ARNs, which do not need the address of the queue server. */
function policiesOfCommands(assembly: Assembly): Policies {
  return policiesOf(
    placesOf(
      readOutputs(
        assembly,
        placeOf(assembly, () => ''),
      ),
    ),
  );
}

function prepare(directory: string): void {
  // Addresses of the last run must not be mistaken for this run's.
  rmSync(join(directory, 'outputs.json'), { force: true });
  mkdirSync(join(directory, 'compile-cache'), { recursive: true });
  process.env['NODE_COMPILE_CACHE'] ??= join(directory, 'compile-cache');
}

async function synthesized({ root, stage, settings, step }: ServiceOptions): Promise<Assembly> {
  const { directory } = await step('stack', async (done) => {
    const synthesis = await synthesize(root, stage, settings);
    done(synthesis.made ? 'synthesized' : 'unchanged');
    return synthesis;
  });
  return readAssembly(directory);
}

/** The gateway with the console; where the stack has usage plans, beside what makes the keys in them. */
async function openGateway(
  api: ApiSpec,
  { directory, port, outside, step, login: url }: ServiceOptions,
  invoke: InvokeNamed,
  clientId: string | undefined,
) {
  const login = url !== undefined && clientId !== undefined ? { url, clientId } : undefined;
  const usage = api.usage && (await startUsage({ file: join(directory, 'usage-keys.json'), usage: api.usage }));
  const gateway = await step('gateway and console', () => {
    const place = { region: REGION, account: ACCOUNT, port, outside };
    const beside = serveConsole(bundleConsole(), login);
    return startGateway({ api, ...place, invoke, beside, ...(usage && { planOf: usage.planOf }) });
  });
  return {
    addresses: { ApiUrl: gateway.url, ...(usage && { ApiGatewayEndpoint: usage.endpoint }) },
    close: () => Promise.all([gateway.close(), usage?.close()]),
  };
}

/** How many processes of a function there are at most on this machine. */
function concurrencyOf({ mappings, functions }: Wiring, functionName: string): number {
  const asked = mappings.find((mapping) => mapping.functionName === functionName)?.maxConcurrency;
  // A function with little memory waits more than it computes: webhooks wait for strangers.
  const isLight = functions.some(({ name, memoryMb }) => name === functionName && memoryMb <= LIGHT_MB);
  return Math.min(asked ?? MOST_WORKERS, isLight ? MOST_LIGHT_WORKERS : MOST_WORKERS);
}

/** How many import workers there are on this machine, in place of what the stack says. */
function workersOf(wiring: Wiring, { ImportQueueUrl }: Readonly<Record<string, string>>) {
  const mapping = wiring.mappings.find(({ queueName }) => ImportQueueUrl?.endsWith(`/${queueName}`));
  return mapping && { ImportWorkers: String(concurrencyOf(wiring, mapping.functionName)) };
}

function openPools(
  pools: Map<string, Pool>,
  wiring: Wiring,
  endpoints: Endpoints,
  logs: Logs,
  note: ServiceOptions['note'],
): void {
  for (const spec of wiring.functions) {
    const pool = openPool({
      spec,
      environment: () => environmentOf(spec, REGION, endpoints),
      max: Math.min(concurrencyOf(wiring, spec.name), spec.reserved ?? MOST_LIGHT_WORKERS),
      logs,
      note,
    });
    pools.set(spec.name, pool);
  }
}

function startPollers(
  wiring: Wiring,
  { endpoints }: Backing,
  logs: Logs,
  invoke: (name: string) => Invoke,
  note: ServiceOptions['note'],
): Poller[] {
  return wiring.mappings.map((mapping) => {
    const concurrency = concurrencyOf(wiring, mapping.functionName);
    if ((mapping.maxConcurrency ?? MOST_WORKERS) > concurrency)
      note(`${mapping.queueName}: ${concurrency} workers on this machine, ${mapping.maxConcurrency} in the stack`);
    return startPoller({
      mapping,
      queueUrl: `${endpoints.sqs}/${ACCOUNT}/${mapping.queueName}`,
      endpoint: endpoints.sqs,
      region: REGION,
      concurrency,
      invoke: invoke(mapping.functionName),
      report: (problem) => logs.say('poller', `${new Date().toISOString()} ${problem}`),
    });
  });
}

const addressesOf = ({ endpoints }: Backing) => ({
  SqsEndpoint: endpoints.sqs,
  DynamoDbEndpoint: endpoints.dynamoDb,
  S3Endpoint: endpoints.s3,
  SecretsManagerEndpoint: endpoints.secretsManager,
  StatesEndpoint: endpoints.states,
  Region: REGION,
});

/** The value of the secret that the stack publishes as the key of all hashes. */
function hashKeyIn(file: string, wiring: Wiring, arn: string | undefined): string {
  const secret = wiring.secrets.find((each) => each.arn === arn) ?? wiring.secrets[0];
  const kept = secret && openSecrets(file, wiring.secrets).get(secret.name);
  if (!kept) throw new Error('the stack has no secret for the key of its hashes');
  return kept.value;
}
