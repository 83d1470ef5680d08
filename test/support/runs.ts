/** Drafts, previews and publications over a real table and bucket; the state machine's tasks run in this process, one after the other. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { catalogueOf } from '../../functions/adapters/catalogue/built-in-catalogue.ts';
import { openCatalogueStore } from '../../functions/adapters/catalogue/catalogue-store.ts';
import { openClientStore } from '../../functions/adapters/clients/client-store.ts';
import { openOwnerDirectory } from '../../functions/adapters/owners/owner-directory.ts';
import { openRunResults } from '../../functions/adapters/runs/run-results.ts';
import type { RunStart } from '../../functions/adapters/runs/state-machine.ts';
import { openErasures } from '../../functions/adapters/segments/erasures.ts';
import { openSnapshotFiles } from '../../functions/adapters/segments/snapshot-files.ts';
import { settingsAt } from '../../functions/domain/catalogue/client-settings.ts';
import { type Author, openDrafts } from '../../functions/use-cases/catalogue/drafts.ts';
import { openPreviewOwners } from '../../functions/use-cases/catalogue/preview-owners.ts';
import { openPreviews } from '../../functions/use-cases/catalogue/previews.ts';
import { openPublications } from '../../functions/use-cases/catalogue/publications.ts';
import { runKinds } from '../../functions/use-cases/catalogue/run-kinds.ts';
import { finishRun, planRun, type RunTaskParts, visitSlice } from '../../functions/use-cases/runs/run-tasks.ts';
import { forgetOwner } from '../../functions/use-cases/segments/forget-owner.ts';
import { takeNightly } from '../../functions/use-cases/segments/nightly.ts';
import { openQuestions } from '../../functions/use-cases/segments/questions.ts';
import { openSnapshots } from '../../functions/use-cases/segments/snapshots.ts';
import { startS3 } from '../../local/s3/server.ts';
import type { OpenTable } from '../functions/support/table.ts';
import { CATALOGUE, CLIENT, hashOf, NOW, SETTINGS, serviceOver } from './service.ts';

const BUCKET = 'results';

export type Runs = Awaited<ReturnType<typeof openRuns>>;

export async function openRuns({ dynamo, table }: OpenTable, clientId = CLIENT) {
  const server = await startS3({ directory: mkdtempSync(join(tmpdir(), 'runs-')), buckets: [BUCKET], port: 0 });
  const s3 = new S3Client({
    endpoint: server.endpoint,
    region: 'eu-central-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const clock = { now: NOW };
  const store = openCatalogueStore(dynamo, table);
  const clients = openClientStore({ dynamo, table, hashOf, now: () => clock.now, random: randomBytes });
  await clients.createClient({ clientId, enabledProfiles: SETTINGS.enabledProfiles });
  const service = { ...serviceOver({ dynamo, table }, { readAmendment: store.readAmendment }), clock: () => clock.now };
  const builtIn = catalogueOf(CATALOGUE);
  const files = openSnapshotFiles(BUCKET, s3);
  const erasures = openErasures(dynamo, table);
  const started: RunStart[] = [];
  const failures: unknown[] = [];
  const task: RunTaskParts = {
    service,
    store,
    directory: openOwnerDirectory(dynamo, table),
    kinds: runKinds({ files, erasures }),
    results: openRunResults(BUCKET, s3),
    getClient: clients.getClient,
    ownersPerSlice: 3,
    ownersPerSecond: 100_000,
    onFailure: (error) => failures.push(error),
  };
  const drafts = openDrafts({ store, builtIn, now: () => clock.now });
  const machine = {
    start: async (run: RunStart) => {
      started.push(run);
    },
    stop: async () => {},
    conditionOf: async () => 'under way' as const,
  };
  const parts = { ...task, store, machine, readDraft: drafts.read };
  const author = async (): Promise<Author> => {
    const client = await clients.getClient(clientId);
    return {
      clientId,
      keyId: 'key-1',
      settings: settingsAt(client?.enabledProfiles ?? [], client?.amendment, clock.now),
    };
  };

  /** Runs the last started run. @param until visits only this many slices and does not finish */
  async function drive(until = Number.POSITIVE_INFINITY): Promise<void> {
    const name = started.at(-1);
    if (!name) throw new Error('no run was started');
    const slices = await planRun(task, name);
    for (const slice of slices.slice(0, until)) await visitSlice(task, { ...name, slice });
    if (until > slices.length) await finishRun(task, name);
  }

  return {
    clock,
    store,
    clients,
    service,
    task,
    failures,
    drafts,
    previews: { ...openPreviews(parts), ...openPreviewOwners(parts) },
    publications: openPublications({ ...parts, builtIn, clients, callerCacheSeconds: 60 }),
    snapshots: openSnapshots(parts),
    questions: openQuestions({ ...parts, files }),
    forgetOwner: (ownerExternalId: string) => forgetOwner({ ...parts, files, erasures }, { clientId, ownerExternalId }),
    nightly: () =>
      takeNightly({
        ...parts,
        clientIds: clients.clientIds,
        onFailure: (id, error) => failures.push([id, error]),
      }),
    author,
    drive,
    started,
    close: async () => {
      s3.destroy();
      await server.close();
    },
  };
}
