/** The store of snapshots: their runs and their objects in memory, behind the same unreliable calls as the table. */
import { isDeepStrictEqual } from 'node:util';
import type { RunResults } from '../../functions/adapters/runs/run-results.ts';
import type { Run } from '../../functions/adapters/runs/run-store.ts';
import type { SnapshotFiles } from '../../functions/adapters/segments/snapshot-files.ts';
import type { SnapshotSlice } from '../../functions/domain/segments/snapshot-slice.ts';
import type { SnapshotStartParts } from '../../functions/use-cases/segments/snapshots.ts';
import type { Worker } from './faults.ts';

type Call = Worker['call'];
type Tagged = { readonly value: unknown; readonly tag: string };

export class Bucket {
  readonly #runs = new Map<string, Run>();
  readonly #objects = new Map<string, Tagged>();
  #tags = 0;

  get runs(): readonly Run[] {
    return [...this.#runs.values()];
  }

  slice({ runId }: Run, number: number): SnapshotSlice | undefined {
    return this.#objects.get(sliceKey(runId, number))?.value as SnapshotSlice | undefined;
  }

  table({ runId }: Run, number: number, format: string): Uint8Array | undefined {
    return this.#objects.get(tableKey(runId, number, format))?.value as Uint8Array | undefined;
  }

  store(call: Call): SnapshotStartParts['store'] {
    return {
      readRun: (_, runId) => call(() => this.#runs.get(runId)),
      listSnapshots: (_, most, before) =>
        call(() =>
          this.runs
            .filter(({ runId }) => before === undefined || runId < before)
            .sort((a, b) => (a.runId < b.runId ? 1 : -1))
            .slice(0, most),
        ),
      createRun: (_, run) =>
        call(() => {
          this.#runs.set(run.runId, run);
        }),
      changeRun: (_, run, change) =>
        call(() => {
          if (this.#runs.get(run.runId)?.status !== run.status) return undefined;
          const changed = { ...run, ...change };
          this.#runs.set(run.runId, changed);
          return changed;
        }),
    };
  }

  results(call: Call): RunResults {
    const get = <Value>(key: string) => call(() => this.#objects.get(key)?.value as Value | undefined);
    const put = (key: string, value: object) => call(() => this.#put(key, value));
    return {
      getSlice: ({ runId }, number) => get(sliceKey(runId, number)),
      putSlice: ({ runId }, number, value) => put(sliceKey(runId, number), value),
      getSummary: ({ runId }) => get(`${runId} summary`),
      putSummary: ({ runId }, value) => put(`${runId} summary`, value),
      countSlices: ({ runId }) => call(() => [...this.#objects.keys()].filter((key) => key.startsWith(runId)).length),
    };
  }

  files(call: Call): SnapshotFiles {
    return {
      readSlice: ({ runId }, number) =>
        call(() => {
          const kept = this.#objects.get(sliceKey(runId, number));
          return kept && { value: kept.value as SnapshotSlice, tag: kept.tag };
        }),
      replaceSlice: ({ runId }, number, slice, tag) =>
        call(() => {
          const key = sliceKey(runId, number);
          if (this.#objects.get(key)?.tag !== tag) return false;
          this.#put(key, slice);
          return true;
        }),
      putTable: ({ runId }, part, format, { body }) => call(() => this.#put(tableKey(runId, part, format), body)),
      putMerchants: ({ runId }, number, merchants) => call(() => this.#put(`${runId} merchants ${number}`, merchants)),
      readMerchants: async () => undefined,
      listFiles: async () => ({ files: [], last: undefined }),
    };
  }

  /** The tag of an object is that of its content, as in S3. */
  #put(key: string, value: object): void {
    const before = this.#objects.get(key);
    const isSame = before !== undefined && isDeepStrictEqual(before.value, value);
    this.#objects.set(key, { value, tag: isSame ? before.tag : `t${this.#tags++}` });
  }
}

const sliceKey = (runId: string, number: number) => `${runId} slice ${number}`;
const tableKey = (runId: string, number: number, format: string) => `${runId} ${format} ${number}`;
