/** What visits of many owners, look-ups of many at once and changes cost at list prices, from counted units. */
import { lambdaCost, logCost, secondsOf, tableCost, type Units } from './cost-model.ts';
import type { Prices } from './prices.ts';
import units from './segment-units.json' with { type: 'json' };

/** What a slice of a run takes as a whole. */
export type SliceUnits = Units & {
  readonly owners: number;
  readonly s3Gets: number;
  readonly s3Puts: number;
  /** The pace of a slice, whose function is billed while it waits; 0: none. */
  readonly ownersPerSecond: number;
};

/** What one change takes beyond an import that changes nothing. */
export type ChangeUnits = {
  /** Requests to the table that the import makes, and that one makes which changes no list. */
  readonly importRequests: number;
  readonly quietImportRequests: number;
  /** Messages that the import sends. Each is received, and deleted, and starts the publisher. */
  readonly messages: number;
  /** What the publisher takes for all these messages. */
  readonly publisher: Units;
  readonly events: number;
};

export type SegmentUnits = {
  readonly at: string;
  /** Of the functions of all three. */
  readonly memoryMb: number;
  readonly initMs: number;
  /** One request for the answers of so many owners. */
  readonly batchLookUp: Units & { readonly owners: number };
  readonly slices: { readonly [Work in VisitWork]: SliceUnits };
  readonly change: ChangeUnits;
};

/** What a run does to an owner: a snapshot reads the answer alone or pages as well, a preview derives twice, a replay derives and writes. */
export type VisitWork = 'answers' | 'features' | 'preview' | 'replay';

/** The units that the last run of `npm run bench -- segments` counted. */
export const SEGMENT_UNITS: SegmentUnits = units;

/** A child of the map starts, does its one task, and ends. */
const TRANSITIONS_OF_SLICE = 3;

export type SegmentCost = {
  readonly [Part in 'gateway' | 'queue' | 'compute' | 'table' | 'objects' | 'transitions' | 'events' | 'logs']: number;
};
const NOTHING: SegmentCost = {
  ...{ gateway: 0, queue: 0, compute: 0, table: 0, objects: 0, transitions: 0, events: 0, logs: 0 },
};

/** USD for one answer of a batch. */
export function batchedAnswerCost({ batchLookUp, ...functions }: SegmentUnits, prices: Prices): SegmentCost {
  const cost = {
    ...NOTHING,
    gateway: prices.apiGatewayRestRequest,
    compute: lambdaCost(secondsOf(batchLookUp), { ...functions, invocations: 1 }, prices),
    table: tableCost(batchLookUp, prices),
    logs: logCost(batchLookUp, prices),
  };
  return shareOf(cost, batchLookUp.owners);
}

/** USD for a run over so many owners in so many slices. */
export function runCost(
  { memoryMb, initMs, ...units }: Pick<SegmentUnits, 'memoryMb' | 'initMs' | 'slices'>,
  work: VisitWork,
  { owners, slices }: { readonly owners: number; readonly slices: number },
  prices: Prices,
): SegmentCost {
  const slice = units.slices[work];
  const share = owners / slice.owners;
  return {
    ...NOTHING,
    compute: lambdaCost(share * sliceSeconds(slice), { memoryMb, initMs, invocations: slices }, prices),
    table: share * tableCost(slice, prices),
    objects: slices * (slice.s3Gets * prices.s3Get + slice.s3Puts * prices.s3Put),
    transitions: slices * TRANSITIONS_OF_SLICE * prices.stepFunctionsTransition,
    logs: slices * logCost(slice, prices),
  };
}

/** USD for one owner of a run in slices as large as the counted one. */
export function visitedOwnerCost(units: SegmentUnits, work: VisitWork, prices: Prices): SegmentCost {
  const { owners } = units.slices[work];
  return shareOf(runCost(units, work, { owners, slices: 1 }, prices), owners);
}

/** USD for one change. */
export function changeCost({ change, ...functions }: SegmentUnits, prices: Prices): SegmentCost {
  const { messages, publisher, events } = change;
  return {
    ...NOTHING,
    queue: 3 * messages * prices.sqsRequest,
    compute: lambdaCost(secondsOf(publisher), { ...functions, invocations: messages }, prices),
    table: tableCost(publisher, prices),
    events: events * prices.eventBridgeEvent,
    logs: logCost(publisher, prices),
  };
}

/** How long a slice takes: as long as it works and waits, and no less than its pace allows. */
export function sliceSeconds(slice: SliceUnits): number {
  const { owners, ownersPerSecond } = slice;
  return Math.max(secondsOf(slice), ownersPerSecond === 0 ? 0 : owners / ownersPerSecond);
}

function shareOf(cost: SegmentCost, owners: number): SegmentCost {
  const { gateway, queue, compute, table, objects, transitions, events, logs } = cost;
  return {
    ...{ gateway: gateway / owners, queue: queue / owners, compute: compute / owners, table: table / owners },
    ...{ objects: objects / owners, transitions: transitions / owners, events: events / owners, logs: logs / owners },
  };
}
