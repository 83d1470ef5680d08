/** The night's snapshot beside all the others: each of its tasks may die, and the state machine then retries it. */
import { deepStrictEqual, ok } from 'node:assert';
import type { OwnerDirectory } from '../../functions/adapters/owners/owner-directory.ts';
import { sliceOf } from '../../functions/adapters/owners/owner-directory.ts';
import type { Run } from '../../functions/adapters/runs/run-store.ts';
import { openErasures } from '../../functions/adapters/segments/erasures.ts';
import { tableOf } from '../../functions/adapters/segments/tables.ts';
import {
  listAt,
  type OpenSlice,
  openSlice,
  type SnapshotSlice,
} from '../../functions/domain/segments/snapshot-slice.ts';
import { OWNERS_INDEX } from '../../functions/runtime/names.ts';
import { runKinds } from '../../functions/use-cases/catalogue/run-kinds.ts';
import { finishRun, planRun, type RunTaskParts, visitSlice } from '../../functions/use-cases/runs/run-tasks.ts';
import { forgetOwner } from '../../functions/use-cases/segments/forget-owner.ts';
import { startSnapshot } from '../../functions/use-cases/segments/snapshots.ts';
import { tableForms } from '../../functions/use-cases/segments/tables.ts';
import { Bucket } from './bucket.ts';
import { type Fates, WELL, type Worker } from './faults.ts';
import { CLIENT } from './imports.ts';
import { type Draw, oneOf } from './random.ts';
import type { History } from './settle.ts';
import { explained } from './sights.ts';
import { getClient, ownerKey, type World } from './world.ts';

const SLICES = 2;
const TRIES_OF_TASK = 4;

export class Nights {
  readonly bucket = new Bucket();
  readonly #world: World;
  readonly #draw: Draw;
  /** The imports that were done when each began. */
  readonly #before = new Map<string, ReadonlySet<string>>();

  constructor(world: World, draw: Draw) {
    this.#world = world;
    this.#draw = draw;
  }

