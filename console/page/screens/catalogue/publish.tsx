/** Publishes the draft, or an earlier version; and shows the progress of the stored answers. */
import { useEffect, useState } from 'preact/hooks';
import { type ApiProblem, answerOf, api, problemOf } from '../../api/client.ts';
import type { Schemas } from '../../api/schema-types.ts';
import { Card, Notice, Progress, Trouble } from '../../parts/basic.tsx';
import { useQuery } from '../../state/query.ts';
import { readTitles } from '../../state/titles.ts';
import { instant, t } from '../../texts/texts.ts';

type Publication = Schemas['Publication'];
const LOOK_EVERY_MS = 1000;

export function Publish({ draft, onPublished }: { draft: Schemas['Draft']; onPublished: () => void }) {
  const [publication, setPublication] = useState<Publication>();
  const isChanged = draft.changes.length > 0;
  if (!isChanged && !publication) return null;
  return (
    <Card title={t('publish')}>
      {isChanged && (
        <PublishForm
          what={{ draft: true }}
          label={t('publishDraft')}
          hint={draft.previewed ? t('previewedSays') : t('previewFirst')}
          isReady={draft.previewed !== null}
          onPublished={(made) => {
            setPublication(made);
            onPublished();
          }}
        />
      )}
      {publication && <Published publication={publication} />}
    </Card>
  );
}

type What = { readonly draft: true } | { readonly version: string };

export function PublishForm(props: {
  what: What;
  label: string;
  hint: string;
  isReady: boolean;
  onPublished: (publication: Publication) => void;
}) {
  const { what, label, hint, isReady, onPublished } = props;
  const [note, setNote] = useState('');
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  const publish = async (event: Event) => {
    event.preventDefault();
    setSending(true);
    setProblem(undefined);
    try {
      const publication = await answerOf(api.POST('/v1/catalogue/publications', { body: { ...what, note } }));
      await readTitles().catch(() => {});
      onPublished(publication);
    } catch (failure) {
      setProblem(problemOf(failure));
    }
    setSending(false);
  };
  return (
    <form class="stack" onSubmit={publish}>
      <p class="muted">{hint}</p>
      <label class="stack">
        <span>{t('note')}</span>
        <input
          class="field"
          value={note}
          maxLength={500}
          required
          placeholder={t('noteExample')}
          onInput={({ currentTarget }) => setNote(currentTarget.value)}
        />
      </label>
      {problem && <Trouble problem={problem} />}
      <div class="actions">
        <button type="submit" class="button primary" disabled={!isReady || isSending || note.trim() === ''}>
          {label}
        </button>
      </div>
    </form>
  );
}

export function Published({ publication }: { publication: Publication }) {
  const { publicationId } = publication;
  const query = useQuery(publicationId, (signal) =>
    answerOf(api.GET('/v1/catalogue/publications/{publicationId}', { params: { path: { publicationId } }, signal })),
  );
  const { version, effectiveAt, replay } = query.data ?? publication;
  const { reload } = query;
  useEffect(() => {
    if (replay.status !== 'running') return;
    const timer = setInterval(reload, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [replay.status, reload]);
  return (
    <>
      <Notice tone="good" title={t('published', { version })}>
        {t('holdsFrom', { when: instant(effectiveAt) })}
        {replay.status === 'finished' && ` ${t('replayed', { n: replay.rewritten })}`}
        {replay.status === 'failed' && ` ${t('replayFailed')}`}
      </Notice>
      {replay.status === 'running' && (
        <Progress label={t('replayRuns')} done={replay.slices.done} total={replay.slices.total} />
      )}
    </>
  );
}
