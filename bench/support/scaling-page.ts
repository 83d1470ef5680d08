/** docs/scaling.md: arithmetic on the counted units, and what the simulation says. */

import type { Counted } from '../../functions/domain/costs/cost-model.ts';
import { stageNamed } from '../../lib/stages.ts';
import type { Drained, Setup, Work } from './burst.ts';
import { number } from './format.ts';
import { runsSection } from './runs-section.ts';

const MONTH_SECONDS = 30 * 86_400;
const IMPORTS_A_MONTH = 4;
const LOOK_UPS_A_MONTH = 10;
/** The busiest hour against the mean. */
const PEAK = 10;
const BASES = [1e6, 1e8, 1e9];

type Simulated = Drained & { readonly setup: Setup };

export function scalingPage(units: Counted, work: Work, drained: readonly Simulated[]): string {
  const prod = stageNamed('prod');
  const perWorker = work.batch / work.batchSeconds;
  const quotas: [string, string, number | undefined, string][] = [
    [
      'Workers of the stage `prod`',
      `${prod.worker.maxConcurrency}`,
      prod.worker.maxConcurrency * perWorker,
      '`worker.maxConcurrency` in `lib/stages.ts`',
    ],
    [
      'Reads of a table',
      '40,000 units a second',
      40_000 / units.importInBatch.readUnits,
      'raise the quota; warm throughput before a known burst',
    ],
    ['Writes of a table', '40,000 units a second', 40_000 / units.importInBatch.writeUnits, 'the same'],
    [
      'Workers of one event source',
      '1,250, 300 more a minute',
      1_250 * perWorker,
      'a second queue with a worker of its own, owners split by hash',
    ],
    [
      'Lambda concurrency of the account',
      '1,000, shared with look-ups',
      1_000 * perWorker,
      'raise the quota; it is granted in tens of thousands',
    ],
    [
      'Messages in flight',
      '120,000',
      (120_000 / work.batch) * perWorker,
      'never met before the others: in flight are workers × 10',
    ],
  ];
  const sorted = quotas.toSorted((a, b) => (a[2] ?? 0) - (b[2] ?? 0));
  return [
    '# Scaling past one machine',
    '',
    '<!-- Made by `npm run bench -- scaling`; the text is in bench/support/scaling-page.ts. -->',
    '',
    'Nothing here is measured in the cloud. Units and processor time are counted on one machine ([benchmarks](benchmarks.md), [cost](cost.md)); limits are those that',
    "AWS documents, as known when the prices were written down. Quotas marked so in the AWS console can be raised: look at your account's before planning.",
    '',
    '## What comes in',
    '',
    `${IMPORTS_A_MONTH} imports and ${LOOK_UPS_A_MONTH} look-ups for each owner a month, the busiest hour ${PEAK} × the mean:`,
    '',
    '| Owners | Imports a second, mean | busiest | Look-ups a second, mean | busiest | Kept in the table | Met first |',
    '|---:|---:|---:|---:|---:|---:|---|',
    ...BASES.map((owners) => baseRow(owners, units, sorted)),
    '',
    '## Which limit is met at what rate of imports',
    '',
    `An import of 50 rows takes ${number(units.importInBatch.readUnits)} read and ${number(units.importInBatch.writeUnits)} write units; a batch of ten takes a worker ${work.batchSeconds.toFixed(2)} s.`,
    '',
    '| Limit | Value | Imports a second | What to turn |',
    '|---|---|---:|---|',
    ...sorted.map(
      ([name, value, rate, turn]) => `| ${name} | ${value} | ${rate === undefined ? '' : number(rate)} | ${turn} |`,
    ),
    '',
    'Look-ups meet others:',
    '',
    '| Limit | Value | Look-ups a second | What to turn |',
    '|---|---|---:|---|',
    `| Throttling of the stage \`prod\` | ${number(prod.api.throttlingRatePerSecond)} a second | ${number(prod.api.throttlingRatePerSecond)} | \`api.throttlingRatePerSecond\` in \`lib/stages.ts\` |`,
    '| API Gateway, account and region | 10,000 a second | 10,000 | raise the quota; a stage in a second account; an HTTP API where its features suffice |',
    '| Lambda concurrency | 1,000 | some 50,000 at 20 ms each | raise the quota; ramp: 1,000 more every 10 s for each function |',
    `| Reads of a table | 40,000 units | ${number(40_000 / units.lookUp.readUnits)} | raise the quota |`,
    '',
    'Sizes that cannot be raised: 400 KB for an item (a page that is larger is cut into parts), 1 MiB for a message and 6 MB for what a function takes or answers (larger',
    'imports go through the payload bucket), 10 MB for a request to API Gateway, 29 s for its answer.',
    '',
    '## A Monday morning',
    '',
    `Ten million imports within half an hour, most of them after ${work.heightAfter} minutes (simulated, \`bench/support/burst.ts\`): the event source begins with 5 workers and adds up to 300 a minute;`,
    'a table gives what it is warmed for, and twice its peak half an hour later, up to its quota.',
    '',
    '![Imports waiting](../bench/charts/scaling.svg)',
    '',
    '| Setting | All processed after | Age when processed, p50 | p99 | Most waiting | Most a second | Held by |',
    '|---|---:|---:|---:|---:|---:|---|',
    ...drained.map(
      ({ setup, minutesToDrain, ageP50, ageP99, mostWaiting, mostImportsASecond, heldBy }) =>
        `| ${setup.name} | ${minutes(minutesToDrain)} | ${minutes(ageP50 / 60)} | ${minutes(ageP99 / 60)} | ${number(Math.round(mostWaiting))} | ${number(Math.round(mostImportsASecond))} | ${heldBy} |`,
    ),
    '',
    'So: workers beyond what the table reads for them only wait, and retries of throttled reads cost again. Turn the table first (`WarmThroughput`, once, before the burst is',
    'known to come), then `maxConcurrency` to no more than the table can feed. A queue keeps messages for days; nothing is lost while it drains, look-ups answer what was known, and',
    'an import that is late changes nothing of what the others say, for days are joined in any order.',
    '',
    '## Hot owners, hot clients',
    '',
    '- An owner is one partition key: at most 3,000 read and 1,000 write units a second. An import takes',
    `  ${number(units.importInBatch.readUnits)} and ${number(units.importInBatch.writeUnits)}, so the partition would take ${number(Math.min(3_000 / units.importInBatch.readUnits, 1_000 / units.importInBatch.writeUnits))} imports a second of one owner; workers meet each other long before, on the revision of the answer. Those in one batch are joined`,
    "  by one read and one write; those in different batches try again with growing pauses. Publishers who send an owner's history in hundreds of messages should send it in one.",
    '- A heavy owner (10,000 rows in 18 months) costs more reads in proportion to the bytes of these months, never to what lies before.',
    '- A client is spread over all partitions by the hash of its owners. In the queue its messages bear its id as their group: fair queuing lets those of quiet clients pass while a loud',
    '  one has a backlog. For a client that needs a promise of its own: a queue and a worker of its own, which is one more construct in the stack.',
    '- Look-ups of one client are bounded by the throttling of the stage only; a usage plan for each key would bound them singly.',
    '',
    '## More than one region',
    '',
    'What must hold: whoever writes an answer last has read every page written before it. That rests on conditional writes and strongly consistent reads of *one* table.',
    '',
    '1. **A stack for each region, clients or owners assigned to one.** Nothing changes, data stay where they must, the blast radius is a region. The default choice.',
    '2. **The same, with a standby.** Publishers send to both regions, or the queue is copied; imports are facts about days, so the standby joins them in any order, as often as they come, and ends in the',
    '   same state. Recovery point: what was not copied; recovery time: a change of DNS. It costs every import twice, and the hash key must be the same in both.',
    '3. **Global table, eventually consistent.** Conditions hold in one region only and the last writer wins: two regions that write one owner lose days. Only with a home region for each owner; the other',
    '   regions answer look-ups from their copy of the answer, half a read unit and some seconds behind.',
    '4. **Global table, strongly consistent** (three regions). Conditional writes hold everywhere; every write waits for a second region. Before choosing it, check what such tables lack (expiry by TTL',
    '   among them: retention would need a sweeper).',
    '',
    ...runsSection(prod),
    '## A replay of everything',
    '',
    'After a release that brings another built-in catalogue, answers are derived when they are asked for. To have them all at once, the same Distributed Map derives the owners of each client: its time and cost for 10 and 100 million owners are',
    'among the [benchmarks](benchmarks.md). Its limit is not compute but the reads of the table; at the default quota of 40,000 units a second, a hundred million owners of 500 rows need',
    `${number((1e8 * 21_600) / 4096 / 2 / 40_000 / 3600)} hours, however many workers there are. An export of the table to S3 takes no read units and is the way from there on.`,
    '',
  ].join('\n');
}

function baseRow(
  owners: number,
  units: Counted,
  limits: readonly [string, string, number | undefined, string][],
): string {
  const imports = (owners * IMPORTS_A_MONTH) / MONTH_SECONDS;
  const lookUps = (owners * LOOK_UPS_A_MONTH) / MONTH_SECONDS;
  const met = limits.filter(([, , rate]) => rate !== undefined && rate < imports * PEAK).map(([name]) => name);
  const prod = stageNamed('prod').api.throttlingRatePerSecond;
  const api = lookUps * PEAK > 10_000 ? 'API Gateway' : lookUps * PEAK > prod ? 'throttling of the stage' : undefined;
  const first = [...met, ...(api ? [api] : [])];
  return `| ${number(owners)} | ${number(imports)} | ${number(imports * PEAK)} | ${number(lookUps)} | ${number(lookUps * PEAK)} | ${number((owners * units.bytesOfOwner) / 1e12)} TB | ${first.join('; ') || 'none'} |`;
}

function minutes(value: number): string {
  return value < 1
    ? `${Math.round(value * 60)} s`
    : value < 120
      ? `${Math.round(value)} min`
      : `${(value / 60).toFixed(1)} h`;
}
