/** What differs from stage to stage, in one table. Numbers that follow from these are computed where they are used. */
export type StageName = 'dev' | 'prod';

export type StageSettings = {
  readonly name: StageName;

  /**
   * Months a ledger page is kept after the month it holds. An import may cover 4,018 days, which is 133 months: with less, what
   * lies before is dropped as it arrives. Not less than 24: derivation reads 18 months, and past days may be asked.
   */
  readonly retentionMonths: number;
  readonly logRetentionDays: 7 | 90;
  /** Days that a backup of the table reaches back. An erased owner lives on in backups that long, hence not the full 35. */
  readonly pointInTimeRecoveryDays: number;
  /** Whether table, secret, keys and buckets outlive their stack and are guarded against deletion. */
  readonly keepData: boolean;

  readonly worker: {
    readonly memoryMb: number;
    readonly timeoutSeconds: number;
    readonly batchSize: number;
    /** How long Lambda waits for a batch to fill. Longer saves invocations, shorter answers sooner. */
    readonly batchingWindowSeconds: number;
    /** Workers at a time that the queue may start, so that a flood of imports leaves room for look-ups. At least 2. */
    readonly maxConcurrency: number;
  };
  /** Publishing changes of the lists of owners. */
  readonly changes: {
    readonly timeoutSeconds: number;
    /** A feed grows at its end alone: more at a time would only wait for each other there. At least 2. */
    readonly maxConcurrency: number;
  };
  /** Delivering events to the endpoints of clients. */
  readonly webhooks: {
    /** An endpoint has 15 s. */
    readonly timeoutSeconds: number;
    readonly maxConcurrency: number;
  };
  readonly functions: {
    /** For those that load the catalogue or read bodies; 1769 MB is one whole vCPU (Lambda developer guide, "Configure function memory"). */
    readonly memoryMb: number;
    /** For those that read an item or two at most. */
    readonly lightMemoryMb: number;
    /** Below the 29 s after which API Gateway gives up on an integration. */
    readonly timeoutSeconds: number;
  };
  /** How a client's owners are gone over for a preview, a replay or a snapshot (docs/scaling.md). */
  readonly replay: {
    /** Slices at a time. Replays of a client share the table with its look-ups and imports. */
    readonly maxConcurrency: number;
    /** The pace of one slice. With the former it bounds what a run reads and writes of the table. */
    readonly ownersPerSecond: number;
    /**
     * About so many owners make a slice: at the pace above well within the function's time. A state of the machine lists the slices
     * and holds 256 KiB, hence no more than 30,000 of them: those of larger clients are larger.
     */
    readonly ownersPerSlice: number;
    /** The same for snapshots of answers alone, which take a hundredth of the time. */
    readonly answersPerSlice: number;
  };
  /** When the snapshots of the night are taken; absent: never. Where UTC has the same date all year round, they are of that day. */
  readonly nightly?: { readonly hour: number; readonly minute: number; readonly timeZone: string };
  readonly api: {
    /** How long the gateway remembers an authorizer's answer, thus how long a revoked key still works. 0: not at all. */
    readonly authorizerCacheSeconds: number;
    readonly throttlingRatePerSecond: number;
    readonly throttlingBurst: number;
    /** A web ACL (WAFv2, regional) to put before the API. */
    readonly webAclArn?: string;
  };
  readonly alarms: {
    /** Parked imports within 5 minutes that are worth a look. */
    readonly parkedImports: number;
    readonly oldestImportSeconds: number;
    /** Age of the oldest change that waits to be published. */
    readonly oldestChangeSeconds: number;
    readonly workerErrors: number;
    /** Requests that the table, or invocations that Lambda, refused within 5 minutes. */
    readonly throttledRequests: number;
    /** Share of answers, 0 to 1. */
    readonly serverErrorRate: number;
    readonly latencyP99Ms: number;
    readonly authorizerErrors: number;
    /** Crashes and time-outs of the function that answers look-ups. */
    readonly lookUpErrors: number;
    /** Previews and replays that ended without having gone over all owners. */
    readonly failedRuns: number;
    /** An SNS topic that is told of every alarm. Without one, alarms are seen on the dashboard only. */
    readonly topicArn?: string;
  };
  /** What is promised over 30 days, and what the alarms by burn rate are computed from (docs/slo.md). Shares are 0 to 1. */
  readonly slo: {
    /** Of the requests, those that are answered without a 5xx. */
    readonly availability: number;
    /** Of the requests, those that are answered within so many milliseconds. */
    readonly latencyShare: number;
    readonly latencyMs: number;
    /** Of the imports, those that the answer knows within so many seconds after the queue took them. */
    readonly importShare: number;
    readonly importSeconds: number;
    /** With fewer events in the long window, one bad event would burn the budget of a day, and nobody is woken for it. */
    readonly fewestEvents: number;
  };
};

