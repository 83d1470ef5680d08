/** What the service costs: units counted in one run, times list prices; and the tables of docs/cost.md. */
import { writeFileSync } from 'node:fs';
import { QueryCommand } from '@aws-sdk/client-dynamodb';
import {
  type Counted,
  importCost,
  keptMonthCost,
  lambdaCost,
  lookUpCost,
  replayCost,
  sum,
  TABLE_MS,
  type Units,
} from '../../functions/domain/costs/cost-model.ts';
import { PRICES_AS_OF, type Prices, pricesOf, REGIONS } from '../../functions/domain/costs/prices.ts';
import { formatDay } from '../../functions/domain/values/day.ts';
import { stageNamed } from '../../lib/stages.ts';
import { writeParts } from '../../tools/docs/generated.ts';
import type { Done } from '../children/host.ts';
import { costParts } from '../support/cost-page.ts';
import { requestsOf } from '../support/counting-proxy.ts';
import { distinctOwners } from '../support/distinct-owners.ts';
import { type Bench, counted, type Figure, type Progress } from '../support/figures.ts';
import { assertAnswered, assertTaken, lookUpEvent, queueEvent, startHost } from '../support/functions.ts';
import { spreadOf } from '../support/measure.ts';
import { LAST_DAY, messageOf, NOW, SEED, transactionsOf } from '../support/owners.ts';
import { UNITS_FILE } from '../support/results.ts';
import { startWorld } from '../support/world.ts';
import { otherWays } from './other-ways.ts';

type World = Awaited<ReturnType<typeof startWorld>>;

const ROWS = 1_000;
const OWNERS = 10;
const ROUNDS = 30;
const BATCH = 10;

