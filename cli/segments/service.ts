/** Snapshots as the service returns them. */
import type { Estimate } from '../../functions/contracts/http/previews.ts';
import type {
  CountsView,
  DistributionView,
  OwnersView,
  SnapshotBody,
  SnapshotsPage,
  SnapshotView,
  UnlabelledView,
} from '../../functions/contracts/http/segments.ts';
import { type Call, call } from '../api.ts';
import { agreedTo, type CostOptions } from '../catalogue/cost-first.ts';
import { watched } from '../catalogue/watch.ts';
import type { ApiConnection } from '../connection.ts';
import type { Context } from '../context.ts';
import { CliError, EXIT } from '../errors.ts';

export type FileView = {
  readonly format: string;
  readonly part: number;
  readonly rows: number;
  readonly bytes: number;
  readonly url: string;
};
export type SegmentsService = ReturnType<typeof openSegments>;

const PAGE = '1000';
const SNAPSHOTS_OF_A_PAGE = 100;

export function openSegments(connection: ApiConnection) {
  const get = async <Answer>(path: string, query: Call['query'] = {}): Promise<Answer> =>
    (await call(connection, { method: 'GET', path: `snapshots${path}`, query })) as Answer;
  const at = (snapshotId: string) => `/${encodeURIComponent(snapshotId)}`;

  /** The latest snapshots, newest first, up to this many; with `samples`, also those of a sample of the owners. */
  async function list(most: number, samples = false): Promise<SnapshotView[]> {
    const snapshots: SnapshotView[] = [];
    const kinds = samples ? { samples: 'true' } : {};
    let cursor: string | null | undefined;
    do {
      const limit = String(Math.min(most - snapshots.length, SNAPSHOTS_OF_A_PAGE));
      const page = await get<SnapshotsPage>('', { ...kinds, limit, ...(cursor && { cursor }) });
      snapshots.push(...page.snapshots);
      cursor = page.cursor;
    } while (cursor && snapshots.length < most);
    return snapshots;
  }

  async function post(body: SnapshotBody): Promise<unknown> {
    const headers = { 'content-type': 'application/json' };
    return call(connection, { method: 'POST', path: 'snapshots', body: Buffer.from(JSON.stringify(body)), headers });
  }
  const start = async (body: SnapshotBody): Promise<string> =>
    ((await post(body)) as { snapshotId: string }).snapshotId;
  const estimate = async (body: SnapshotBody): Promise<Estimate> =>
    (await post({ ...body, estimateOnly: true })) as Estimate;

  const read = (snapshotId: string) => get<SnapshotView>(at(snapshotId));

  /** Starts one and waits for its end, with a bar for people. */
  async function taken(body: SnapshotBody, context: Context): Promise<SnapshotView> {
    const snapshotId = await start(body);
    const isOver = ({ status }: SnapshotView) => status !== 'running';
    const { run, interrupted } = await watched(await read(snapshotId), () => read(snapshotId), isOver, context);
    if (!interrupted) return run;
    throw new CliError(
      'not waited for',
      `it continues: see owner-profiles snapshots; cancel it with: snapshots cancel ${snapshotId}`,
    );
  }

  /** The named one, else the latest that has finished; undefined if there is none. */
  async function chosen(snapshotId: string | undefined): Promise<SnapshotView | undefined> {
    if (snapshotId !== undefined) return read(snapshotId);
    return (await list(SNAPSHOTS_OF_A_PAGE)).find(({ status }) => status === 'finished');
  }

  async function* owners(snapshotId: string, where: string): AsyncGenerator<OwnersView['owners'][number]> {
    let cursor: string | null | undefined;
    do {
      const query = { where, limit: PAGE, ...(cursor && { cursor }) };
      const page = await get<OwnersView>(`${at(snapshotId)}/owners`, query);
      yield* page.owners;
      cursor = page.cursor;
    } while (cursor);
  }

  return {
    list,
    start,
    estimate,
    read,
    taken,
    chosen,
    owners,
    cancel: async (snapshotId: string) =>
      (await call(connection, { method: 'DELETE', path: `snapshots${at(snapshotId)}` })) as SnapshotView,
    page: (snapshotId: string, where: string, limit: number) =>
      get<OwnersView>(`${at(snapshotId)}/owners`, { where, limit: String(limit) }),
    counts: (snapshotId: string, where: string) =>
      get<CountsView>(`${at(snapshotId)}/counts`, { where, by: 'profile' }),
    distribution: (snapshotId: string, feature: string, window: string | undefined) =>
      get<DistributionView>(`${at(snapshotId)}/distributions`, { feature, ...(window && { window }) }),
    unlabelled: (snapshotId: string, limit: number) =>
      get<UnlabelledView>(`${at(snapshotId)}/unlabelled`, { limit: String(limit) }),
    files: (snapshotId: string) => everyFile((query) => get(`${at(snapshotId)}/files`, query)),
  };
}

type FilesPage = { readonly files: readonly FileView[]; readonly cursor: string | null };

async function everyFile(ask: (query: NonNullable<Call['query']>) => Promise<FilesPage>): Promise<FileView[]> {
  const files: FileView[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await ask(cursor === undefined ? {} : { cursor });
    files.push(...page.files);
    cursor = page.cursor ?? null;
  }
  return files;
}

/** The snapshot to look at. @throws CliError when there is none */
export async function neededSnapshot(segments: SegmentsService, snapshotId: string | undefined): Promise<SnapshotView> {
  const snapshot = await segments.chosen(snapshotId);
  if (snapshot) return snapshot;
  throw new CliError('there is no finished snapshot', 'take one: owner-profiles snapshots take', EXIT.notFound);
}

/**
 * The named snapshot, else the latest with the requested content, else a new one, after its size and cost were shown. Where a sample suffices,
 * the latest may be of all owners, or of another sample.
 */
export async function snapshotKeeping(
  segments: SegmentsService,
  {
    snapshotId,
    body,
    keeps,
  }: { snapshotId: string | undefined; body: SnapshotBody; keeps: (of: SnapshotView) => boolean },
  options: CostOptions,
  context: Context,
): Promise<SnapshotView> {
  if (snapshotId !== undefined) return segments.read(snapshotId);
  const listed = await segments.list(SNAPSHOTS_OF_A_PAGE, body.sample !== undefined);
  const kept = listed.find((one) => one.status === 'finished' && keeps(one));
  if (kept) return kept;
  await agreedTo(await segments.estimate(body), 'no snapshot keeps this yet: taking one of', options, context);
  const taken = await segments.taken(body, context);
  if (taken.status === 'finished') return taken;
  throw new CliError(
    `the snapshot ${taken.snapshotId} is ${taken.status}`,
    'docs/how-to/runbook.md says how to continue it',
  );
}
