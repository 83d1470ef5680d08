/** Look-ups under load: our own part of an answer, the memory that stays in use, and the whole local service with many clients at once. */
import { type AttributeValue, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { startProcess } from '../../local/process.ts';
import { startService } from '../../local/service.ts';
import { ROOT, scratch } from '../support/bundle.ts';
import { type Bench, counted, type Figure, type Progress, ratio } from '../support/figures.ts';
import { assertAnswered, assertTaken, lookUpEvent, queueEvent, startHost } from '../support/functions.ts';
import { spreadOf } from '../support/measure.ts';
import { LAST_DAY, messageOf, SEED, transactionsOf } from '../support/owners.ts';
import { peer } from '../support/peers.ts';
import { startWorld } from '../support/world.ts';

const REQUESTS = 100_000;
const AT_ONCE = 1_000;
const WARM_UP = 10_000;
const CONNECTIONS = 10;
const SECONDS = 10;
/** Far below any response time of a machine that is busy otherwise. */
const IMPORT_PATIENCE_MS = 30_000;

export const bench: Bench = {
  name: 'look-up',
  title: 'Look-ups under load',
  async run(progress) {
    const inside = await insideTheFunction(progress);
    const service = await localService(progress);
    return {
      figures: [...inside, ...service.figures],
      notes: [
        `Our part: time in the handler less the time of requests to the table, over ${REQUESTS.toLocaleString('en')} requests to one process after ${WARM_UP.toLocaleString('en')} to warm up. The table answers one item and does nothing else. Times are of this machine.`,
        ...service.notes,
      ],
      charts: [],
    };
  },
};

/** An item as in the table's protocol: bytes as Base64. */
function asSent(item: Record<string, AttributeValue>): object {
  return JSON.parse(
    JSON.stringify(item, (_, value) => (value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value)),
  );
}

async function insideTheFunction(progress: Progress): Promise<Figure[]> {
  const world = await startWorld();
  const worker = await startHost('import-worker', world.environment(false));
  try {
    const message = messageOf(transactionsOf({ rows: 500, seed: SEED }), { from: LAST_DAY - 544 });
    assertTaken(await worker.run(queueEvent([JSON.stringify(message)])));
    const { hash } = world.ownerKey('bench-owner');
    const key = { pk: { S: `demo#owner#${hash}` }, sk: { S: 'answer' } };
    const { Item } = await world.dynamo.send(new GetItemCommand({ TableName: world.tableName, Key: key }));
    const table = await startProcess(
      new URL('../children/one-item.ts', import.meta.url),
      { item: asSent(Item ?? {}) },
      'the one item',
    );
    const host = await startHost('owner-profiles', {
      ...world.environment(),
      AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
    });
    try {
      const event = lookUpEvent('bench-owner');
      assertAnswered(await host.run(event));
      await host.run(event, { times: WARM_UP });
      const own: number[] = [];
      const cpu: number[] = [];
      const memory: number[] = [];
      for (let asked = 0; asked < REQUESTS; asked += AT_ONCE) {
        const done = await host.run(event, { times: AT_ONCE });
        own.push(...done.own);
        cpu.push(done.cpu / AT_ONCE);
        memory.push(done.rss);
        progress(`${asked + AT_ONCE} of ${REQUESTS} requests`);
      }
      own.sort((a, b) => a - b);
      const at = (share: number) => own[Math.floor(share * (own.length - 1))]!;
      const early = spreadOf(memory.slice(5, 25)).median;
      const late = spreadOf(memory.slice(-20)).median;
      return [
        counted('our part of a look-up, p50', 'ms', at(0.5)),
        counted('our part of a look-up, p99', 'ms', at(0.99)),
        ratio('processor time of a look-up, SDK included', 'ms', spreadOf(cpu)),
        counted(`memory at the end of ${REQUESTS.toLocaleString('en')} requests`, '× after some 15,000', late / early, {
          atMost: 1.1,
        }),
        counted('memory of the process', 'MB', late / 2 ** 20),
      ];
    } finally {
      host.close();
      await table.close();
    }
  } finally {
    worker.close();
    await world.close();
  }
}

type Loaded = {
  requests: { average: number };
  latency: { p50: number; p99: number };
  non2xx: number;
  errors: number;
};
type Autocannon = { default: (options: object) => Promise<Loaded> };

async function localService(progress: Progress): Promise<{ figures: Figure[]; notes: string[] }> {
  const library = await peer<Autocannon>('autocannon');
  if (!library) return { figures: [], notes: ['autocannon is not installed: the local service was not asked.'] };
  progress('starting the local service');
  const service = await startService({
    root: ROOT,
    directory: scratch('service'),
    port: 0,
    stage: 'dev',
    echo: undefined,
    step: async (_, work) => work(() => {}),
    note: () => {},
  });
  try {
    const { ApiUrl, ApiKey = '' } = service.outputs;
    const base = ApiUrl.replace(/\/$/, '');
    const headers = { 'x-api-key': ApiKey, 'content-type': 'application/json' };
    const { accounts } = messageOf(transactionsOf({ rows: 500, seed: SEED }));
    const sent = await fetch(`${base}/v1/owner`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ ownerExternalId: 'bench', accounts }),
    });
    if (sent.status !== 202) throw new Error(`the import was answered with ${sent.status}`);
    const url = `${base}/v1/owner-profiles?ownerExternalId=bench`;
    const deadline = performance.now() + IMPORT_PATIENCE_MS;
    while ((await fetch(url, { headers })).status !== 200) {
      if (performance.now() > deadline) throw new Error('the import was not processed');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await library.default({ url, headers, connections: CONNECTIONS, duration: 2 });
    progress(`${CONNECTIONS} connections for ${SECONDS} s`);
    const { requests, latency, non2xx, errors } = await library.default({
      url,
      headers,
      connections: CONNECTIONS,
      duration: SECONDS,
    });
    return {
      figures: [
        counted('local service: look-ups a second', `requests, ${CONNECTIONS} connections`, requests.average),
        counted('local service: latency p50', 'ms, gateway, authorizer and table included', latency.p50),
        counted('local service: latency p99', 'ms, gateway, authorizer and table included', latency.p99),
        counted('local service: answers that were not 200', 'requests', non2xx + errors, { atMost: 0 }),
      ],
      notes: [
        'The local service keeps its table, its gateway, its functions and the asking on the same cores: its figures show that it works, not how fast AWS is.',
      ],
    };
  } finally {
    await service.stop();
  }
}
