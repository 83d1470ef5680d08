/** What a snapshot finds: of each slice who has which profiles and what their features are, and of all of them how many. */
import { createHash } from 'node:crypto';
import type { Client } from '../../adapters/clients/client-items.ts';
import type { Answer } from '../../adapters/owners/answer-item.ts';
import type { Slice } from '../../adapters/owners/owner-directory.ts';
import type { OwnerKey } from '../../adapters/owners/owner-key.ts';
import type { KeptFeature, ProfileSize, Run, RunResult } from '../../adapters/runs/run-store.ts';
import type { Erasures } from '../../adapters/segments/erasures.ts';
import type { SnapshotFiles } from '../../adapters/segments/snapshot-files.ts';
import { MOST_MERCHANTS } from '../../contracts/http/limits.ts';
import type { AmendedCatalogue } from '../../domain/catalogue/amendment.ts';
import { type ClientSettings, versionAt, withAmendment } from '../../domain/catalogue/client-settings.ts';
import type { Columns } from '../../domain/features/columns.ts';
import { type Feature, featureKey, readFeature } from '../../domain/features/feature.ts';
import type { Page } from '../../domain/ledger/page.ts';
import { columnsFor, deriveProfiles, notJudged, rowsOf } from '../../domain/profiles/derive.ts';
import { valueOn } from '../../domain/profiles/explain.ts';
import { countBits } from '../../domain/segments/bits.ts';
import { keptValue } from '../../domain/segments/distribution.ts';
import { type FoundOwner, FoundOwners, openSlice, type SnapshotSlice } from '../../domain/segments/snapshot-slice.ts';
import { type Merchants, UnlabelledMerchants } from '../../domain/segments/unlabelled.ts';
import { compareCodePoints } from '../../domain/values/code-points.ts';
import type { Day } from '../../domain/values/day.ts';
import { isFresh } from '../owners/answer.ts';
import { isKnown } from '../owners/known.ts';
import { pagesBehind, readOwnerDays } from '../owners/read-day.ts';
import { keepTrue } from '../owners/renew.ts';
import { DigestSum } from '../runs/digest-sum.ts';
import { everySlice } from '../runs/every-slice.ts';
import { visitOwners } from '../runs/owner-visits.ts';
import type { RunWork, VisitParts } from '../runs/run-tasks.ts';
import { readsPages } from '../runs/runs.ts';
import { type SeenOwner, seenInBatches } from '../runs/seen-owners.ts';
import { derivationInput, type Service, today } from '../service/service.ts';
import { forgetInSlice } from './forget-owner.ts';
import { writeTables } from './tables.ts';

export type SnapshotParts = { readonly files: SnapshotFiles; readonly erasures: Erasures };
/** Of all slices, kept beside the result. */
export type SnapshotSummary = { readonly merchants: Merchants };

/** Merchants without a label are those of so many days. */
const UNLABELLED_DAYS = 365;

/** A snapshot keeps every owner's profiles, renews the answers that have expired, and writes tables of what it found. */
export function snapshotWork(parts: SnapshotParts): RunWork<SnapshotSlice> {
  return {
    visit: (visits, client, run, slice) => visitForSnapshot(visits, parts, client, run, slice),
    settle: (visits, client, run, slice) => forgetErased(visits, parts, client, run, slice),
    sum: (run, sliceOf, clientId) => summaryOfSnapshot(run, sliceOf, parts, clientId),
  };
}

/** What a visit of a slice needs. */
type Visit = {
  readonly visits: VisitParts;
  readonly run: Run;
  readonly settings: ClientSettings;
  /** Whether the catalogue of the snapshot is still that of look-ups. */
  readonly isInForce: boolean;
  readonly catalogue: AmendedCatalogue;
  readonly features: readonly Feature[];
  readonly merchants: UnlabelledMerchants | undefined;
};

