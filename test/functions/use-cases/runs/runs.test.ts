/** A run task by task, over a store, a list and results in memory. */

import type { Client } from '../../../../functions/adapters/clients/client-items.ts';
import type { Slice } from '../../../../functions/adapters/owners/owner-directory.ts';
import type { KeptFeature, Run, RunKind } from '../../../../functions/adapters/runs/run-store.ts';
import type { RunStart } from '../../../../functions/adapters/runs/state-machine.ts';
import { sum } from '../../../../functions/domain/costs/cost-model.ts';
import { pricesOf } from '../../../../functions/domain/costs/prices.ts';
import { runCost, SEGMENT_UNITS, type VisitWork } from '../../../../functions/domain/costs/segment-cost.ts';
import { runKinds } from '../../../../functions/use-cases/catalogue/run-kinds.ts';
import { finishRun, planRun, type RunTaskParts, visitSlice } from '../../../../functions/use-cases/runs/run-tasks.ts';
import {
  estimateRun,
  MOST_SLICES,
  progressOf,
  shownStatus,
  startRun,
} from '../../../../functions/use-cases/runs/runs.ts';
import { TODAY } from '../../../support/ledgers.ts';
import { CLIENT, NOW, serviceOver } from '../../../support/service.ts';

const NAME = { clientId: CLIENT, runId: 'r' };

/** Nobody is listed, so nothing is read from the table: the requests to the list show what would be visited. */
function openTask(kind: RunKind, change: Partial<Run> = {}, client: Partial<Client> | undefined = {}) {
  const runs = new Map<string, Run>();
  const slices = new Map<number, unknown>();
  const summaries: unknown[] = [];
  const listed: Slice[] = [];
  const service = serviceOver({ dynamo: undefined as never, table: 'none' });
  const run: Run = {
    runId: 'r',
    kind,
    status: 'running',
    createdAt: NOW,
    keyId: 'k',
    asOf: TODAY,
    builtIn: service.catalogues.builtIn,
    from: 'built-in',
    to: 'built-in',
    enabledProfiles: [],
    owners: 10,
    estimated: false,
    estimatedCostUsd: 0,
    slices: 0,
    result: null,
    ...change,
  };
  runs.set('r', run);
  const task: RunTaskParts = {
    kinds: runKinds({ files: {} as never, erasures: {} as never }),
    service,
    store: {
      readRun: async (_, runId) => runs.get(runId),
      createRun: async (_, created) => void runs.set(created.runId, created),
      changeRun: async (_, read, changes) => {
        if (runs.get(read.runId)?.status !== read.status) return undefined;
        runs.set(read.runId, { ...read, ...changes });
        return runs.get(read.runId);
      },
    },
    directory: {
      async *owners(_, slice) {
        listed.push(slice);
        yield* [];
      },
      count: async () => ({ owners: 10, estimated: true }),
      externalIds: async () => [],
      idsByHash: async () => new Map(),
    },
    results: {
      getSlice: async <Value>(_: unknown, slice: number) => slices.get(slice) as Value | undefined,
      putSlice: async (_, slice, value) => void slices.set(slice, value),
      getSummary: async () => undefined,
      putSummary: async (_, value) => void summaries.push(value),
      countSlices: async () => slices.size,
    },
    getClient: async () =>
      client && {
        clientId: CLIENT,
        name: CLIENT,
        enabled: true,
        enabledProfiles: [],
        addresses: [],
        createdAt: '',
        ...client,
      },
    ownersPerSlice: 3,
    ownersPerSecond: 1000,
    onFailure: () => {},
  };
  return { task, run: () => runs.get('r')!, runs, slices, summaries, listed };
}

