/** Where failures are and where a retry sends them: options first, then the environment, then the outputs. */
import { type ConnectionOptions, type Environment, readOutputs, regionIn } from '../connection.ts';
import { usage } from '../errors.ts';

/** `parked`: cannot be processed as it is. `dead`: failed each time it was received. */
export type FailureQueue = 'parked' | 'dead';
export const FAILURE_QUEUES: readonly FailureQueue[] = ['parked', 'dead'];

export type FailuresOptions = ConnectionOptions & {
  readonly parkedQueueUrl?: string;
  readonly deadLetterQueueUrl?: string;
};

export type FailuresConnection = {
  readonly urls: Readonly<Partial<Record<FailureQueue, string>>>;
  readonly importQueueUrl?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly region?: string | undefined;
};

/** @throws {CliError} when none of the wanted queues is known */
export function failuresConnection(
  options: FailuresOptions,
  env: Environment,
  wanted: readonly FailureQueue[],
): FailuresConnection {
  const fromEnv = (name: string) => (options.outputs === undefined ? env[name] : undefined);
  const parked = options.parkedQueueUrl ?? fromEnv('OWNER_PROFILES_PARKED_QUEUE_URL');
  const dead = options.deadLetterQueueUrl ?? fromEnv('OWNER_PROFILES_DEAD_LETTER_QUEUE_URL');
  const imports = options.queueUrl ?? fromEnv('OWNER_PROFILES_QUEUE_URL');
  // Settings that belong together come from one place: named queues are not mixed with those of a local service.
  const named = (parked ?? dead) !== undefined && options.outputs === undefined;
  const outputs = (named ? undefined : readOutputs(options, env)) ?? {};
  const urls = { parked: parked ?? outputs['ParkedQueueUrl'], dead: dead ?? outputs['DeadLetterQueueUrl'] };
  const known = Object.fromEntries(wanted.flatMap((queue) => (urls[queue] ? [[queue, urls[queue]]] : [])));
  const [first] = Object.values(known);
  if (first === undefined) {
    throw usage(
      `${wanted.length > 1 ? 'no failure queue' : `no ${QUEUE_NAMES[wanted[0]!]}`} is known`,
      'start the service with `npm start`, or give --outputs, or --parked-queue-url and --dead-letter-queue-url',
    );
  }
  return {
    urls: known,
    importQueueUrl: imports ?? outputs['ImportQueueUrl'],
    endpoint: outputs['SqsEndpoint'],
    region: options.region ?? outputs['Region'] ?? regionIn(first) ?? env['AWS_REGION'],
  };
}

export const QUEUE_NAMES: Readonly<Record<FailureQueue, string>> = {
  parked: 'parked queue',
  dead: 'dead-letter queue',
};
