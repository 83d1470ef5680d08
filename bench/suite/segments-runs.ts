/** Units of a slice of each kind of run, by the deployed function. */
import { openBuiltInCatalogue } from '../../functions/adapters/catalogue/built-in-catalogue.ts';
import { openCatalogueStore } from '../../functions/adapters/catalogue/catalogue-store.ts';
import { openClients } from '../../functions/adapters/clients/clients.ts';
import { openOwnerDirectory } from '../../functions/adapters/owners/owner-directory.ts';
import { NO_AMENDMENT } from '../../functions/domain/catalogue/amendment.ts';
import { BUILT_IN } from '../../functions/domain/catalogue/client-settings.ts';
import type { Units } from '../../functions/domain/costs/cost-model.ts';
import type { SliceUnits, VisitWork } from '../../functions/domain/costs/segment-cost.ts';
import { ENV } from '../../functions/runtime/names.ts';
import { startRun } from '../../functions/use-cases/runs/runs.ts';
import { startSnapshot } from '../../functions/use-cases/segments/snapshots.ts';
import { openCatalogues } from '../../functions/use-cases/service/catalogues.ts';
import { requestsOf } from '../support/counting-proxy.ts';
import { deployedFolder, startHost } from '../support/functions.ts';
import { NOW } from '../support/owners.ts';
import { CLIENT, type World } from '../support/world.ts';
import { nameOf, type Places, ROUNDS, typical, unitsOf } from './segments-places.ts';

/** Where pages are read, a slice visits this many owners at a time, and reads the answers of a hundred by one request. */
const SIDE_BY_SIDE = 8;
const PREVIEWED = 'previewed';
const OWN_PROFILE = {
  id: 'coffee-lover',
  title: 'Coffee lover',
  description: 'Pays in cafes often',
  enter: { feature: 'cafe.count', window: '180d', atLeast: 12 },
};

type Asked = Pick<SliceUnits, 'owners' | 'ownersPerSecond'>;

/** Runs of one slice each, visited by the deployed function without a rate limit. */
export async function sliceOf(
  places: Places,
  work: VisitWork,
  { owners, ownersPerSecond }: Asked,
): Promise<SliceUnits> {
  const { world, environment, objects } = places;
  const host = await startHost('profile-run', {
    ...environment,
    [ENV.ownersPerSlice]: String(owners),
    [ENV.answersPerSlice]: String(owners),
    [ENV.ownersPerSecond]: '100000',
  });
  const rounds: Units[] = [];
  let gets = 0;
  let puts = 0;
  try {
    for (let round = 0; round < ROUNDS; round++) {
      if (work === 'replay') await expireAnswers(world, owners);
      const name = { clientId: CLIENT, runId: await started(world, work, owners) };
      await host.run({ ...name, task: 'plan' });
      world.counts();
      objects.take();
      const done = await host.run({ ...name, task: 'visit', slice: 0 });
      const counts = world.counts();
      const { requests } = objects.take();
      // It is read once more, when all slices are added up.
      gets = (requests['GET'] ?? 0) + 1;
      puts = requests['PUT'] ?? 0;
      const waited = requestsOf(counts) / (work === 'answers' ? 1 : SIDE_BY_SIDE) + gets + puts;
      rounds.push(unitsOf(counts, done, waited));
      await host.run({ ...name, task: 'finish' });
    }
  } finally {
    host.close();
  }
  return { owners, ownersPerSecond, s3Gets: gets, s3Puts: puts, ...typical(rounds) };
}

/** As after a publication: every answer is of another catalogue. */
async function expireAnswers({ store, ownerKey }: World, owners: number): Promise<void> {
  for (let owner = 0; owner < owners; owner++) {
    const key = ownerKey(nameOf(owner));
    const answer = (await store.readAnswer(key, { consistent: true }))!;
    const expired = { ...answer, revision: answer.revision + 1, catalogueVersion: 'another' };
    if (!(await store.writeAnswer(key, expired, answer.revision))) throw new Error('an answer changed meanwhile');
  }
}

/** @returns the id of the run */
async function started({ dynamo, tableName }: World, work: VisitWork, owners: number): Promise<string> {
  const store = openCatalogueStore(dynamo, tableName);
  const parts = {
    ...{ ownersPerSlice: owners, answersPerSlice: owners },
    service: {
      clock: () => NOW,
      catalogues: openCatalogues(openBuiltInCatalogue(deployedFolder('profile-run'))),
    },
    store,
    directory: openOwnerDirectory(dynamo, tableName),
    machine: { start: async () => {}, conditionOf: async () => 'under way' as const },
    getClient: openClients(dynamo, tableName).getClient,
  };
  if (work === 'answers' || work === 'features') {
    const body = work === 'features' ? ({ features: 'definitions' } as const) : {};
    return (await startSnapshot(parts, { clientId: CLIENT, keyId: 'k1' }, body)).snapshotId;
  }
  const asked = { clientId: CLIENT, keyId: 'k1', kind: work, from: BUILT_IN, enabledProfiles: [] };
  if (work === 'replay') return (await startRun(parts, { ...asked, to: BUILT_IN })).runId;
  await store.keepAmendment(CLIENT, PREVIEWED, { ...NO_AMENDMENT, profiles: [OWN_PROFILE] });
  return (await startRun(parts, { ...asked, to: PREVIEWED })).runId;
}
