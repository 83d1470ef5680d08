/** What the draft would change for all owners: who would get a profile, who would lose it, and why. */
import { useEffect, useState } from 'preact/hooks';
import { type ApiProblem, answerOf, api, problemOf } from '../../api/client.ts';
import type { Schemas } from '../../api/schema-types.ts';
import { Awaited, Card, Delta, Empty, Notice, Progress, Trouble } from '../../parts/basic.tsx';
import { useQuery } from '../../state/query.ts';
import { titleOf } from '../../state/titles.ts';
import { instant, number, t } from '../../texts/texts.ts';
import { NearMisses } from './near-misses.tsx';
import { type Choice, OwnersOf } from './preview-owners.tsx';

type PreviewView = Schemas['Preview'];
type Row = NonNullable<PreviewView['result']>['profiles'][number];
const LOOK_EVERY_MS = 1000;

export function Preview({ draft, onFinished }: { draft: Schemas['Draft']; onFinished: () => void }) {
  const [started, setStarted] = useState<string>();
  const [problem, setProblem] = useState<ApiProblem>();
  const isChanged = draft.changes.length > 0;
  const profiles = draft.amendment.profiles.map(({ id }) => id);
  const previewId = started ?? draft.previewed ?? undefined;
  const start = () => {
    setProblem(undefined);
    answerOf(api.POST('/v1/catalogue/previews', { body: {} })).then(
      (preview) => 'previewId' in preview && setStarted(preview.previewId),
      (failure) => setProblem(problemOf(failure)),
    );
  };
  const button = (
    <button type="button" class="button" disabled={!isChanged} onClick={start}>
      {t('previewAll')}
    </button>
  );
  return (
    <Card title={t('preview')} aside={button}>
      {problem && <Trouble problem={problem} />}
      {previewId ? (
        <Followed key={previewId} previewId={previewId} profiles={profiles} onFinished={onFinished} />
      ) : (
        <p class="muted">{t(isChanged ? 'previewSays' : 'draftUnchanged')}</p>
      )}
    </Card>
  );
}

function Followed(props: { previewId: string; profiles: readonly string[]; onFinished: () => void }) {
  const { previewId, profiles, onFinished } = props;
  const params = { path: { previewId } };
  const query = useQuery(previewId, (signal) =>
    answerOf(api.GET('/v1/catalogue/previews/{previewId}', { params, signal })),
  );
  const { reload } = query;
  const status = query.data?.status;
  const [wasRunning, setWasRunning] = useState(false);
  useEffect(() => {
    if (status !== 'running') return;
    setWasRunning(true);
    const timer = setInterval(reload, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [status, reload]);
  useEffect(() => {
    if (!wasRunning || status !== 'finished') return;
    setWasRunning(false);
    onFinished();
  }, [wasRunning, status, onFinished]);
  const cancel = () => void answerOf(api.DELETE('/v1/catalogue/previews/{previewId}', { params })).finally(reload);
  if (query.data?.status === 'running') {
    const { slices, owners } = query.data;
    return (
      <Progress label={t('previewRuns', { n: owners })} done={slices.done} total={slices.total} onCancel={cancel} />
    );
  }
  return (
    <Awaited of={query} rows={4}>
      {(preview) =>
        preview.result ? (
          <Result preview={preview} profiles={profiles} />
        ) : (
          <Notice tone="warn" title={t('previewEnded')} />
        )
      }
    </Awaited>
  );
}

function Result({ preview, profiles }: { preview: PreviewView; profiles: readonly string[] }) {
  const [choice, setChoice] = useState<Choice>();
  const rows = preview.result?.profiles ?? [];
  const changed = rows.filter(({ entered, left }) => entered + left > 0);
  return (
    <>
      <p class="muted small">{t('previewOf', { n: preview.result?.owners ?? 0, when: instant(preview.createdAt) })}</p>
      {changed.length === 0 ? (
        <Empty title={t('nothingChanges')}>{t('nothingChangesSays')}</Empty>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{t('profile')}</th>
              <th scope="col" class="number">
                {t('before')}
              </th>
              <th scope="col" class="number">
                {t('after')}
              </th>
              <th scope="col" class="number">
                {t('entered')}
              </th>
              <th scope="col" class="number">
                {t('left')}
              </th>
            </tr>
          </thead>
          <tbody>
            {changed.map((row) => (
              <Changed key={row.profile} row={row} onChoose={setChoice} />
            ))}
          </tbody>
        </table>
      )}
      <p class="muted small">{t('othersStay', { n: rows.length - changed.length })}</p>
      {choice && <OwnersOf key={`${choice.profile} ${choice.change}`} previewId={preview.previewId} choice={choice} />}
      <NearMisses previewId={preview.previewId} profiles={profiles} />
    </>
  );
}

function Changed({ row, onChoose }: { row: Row; onChoose: (choice: Choice) => void }) {
  const { profile, before, after, entered, left } = row;
  const who = (change: Choice['change'], count: number) =>
    count === 0 ? (
      <span class="muted">0</span>
    ) : (
      <button type="button" class="link" title={t('who')} onClick={() => onChoose({ profile, change })}>
        <Delta value={change === 'entered' ? count : -count} />
      </button>
    );
  return (
    <tr>
      <th scope="row">
        <bdi lang="en">{titleOf(profile)}</bdi>
      </th>
      <td class="number">{number(before)}</td>
      <td class="number strong">{number(after)}</td>
      <td class="number">{who('entered', entered)}</td>
      <td class="number">{who('left', left)}</td>
    </tr>
  );
}
