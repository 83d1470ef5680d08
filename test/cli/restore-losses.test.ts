/** Whatever a table loses: after a restore, and a repeat of all later imports, everything is as if nothing had been lost. */
import { fc, test as property } from '@fast-check/jest';
import { type RestoreParts, restore } from '../../cli/restore/run.ts';
import { openOwnerStore } from '../../functions/adapters/owners/owner-store.ts';
import type { Import } from '../../functions/domain/ledger/ledger.ts';
import { TransientError } from '../../functions/runtime/errors.ts';
import { joinImports } from '../../functions/use-cases/imports/join-imports.ts';
import { eraseOwner } from '../../functions/use-cases/owners/erase.ts';
import { explain } from '../../functions/use-cases/owners/explain.ts';
import { lookUp } from '../../functions/use-cases/owners/look-up.ts';
import type { Service } from '../../functions/use-cases/service/service.ts';
import { createTable } from '../functions/support/table.ts';
import { asReference, imports, TODAY } from '../support/ledgers.ts';
import { type Item, itemsIn, lose, restorePoint } from '../support/restore.ts';
import {
  CLIENT,
  hashOf,
  NOW,
  onePass,
  onePassAnswer,
  ownerOf,
  ownTable,
  requestFor,
  SETTINGS,
  serviceOver,
  storedPages,
} from '../support/service.ts';
import { tries } from '../support/tries.ts';

const DAY_MS = 86_400_000;
const RETENTION = 120;
/** When imports were made and erasures requested; the restore point is before `LATER`. */
const [EARLY, ERASED, MEANWHILE, LATER, ERASED_LATER, LAST] = [20, 16, 15, 10, 6, 5].map(
  (days) => NOW - days * DAY_MS,
) as [number, number, number, number, number, number];

const place = ownTable();
let restored: { readonly dynamo: typeof place.dynamo; readonly table: string };
beforeAll(async () => {
  restored = { dynamo: place.dynamo, table: await createTable(place.dynamo) };
});

/** The same imports, made within the day after an instant. */
const madeAfter = (instant: number, given: readonly Import[], name: string): Import[] =>
  given.map((one) => ({
    ...one,
    stamp: {
      ...one.stamp,
      importId: `${name}${one.stamp.importId}`,
      importedAt: instant + Math.floor((one.stamp.importedAt % (7 * DAY_MS)) / 8),
    },
  }));
const told = fc
  .tuple(imports(TODAY - 12), imports(TODAY - 800))
  .map(([recent, old]) => [...recent.slice(0, 3), ...old.slice(0, 1)]);

const life = fc
  .record({
    early: told,
    isErased: fc.boolean(),
    meanwhile: told,
    later: told,
    isErasedLater: fc.boolean(),
    last: told,
    /** Joined after the loss, before the restore. */
    isLastInTime: fc.boolean(),
  })
  .map(({ early, meanwhile, later, last, ...rest }) => ({
    early: madeAfter(EARLY, early, 'e'),
    meanwhile: madeAfter(MEANWHILE, meanwhile, 'm'),
    later: madeAfter(LATER, later, 'l'),
    last: madeAfter(LAST, last, 'z'),
    ...rest,
  }));
type Life = typeof life extends fc.Arbitrary<infer Value> ? Value : never;

const KINDS: Readonly<Record<string, (item: Item) => boolean>> = {
  pages: ({ sk }) => sk?.S?.startsWith('page#') === true,
  parts: ({ sk }) => sk?.S?.startsWith('part#') === true,
  answers: ({ sk }) => sk?.S === 'answer',
  everything: () => true,
};
const loss = fc.record({
  kind: fc.constantFrom(...Object.keys(KINDS)),
  share: fc.constantFrom(0, 2, 5, 10),
  dice: fc.infiniteStream(fc.nat({ max: 9 })),
});

/** A run takes some 0.3 s on an idle machine. */
const RUNS = tries(12);
const PATIENCE_MS = RUNS * 12_000;
const OWNERS = ['a', 'b'];
const largest = fc.constantFrom(350_000, 120);

