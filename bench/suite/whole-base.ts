/** A whole base derived again, as after a change of the catalogue: from stored pages to profiles, by one process on one core. */
import { decodePage, encodePage } from '../../functions/adapters/owners/page-codec.ts';
import { PRICES_AS_OF, pricesOf } from '../../functions/domain/costs/prices.ts';
import { derive } from '../../functions/domain/profiles/derive.ts';
import { stageNamed } from '../../lib/stages.ts';
import { distinctOwners } from '../support/distinct-owners.ts';
import { type Bench, counted, type Figure, ratio } from '../support/figures.ts';
import { inputOf, pagesOfOwner } from '../support/inputs.ts';
import { collectGarbage, spreadOf } from '../support/measure.ts';
import { LAST_DAY } from '../support/owners.ts';

const ROWS = 500;
const DISTINCT = 400;
const OWNERS = { scaled: 3_000, full: 100_000 };
const PARTS = 10;
/** Key, revision and expiry of a page's item, as the store writes them. */
const ITEM_BYTES = 160;
const READ_UNIT = 4096;
const REGION = 'us-east-1';
/** Lambda's default account limit on concurrent executions, less those for look-ups. */
const CONCURRENCY = 900;
/** Owners of one child of the Distributed Map: some 20 seconds of work, and so a few state transitions for thousands of owners. */
const OWNERS_OF_CHILD = 5_000;
const TRANSITIONS_OF_CHILD = 3;
const MOST_CHILDREN = 10_000;

export const bench: Bench = {
  name: 'whole-base',
  title: 'A whole base derived again',
  async run(progress, { full }) {
    progress('owners');
    const stored = distinctOwners(DISTINCT, ROWS).map((message) => {
      const pages = pagesOfOwner(message);
      const expected = derive(inputOf(pages), LAST_DAY).profiles.join();
      return { expected, pages: pages.map((page) => encodePage(page)) };
    });
    const bytes =
      stored.reduce((sum, { pages }) => sum + pages.reduce((own, page) => own + page.length + ITEM_BYTES, 0), 0) /
      DISTINCT;
    const owners = full ? OWNERS.full : OWNERS.scaled;
    const perSecond: number[] = [];
    const heaps: number[] = [];
    let done = 0;
    for (let part = 0; part < PARTS; part++) {
      const begun = process.cpuUsage();
      for (; done < (owners / PARTS) * (part + 1); done++) {
        const { pages, expected } = stored[done % DISTINCT] as (typeof stored)[number];
        const { profiles } = derive(inputOf(pages.map((page) => decodePage(page))), LAST_DAY);
        if (profiles.join() !== expected) throw new Error('a stored owner is derived otherwise than the imported one');
      }
      const { user, system } = process.cpuUsage(begun);
      perSecond.push(owners / PARTS / ((user + system) / 1e6));
      collectGarbage();
      heaps.push(process.memoryUsage().heapUsed);
      progress(`${done} of ${owners} owners`);
    }
    const speed = spreadOf(perSecond.slice(1));
    const growth = heaps.at(-1)! / heaps[2]!;
    const { figures, notes } = extrapolated(speed.median, bytes);
    return {
      figures: [
        ratio('owners derived', 'owners per second of processor time, on this machine', speed),
        counted('heap after all owners', '× after three tenths of them', growth, { atMost: 1.1 }),
        counted('stored pages of an owner', 'bytes, keys included', bytes),
        ...figures,
      ],
      notes: [
        `${owners} derivations of ${DISTINCT} different owners of ${ROWS} transactions${full ? '' : ` (--full: ${OWNERS.full})`}; each gives the profiles that its import gave.`,
        ...notes,
      ],
      charts: [
        {
          kind: 'lines',
          file: 'whole-base',
          title: 'A whole base: heap after collection',
          x: 'owners derived',
          y: 'MB',
          lines: [
            {
              label: 'heap',
              points: heaps.map((heap, part) => [((part + 1) * owners) / PARTS, heap / 2 ** 20] as const),
            },
          ],
        },
      ],
    };
  },
};

/** The time and cost of a replay: arithmetic on the measured speed and bytes. */
function extrapolated(ownersPerSecond: number, bytes: number): { figures: Figure[]; notes: string[] } {
  const prices = pricesOf(REGION);
  const gigabytes = stageNamed('prod').worker.memoryMb / 1024;
  const figures: Figure[] = [];
  const cost = (owners: number) => {
    const compute = (owners / ownersPerSecond) * gigabytes * prices.lambdaGbSecondArm;
    // A scan reads eventually consistent: half a unit for each 4 KB of stored data, whatever the sizes of the items.
    const reads = ((owners * bytes) / READ_UNIT / 2) * prices.dynamoDbReadUnit;
    const children = Math.ceil(owners / OWNERS_OF_CHILD);
    const orchestration = children * (TRANSITIONS_OF_CHILD * prices.stepFunctionsTransition + prices.lambdaRequest);
    const writes = owners * prices.dynamoDbWriteUnit;
    return { compute, reads, orchestration, writes };
  };
  const million = cost(1e6);
  figures.push(
    counted(
      'a million owners: compute and reads',
      `USD, ${REGION}, list prices of ${PRICES_AS_OF}`,
      million.compute + million.reads,
      { atMost: 1 },
    ),
    counted('a million owners: of it compute', 'USD', million.compute),
    counted('a million owners: writing every answer as well', 'USD more', million.writes),
  );
  for (const owners of [1e7, 1e8]) {
    const { compute, reads, orchestration } = cost(owners);
    const size = `${owners / 1e6} million owners`;
    figures.push(
      counted(
        `${size}: time at ${CONCURRENCY} workers`,
        'minutes, compute alone',
        owners / ownersPerSecond / CONCURRENCY / 60,
      ),
      counted(
        `${size}: read units a second meanwhile`,
        'units',
        (owners * bytes) / READ_UNIT / 2 / (owners / ownersPerSecond / CONCURRENCY),
      ),
      counted(`${size}: compute, reads and orchestration`, 'USD', compute + reads + orchestration),
      counted(
        `${size}: children of the Distributed Map`,
        `of ${OWNERS_OF_CHILD} owners; ${MOST_CHILDREN} run at a time at most`,
        Math.ceil(owners / OWNERS_OF_CHILD),
      ),
    );
  }
  return {
    figures,
    notes: [
      `Extrapolated, not measured: a second of this machine's core is taken for a second of a Lambda function of ${stageNamed('prod').worker.memoryMb} MB (one vCPU, arm64 as deployed; this machine is ${process.arch}); ${CONCURRENCY} of them run at a time, reading with eventual consistency.`,
    ],
  };
}