describe('a plan', () => {
  test('has a slice for so many owners, one at least and no more than the machine holds', async () => {
    const sizes = async (owners: number) => {
      const { task, run } = openTask('preview', { owners });
      const slices = await planRun(task, NAME);
      expect(slices).toEqual(Array.from({ length: slices.length }, (_, index) => index));
      expect(run().slices).toBe(slices.length);
      return slices.length;
    };
    expect([await sizes(0), await sizes(3), await sizes(4), await sizes(10)]).toEqual([1, 1, 2, 4]);
    expect(await sizes(1_000_000)).toBe(MOST_SLICES);
  });

  test('stays when it is made again, however many owners there are by then', async () => {
    const { task } = openTask('preview', { owners: 10, slices: 7 });
    expect((await planRun(task, NAME)).length).toBe(7);
  });

  test.each(['cancelled', 'finished', 'superseded'] as const)('of a run that is %s has no slice', async (status) => {
    const { task, run } = openTask('preview', { status });
    const before = run();
    expect([await planRun(task, NAME), await planRun(task, { ...NAME, runId: 'none' })]).toEqual([[], []]);
    expect(run()).toEqual(before);
  });

  test('that is cancelled while it is made has no slice', async () => {
    const { task, runs, run } = openTask('preview');
    const readRun: typeof task.store.readRun = async () => {
      const read = run();
      runs.set('r', { ...read, status: 'cancelled' });
      return read;
    };
    expect(await planRun({ ...task, store: { ...task.store, readRun } }, NAME)).toEqual([]);
  });
});

describe.each(['preview', 'replay'] as const)('a slice of a %s', (kind) => {
  const visit = (task: RunTaskParts, slice = 2) => visitSlice(task, { ...NAME, slice });

  test('is visited once: what is done is not done again', async () => {
    const { task, listed, slices } = openTask(kind, { slices: 4 });
    await visit(task);
    expect([listed, [...slices.keys()]]).toEqual([[{ number: 2, of: 4 }], [2]]);
    const found = slices.get(2);
    await visit(task);
    expect(listed.length).toBe(1);
    expect(slices.get(2)).toBe(found);
    await visit(task, 3);
    expect(listed).toEqual([
      { number: 2, of: 4 },
      { number: 3, of: 4 },
    ]);
  });

  test.each(['cancelled', 'finished', 'superseded'] as const)('is left alone once the run is %s', async (status) => {
    const { task, listed, slices } = openTask(kind, { slices: 4, status });
    await visit(task);
    expect([listed, slices.size]).toEqual([[], 0]);
  });

  test('of a client that is gone is an error, and not done', async () => {
    const { task, slices } = openTask(kind, { slices: 4 }, undefined);
    await expect(visit({ ...task, getClient: async () => undefined })).rejects.toThrow('is not there');
    expect(slices.size).toBe(0);
  });

  test('that was published over meanwhile ends a replay, and no preview', async () => {
    const amendment = { version: '0123456789ab', from: NOW - 1, before: 'built-in', publicationId: 'p' };
    const { task, run, slices } = openTask(kind, { slices: 4 }, { amendment });
    await visit(task);
    expect([run().status, slices.size]).toEqual(kind === 'replay' ? ['superseded', 0] : ['running', 1]);
  });
});

test('a preview that began under another built-in catalogue goes no further', async () => {
  const { task } = openTask('preview', { slices: 4, builtIn: 'of another release' });
  await expect(visitSlice(task, { ...NAME, slice: 0 })).rejects.toThrow('of another release');
});