property.prop([fc.tuple(life, life), loss, largest], { numRuns: RUNS, endOnFailure: true })(
  'is put back, twice as well as once',
  async (lives, { kind, share, dice }, largestItemBytes) => {
    for (const table of [place, restored]) await lose(table, () => true);
    const at = (now: number): Service => {
      const service = serviceOver(place, { now, retentionMonths: RETENTION });
      return {
        ...service,
        store: openOwnerStore(place.dynamo, place.table, hashOf, service, largestItemBytes),
        pause: async () => {},
      };
    };
    const each = async (work: (owner: string, life: Life) => Promise<unknown>) => {
      for (const [index, owner] of OWNERS.entries()) await work(owner, lives[index]!);
    };
    const join = async (owner: string, given: readonly Import[]) => {
      if (given.length > 0) await joinImports(at(NOW), ownerOf(owner), SETTINGS, given);
    };
    const erase = (owner: string, now: number) => eraseOwner(at(now), { clientId: CLIENT, ownerExternalId: owner });
    const erasedAt = ({ isErased, isErasedLater }: Life) => (isErasedLater ? ERASED_LATER : isErased ? ERASED : 0);

    await each(async (owner, { early, isErased, meanwhile }) => {
      await join(owner, early);
      if (isErased) await erase(owner, ERASED);
      await join(owner, meanwhile);
    });
    await restorePoint(place, restored.table);
    await each(async (owner, { later, isErasedLater, isLastInTime, last }) => {
      await join(owner, later);
      if (isErasedLater) await erase(owner, ERASED_LATER);
      if (isLastInTime) await join(owner, last);
    });
    const before = await itemsIn(place);
    const lost = await lose(place, (item) => KINDS[kind]?.(item) === true && (dice.next().value as number) < share);
    // An import that cannot be joined to a page without its parts, or beside a lost tombstone, is delivered again, as everything here.
    await each(async (owner, { isLastInTime, last }) => {
      if (!isLastInTime) await join(owner, last).catch(expectPassing);
    });

    const erased = OWNERS.flatMap((ownerExternalId, index) =>
      lives[index]?.isErasedLater ? [{ clientId: CLIENT, ownerExternalId, erasedAt: ERASED_LATER }] : [],
    );
    const parts: RestoreParts = {
      ...{ live: place, restored, retentionMonths: RETENTION, largestItemBytes },
      ...{ hashOf, ownerKey: (_: string, id: string) => hashOf(id), clock: () => NOW, dryRun: false },
      ...{ erased, revokedKeys: new Set<string>(), partitionsPerSecond: 3000, progress: () => {} },
    };
    const first = await restore(parts);
    expect(first.failures).toEqual([]);
    const after = await itemsIn(place);
    if (lost === 0 && lives.every(({ isLastInTime, last }) => isLastInTime || last.length === 0)) {
      expect(after).toEqual(before);
    }
    expect(await restore(parts)).toEqual({ ...first, ...NOTHING, counts: { ...first.counts, ...NO_COUNTS } });
    expect(await itemsIn(place)).toEqual(after);

    await each((owner, { early, meanwhile, later, last }) => join(owner, [...early, ...meanwhile, ...later, ...last]));
    await each(async (owner, one) => {
      const given = [...one.early, ...one.meanwhile, ...one.later, ...one.last];
      const counted = given.filter(({ stamp }) => stamp.importedAt > erasedAt(one));
      await expectOnePass(at(NOW), owner, counted);
    });
    const settled = await itemsIn(place);
    await restore(parts);
    expect(await itemsIn(place)).toEqual(settled);
  },
  PATIENCE_MS,
);

const NOTHING = { answersLost: {}, clientsPutBack: [], keysPutBack: [], failures: [] };
const NO_COUNTS = { ownersPutBack: 0, pages: 0, parts: 0, pagesGivenUp: 0, erasuresPutBack: 0 };

function expectPassing(error: unknown): void {
  if (!(error instanceof TransientError)) throw error;
}

/** Pages, look-up, explanation and validity. */
async function expectOnePass(service: Service, owner: string, given: readonly Import[]): Promise<void> {
  expect(asReference(await storedPages(service, owner))).toEqual(asReference(onePass(service, given)));
  const found = (await lookUp(service, requestFor(owner)))?.answer;
  const explained = await explain(service, requestFor(owner));
  if (given.length === 0) {
    expect([found, explained]).toEqual([undefined, undefined]);
    return;
  }
  const { validUntil, ...answer } = onePassAnswer(service, given);
  expect(found).toEqual({ ...answer, asOf: TODAY });
  expect({ ...explained, explanations: undefined }).toEqual({ ...answer, asOf: TODAY, explanations: undefined });
  const stored = await service.store.readAnswer(ownerOf(owner), { consistent: true });
  expect(stored?.validUntil).toBe(validUntil);
}
