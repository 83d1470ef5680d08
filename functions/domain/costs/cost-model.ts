/** What the service costs at list prices, from counted units. Pure arithmetic: the page and the calculator share it. */
import type { Prices } from './prices.ts';

/** What one event takes, as it was counted. */
export type Units = {
  readonly requests: number;
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
  readonly replay: Units;
  /** Bytes that an owner of 1,000 rows keeps in the table. */
  readonly bytesOfOwner: number;
  readonly memoryMb: { readonly lookUp: number; readonly worker: number };
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

/** A request to DynamoDB or S3 as the function waits for it. An assumption: no local table can tell it. */
export const TABLE_MS = 5;

export function lambdaCost(
  { requests, cpuMs }: Pick<Units, 'requests' | 'cpuMs'>,
  memoryMb: number,
  invocations: number,
  prices: Prices,
): number {
  const seconds = (cpuMs + requests * TABLE_MS) / 1000;
  return invocations * prices.lambdaRequest + seconds * (memoryMb / 1024) * prices.lambdaGbSecondArm;
}

function tableCost({ readUnits, writeUnits }: Units, prices: Prices): number {
  return readUnits * prices.dynamoDbReadUnit + writeUnits * prices.dynamoDbWriteUnit;
}

function logCost({ logBytes }: Units, prices: Prices): number {
  return (logBytes / 1e9) * prices.logGb;
}

export type Cost = { readonly [Part in 'gateway' | 'queue' | 'compute' | 'table' | 'logs']: number };

export function lookUpCost({ lookUp, memoryMb }: Counted, prices: Prices): Cost {
  return {
    gateway: prices.apiGatewayRestRequest,
    queue: 0,
    compute: lambdaCost(lookUp, memoryMb.lookUp, 1, prices),
    table: tableCost(lookUp, prices),
    logs: logCost(lookUp, prices),
  };
}

/** @param full whether batches are full: then ten imports share a receive, a delete and an invocation */
export function importCost(counted: Counted, full: boolean, prices: Prices): Cost {
  const units = full ? counted.importInBatch : counted.importAlone;
  const share = full ? 1 / counted.batch : 1;
  return {
    gateway: 0,
    queue: (1 + 2 * share) * prices.sqsRequest,
    compute: lambdaCost(units, counted.memoryMb.worker, share, prices),
    table: tableCost(units, prices),
    logs: logCost(units, prices),
  };
}

export function replayCost({ replay, memoryMb }: Counted, prices: Prices): Cost {
  return {
    gateway: 0,
    queue: 0,
    compute: lambdaCost(replay, memoryMb.worker, 0, prices),
    table: tableCost(replay, prices),
    logs: 0,
  };
}

export function keptMonthCost({ bytesOfOwner }: Counted, prices: Prices): number {
  return (bytesOfOwner / 2 ** 30) * prices.dynamoDbGbMonth;
}

export function sum(cost: Cost): number {
  return cost.gateway + cost.queue + cost.compute + cost.table + cost.logs;
}

export type Load = {
  readonly owners: number;
  readonly importsPerOwnerMonth: number;
  readonly lookUpsPerOwnerMonth: number;
  readonly replaysPerMonth: number;
};

/** USD a month. Keys and secrets stand for themselves: they cost the same for one owner and for all. */
export function monthly(counted: Counted, prices: Prices, load: Load): Record<string, number> {
  const { owners, importsPerOwnerMonth, lookUpsPerOwnerMonth, replaysPerMonth } = load;
  return {
    imports: owners * importsPerOwnerMonth * sum(importCost(counted, true, prices)),
    'look-ups': owners * lookUpsPerOwnerMonth * sum(lookUpCost(counted, prices)),
    'owners kept': owners * keptMonthCost(counted, prices),
    replays: owners * replaysPerMonth * sum(replayCost(counted, prices)),
    'keys and secrets': prices.kmsKeyMonth + prices.secretMonth,
  };
}