async function visitForSnapshot(
  visits: VisitParts,
  { files }: SnapshotParts,
  client: Client,
  run: Run,
  slice: Slice,
): Promise<SnapshotSlice> {
  const { service, directory } = visits;
  const visit = await visitOf(visits, client, run);
  const found = new FoundOwners(
    visit.catalogue.judged.map(({ document }) => document.id),
    visit.features.map(featureKey),
  );
  let failed = 0;
  const sum = new DigestSum();
  const take = ({ externalId: id }: OwnerKey, owner: Found) => {
    const { profiles, notJudged, values } = owner;
    found.add({ ...owner, id });
    sum.add([id, profiles, notJudged, values]);
  };
  for await (const batch of seenInBatches(service, directory.owners(client.clientId, slice))) {
    await tellWhatWaits(service, batch);
    const visited: SeenOwner[] = [];
    for (const one of batch) {
      if (!readsPages(run) && holds(visit, one.seen)) take(one.owner, { ...one.seen, values: [] });
      else visited.push(one);
    }
    failed += await visitOwners(listed(visited), visits, async (one) => {
      const owner = await foundOf(visit, one);
      if (owner) take(one.owner, owner);
    });
  }
  const packed = found.pack({ failed, sum: sum.hex });
  const place = { clientId: client.clientId, runId: run.runId };
  await writeTables(files, place, slice.number, packed, keptFeatures(run));
  if (visit.merchants) await files.putMerchants(place, slice.number, visit.merchants.most());
  return packed;
}

async function visitOf(visits: VisitParts, { clientId, amendment, enabledProfiles }: Client, run: Run): Promise<Visit> {
  const { service } = visits;
  const { catalogues } = service;
  if (catalogues.builtIn !== run.builtIn) {
    throw new Error(
      `the snapshot started under the built-in catalogue ${run.builtIn}, and now it is ${catalogues.builtIn}`,
    );
  }
  const settings = withAmendment(run, run.to);
  const inForce = withAmendment({ enabledProfiles }, versionAt(amendment, service.clock()));
  const catalogue = await catalogues.of(clientId, settings);
  const read = keptFeatures(run).map(({ name, window }) => readFeature(name, window, catalogue.base));
  return {
    visits,
    run,
    settings,
    isInForce: catalogues.versionFor(settings) === catalogues.versionFor(inForce),
    catalogue,
    features: read.filter((feature) => typeof feature !== 'string'),
    merchants: run.keeps?.unlabelled ? new UnlabelledMerchants() : undefined,
  };
}

const keptFeatures = ({ keeps }: Run): readonly KeptFeature[] => keeps?.features ?? [];
/** What a visit finds of one state of an owner's ledger. `erasedAt`: of the answer behind it. */
type Found = Omit<FoundOwner, 'id'>;

/** Whether the day and the catalogue of the snapshot are still those of look-ups, so that what is derived may be written. */
function isCurrent({ visits: { service }, run, isInForce }: Visit): boolean {
  return isInForce && today(service) === run.asOf;
}

/** Whether an answer says what a look-up of the snapshot's day would say. */
function holds(visit: Visit, answer: SeenOwner['seen']): answer is Answer {
  const { service } = visit.visits;
  return isKnown(service, answer) && isFresh(service, answer, visit.settings) && isCurrent(visit);
}

/** The stored answer is renewed as well, where it is of today: a snapshot announces what a day changed. Undefined when the owner is not known. */
async function foundOf(visit: Visit, { owner, seen }: SeenOwner): Promise<Found | undefined> {
  const { visits, run, settings } = visit;
  const { service } = visits;
  if (!isCurrent(visit)) return derivedOf(visit, owner);
  const answer = holds(visit, seen) ? seen : (await keepTrue(service, owner, settings, seen))?.answer;
  // Where the day ended meanwhile, it is the answer of the next one.
  if (!isCurrent(visit)) return derivedOf(visit, owner);
  if (!answer) return undefined;
  if (!readsPages(run)) return { ...answer, values: [] };
  const pages = await pagesBehind(service, owner, answer, run.asOf);
  return pages ? { ...answer, values: valuesOf(visit, pages, answer.dataFrom) } : derivedOf(visit, owner);
}

/** The same from the pages alone: of a day that has passed, or while somebody writes them. */
async function derivedOf(visit: Visit, owner: OwnerKey): Promise<Found | undefined> {
  const { visits, run, catalogue } = visit;
  const { asOf } = run;
  const read = await readOwnerDays(visits.service, owner, asOf);
  if (!read) return undefined;
  const { pages, dataFrom, erasedAt } = read;
  const input = derivationInput(catalogue, pages, dataFrom);
  const lists = { profiles: deriveProfiles(input, asOf), notJudged: notJudged(input, asOf) };
  return { ...lists, erasedAt, values: readsPages(run) ? valuesOf(visit, pages, dataFrom) : [] };
}

