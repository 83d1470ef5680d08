/** Requests and units, counted by a proxy in front of the table: exact, however busy the machine is. */

import { type Counts, requestsOf } from '../support/counting-proxy.ts';
import { type Bench, counted, type Figure } from '../support/figures.ts';
import { assertAnswered, assertTaken, lookUpEvent, queueEvent, startHost } from '../support/functions.ts';
import { LAST_DAY, messageOf, NOW, SEED, transactionsOf } from '../support/owners.ts';
import { startWorld } from '../support/world.ts';
import { queueRequests } from './queue-requests.ts';

const HISTORY = 1_000;
/** 1 November: the import of 50 rows is in one month. */
const FIRST_OF_MONTH = LAST_DAY - 14;

/** A look-up, imports and their repetitions, each counted separately. */
export async function countRequests(progress: (text: string) => void) {
  const world = await startWorld();
  const worker = await startHost('import-worker', world.environment());
  const lookUp = await startHost('owner-profiles', world.environment());
  try {
    const body = (owner: string, importId: string, rows: ReturnType<typeof transactionsOf>, from: number, second = 0) =>
      JSON.stringify(
        messageOf(rows, {
          ownerExternalId: owner,
          importId,
          from,
          importedAt: new Date(NOW - 3_600_000 + second * 1000).toISOString(),
        }),
      );
    const history = transactionsOf({ rows: HISTORY, seed: SEED });
    const fifty = transactionsOf({ rows: 50, seed: SEED + 1, days: LAST_DAY - FIRST_OF_MONTH + 1 });
    const counts = new Map<string, Counts>();
    const run = async (name: string, bodies: readonly string[]) => {
      world.counts();
      assertTaken(await worker.run(queueEvent(bodies)));
      counts.set(name, world.counts());
      progress(name);
    };
    await run('first contact', [body('warm', 'w', fifty, FIRST_OF_MONTH)]);
    await run('first import of an owner: 1,000 rows of 18 months', [body('a', 'h', history, LAST_DAY - 544)]);
    await run('import of 50 rows into one month', [body('a', 'i1', fifty, FIRST_OF_MONTH, 1)]);
    await run('the same import again', [body('a', 'i1', fifty, FIRST_OF_MONTH, 1)]);
    const ten = Array.from({ length: 10 }, (_, index) => body('a', `t${index}`, fifty, FIRST_OF_MONTH, index + 2));
    await run('batch of ten imports of one owner', ten);
    await run('import of 50 rows of a new owner', [body('b', 'i1', fifty, FIRST_OF_MONTH)]);

    world.counts();
    assertAnswered(await lookUp.run(lookUpEvent('warm')));
    counts.set('look-up in a fresh process', world.counts());
    const fresh = assertAnswered(await lookUp.run(lookUpEvent('a')));
    counts.set('fresh look-up', world.counts());
    assertAnswered(await lookUp.run(lookUpEvent('a'), { now: NOW + 400 * 86_400_000 }));
    counts.set('look-up after the answer has run out', world.counts());
    return { counts, profiles: fresh.profiles };
  } finally {
    worker.close();
    lookUp.close();
    await world.close();
  }
}

export const bench: Bench = {
  name: 'requests',
  title: 'Requests and units of the table and the queue',
  async run(progress) {
    const { counts } = await countRequests(progress);
    const of = (name: string) => counts.get(name)!;
    const figures: Figure[] = [];
    for (const [name, count] of counts) {
      if (name === 'first contact') continue;
      figures.push(
        counted(`${name}: requests`, operations(count), requestsOf(count)),
        counted(`${name}: read units`, 'strongly consistent reads of 4 KB', count.readUnits),
        counted(`${name}: write units`, 'writes of 1 KB', count.writeUnits),
        counted(`${name}: bytes to and from the table`, 'bytes', count.bytesSent + count.bytesReceived),
      );
    }
    const fresh = of('fresh look-up');
    const one = of('import of 50 rows into one month');
    const ten = of('batch of ten imports of one owner');
    const requests = (count: Counts, ...names: string[]) =>
      names.reduce((sum, name) => sum + (count.requests[name] ?? 0), 0);
    figures.push(
      counted('goal: requests of a fresh look-up', 'requests', requestsOf(fresh), { atMost: 1 }),
      counted('goal: read units of a fresh look-up', 'read units', fresh.readUnits, { atMost: 0.5 }),
      counted('goal: queries of an import of 50 rows', 'requests', requests(one, 'Query'), { atMost: 1 }),
      counted('goal: reads of an import of 50 rows', 'requests', requests(one, 'GetItem', 'BatchGetItem'), {
        atMost: 1,
      }),
      counted('goal: writes of an import of 50 rows', 'requests', requests(one, 'PutItem', 'DeleteItem'), {
        atMost: 2,
      }),
      counted('goal: requests of ten imports of one owner', '× one import', requestsOf(ten) / requestsOf(one), {
        atMost: 1,
      }),
      // All pages are read by one query, whose bytes may cross one boundary of 4 KB more.
      counted('goal: units of ten imports of one owner', '× one import', unitsOf(ten) / unitsOf(one), { atMost: 1.1 }),
    );
    const queue = await queueRequests(progress);
    return {
      figures: [...figures, ...queue],
      charts: [
        {
          kind: 'bars',
          file: 'requests',
          title: 'Units of the table',
          axis: 'read units + write units',
          bars: [...counts]
            .filter(([name]) => name !== 'first contact')
            .map(([label, count]) => ({ label, value: unitsOf(count), ours: true })),
        },
      ],
      notes: ['Units are those that the local table reports; look-ups read with eventual consistency (half a unit).'],
    };
  },
};

function unitsOf({ readUnits, writeUnits }: Counts): number {
  return readUnits + writeUnits;
}

function operations({ requests }: Counts): string {
  return Object.entries(requests)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
}
