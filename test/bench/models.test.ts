import { drain, type Setup, type Work } from '../../bench/support/burst.ts';
import { type Counted, importCost, lookUpCost, monthly, sum } from '../../functions/domain/costs/cost-model.ts';
import { pricesOf, REGIONS } from '../../functions/domain/costs/prices.ts';
import {
  batchedAnswerCost,
  changeCost,
  type SegmentUnits,
  sliceSeconds,
  visitedOwnerCost,
} from '../../functions/domain/costs/segment-cost.ts';

const WORK: Work = { imports: 1e6, heightAfter: 10, endAfter: 30, batch: 10, batchSeconds: 0.2, writes: 4, reads: 10 };
const AMPLE: Setup = {
  name: 'ample',
  label: 'a',
  maxConcurrency: 1000,
  warmWrites: 1e9,
  warmReads: 1e9,
  mostWrites: 1e9,
  mostReads: 1e9,
};

test('with ample limits imports are processed as they come', () => {
  const { minutesToDrain, ageP99, heldBy } = drain(WORK, AMPLE);
  expect(minutesToDrain).toBeLessThanOrEqual(31);
  expect(ageP99).toBeLessThan(60);
  expect(heldBy).toBe('arrivals');
});

test('few workers, or a cold table, make a queue, and it is said which', () => {
  const few = drain(WORK, { ...AMPLE, maxConcurrency: 5 });
  expect(few.heldBy).toBe('workers');
  expect(few.minutesToDrain).toBeGreaterThan(60);
  expect(few.mostImportsASecond).toBeCloseTo(250);
  const cold = drain(WORK, { ...AMPLE, warmReads: 1000 });
  expect(cold.heldBy).toBe('reads');
  expect(cold.ageP99).toBeGreaterThan(cold.ageP50);
});

const UNITS = { requests: 4, waits: 4, readUnits: 10, writeUnits: 4, cpuMs: 10, logBytes: 1000 };
const COUNTED: Counted = {
  at: '2026-01-01',
  lookUp: { ...UNITS, writeUnits: 0, readUnits: 0.5, requests: 1, waits: 1 },
  importAlone: UNITS,
  importInBatch: { ...UNITS, waits: 1.2 },
  bytesOfOwner: 2 ** 30,
  memoryMb: { lookUp: 1024, worker: 1024 },
  initMs: { lookUp: 100, worker: 200 },
  batch: 10,
  others: {},
};

test.each(REGIONS)('costs of %s are the sum of units and prices', (region) => {
  const prices = pricesOf(region);
  const { table, queue } = importCost(COUNTED, true, prices);
  expect(table).toBeCloseTo(10 * prices.dynamoDbReadUnit + 4 * prices.dynamoDbWriteUnit);
  expect(queue).toBeCloseTo(1.2 * prices.sqsRequest);
  const { compute } = importCost(COUNTED, true, prices);
  // Of ten imports in a batch: 10 ms each, 1.2 waits of 5 ms each, and a hundredth of a start of 200 ms.
  const seconds = 0.01 + 1.2 * 0.005 + 0.1 * 0.01 * 0.2;
  expect(compute).toBeCloseTo(0.1 * prices.lambdaRequest + seconds * prices.lambdaGbSecondArm, 12);
  expect(sum(importCost(COUNTED, false, prices))).toBeGreaterThan(sum(importCost(COUNTED, true, prices)));
  const month = monthly(COUNTED, prices, {
    owners: 2,
    importsPerOwnerMonth: 0,
    lookUpsPerOwnerMonth: 3,
  });
  expect(month['look-ups']).toBeCloseTo(6 * sum(lookUpCost(COUNTED, prices)));
  expect(month['owners kept']).toBeCloseTo(2 * prices.dynamoDbGbMonth);
  expect(month['imports']).toBe(0);
});

const SLICE = { ...UNITS, owners: 100, s3Gets: 2, s3Puts: 3, ownersPerSecond: 0 };
const SEGMENTS: SegmentUnits = {
  at: '2026-01-01',
  memoryMb: 1024,
  initMs: 0,
  batchLookUp: { ...UNITS, owners: 100 },
  slices: { answers: SLICE, features: { ...SLICE, ownersPerSecond: 10 }, preview: SLICE, replay: SLICE },
  change: { importRequests: 4, quietImportRequests: 4, messages: 2, publisher: UNITS, events: 1 },
};

test.each(REGIONS)('costs of many at once in %s are shares of what a request or a slice takes', (region) => {
  const prices = pricesOf(region);
  const table = 10 * prices.dynamoDbReadUnit + 4 * prices.dynamoDbWriteUnit;
  // 10 ms of work and four waits of 5 ms.
  const compute = prices.lambdaRequest + 0.03 * prices.lambdaGbSecondArm;
  const logs = 1e-6 * prices.logGb;
  expect(sum(batchedAnswerCost(SEGMENTS, prices))).toBeCloseTo(
    (prices.apiGatewayRestRequest + table + compute + logs) / 100,
    15,
  );
  const objects = 2 * prices.s3Get + 3 * prices.s3Put;
  const transitions = 3 * prices.stepFunctionsTransition;
  expect(sum(visitedOwnerCost(SEGMENTS, 'answers', prices))).toBeCloseTo(
    (table + compute + logs + objects + transitions) / 100,
    15,
  );
  const { queue, events } = changeCost(SEGMENTS, prices);
  expect([queue, events]).toEqual([6 * prices.sqsRequest, prices.eventBridgeEvent]);
});

test('a slice takes as long as it works, and no less than its pace allows', () => {
  expect(sliceSeconds(SEGMENTS.slices.answers)).toBeCloseTo(0.03);
  expect(sliceSeconds(SEGMENTS.slices.features)).toBe(10);
});

test('a region without prices is an error that names those there are', () => {
  expect(() => pricesOf('moon')).toThrow(REGIONS.join(', '));
});
