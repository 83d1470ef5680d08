/** How many owners have which profile, how that changed, and who they are. */
import { useMemo } from 'preact/hooks';
import { answerOf, api } from '../api/client.ts';
import { earlier, type Since, type Snapshot } from '../model/snapshots.ts';
import { Awaited, Empty } from '../parts/basic.tsx';
import { place, show } from '../state/place.ts';
import { useQuery } from '../state/query.ts';
import { day, instant, t } from '../texts/texts.ts';
import { Ask } from './segments/ask.tsx';
import { SnapshotFiles } from './segments/files.tsx';
import { SegmentOverlap } from './segments/overlap.tsx';
import { SegmentTable } from './segments/table.tsx';
import { Running, TakeSnapshot } from './segments/take.tsx';

/** A page of snapshots, and how many of them make the trend of a year. */
const PAGE = 100;
const MOST_PAGES = 4;

export function SegmentsScreen() {
  const first = useQuery('snapshots', (signal) =>
    answerOf(api.GET('/v1/snapshots', { params: { query: { limit: PAGE } }, signal })),
  );
  const cursor = first.data?.cursor ?? null;
  const rest = useQuery(cursor, (signal) => furtherPages(cursor, signal));
  const snapshots = useMemo(() => [...(first.data?.snapshots ?? []), ...(rest.data ?? [])], [first.data, rest.data]);
  const running = snapshots.find(({ status }) => status === 'running');
  return (
    <>
      <header class="screen">
        <h1 tabIndex={-1}>{t('segments')}</h1>
        <TakeSnapshot onTaken={first.reload} isRunning={running !== undefined} />
      </header>
      {running && <Running key={running.snapshotId} snapshot={running} onEnd={first.reload} />}
      <Awaited of={first} rows={12}>
        {() => <Finished snapshots={snapshots} />}
      </Awaited>
    </>
  );
}

/** The older snapshots, for trends: loaded after the first view. */
async function furtherPages(from: string | null, signal: AbortSignal): Promise<readonly Snapshot[]> {
  const all: Snapshot[] = [];
  let cursor = from;
  for (let page = 1; cursor !== null && page < MOST_PAGES; page++) {
    const query = { limit: PAGE, cursor };
    const answer = await answerOf(api.GET('/v1/snapshots', { params: { query }, signal }));
    all.push(...answer.snapshots);
    cursor = answer.cursor;
  }
  return all;
}

function Finished({ snapshots }: { snapshots: readonly Snapshot[] }) {
  const finished = snapshots.filter(({ status }) => status === 'finished');
  const { snapshot: wanted, since = 'previous' } = place.value;
  const snapshot = finished.find(({ snapshotId }) => snapshotId === wanted) ?? finished[0];
  if (!snapshot) return <Empty title={t('noSnapshot')}>{t('noSnapshotSays')}</Empty>;
  const before = earlier(finished, snapshot, since as Since);
  return (
    <>
      <SnapshotBar snapshots={finished} snapshot={snapshot} since={since as Since} before={before} />
      <div class="segments">
        <SegmentTable snapshot={snapshot} snapshots={finished} before={before} />
        <div class="side">
          <Ask snapshot={snapshot} />
          <SegmentOverlap snapshot={snapshot} />
          <SnapshotFiles key={snapshot.snapshotId} snapshot={snapshot} />
        </div>
      </div>
    </>
  );
}

function SnapshotBar(props: {
  snapshots: readonly Snapshot[];
  snapshot: Snapshot;
  since: Since;
  before: Snapshot | undefined;
}) {
  const { snapshots, snapshot, since, before } = props;
  const choices: readonly [Since, string][] = [
    ['previous', t('sincePrevious')],
    ['day', t('sinceDay')],
    ['month', t('sinceMonth')],
  ];
  return (
    <div class="facts">
      <label>
        <span>{t('snapshotOf')}</span>
        <select value={snapshot.snapshotId} onChange={({ currentTarget }) => show({ snapshot: currentTarget.value })}>
          {snapshots.slice(0, PAGE).map(({ snapshotId, startedAt }) => (
            <option key={snapshotId} value={snapshotId}>
              {instant(startedAt)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{t('comparedWith')}</span>
        <select value={since} onChange={({ currentTarget }) => show({ since: currentTarget.value })}>
          {choices.map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      </label>
      <dl>
        <div>
          <dt>{t('owners')}</dt>
          <dd class="strong">{t('number', { n: snapshot.owners })}</dd>
        </div>
        <div>
          <dt>{t('asOf')}</dt>
          <dd>{day(snapshot.asOf)}</dd>
        </div>
        <div>
          <dt title={t('watermarkSays')}>{t('watermark')}</dt>
          <dd>{instant(snapshot.watermark)}</dd>
        </div>
        <div>
          <dt>{t('comparedSnapshot')}</dt>
          <dd>{before ? instant(before.startedAt) : t('noneYet')}</dd>
        </div>
        {snapshot.failed > 0 && (
          <div>
            <dt>{t('notDerived')}</dt>
            <dd class="bad">{t('number', { n: snapshot.failed })}</dd>
          </div>
        )}
      </dl>
    </div>
  );
}