  /** Starts a snapshot and runs it, as far as its tasks get. */
  async take(fates: Fates, history: History): Promise<void> {
    const before = new Set(history.done.keys());
    const parts = this.#parts(this.#world.worker('night', fates));
    const asked = startSnapshot(parts, { clientId: CLIENT, keyId: 'nightly' }, this.#keeps());
    // One that started without its caller knowing is run at the end.
    const started = await asked.catch(() => undefined);
    if (!started) return;
    this.#before.set(started.snapshotId, before);
    await this.carryOut(started.snapshotId, fates);
  }

  #keeps() {
    return { features: oneOf(this.#draw, [[], [], ['all.count 30d']]) };
  }

  async carryOut(runId: string, fates: Fates): Promise<void> {
    const name = { clientId: CLIENT, runId };
    const slices = await this.#task('night', fates, (parts) => planRun(parts, name));
    const visits = (slices ?? []).map((slice) =>
      this.#task(`night ${slice}`, fates, (parts) => visitSlice(parts, { ...name, slice }).then(() => true)),
    );
    const done = await Promise.all(visits);
    if (slices && done.every(Boolean)) await this.#task('night', fates, (parts) => finishRun(parts, name));
  }

  /** Runs that were given up continue once nothing fails any more. */
  async finishAll(): Promise<void> {
    for (const { runId, status } of this.bucket.runs) if (status === 'running') await this.carryOut(runId, WELL);
  }

  /** What an erasure does beside the erasure itself. */
  async forget(worker: Worker, ownerExternalId: string): Promise<void> {
    await forgetOwner(this.#parts(worker), { clientId: CLIENT, ownerExternalId });
  }

  async #task<Result>(
    name: string,
    fates: Fates,
    work: (parts: RunTaskParts) => Promise<Result>,
  ): Promise<Result | undefined> {
    for (let tries = 0; tries < TRIES_OF_TASK; tries++) {
      const worker = this.#world.worker(name, fates);
      const result = await work(this.#parts(worker)).catch(() => undefined);
      if (result !== undefined && !worker.isDead()) return result;
    }
    return undefined;
  }

  #parts(worker: Worker): RunTaskParts & Parameters<typeof startSnapshot>[0] & Parameters<typeof forgetOwner>[0] {
    const files = this.bucket.files(worker.call);
    const erasures = openErasures(worker.client, 'table');
    return {
      service: this.#world.service(worker),
      store: this.bucket.store(worker.call),
      directory: this.#directory(worker),
      machine: { start: async () => {}, conditionOf: async () => 'under way' },
      results: this.bucket.results(worker.call),
      kinds: runKinds({ files, erasures }),
      files,
      erasures,
      getClient,
      ownersPerSlice: 1,
      ownersPerSecond: Number.POSITIVE_INFINITY,
      onFailure: () => {},
    };
  }

  /** The index over answers, which may lag as a replica does. */
  #directory({ call }: Worker): OwnerDirectory {
    const listed = () =>
      this.#world.table.partitions().flatMap((partition) => {
        const behind = this.#draw(this.#world.mostBehind + 1);
        const answer = this.#world.table.itemsOf(partition, behind).find(({ sk }) => sk?.S === 'answer');
        const id = answer?.[OWNERS_INDEX.owner]?.S;
        return id === undefined ? [] : [ownerKey(id)];
      });
    return {
      owners: async function* (_, { number, of }) {
        yield* (await call(listed)).filter((owner) => sliceOf(owner, { of }) === number);
      },
      count: async () => ({ owners: SLICES, estimated: false }),
      externalIds: async () => [],
      idsByHash: async () => new Map(),
    };
  }

  /**
   * Every snapshot has ended, has for each owner what the imports before it explain, and nobody who was erased since.
   *
   * @param isChecked where erasures or late replicas make nothing doubtful
   * @returns owners whose lists could be judged
   */
  async judge(isChecked: boolean): Promise<number> {
    let reads = 0;
    for (const run of this.bucket.runs) {
      deepStrictEqual(run.status, 'finished', 'a snapshot has not come to its end');
      const found = new Map<string, readonly string[]>();
      for (let number = 0; number < run.slices; number++) {
        const slice = this.bucket.slice(run, number);
        ok(slice, 'a slice is missing of a snapshot that has finished');
        const opened = openSlice(slice);
        for (const [at, id] of opened.ids.entries()) if (id !== null) found.set(id, listAt(opened.members, at));
        expectOneState(opened);
        for (const format of tableForms(run.keeps?.features ?? [])) {
          const written = this.bucket.table(run, number, format);
          const { body } = tableOf(opened, run.keeps?.features ?? [], format);
          deepStrictEqual(
            Buffer.from(written ?? []),
            Buffer.from(body),
            `the ${format} says something else than the slice`,
          );
        }
        await this.#expectErased(slice);
      }
      if (isChecked && run.asOf === this.#world.today) reads += await this.#expectExplained(run, found);
    }
    return reads;
  }

  async #expectExplained({ runId }: Run, found: ReadonlyMap<string, readonly string[]>): Promise<number> {
    let reads = 0;
    const before = this.#before.get(runId) ?? new Set();
    for (const owner of new Set(this.#world.queue.sent.map(({ ownerExternalId }) => ownerExternalId))) {
      if (await explained(this.#world, owner, before, found.get(owner), 'a snapshot')) reads++;
    }
    return reads;
  }

  /** Every owner in a slice was visited after the last erasure. */
  async #expectErased({ ids, erasedBefore }: SnapshotSlice): Promise<void> {
    const known = new Map(erasedBefore);
    for (const id of ids) {
      if (id === null) continue;
      const answer = await this.#world.plain.store.readAnswer(ownerKey(id), { consistent: true });
      ok((known.get(id) ?? 0) >= (answer?.erasedAt ?? 0), 'an erased owner is in a snapshot');
    }
  }
}

/** Lists and values are of one state of a ledger: with three rows in 30 days one is busy, and with none one is not (catalogue.ts). */
function expectOneState({ ids, members, values }: OpenSlice): void {
  for (const [at, rows] of (values['all.count/30d'] ?? []).entries()) {
    if (ids[at] === null || rows === null || rows === 1 || rows === 2) continue;
    const isBusy = listAt(members, at).includes('busy');
    deepStrictEqual(isBusy, rows > 0, `a snapshot says that an owner with ${rows} rows is busy: ${isBusy}`);
  }
}
