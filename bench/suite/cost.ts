/** What the service costs: units counted in one run, times list prices; and the tables of docs/explanation/cost.md. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { QueryCommand } from '@aws-sdk/client-dynamodb';
import {
  COLD_SHARE,
  type Counted,
  importCost,
  keptMonthCost,
  lambdaCost,
  lookUpCost,
  secondsOf,
  sum,
  TABLE_MS,
  tableCost,
  type Units,
} from '../../functions/domain/costs/cost-model.ts';
import { PRICES_AS_OF, type Prices, pricesOf, REGIONS } from '../../functions/domain/costs/prices.ts';
import { SEGMENT_UNITS } from '../../functions/domain/costs/segment-cost.ts';
import { OWNERS_SIDE_BY_SIDE } from '../../functions/handlers/import-worker/recipe.ts';
import { stageNamed } from '../../lib/stages.ts';
import { writeParts } from '../../tools/docs/generated.ts';
import type { Done } from '../children/host.ts';
import { scratch } from '../support/bundle.ts';
import { coldStart } from '../support/cold.ts';
import { costParts } from '../support/cost-page.ts';
import { requestsOf } from '../support/counting-proxy.ts';
import { distinctOwners } from '../support/distinct-owners.ts';
import { type Bench, counted, type Figure, type Goal, type Progress } from '../support/figures.ts';
import {
  assertAnswered,
  assertTaken,
  deployedFolder,
  lookUpEvent,
  queueEvent,
  startHost,
} from '../support/functions.ts';
import { importsInto } from '../support/imports-into.ts';
import { spreadOf } from '../support/measure.ts';
import { NOW } from '../support/owners.ts';
import { UNITS_FILE } from '../support/results.ts';
import { startWorld } from '../support/world.ts';
import { otherWays } from './other-ways.ts';

type World = Awaited<ReturnType<typeof startWorld>>;

const ROWS = 1_000;
const OWNERS = 10;
const ROUNDS = 30;
const BATCH = 10;
const COLD_STARTS = 7;
/** The answer is read, then the pages; the changed pages are written, then the answer. */
const WAITS_OF_IMPORT = 4;

export const bench: Bench = {
  name: 'cost',
  title: 'Cost at list prices',
  async run(progress) {
    const { units, batchMs } = await count(progress);
    writeFileSync(UNITS_FILE, `${JSON.stringify(units, null, 2)}\n`);
    writeParts('docs/explanation/cost.md', costParts(units, SEGMENT_UNITS));
    const { importInBatch } = units;
    const figures: Figure[] = [
      counted('an import of 50 rows into 1,000: read units', 'units', importInBatch.readUnits, { atMost: 8.7 }),
      counted('an import of 50 rows into 1,000: write units', 'units', importInBatch.writeUnits, { atMost: 3 }),
      // Wall time counts a neighbour's load as ours: the fastest run has the least of it.
      counted(`a batch of ten imports at ${TABLE_MS} ms a request: fastest of ${ROUNDS}`, 'ms', batchMs, {
        atMost: 90,
      }),
      ...REGIONS.flatMap((region) => pricesOfAMillion(units, region)),
    ];
    const prices = pricesOf(REGIONS[0]!);
    const ours = ownWay(units, prices);
    const bars = [{ label: 'month pages (ours)', value: 1e6 * ours, ours: true }];
    for (const [name, other] of Object.entries(units.others)) {
      const value = otherWay(units, name, prices);
      bars.push({ label: name, value: 1e6 * value, ours: false });
      figures.push(
        counted(
          `an import, ${name}`,
          '× ours',
          value / ours,
          undefined,
          `${other.import.readUnits} read and ${other.import.writeUnits} write units`,
        ),
      );
    }
    return {
      figures,
      notes: [
        `Units are counted by a proxy before the local table; processor time is this machine's, and ${TABLE_MS} ms are assumed for each wait for the table. Owners of a batch wait side by side, ${OWNERS_SIDE_BY_SIDE} at a time. One invocation of ${1 / COLD_SHARE} is taken to start a process, whose start is billed.`,
        'An import is compared by its table, objects and compute; queue and logs are the same for all ways.',
      ],
      charts: [
        {
          kind: 'bars',
          file: 'cost',
          title: 'A million imports of 50 rows into 1,000 held: table, objects, compute',
          axis: `USD, ${REGIONS[0]}, list prices of ${PRICES_AS_OF}`,
          bars,
        },
      ],
    };
  },
};

function pricesOfAMillion(units: Counted, region: string): Figure[] {
  const prices = pricesOf(region);
  // Goals are for the first region only: others have the same units at other prices.
  const usd = (name: string, ofOne: number, goal?: Goal) =>
    counted(name, `USD, ${region}, ${PRICES_AS_OF}`, 1e6 * ofOne, region === REGIONS[0] ? goal : undefined);
  return [
    usd('a million look-ups', sum(lookUpCost(units, prices))),
    usd('a million imports of 50 rows, batches full', sum(importCost(units, true, prices)), { atMost: 4.1 }),
    usd('a million imports of 50 rows, one by one', sum(importCost(units, false, prices))),
    usd('a million owners of 1,000 rows kept a month', keptMonthCost(units, prices)),
  ];
}

function ownWay(units: Counted, prices: Prices): number {
  const { table, compute } = importCost(units, false, prices);
  return table + compute;
}

