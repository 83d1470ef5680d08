/** An expression, how many owners match it, and who they are. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { readExpression } from '../../../../functions/domain/segments/expression.ts';
import { csvRecord } from '../../../../functions/domain/values/csv.ts';
import { answerOf, api, problemOf } from '../../api/client.ts';
import type { Schemas } from '../../api/schema-types.ts';
import type { Snapshot } from '../../model/snapshots.ts';
import { Awaited, Card, Chip, Empty, More, Progress, Trouble } from '../../parts/basic.tsx';
import { Completion } from '../../parts/completion.tsx';
import { save } from '../../parts/save.ts';
import { OwnerLink } from '../../shell/links.tsx';
import { usePages } from '../../state/pages.ts';
import { place, show } from '../../state/place.ts';
import { type Query, useQuery, useRested } from '../../state/query.ts';
import { titleOf } from '../../state/titles.ts';
import { number, t } from '../../texts/texts.ts';

type Owner = Schemas['SnapshotOwners']['owners'][number];
const SHOWN = 20;
const A_FILE_PAGE = 1000;
const REST_MS = 250;

export function Ask({ snapshot }: { snapshot: Snapshot }) {
  const { where = '' } = place.value;
  const names = snapshot.profiles.map(({ profile }) => profile);
  const settled = useRested(where, REST_MS);
  // An unfinished word is not a fault yet.
  const { fault } = where.trim() === '' ? { fault: undefined } : readExpression(settled, names);
  const isReady = settled.trim() !== '' && settled === where && fault === undefined;
  const { snapshotId } = snapshot;
  const params = { path: { snapshotId }, query: { where: settled } };
  const count = useQuery(
    isReady ? `${snapshotId} ${settled}` : null,
    (signal) => answerOf(api.GET('/v1/snapshots/{snapshotId}/counts', { params, signal })),
    true,
  );
  const offers = (word: string) =>
    names
      .filter((name) => name.includes(word.toLowerCase()))
      .toSorted((a, b) => Number(b.startsWith(word)) - Number(a.startsWith(word)));
  return (
    <Card title={t('whoIs')}>
      <div class="ask">
        <Completion
          value={where}
          onValue={(value) => show({ where: value }, true)}
          offers={offers}
          word={/[a-z0-9-]+$/i}
          label={t('expression')}
          placeholder="parent & pet-owner & !tenant"
          describedBy="expression-says"
          isFaulty={fault !== undefined}
        />
        <output class="count" aria-live="polite">
          {where.trim() !== '' && <Count query={count} isFaulty={fault !== undefined} />}
        </output>
      </div>
      <p id="expression-says" class={`help ${fault ? 'bad' : 'muted'}`} lang={fault && 'en'}>
        {fault ?? t('expressionSays')}
      </p>
      {where.trim() === '' ? (
        <p class="muted">{t('askSays')}</p>
      ) : (
        isReady && <Owners key={settled} snapshot={snapshot} where={settled} total={count.data?.total} />
      )}
    </Card>
  );
}

function Count({ query, isFaulty }: { query: Query<Schemas['SnapshotCounts']>; isFaulty: boolean }) {
  if (isFaulty || (!query.data && query.isLoading)) return <span class="muted">…</span>;
  if (query.data) return <strong>{number(query.data.total)}</strong>;
  return <span class="muted">–</span>;
}

function Owners({ snapshot, where, total }: { snapshot: Snapshot; where: string; total: number | undefined }) {
  const { snapshotId } = snapshot;
  const page = (cursor: string | null | undefined, limit: number, signal?: AbortSignal) => {
    const query = { where, limit, ...(cursor && { cursor }) };
    const params = { path: { snapshotId }, query };
    return answerOf(api.GET('/v1/snapshots/{snapshotId}/owners', { params, ...(signal && { signal }) }));
  };
  const pages = usePages<Owner>(`${snapshotId} ${where}`, async (cursor, signal) => {
    const { owners, cursor: next } = await page(cursor, SHOWN, signal);
    return { items: owners, cursor: next };
  });
  return (
    <Awaited of={pages.items} rows={5}>
      {(owners) =>
        owners.length === 0 ? (
          <Empty title={t('nobody')} />
        ) : (
          <>
            <OwnerList owners={owners} where={where} />
            <div class="actions">
              <More of={pages} />
              <Csv total={total ?? owners.length} page={(from, signal) => page(from, A_FILE_PAGE, signal)} />
            </div>
          </>
        )
      }
    </Awaited>
  );
}

function OwnerList({ owners, where }: { owners: readonly Owner[]; where: string }) {
  const asked = new Set(where.match(/[a-z0-9-]+/g));
  return (
    <ul class="owners">
      {owners.map(({ ownerExternalId, profiles }) => (
        <li key={ownerExternalId}>
          <OwnerLink id={ownerExternalId} />
          <span class="chips" lang="en">
            {profiles
              .filter((profile) => !asked.has(profile))
              .map((profile) => (
                <Chip key={profile}>{titleOf(profile)}</Chip>
              ))}
          </span>
        </li>
      ))}
    </ul>
  );
}

type ReadPage = (cursor: string | null, signal: AbortSignal) => Promise<Schemas['SnapshotOwners']>;

/** All owners as a file, page by page; the download can be cancelled. */
function Csv({ total, page }: { total: number; page: ReadPage }) {
  const [done, setDone] = useState<number>();
  const [failure, setFailure] = useState<unknown>();
  const control = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => control.current?.abort(), []);
  const make = async () => {
    control.current = new AbortController();
    const { signal } = control.current;
    setFailure(undefined);
    setDone(0);
    try {
      const lines = [csvRecord(['ownerExternalId', 'profiles'])];
      let cursor: string | null = null;
      do {
        const answer: Schemas['SnapshotOwners'] = await page(cursor, signal);
        for (const owner of answer.owners) lines.push(csvRecord([owner.ownerExternalId, owner.profiles.join(';')]));
        setDone(lines.length - 1);
        cursor = answer.cursor;
      } while (cursor !== null);
      save('owners.csv', `${lines.join('\r\n')}\r\n`);
    } catch (problem) {
      if (!signal.aborted) setFailure(problem);
    }
    setDone(undefined);
  };
  if (done !== undefined)
    return <Progress label="CSV" done={done} total={total} onCancel={() => control.current?.abort()} />;
  return (
    <>
      <button type="button" class="button" onClick={() => void make()}>
        CSV
      </button>
      {failure !== undefined && <Trouble problem={problemOf(failure)} />}
    </>
  );
}