describe('the end', () => {
  test('adds up the slices of a replay', async () => {
    const { task, run, slices, summaries } = openTask('replay', { slices: 3 });
    for (const number of [0, 1, 2])
      slices.set(number, { owners: 10 ** number, failed: 2 * 10 ** number, rewritten: 3 * 10 ** number });
    await finishRun(task, NAME);
    expect([run().status, run().result, summaries]).toEqual([
      'finished',
      { owners: 111, failed: 222, rewritten: 333 },
      [],
    ]);
  });

  test('adds up the slices of a preview, profiles in their order', async () => {
    const { task, run, slices, summaries } = openTask('preview', { slices: 2 });
    const miss = (hash: string, distance: number) => ({ hash, distance });
    const change = (hash: string, entered: string[], left: string[]) => ({ hash, entered, left });
    slices.set(0, {
      owners: 3,
      failed: 1,
      sum: 'ff',
      before: { b: [2, 1] },
      after: { b: [1, 0], a: [1, 3] },
      near: { a: { inside: [miss('x', 0.5), miss('w', 1)], outside: [] } },
      changes: [change('x', ['a'], ['b'])],
    });
    slices.set(1, {
      owners: 4,
      failed: 2,
      sum: '1',
      before: { b: [1, 2] },
      after: { b: [3, 4], a: [0, 4] },
      near: { a: { inside: [miss('u', 0.5)], outside: [miss('v', 0)] } },
      changes: [change('y', ['b'], []), change('z', ['b'], [])],
    });
    await finishRun(task, NAME);
    expect(run().result).toEqual({
      owners: 7,
      failed: 3,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      profiles: [
        {
          ...{ profile: 'a', added: true, before: 0, after: 1, entered: 1, left: 0 },
          ...{ notJudgedBefore: 0, notJudgedAfter: 7 },
        },
        {
          ...{ profile: 'b', added: false, before: 3, after: 4, entered: 2, left: 1 },
          ...{ notJudgedBefore: 3, notJudgedAfter: 4 },
        },
      ],
    });
    const near = { inside: [miss('u', 0.5), miss('x', 0.5), miss('w', 1)], outside: [miss('v', 0)] };
    expect(JSON.stringify(summaries)).toBe(
      JSON.stringify([{ a: { entered: [[0, 1]], left: [], near }, b: { entered: [[1, 2]], left: [[0, 1]] } }]),
    );
  });

  test('has a hash that differs by day, catalogue, settings, owners and results', async () => {
    const hashOf = async (change: Partial<Run>, sum = '1', owners = 1) => {
      const { task, run, slices } = openTask('preview', { slices: 1, ...change });
      slices.set(0, { owners, failed: 0, sum, before: {}, after: {}, near: {}, changes: [] });
      await finishRun(task, NAME);
      return run().result?.hash;
    };
    const all = [
      await hashOf({}),
      await hashOf({ asOf: TODAY - 1 }),
      await hashOf({ builtIn: 'another' }),
      await hashOf({ from: '0123456789ab' }),
      await hashOf({ to: '0123456789ab' }),
      await hashOf({ enabledProfiles: ['sensitive'] }),
      await hashOf({}, '2'),
      await hashOf({}, '1', 2),
    ];
    expect(new Set(all).size).toBe(all.length);
    expect(await hashOf({ keyId: 'another', createdAt: 1, estimated: true })).toBe(all[0]);
  });

  test.each(['preview', 'replay'] as const)('of a %s that lacks a slice is an error', async (kind) => {
    const { task, run, slices } = openTask(kind, { slices: 2 });
    slices.set(0, { owners: 1, failed: 0, sum: '1', rewritten: 0, before: {}, after: {}, near: {}, changes: [] });
    await expect(finishRun(task, NAME)).rejects.toThrow('the slice 1 of the');
    expect(run().status).toBe('running');
  });

  test('comes once', async () => {
    const { task, run } = openTask('replay', { slices: 1, status: 'cancelled' });
    await finishRun(task, NAME);
    expect(run().result).toBeNull();
  });
});

