/** What differs from stage to stage, in one table. Numbers that follow from these are computed where they are used. */
import { z } from 'zod';
import { CLIENT_LIMITS } from './client-limits.ts';
import { arn, consoleSettings, ownDomain } from './console-settings.ts';
import { SettingsError, settingsFaults } from './settings-error.ts';
import { shift } from './shift.ts';
import { ATHENA, NIGHTLY } from './snapshot-settings.ts';

export type StageName = 'dev' | 'prod';

const positive = z.int().positive();
/** At least 2, the least that a queue may be limited to. */
const concurrency = z.int().min(2);
const share = z.number().min(0).max(1);
/** What CloudWatch takes. */
const retentionDays = z.literal([
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 3653,
]);
const account = z.string().regex(/^(\d{12}|arn:aws[a-z-]*:iam::\d{12}:(role|user)\/.+)$/, {
  error: 'must be an account (12 digits) or the ARN of a role or user',
});

const STAGE_SETTINGS = z.strictObject({
  /**
   * Months a ledger page is kept after the month it holds. An import may cover 4,018 days, which is 133 months: with less, older data is
   * dropped as it arrives. Not less than 24: derivation reads 18 months, and past days may be asked.
   */
  retentionMonths: z.int().min(24).max(600),
  logRetentionDays: retentionDays,
  /** Days that a backup of the table reaches back. Data of an erased owner stays in backups that long: therefore not the full 35. */
  pointInTimeRecoveryDays: z.int().min(1).max(35),
  /** Whether table, secret, keys and buckets outlive their stack and are guarded against deletion. */
  keepData: z.boolean(),
  /**
   * How requests move to a new version of the functions. Long enough for the alarms, which look at five minutes at a time. Absent: at once,
   * and no alarm rolls back.
   */
  shift: shift.optional(),
  /** Accounts, roles and users outside this account that may send imports. Those inside need no more than a policy of their own. */
  publishers: z.array(account).max(100),

  worker: z.strictObject({
    memoryMb: positive,
    timeoutSeconds: positive.max(900),
    batchSize: positive.max(10_000),
    /** How long Lambda waits for a batch to fill. Longer saves invocations, shorter answers sooner. */
    batchingWindowSeconds: z.int().min(0).max(300),
    /** Workers at a time that the queue may start, so that a flood of imports leaves room for look-ups. */
    maxConcurrency: concurrency,
  }),
  /** Publishing changes of the lists of owners. */
  changes: z.strictObject({
    timeoutSeconds: positive.max(900),
    /** A feed grows at its end alone: more at a time would only wait for each other there. */
    maxConcurrency: concurrency,
  }),
  /** Delivering events to the endpoints of clients. */
  webhooks: z.strictObject({
    /** An endpoint has 15 s. */
    timeoutSeconds: z.int().min(20).max(900),
    maxConcurrency: concurrency,
  }),
  /** Reading large files. */
  reading: z.strictObject({
    /** Enough for the worst file of 64 MiB (docs/how-to/operating.md, "Memory and time of files"). */
    memoryMb: positive,
    timeoutSeconds: positive.max(900),
    maxConcurrency: concurrency,
  }),
  functions: z.strictObject({
    /** For those that load the catalogue or read bodies; 1769 MB is one whole vCPU (Lambda developer guide, "Configure function memory"). */
    memoryMb: positive,
    /** For those that read an item or two at most. */
    lightMemoryMb: positive,
    /** Below the 29 s after which API Gateway gives up on an integration. */
    timeoutSeconds: positive.max(28),
  }),
  /** How a client's owners are visited for a preview, a replay or a snapshot (docs/explanation/scaling.md). */
  replay: z.strictObject({
    /** Slices at a time. Replays of a client share the table with its look-ups and imports. */
    maxConcurrency: positive,
    /** The pace of one slice. With the number above it bounds what a run reads and writes of the table. */
    ownersPerSecond: positive,
    /**
     * About so many owners make a slice: at the pace above well within the function's time. A state of the machine lists the slices and
     * holds 256 KiB, so at most 30,000 of them: larger clients have larger slices.
     */
    ownersPerSlice: positive,
    /** The same for snapshots of answers alone, which take a hundredth of the time. */
    answersPerSlice: positive,
  }),
  /** Absent: no snapshots are taken at night. */
  nightly: NIGHTLY.optional(),
  athena: ATHENA,
  api: z.strictObject({
    /** How long the gateway caches an authorizer's verdict: so long a revoked key still works. 0: not at all. */
    authorizerCacheSeconds: z.int().min(0).max(3_600),
    throttlingRatePerSecond: positive,
    throttlingBurst: positive,
    /** A web ACL (WAFv2, regional) to put before the API. */
    webAclArn: arn('wafv2').optional(),
    /** A name of your own for the API, with its certificate in the same region. The address that AWS gives is then switched off. */
    domain: ownDomain.optional(),
    /**
     * Whether to set the role by which API Gateway writes logs. It is one for the whole account and region: `false` where another stack
     * has set it.
     */
    setsLoggingRole: z.boolean(),
  }),
  limits: CLIENT_LIMITS.optional(),
  /** A name of your own for the console, with its certificate in us-east-1, where CloudFront reads it. Absent: it is not deployed. */
  console: consoleSettings.optional(),
  alarms: z.strictObject({
    /** Parked imports within 5 minutes that are worth a look. */
    parkedImports: positive,
    oldestImportSeconds: positive,
    /** Age of the oldest change that waits to be published. */
    oldestChangeSeconds: positive,
    workerErrors: positive,
    /** Requests that the table, or invocations that Lambda, refused within 5 minutes. */
    throttledRequests: positive,
    serverErrorRate: share,
    latencyP99Ms: positive,
    authorizerErrors: positive,
    /** Crashes and time-outs of the function that answers look-ups. */
    lookUpErrors: positive,
    /** Previews and replays that ended before they visited all owners. */
    failedRuns: positive,
    /** An SNS topic that every alarm is sent to. Without one, alarms are seen on the dashboard only. */
    topicArn: arn('sns').optional(),
  }),
  /** What is promised over 30 days, and what the alarms by burn rate are computed from (docs/reference/slo.md). */
  slo: z.strictObject({
    /** Of the requests, those that are answered without a 5xx. */
    availability: share,
    /** Of the requests, those that are answered within so many milliseconds. */
    latencyShare: share,
    latencyMs: positive,
    /** Of the imports, those that the answer knows within so many seconds after the queue took them. */
    importShare: share,
    importSeconds: positive,
    /** With fewer events in the long window, one bad event would burn the budget of a day, and nobody is woken for it. */
    fewestEvents: positive,
  }),
});