const STAGES: Readonly<Record<StageName, StageSettings>> = {
  dev: {
    name: 'dev',
    // Fifty years: on a developer's machine statements of any age can be tried.
    retentionMonths: 600,
    logRetentionDays: 7,
    pointInTimeRecoveryDays: 1,
    keepData: false,
    worker: { memoryMb: 1769, timeoutSeconds: 20, batchSize: 10, batchingWindowSeconds: 0, maxConcurrency: 2 },
    changes: { timeoutSeconds: 60, maxConcurrency: 2 },
    webhooks: { timeoutSeconds: 30, maxConcurrency: 8 },
    functions: { memoryMb: 1769, lightMemoryMb: 512, timeoutSeconds: 25 },
    replay: { maxConcurrency: 2, ownersPerSecond: 1_000, ownersPerSlice: 50, answersPerSlice: 100 },
    nightly: { hour: 3, minute: 10, timeZone: 'Europe/Warsaw' },
    api: { authorizerCacheSeconds: 0, throttlingRatePerSecond: 5_000, throttlingBurst: 10_000 },
    alarms: {
      parkedImports: 10,
      oldestImportSeconds: 1_800,
      oldestChangeSeconds: 1_800,
      workerErrors: 5,
      throttledRequests: 10,
      serverErrorRate: 0.05,
      latencyP99Ms: 5_000,
      authorizerErrors: 5,
      lookUpErrors: 5,
      failedRuns: 1,
    },
    slo: {
      availability: 0.99,
      latencyShare: 0.95,
      latencyMs: 2_500,
      importShare: 0.95,
      importSeconds: 900,
      fewestEvents: 100,
    },
  },
  prod: {
    name: 'prod',
    retentionMonths: 144,
    logRetentionDays: 90,
    pointInTimeRecoveryDays: 14,
    keepData: true,
    worker: { memoryMb: 1769, timeoutSeconds: 60, batchSize: 10, batchingWindowSeconds: 1, maxConcurrency: 50 },
    changes: { timeoutSeconds: 60, maxConcurrency: 5 },
    webhooks: { timeoutSeconds: 30, maxConcurrency: 20 },
    functions: { memoryMb: 1769, lightMemoryMb: 512, timeoutSeconds: 25 },
    replay: { maxConcurrency: 20, ownersPerSecond: 100, ownersPerSlice: 300, answersPerSlice: 5_000 },
    nightly: { hour: 3, minute: 10, timeZone: 'Europe/Warsaw' },
    api: { authorizerCacheSeconds: 60, throttlingRatePerSecond: 500, throttlingBurst: 1_000 },
    alarms: {
      parkedImports: 1,
      oldestImportSeconds: 600,
      oldestChangeSeconds: 900,
      workerErrors: 1,
      throttledRequests: 1,
      serverErrorRate: 0.01,
      latencyP99Ms: 2_000,
      authorizerErrors: 1,
      lookUpErrors: 1,
      failedRuns: 1,
    },
    slo: {
      availability: 0.999,
      latencyShare: 0.99,
      latencyMs: 1_000,
      importShare: 0.99,
      importSeconds: 300,
      fewestEvents: 20,
    },
  },
};

/** @throws when there is no such stage, naming those there are */
export function stageNamed(name: unknown): StageSettings {
  for (const settings of Object.values(STAGES)) if (settings.name === name) return settings;
  throw new Error(
    `There is no stage ${JSON.stringify(name)}. Choose one with -c stage=${Object.keys(STAGES).join('|')}.`,
  );
}
