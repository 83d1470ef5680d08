/** The service on one machine: what a start, the import of an owner and an idle function cost, over all its processes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { callAws } from '../../local/aws-json.ts';
import { drained, profilesUrl, shift, weeksToShift } from '../../local/samples.ts';
import { ROOT, scratch } from '../support/bundle.ts';
import { distinctOwners } from '../support/distinct-owners.ts';
import { type Bench, counted, type Progress, ratio } from '../support/figures.ts';
import { spreadOf } from '../support/measure.ts';
import { environmentOf, type Process, privateMemoryOf, processesBelow } from '../support/process-tree.ts';

const ROWS = 500;
const OWNERS = 50;
const ROUNDS = 5;
const WARM_UP = 50;
const AT_ONCE = 5;
const PATIENCE_MS = 60_000;
const REST_MS = 3000;
/** The parts of the service, by what the command line or the environment of their processes contains. */
const PARTS = {
  'import worker': 'ImportWorkerFunction',
  'change publisher': 'ChangePublisherFunction',
  queue: 'sqs-main',
  table: 'dynamodb-main',
  'gateway and pollers': 'bin/local',
};

type Outputs = Readonly<Record<'ApiUrl' | 'ApiKey' | 'SqsEndpoint' | 'ImportQueueUrl', string>>;
type Running = Awaited<ReturnType<typeof start>>;

export const bench: Bench = {
  name: 'local-machine',
  title: 'The service on one machine',
  async run(progress) {
    const directory = scratch('local-machine');
    progress('first start');
    await (await start(directory)).stop();
    progress('second start');
    const service = await start(directory);
    try {
      const { rounds, parts } = await drainedRounds(service, progress);
      await lookUp(service.outputs);
      await sleep(REST_MS);
      const memory = memoryByFunction(service.processes());
      return {
        figures: [
          ratio(`an owner of ${ROWS} rows, sent and drained`, 'ms of processor time', spreadOf(rounds), { atMost: 10 }),
          ...parts.map(([part, ms]) => counted(`of it ${part}`, 'ms of processor time', ms)),
          ...memory.map(([name, bytes, goal]) =>
            counted(`${name}, idle: private memory of a process`, 'MB', bytes / 2 ** 20, goal),
          ),
          counted('all processes, idle: private memory', 'MB', sumOf(service.processes(), memoryOf) / 2 ** 20),
          counted('a further start, until ready', 'ms of processor time', service.cpu),
          counted('a further start, until ready', 'ms', service.milliseconds),
        ],
        notes: [
          `${ROUNDS} rounds of ${OWNERS} owners of ${ROWS} rows each, after ${WARM_UP} to warm up: processor time of all processes, from the first message sent until the queue is empty. Time spent by the publisher does not count.`,
          `Memory is read ${REST_MS / 1000} s after a look-up. A further start finds the stack, the bundles and the compiled code made.`,
        ],
        charts: [],
      };
    } finally {
      await service.stop();
    }
  },
};

/** As `npm start` does. Linux alone reports what is measured. */
async function start(directory: string) {
  const started = performance.now();
  const child = spawn(process.execPath, [join(ROOT, 'bin/local.ts')], {
    cwd: ROOT,
    env: { ...process.env, PORT: '0', DATA_DIR: directory, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const processes = () => processesBelow(child.pid!);
  let printed = '';
  for await (const text of child.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    printed += text;
    if (/^ready/m.test(printed)) break;
  }
  if (!/^ready/m.test(printed)) throw new Error(`the service did not start:\n${printed}`);
  child.stdout.resume();
  return {
    milliseconds: performance.now() - started,
    cpu: sumOf(processes(), ({ cpu }) => cpu),
    outputs: JSON.parse(readFileSync(join(directory, 'outputs.json'), 'utf8')) as Outputs,
    processes,
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

async function drainedRounds({ outputs, processes }: Running, progress: Progress) {
  const now = Date.now();
  const bodies = distinctOwners(WARM_UP + ROUNDS * OWNERS, ROWS).map((message) =>
    JSON.stringify(shift(message, weeksToShift(now), now)),
  );
  await drain(outputs, bodies.splice(0, WARM_UP));
  const rounds: number[] = [];
  const before = cpuByPart(processes());
  for (let round = 1; round <= ROUNDS; round++) {
    const before = sumOf(processes(), ({ cpu }) => cpu);
    await drain(outputs, bodies.splice(0, OWNERS));
    rounds.push((sumOf(processes(), ({ cpu }) => cpu) - before) / OWNERS);
    progress(`round ${round} of ${ROUNDS}`);
  }
  const parts = cpuByPart(processes()).map(
    ([part, cpu], index) => [part, (cpu - before[index]![1]) / OWNERS / ROUNDS] as const,
  );
  return { rounds, parts };
}

async function drain({ SqsEndpoint: endpoint, ImportQueueUrl: QueueUrl }: Outputs, bodies: readonly string[]) {
  for (let at = 0; at < bodies.length; at += AT_ONCE) {
    const Entries = bodies.slice(at, at + AT_ONCE).map((MessageBody, index) => ({ Id: `m${index}`, MessageBody }));
    await callAws({ endpoint, target: 'AmazonSQS.SendMessageBatch', input: { QueueUrl, Entries } });
  }
  const left = await drained(endpoint, QueueUrl, PATIENCE_MS);
  if (left > 0) throw new Error(`${left} imports were not processed`);
}

async function lookUp({ ApiUrl, ApiKey }: Outputs): Promise<void> {
  const response = await fetch(profilesUrl(ApiUrl, 'owner-0'), { headers: { 'X-Api-Key': ApiKey } });
  if (response.status !== 200) throw new Error(`the look-up was answered with ${response.status}`);
}

function cpuByPart(processes: readonly Process[]): [string, number][] {
  return Object.entries(PARTS).map(([part, mark]) => [part, sumOf(those(processes, mark), ({ cpu }) => cpu)]);
}

/** The goal is for functions that hold no data between two events. */
function memoryByFunction(processes: readonly Process[]): [string, number, ({ atMost: number } | undefined)?][] {
  const median = (mark: string) => spreadOf(those(processes, mark).map(memoryOf)).median;
  return [
    ['authorizer', median('AuthorizerFunction'), { atMost: 20 }],
    ['look-up', median('OwnerProfilesFunction'), { atMost: 20 }],
    ['import worker', median(PARTS['import worker'])],
  ];
}

const those = (processes: readonly Process[], mark: string): Process[] =>
  processes.filter(({ pid, command }) => command.includes(mark) || environmentOf(pid).includes(mark));

const memoryOf = ({ pid }: Process): number => privateMemoryOf(pid) ?? 0;

function sumOf(processes: readonly Process[], value: (each: Process) => number): number {
  return processes.reduce((sum, each) => sum + value(each), 0);
}
