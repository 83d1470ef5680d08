/**
 * A burst of imports against the cloud's limits, second by second: how fast the event source adds workers, how many
 * there may be, and how much throughput a table has that was quiet before. Deterministic: nothing is random.
 */
export type Setup = {
  readonly name: string;
  /** Short, for a chart. */
  readonly label: string;
  /** Workers that the event source may run at a time. */
  readonly maxConcurrency: number;
  /** Write and read units a second that the table has at once. */
  readonly warmWrites: number;
  readonly warmReads: number;
  /** The table's quota. */
  readonly mostWrites: number;
  readonly mostReads: number;
};

export type Work = {
  readonly imports: number;
  /** Minutes until arrivals are at their peak, and until they end. */
  readonly heightAfter: number;
  readonly endAfter: number;
  readonly batch: number;
  readonly batchSeconds: number;
  readonly writes: number;
  readonly reads: number;
};

/** Lambda developer guide, "Configuring scaling behavior for SQS event source mappings": 5 at first, then up to 300 more a minute. */
const FIRST_WORKERS = 5;
const MORE_WORKERS_A_SECOND = 300 / 60;
/** DynamoDB developer guide, on-demand: up to twice the peak before, within 30 minutes. */
const DOUBLING_SECONDS = 30 * 60;
const LONGEST_SECONDS = 4 * 24 * 3600;

export type Drained = {
  readonly minutesToDrain: number;
  readonly ageP50: number;
  readonly ageP99: number;
  readonly mostWaiting: number;
  readonly mostImportsASecond: number;
  /** What limited it most of the time; arrivals: nothing did. */
  readonly heldBy: 'workers' | 'writes' | 'reads' | 'arrivals';
  /** Minute → imports waiting. */
  readonly waiting: readonly (readonly [number, number])[];
};

export function drain(work: Work, setup: Setup): Drained {
  const { batch, batchSeconds, writes, reads, imports } = work;
  let workers = FIRST_WORKERS;
  let given = { writes: setup.warmWrites, reads: setup.warmReads };
  let peak = 0;
  let arrived = 0;
  let done = 0;
  let oldest = 0;
  const arrivals: number[] = [];
  const ages = new Map<number, number>();
  const held = { workers: 0, writes: 0, reads: 0, arrivals: 0 };
  const waiting: [number, number][] = [];
  let mostWaiting = 0;
  let second = 0;
  for (; done < imports - 0.5 && second < LONGEST_SECONDS; second++) {
    arrived = imports * shareArrived(second / 60, work);
    arrivals.push(arrived);
    const limits = {
      workers: (workers * batch) / batchSeconds,
      writes: given.writes / writes,
      reads: given.reads / reads,
      arrivals: arrived - done,
    };
    const [by, most] = (Object.entries(limits) as [keyof typeof limits, number][]).reduce((least, one) =>
      one[1] < least[1] ? one : least,
    );
    held[by]++;
    done += most;
    peak = Math.max(peak, most);
    while (oldest < second && arrivals[oldest]! < done) oldest++;
    const age = second - oldest;
    ages.set(age, (ages.get(age) ?? 0) + most);
    if (arrived - done > 1) workers = Math.min(setup.maxConcurrency, workers + MORE_WORKERS_A_SECOND);
    if ((second + 1) % DOUBLING_SECONDS === 0) {
      given = {
        writes: Math.min(setup.mostWrites, Math.max(given.writes, 2 * peak * writes)),
        reads: Math.min(setup.mostReads, Math.max(given.reads, 2 * peak * reads)),
      };
    }
    mostWaiting = Math.max(mostWaiting, arrived - done);
    if (second % 60 === 0) waiting.push([second / 60, arrived - done]);
  }
  waiting.push([second / 60, 0]);
  const { arrivals: idle, ...limits } = held;
  const [limit, seconds] = (Object.entries(limits) as [keyof typeof limits, number][]).reduce((most, one) =>
    one[1] > most[1] ? one : most,
  );
  const heldBy = seconds > idle / 20 ? limit : 'arrivals';
  return {
    minutesToDrain: second / 60,
    ageP50: percentile(ages, 0.5, imports),
    ageP99: percentile(ages, 0.99, imports),
    mostWaiting,
    mostImportsASecond: peak,
    heldBy,
    waiting,
  };
}

/** A triangle: arrivals rise to their peak and fall to the end. */
function shareArrived(minute: number, { heightAfter, endAfter }: Work): number {
  if (minute >= endAfter) return 1;
  if (minute <= heightAfter) return minute ** 2 / (heightAfter * endAfter);
  return 1 - (endAfter - minute) ** 2 / ((endAfter - heightAfter) * endAfter);
}

function percentile(ages: ReadonlyMap<number, number>, share: number, imports: number): number {
  let seen = 0;
  for (const [age, count] of [...ages].sort(([a], [b]) => a - b)) {
    seen += count;
    if (seen >= share * imports) return age;
  }
  return 0;
}