describe('how far a run is', () => {
  const running = openTask('preview').run();
  const parts = (condition: 'under way' | 'given up' | 'not known', now = NOW, countSlices = async () => 2) => ({
    service: { clock: () => now },
    machine: { conditionOf: async () => condition },
    results: { countSlices },
  });

  test.each([
    ['under way', 0, 'running'],
    ['given up', 0, 'failed'],
    ['not known', 60_000, 'running'],
    ['not known', 60_001, 'failed'],
  ] as const)('%s by the machine after %i ms: %s', async (condition, after, shown) => {
    expect(await shownStatus(parts(condition, NOW + after), running)).toBe(shown);
  });

  test('is asked of the machine only while it runs', async () => {
    expect(await shownStatus(parts('given up'), { ...running, status: 'finished' })).toBe('finished');
  });

  test('counts the slices that are done', async () => {
    let asked = 0;
    const count = async () => {
      asked++;
      return 2;
    };
    const progress = (change: Partial<Run>) =>
      progressOf(parts('under way', NOW, count), CLIENT, { ...running, ...change });
    expect(await progress({ slices: 5 })).toEqual({ status: 'running', slices: { total: 5, done: 2 } });
    expect(await progress({})).toEqual({ status: 'running', slices: { total: 0, done: 0 } });
    expect(await progress({ slices: 5, status: 'finished' })).toEqual({
      status: 'finished',
      slices: { total: 5, done: 5 },
    });
    expect(asked).toBe(1);
  });
});

describe('a start', () => {
  const asked = {
    clientId: CLIENT,
    kind: 'replay',
    from: 'built-in',
    to: '0123456789ab',
    enabledProfiles: ['x'],
    keyId: 'k',
  } as const;
  function begin() {
    const { task, runs } = openTask('replay');
    const started: RunStart[] = [];
    const machine = {
      start: async (run: RunStart) => void started.push(run),
      conditionOf: async () => 'under way' as const,
    };
    return { parts: { ...task, machine }, runs, started };
  }

  test('stores the run before it starts the machine', async () => {
    const { parts, runs, started } = begin();
    const start = async (run: RunStart) => {
      expect(runs.has(run.runId)).toBe(true);
      started.push(run);
    };
    const run = await startRun({ ...parts, machine: { ...parts.machine, start } }, asked);
    expect(run).toEqual({
      runId: expect.stringMatching(/^[0-9A-Z]{26}$/),
      kind: 'replay',
      status: 'running',
      createdAt: NOW,
      keyId: 'k',
      asOf: TODAY,
      builtIn: 'tiny',
      from: 'built-in',
      to: '0123456789ab',
      enabledProfiles: ['x'],
      owners: 10,
      estimated: true,
      estimatedCostUsd: usdOf('replay', 10, 4),
      slices: 0,
      result: null,
    });
    expect(runs.get(run.runId)).toEqual(run);
    expect(started).toEqual([
      { clientId: CLIENT, runId: run.runId, kind: 'replay', from: new Date(NOW).toISOString() },
    ]);
  });

  test('may get its name, and the time from which owners are visited', async () => {
    const { parts, started } = begin();
    await startRun(parts, { ...asked, runId: 'named', visitFrom: NOW + 5000 });
    expect(started).toEqual([
      { clientId: CLIENT, runId: 'named', kind: 'replay', from: new Date(NOW + 5000).toISOString() },
    ]);
  });

  test('is estimated by its kind', async () => {
    const directory = { count: async () => ({ owners: 1_000_000, estimated: false }) };
    const sizes = { ownersPerSlice: 1000, answersPerSlice: 5000 };
    const usd = async (kind: RunKind, features: readonly KeptFeature[] = []) =>
      (await estimateRun({ directory, ...sizes }, CLIENT, { kind, keeps: { features, unlabelled: false } }))
        .estimatedCostUsd;
    const kept = [{ name: 'all.count', window: 30, unit: 'transactions' }] as const;
    const estimates = [await usd('snapshot'), await usd('snapshot', kept), await usd('preview'), await usd('replay')];
    expect(estimates).toEqual([
      usdOf('answers', 1e6, 200),
      usdOf('features', 1e6, 1000),
      usdOf('preview', 1e6, 1000),
      usdOf('replay', 1e6, 1000),
    ]);
    expect(estimates[0]).toBeLessThan(estimates[1]!);
  });
});

/** By the model of docs/explanation/cost.md, to two digits, because it is an estimate. */
function usdOf(work: VisitWork, owners: number, slices: number): number {
  return Number(sum(runCost(SEGMENT_UNITS, work, { owners, slices }, pricesOf('us-east-1'))).toPrecision(2));
}