export const bench: Bench = {
  name: 'cost',
  title: 'Cost at list prices',
  async run(progress) {
    const units = await count(progress);
    writeFileSync(UNITS_FILE, `${JSON.stringify(units, null, 2)}\n`);
    writeParts('docs/cost.md', costParts(units));
    const figures: Figure[] = [];
    for (const region of REGIONS) {
      const prices = pricesOf(region);
      const unit = `USD, ${region}, ${PRICES_AS_OF}`;
      figures.push(
        counted('a million look-ups', unit, 1e6 * sum(lookUpCost(units, prices))),
        counted('a million imports of 50 rows, batches full', unit, 1e6 * sum(importCost(units, true, prices))),
        counted('a million imports of 50 rows, one by one', unit, 1e6 * sum(importCost(units, false, prices))),
        counted('a million owners of 1,000 rows kept a month', unit, 1e6 * keptMonthCost(units, prices)),
        counted('a million owners derived anew', unit, 1e6 * sum(replayCost(units, prices))),
      );
    }
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
        `Units are counted by a proxy before the local table; processor time is this machine's, and ${TABLE_MS} ms are assumed for the function's waiting on each request to the table.`,
        'An import is compared by its table, objects and compute; queue and logs are the same whatever the way.',
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

function ownWay(units: Counted, prices: Prices): number {
  const { table, compute } = importCost(units, false, prices);
  return table + compute;
}

function otherWay(units: Counted, name: string, prices: Prices): number {
  const other = units.others[name] as Counted['others'][string];
  const { readUnits, writeUnits } = other.import;
  const table = readUnits * prices.dynamoDbReadUnit + writeUnits * prices.dynamoDbWriteUnit;
  const objects = other.s3Gets * prices.s3Get + other.s3Puts * prices.s3Put;
  // Requests of a batch go side by side: no more waiting is counted than for ten of them.
  const waiting = { requests: Math.min(10, other.import.requests), cpuMs: units.importAlone.cpuMs };
  return table + objects + lambdaCost(waiting, units.memoryMb.worker, 1, prices);
}

const nameOf = (owner: number) => `cost-${owner}`;

async function count(progress: Progress): Promise<Counted> {
  const world = await startWorld();
  const worker = await startHost('import-worker', world.environment());
  const lookUp = await startHost('owner-profiles', world.environment());
  try {
    const history = distinctOwners(OWNERS, ROWS);
    for (const [owner, message] of history.entries()) {
      const importedAt = new Date(NOW - 2 * 3_600_000).toISOString();
      const told = { ...message, ownerExternalId: nameOf(owner), importedAt };
      assertTaken(await worker.run(queueEvent([JSON.stringify(told)])));
    }
    const fifty = transactionsOf({ rows: 50, seed: SEED + 1, days: 15 });
    let second = 0;
    const importOf = (owner: number) => {
      const importedAt = new Date(NOW - 3_600_000 + ++second * 1000).toISOString();
      const own = history[owner]?.accounts[0];
      const message = messageOf(fifty, {
        ownerExternalId: nameOf(owner),
        importId: `i${second}`,
        from: LAST_DAY - 14,
        importedAt,
      });
      return JSON.stringify({
        ...message,
        accounts: [{ ...message.accounts[0], iban: own?.iban, currencyName: own?.currencyName }],
      });
    };
    const all = Array.from({ length: OWNERS }, (_, owner) => owner);
    const measured = (run: (round: number) => Promise<Done>, events: number) => measuredOf(world, run, events);
    progress('imports one by one');
    const importAlone = await measured(async (round) => {
      const done = await worker.run(queueEvent([importOf(round % OWNERS)]));
      assertTaken(done);
      return done;
    }, 1);
    progress('imports in batches');
    const importInBatch = await measured(async () => {
      const done = await worker.run(queueEvent(all.map(importOf)));
      assertTaken(done);
      return done;
    }, BATCH);
    progress('look-ups');
    const fresh = await measured(async (round) => {
      const done = await lookUp.run(lookUpEvent(nameOf(round % OWNERS)));
      assertAnswered(done);
      return done;
    }, 1);
    // An owner asked for a past day is derived anew from the pages, as a replay derives all.
    const replay = await measured(async (round) => {
      const done = await lookUp.run(lookUpEvent(nameOf(round % OWNERS), formatDay(LAST_DAY - 1)));
      assertAnswered(done);
      return done;
    }, 1);
    progress('other ways');
    const others = await otherWays(world, history[0] as (typeof history)[0]);
    const settings = stageNamed('prod');
    return {
      at: new Date().toISOString().slice(0, 10),
      lookUp: fresh,
      importAlone,
      importInBatch,
      replay: { ...replay, ...(await replayUnits(world, nameOf(0))) },
      bytesOfOwner: await bytesOf(world, nameOf(0)),
      memoryMb: { lookUp: settings.functions.memoryMb, worker: settings.worker.memoryMb },
      batch: BATCH,
      others,
    };
  } finally {
    worker.close();
    lookUp.close();
    await world.close();
  }
}

/** Runs rounds of `events` events each and returns what one event takes. */
async function measuredOf(world: World, run: (round: number) => Promise<Done>, events: number): Promise<Units> {
  const rounds: Units[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    world.counts();
    const done = await run(round);
    const counts = world.counts();
    rounds.push({
      requests: requestsOf(counts) / events,
      readUnits: counts.readUnits / events,
      writeUnits: counts.writeUnits / events,
      cpuMs: done.cpu / events,
      logBytes: done.logged / events,
    });
  }
  const mean = (of: keyof Units) => rounds.reduce((all, one) => all + one[of], 0) / rounds.length;
  return {
    requests: mean('requests'),
    readUnits: mean('readUnits'),
    writeUnits: mean('writeUnits'),
    // The first third warms up.
    cpuMs: spreadOf(rounds.slice(ROUNDS / 3).map(({ cpuMs }) => cpuMs)).median,
    logBytes: mean('logBytes'),
  };
}

/** A replay reads what lies there, eventually consistent, and writes the answer once. */
async function replayUnits(world: World, owner: string): Promise<Pick<Units, 'readUnits' | 'writeUnits' | 'requests'>> {
  return { readUnits: (await bytesOf(world, owner)) / 4096 / 2, writeUnits: 1, requests: 1 };
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
  // Names count too; DynamoDB adds a hundred bytes to each item that it bills for keeping.
  return Items.reduce(
    (all, item) => all + 100 + Object.entries(item).reduce((own, [name, value]) => own + name.length + size(value), 0),
    0,
  );
}
