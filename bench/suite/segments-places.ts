/** Where work on many owners is measured, and how its rounds become one number. */
import { join } from 'node:path';
import type { Units } from '../../functions/domain/costs/cost-model.ts';
import { ENV } from '../../functions/runtime/names.ts';
import { startEvents } from '../../local/events/server.ts';
import { startS3 } from '../../local/s3/server.ts';
import type { Done } from '../children/host.ts';
import { scratch } from '../support/bundle.ts';
import { type Counts, requestsOf, startCountingProxy } from '../support/counting-proxy.ts';
import { spreadOf } from '../support/measure.ts';
import { startWorld } from '../support/world.ts';

export const ROUNDS = 5;
const BUCKET = 'bench';

export const nameOf = (owner: number) => `segment-${owner}`;

export type Places = Awaited<ReturnType<typeof startPlaces>>;
/** The table, the queues, the bus and the buckets, each behind a proxy that counts. */
export async function startPlaces() {
  const world = await startWorld();
  const direct = world.environment();
  const s3 = await startS3({ directory: join(scratch('segments'), 's3'), buckets: [BUCKET], port: 0 });
  const events = await startEvents({ port: 0 });
  const objects = await startCountingProxy(s3.endpoint);
  const bus = await startCountingProxy(events.endpoint);
  const queue = await startCountingProxy(String(direct['AWS_ENDPOINT_URL_SQS']));
  const throughProxy = (variable: string) => {
    const { pathname } = new URL(String(direct[variable]));
    return { [variable]: `${queue.endpoint}${pathname}` };
  };
  const environment = {
    ...direct,
    ...throughProxy(ENV.changeQueue),
    ...throughProxy(ENV.webhookQueue),
    AWS_ENDPOINT_URL_SQS: queue.endpoint,
    AWS_ENDPOINT_URL_S3: objects.endpoint,
    AWS_ENDPOINT_URL_EVENTBRIDGE: bus.endpoint,
    [ENV.eventBus]: BUCKET,
    [ENV.resultsBucket]: BUCKET,
    [ENV.snapshotsBucket]: BUCKET,
  };
  const close = async () => {
    await Promise.all([objects.close(), bus.close(), queue.close()]);
    await Promise.all([s3.close(), events.close(), world.close()]);
  };
  return { world, environment, objects, bus, queue, close };
}

export function unitsOf(counts: Counts, { cpu, logged }: Done, waits: number): Units {
  const { readUnits, writeUnits } = counts;
  return { requests: requestsOf(counts), waits, readUnits, writeUnits, cpuMs: cpu, logBytes: logged };
}

const NAMES = ['requests', 'waits', 'readUnits', 'writeUnits', 'cpuMs', 'logBytes'] as const;
const combined = (all: readonly Units[], how: (values: readonly number[]) => number): Units =>
  Object.fromEntries(NAMES.map((name) => [name, how(all.map((one) => one[name]))])) as Units;

export const added = (all: readonly Units[]) =>
  combined(all, (values) => values.reduce((sum, value) => sum + value, 0));
/** The first third warms up. */
export const typical = (rounds: readonly Units[]) =>
  combined(rounds.slice(rounds.length / 3), (values) => spreadOf(values).median);