/** The values of the kept features; the merchants are added up by the way. */
function valuesOf(
  { run: { asOf }, catalogue: { base }, features, merchants }: Visit,
  pages: readonly Page[],
  dataFrom: Day | null,
): FoundOwner['values'] {
  const columns: Columns = columnsFor({ catalogue: base, rows: rowsOf(pages), dataFrom }, asOf);
  merchants?.addOwner(columns, base.labeller, asOf - UNLABELLED_DAYS + 1, asOf);
  return features.map((feature) => keptValue(feature.unit, valueOn(feature, columns, asOf)));
}

/**
 * Asks for a look at owners with unpublished changes: their writer died, and nobody has looked since. That is rare: most often they are
 * just being published.
 */
async function tellWhatWaits({ announcer }: Pick<Service, 'announcer'>, owners: readonly SeenOwner[]): Promise<void> {
  for (const { owner, seen } of owners) if ((seen?.announced.pending.length ?? 0) > 0) await announcer.now(owner);
}

async function* listed(owners: readonly SeenOwner[]): AsyncGenerator<SeenOwner> {
  yield* owners;
}

/** Takes those out of a slice who were erased while it was visited. */
async function forgetErased(
  { service }: VisitParts,
  { files, erasures }: SnapshotParts,
  { clientId }: Client,
  run: Run,
  slice: number,
): Promise<void> {
  const recent = new Map((await erasures.listErasures(clientId)).map((erasure) => [erasure.hash, erasure]));
  if (recent.size === 0) return;
  const place = { clientId, runId: run.runId };
  const kept = await files.readSlice(place, slice);
  for (const id of kept?.value.ids ?? []) {
    const erasure = id === null ? undefined : recent.get(service.ownerKey(clientId, id).hash);
    if (id !== null && erasure) await forgetInSlice(files, place, slice, keptFeatures(run), { ...erasure, id });
  }
}

/** All slices together. */
async function summaryOfSnapshot(
  run: Run,
  sliceOf: (number: number) => Promise<SnapshotSlice | undefined>,
  { files }: SnapshotParts,
  clientId: string,
): Promise<{ readonly result: RunResult; readonly summary: SnapshotSummary }> {
  const sizes = new Map<string, { members: number; notJudged: number }>();
  const merchants = new UnlabelledMerchants();
  const sum = new DigestSum();
  let [owners, failed] = [0, 0];
  const place = { clientId, runId: run.runId };
  const withMerchants = async (number: number) => {
    const unlabelled = run.keeps?.unlabelled ? files.readMerchants(place, number) : undefined;
    const [slice, found] = await Promise.all([sliceOf(number), unlabelled]);
    return slice && { slice, found };
  };
  for await (const [{ slice, found }] of everySlice(run, withMerchants)) {
    owners += slice.owners;
    failed += slice.failed;
    sum.addSum(slice.sum);
    addSizes(sizes, slice);
    merchants.addAll(found ?? {});
  }
  const inOrder = [...sizes].sort(([a], [b]) => compareCodePoints(a, b));
  return {
    result: {
      owners,
      failed,
      hash: hashOf(run, owners, sum.hex),
      sizes: inOrder.map(([profile, size]): ProfileSize => ({ profile, ...size })),
    },
    summary: { merchants: merchants.most(MOST_MERCHANTS) },
  };
}

function addSizes(sizes: Map<string, { members: number; notJudged: number }>, slice: SnapshotSlice): void {
  const { members, notJudged } = openSlice(slice);
  for (const [profile, bits] of members) {
    const size = sizes.get(profile) ?? { members: 0, notJudged: 0 };
    sizes.set(profile, size);
    size.members += countBits(bits);
    size.notJudged += countBits(notJudged.get(profile) ?? new Uint8Array());
  }
}

/** Digest of the day, the catalogue, the features that are kept, and what was found of every owner. */
function hashOf(run: Run, owners: number, sum: string): string {
  const { asOf, builtIn, to, enabledProfiles, sample } = run;
  const features = keptFeatures(run).map(featureKey);
  const of = sample === undefined ? [owners] : [owners, sample];
  const text = JSON.stringify([asOf, builtIn, to, enabledProfiles, features, ...of, sum]);
  return createHash('sha256').update(text).digest('hex');
}