/** What the table of stages says, and a file of settings may change. */
type StageTable = z.infer<typeof STAGE_SETTINGS>;

export type StageSettings = StageTable & {
  readonly name: StageName;
  /** Also the namespace of the stack's metrics, so that stacks of one account never count each other's. */
  readonly stackName: string;
  /** Whether stack and table refuse to be deleted: where data is kept, from the second deployment on (docs/how-to/operating.md). */
  readonly guarded: boolean;
};

const STAGES: Readonly<Record<StageName, StageTable>> = {
  dev: {
    // Fifty years: on a developer's machine statements of any age can be tried.
    retentionMonths: 600,
    logRetentionDays: 7,
    pointInTimeRecoveryDays: 1,
    keepData: false,
    publishers: [],
    worker: { memoryMb: 1769, timeoutSeconds: 20, batchSize: 10, batchingWindowSeconds: 0, maxConcurrency: 2 },
    changes: { timeoutSeconds: 60, maxConcurrency: 2 },
    webhooks: { timeoutSeconds: 30, maxConcurrency: 8 },
    reading: { memoryMb: 3008, timeoutSeconds: 120, maxConcurrency: 2 },
    functions: { memoryMb: 1769, lightMemoryMb: 512, timeoutSeconds: 25 },
    replay: { maxConcurrency: 2, ownersPerSecond: 1_000, ownersPerSlice: 50, answersPerSlice: 100 },
    nightly: { hour: 3, minute: 10, timeZone: 'Europe/Warsaw' },
    athena: false,
    api: { authorizerCacheSeconds: 0, throttlingRatePerSecond: 5_000, throttlingBurst: 10_000, setsLoggingRole: true },
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
    retentionMonths: 144,
    logRetentionDays: 90,
    pointInTimeRecoveryDays: 14,
    keepData: true,
    shift: 'Canary10Percent10Minutes',
    publishers: [],
    worker: { memoryMb: 1769, timeoutSeconds: 60, batchSize: 10, batchingWindowSeconds: 1, maxConcurrency: 50 },
    changes: { timeoutSeconds: 60, maxConcurrency: 5 },
    webhooks: { timeoutSeconds: 30, maxConcurrency: 20 },
    reading: { memoryMb: 3008, timeoutSeconds: 120, maxConcurrency: 5 },
    functions: { memoryMb: 1769, lightMemoryMb: 512, timeoutSeconds: 25 },
    replay: { maxConcurrency: 12, ownersPerSecond: 200, ownersPerSlice: 1_500, answersPerSlice: 5_000 },
    nightly: { hour: 3, minute: 10, timeZone: 'Europe/Warsaw' },
    athena: false,
    api: { authorizerCacheSeconds: 60, throttlingRatePerSecond: 500, throttlingBurst: 1_000, setsLoggingRole: true },
    limits: { plans: { standard: { requestsPerSecond: 100, burst: 200, uploadsPerMinute: 600 } }, default: 'standard' },
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

/** What a deployment chooses besides its stage. */
export type DeploymentOptions = {
  /** Suffix of the stack's name, so that stacks of one stage can run side by side: letters, digits and hyphens. */
  readonly label?: string | undefined;
  /** Nothing is guarded yet, so that a deployment that fails can be rolled back and repeated. */
  readonly first?: boolean | undefined;
  /** The new version takes all requests at once, whatever the alarms say: for the mending of a fault. */
  readonly urgent?: boolean | undefined;
  /** Settings that replace those of the table, group by group; `null` takes an optional one away. */
  readonly changes?: unknown;
};

/** @throws {SettingsError} when there is no such stage, or when a setting has another name or form than the table's */
export function stageNamed(
  name: unknown,
  { label, first = false, urgent = false, changes = {} }: DeploymentOptions = {},
): StageSettings {
  if (!isStage(name)) {
    throw new SettingsError(
      `There is no stage ${JSON.stringify(name)}. Choose one with -c stage=${Object.keys(STAGES).join('|')}.`,
    );
  }
  if (label !== undefined && !/^[A-Za-z0-9-]{1,40}$/.test(label)) {
    throw new SettingsError(`The name ${JSON.stringify(label)} must be 1 to 40 letters, digits and hyphens.`);
  }
  const settings = changed(STAGES[name], changes);
  return {
    ...settings,
    shift: urgent ? undefined : settings.shift,
    name,
    stackName: ['OwnerProfiles', name, ...(label === undefined ? [] : [label])].join('-'),
    guarded: settings.keepData && !first,
  };
}

function isStage(name: unknown): name is StageName {
  return typeof name === 'string' && Object.hasOwn(STAGES, name);
}

function changed(settings: StageTable, changes: unknown): StageTable {
  const { success, data, error } = STAGE_SETTINGS.safeParse(merged(settings, changes));
  if (success) return data;
  throw settingsFaults(error.issues, STAGE_SETTINGS);
}

function merged(base: unknown, changes: unknown): unknown {
  if (!isGroup(base) || !isGroup(changes)) return changes;
  const entries = Object.entries(changes).map(([name, value]) => [
    name,
    value === null ? undefined : merged(base[name], value),
  ]);
  return { ...base, ...Object.fromEntries(entries) };
}

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