function otherWay(units: Counted, name: string, prices: Prices): number {
  const other = units.others[name] as Counted['others'][string];
  const objects = other.s3Gets * prices.s3Get + other.s3Puts * prices.s3Put;
  const { waits } = other.import;
  const use = { memoryMb: units.memoryMb.worker, invocations: 1, initMs: units.initMs.worker };
  const seconds = secondsOf({ waits, cpuMs: units.importAlone.cpuMs });
  return tableCost(other.import, prices) + objects + lambdaCost(seconds, use, prices);
}

const nameOf = (owner: number) => `cost-${owner}`;

async function count(progress: Progress): Promise<{ units: Counted; batchMs: number }> {
  const world = await startWorld();
  const worker = await startHost('import-worker', world.environment());
  const lookUp = await startHost('owner-profiles', world.environment());
  try {
    const importedAt = new Date(NOW - 2 * 3_600_000).toISOString();
    const history = distinctOwners(OWNERS, ROWS).map((message, owner) => ({
      ...message,
      ownerExternalId: nameOf(owner),
      importedAt,
    }));
    const take = async (bodies: readonly string[]) => {
      const done = await worker.run(queueEvent(bodies));
      assertTaken(done);
      return done;
    };
    for (const message of history) await take([JSON.stringify(message)]);
    const importOf = importsInto(history);
    const batch = () => take(history.map((_, owner) => importOf(owner)));
    const asked = async (round: number) => {
      const done = await lookUp.run(lookUpEvent(nameOf(round % OWNERS)));
      assertAnswered(done);
      return done;
    };
    progress('imports one by one');
    const importAlone = await measured(world, WAITS_OF_IMPORT, 1, (round) => take([importOf(round % OWNERS)]));
    progress('imports in batches');
    const waits = Math.ceil(BATCH / OWNERS_SIDE_BY_SIDE) * WAITS_OF_IMPORT;
    const importInBatch = await measured(world, waits / BATCH, BATCH, batch);
    world.answerAfter(TABLE_MS);
    const walls: number[] = [];
    for (let round = 0; round < ROUNDS; round++) walls.push((await batch()).milliseconds);
    world.answerAfter(0);
    progress('look-ups');
    const fresh = await measured(world, 1, 1, (round) => asked(round));
    progress('other ways');
    const settings = stageNamed('prod');
    const units = {
      at: new Date().toISOString().slice(0, 10),
      lookUp: fresh,
      importAlone,
      importInBatch,
      bytesOfOwner: await bytesOf(world, nameOf(0)),
      memoryMb: { lookUp: settings.functions.memoryMb, worker: settings.worker.memoryMb },
      initMs: await initOf(world, importOf(0)),
      batch: BATCH,
      others: await otherWays(world, history[0]!),
    };
    return { units, batchMs: spreadOf(walls).low };
  } finally {
    worker.close();
    lookUp.close();
    await world.close();
  }
}

/** Processor time of a fresh process until it is loaded, Node's own start included: at full power Lambda takes about as long. */
async function initOf(world: World, body: string): Promise<Counted['initMs']> {
  const folder = scratch('init');
  const medianOf = async (name: 'owner-profiles' | 'import-worker', value: object) => {
    const event = join(folder, `${name}.json`);
    writeFileSync(event, JSON.stringify(value));
    const deployed = deployedFolder(name);
    const env = { ...world.environment(false), LAMBDA_TASK_ROOT: deployed };
    const starts: number[] = [];
    for (let start = 0; start < COLD_STARTS; start++) {
      starts.push((await coldStart(name, { file: join(deployed, 'index.js'), event, env })).init);
    }
    return spreadOf(starts).median;
  };
  return {
    lookUp: await medianOf('owner-profiles', lookUpEvent(nameOf(0))),
    worker: await medianOf('import-worker', queueEvent([body])),
  };
}

/** Runs rounds of `events` events each and returns the time of one event. */
async function measured(
  world: World,
  waits: number,
  events: number,
  run: (round: number) => Promise<Done>,
): Promise<Units> {
  const rounds: Units[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    world.counts();
    const done = await run(round);
    const counts = world.counts();
    rounds.push({
      requests: requestsOf(counts) / events,
      waits,
      readUnits: counts.readUnits / events,
      writeUnits: counts.writeUnits / events,
      cpuMs: done.cpu / events,
      logBytes: done.logged / events,
    });
  }
  const mean = (of: keyof Units) => rounds.reduce((all, one) => all + one[of], 0) / rounds.length;
  return {
    requests: mean('requests'),
    waits,
    readUnits: mean('readUnits'),
    writeUnits: mean('writeUnits'),
    // The first third warms up.
    cpuMs: spreadOf(rounds.slice(ROUNDS / 3).map(({ cpuMs }) => cpuMs)).median,
    logBytes: mean('logBytes'),
  };
}

async function bytesOf(world: World, owner: string): Promise<number> {
  const { clientId, hash } = world.ownerKey(owner);
  const { Items = [] } = await world.dynamo.send(
    new QueryCommand({
      TableName: world.tableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: `${clientId}#owner#${hash}` } },
    }),
  );
  const size = (value: unknown): number => {
    if (value instanceof Uint8Array) return value.length;
    if (typeof value === 'string') return Buffer.byteLength(value);
    if (Array.isArray(value)) return value.reduce((all: number, one) => all + 1 + size(one), 3);
    if (typeof value === 'object' && value !== null)
      return Object.values(value).reduce((all: number, one) => all + size(one), 0);
    return 1;
  };
  // Names count too; DynamoDB adds a hundred bytes to each stored item that it bills.
  return Items.reduce(
    (all, item) => all + 100 + Object.entries(item).reduce((own, [name, value]) => own + name.length + size(value), 0),
    0,
  );
}
