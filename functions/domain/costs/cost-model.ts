/** What the service costs at list prices, from counted units. Pure arithmetic: the page and the calculator share it. */
import type { Prices } from './prices.ts';

/** What one event takes, as it was counted. */
export type Units = {
  readonly requests: number;
  /** How many times a function waits for the table, an event's share of them: requests side by side are waited for once. */
  readonly waits: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  /** Processor time, in milliseconds. */
  readonly cpuMs: number;
  readonly logBytes: number;
};

/** All that was counted, in one run. */
export type Counted = {
  readonly at: string;
  readonly lookUp: Units;
  /** An import of 50 rows into an owner of 1,000, alone in its batch. */
  readonly importAlone: Units;
  /** Its share of a batch of ten of different owners. */
  readonly importInBatch: Units;
  /** Bytes that an owner of 1,000 rows keeps in the table. */
  readonly bytesOfOwner: number;
  readonly memoryMb: { readonly lookUp: number; readonly worker: number };
  /** Milliseconds that a fresh process takes until it can take its first event. */
  readonly initMs: { readonly lookUp: number; readonly worker: number };
  readonly batch: number;
  /** Other ways to keep the same owner, by name: an import of 50 rows and the bytes kept. */
  readonly others: Readonly<
    Record<
      string,
      {
        readonly import: Units;
        readonly bytes: number;
        readonly s3: boolean;
        readonly s3Gets: number;
        readonly s3Puts: number;
      }
    >
  >;
};

/** A request to DynamoDB or S3 as the function waits for it. An assumption: no local table can show it. */
export const TABLE_MS = 5;
/** Of invocations, those that are cold starts. AWS says that they are typically less; their init is billed since August 2025. */
export const COLD_SHARE = 0.01;

/** How long a function works and waits for it. */
export function secondsOf({ waits, cpuMs }: Pick<Units, 'waits' | 'cpuMs'>): number {
  return (cpuMs + waits * TABLE_MS) / 1000;
}

/** @param initMs 0 where one process works through so much that its init does not show */
export function lambdaCost(
  seconds: number,
  { memoryMb, invocations, initMs }: { memoryMb: number; invocations: number; initMs: number },
  prices: Prices,
): number {
  const billed = seconds + (invocations * COLD_SHARE * initMs) / 1000;
  return invocations * prices.lambdaRequest + billed * (memoryMb / 1024) * prices.lambdaGbSecondArm;
}

export function tableCost({ readUnits, writeUnits }: Units, prices: Prices): number {
  return readUnits * prices.dynamoDbReadUnit + writeUnits * prices.dynamoDbWriteUnit;
}

export function logCost({ logBytes }: Units, prices: Prices): number {
  return (logBytes / 1e9) * prices.logGb;
}

export type Cost = { readonly [Part in 'gateway' | 'queue' | 'compute' | 'table' | 'logs']: number };

export function lookUpCost({ lookUp, memoryMb, initMs }: Counted, prices: Prices): Cost {
  const use = { memoryMb: memoryMb.lookUp, invocations: 1, initMs: initMs.lookUp };
  return {
    gateway: prices.apiGatewayRestRequest,
    queue: 0,
    compute: lambdaCost(secondsOf(lookUp), use, prices),
    table: tableCost(lookUp, prices),
    logs: logCost(lookUp, prices),
  };
}

/** @param full whether batches are full: then ten imports share a receive, a delete and an invocation */
export function importCost(counted: Counted, full: boolean, prices: Prices): Cost {
  const units = full ? counted.importInBatch : counted.importAlone;
  const share = full ? 1 / counted.batch : 1;
  const use = { memoryMb: counted.memoryMb.worker, invocations: share, initMs: counted.initMs.worker };
  return {
    gateway: 0,
    queue: (1 + 2 * share) * prices.sqsRequest,
    compute: lambdaCost(secondsOf(units), use, prices),
    table: tableCost(units, prices),
    logs: logCost(units, prices),
  };
}

export function keptMonthCost({ bytesOfOwner }: Counted, prices: Prices): number {
  return (bytesOfOwner / 2 ** 30) * prices.dynamoDbGbMonth;
}

export function sum(cost: Readonly<Record<string, number>>): number {
  return Object.values(cost).reduce((all, one) => all + one, 0);
}

export type Load = {
  readonly owners: number;
  readonly importsPerOwnerMonth: number;
  readonly lookUpsPerOwnerMonth: number;
};

/** USD a month. Keys and secrets are counted as they are: they cost the same for one owner and for all. */
export function monthly(counted: Counted, prices: Prices, load: Load): Record<string, number> {
  const { owners, importsPerOwnerMonth, lookUpsPerOwnerMonth } = load;
  return {
    imports: owners * importsPerOwnerMonth * sum(importCost(counted, true, prices)),
    'look-ups': owners * lookUpsPerOwnerMonth * sum(lookUpCost(counted, prices)),
    'owners kept': owners * keptMonthCost(counted, prices),
    'keys and secrets': prices.kmsKeyMonth + prices.secretMonth,
  };
}
