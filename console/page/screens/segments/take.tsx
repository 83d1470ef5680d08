/** Takes a snapshot, and shows its progress. */
import { useEffect, useState } from 'preact/hooks';
import { type ApiProblem, answerOf, api, problemOf } from '../../api/client.ts';
import type { Schemas } from '../../api/schema-types.ts';
import type { Snapshot } from '../../model/snapshots.ts';
import { Progress, Trouble } from '../../parts/basic.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { useQuery } from '../../state/query.ts';
import { t } from '../../texts/texts.ts';

const LOOK_EVERY_MS = 1000;

export function TakeSnapshot({ onTaken, isRunning }: { onTaken: () => void; isRunning: boolean }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" class="button primary" disabled={isRunning} onClick={() => setOpen(true)}>
        {t('takeSnapshot')}
      </button>
      {isOpen && (
        <Dialog title={t('takeSnapshot')} onClose={() => setOpen(false)}>
          <TakeForm
            onTaken={() => {
              setOpen(false);
              onTaken();
            }}
          />
        </Dialog>
      )}
    </>
  );
}

function TakeForm({ onTaken }: { onTaken: () => void }) {
  const [features, setFeatures] = useState(true);
  const [unlabelled, setUnlabelled] = useState(false);
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  const take = async (event: Event) => {
    event.preventDefault();
    setSending(true);
    const body: Schemas['SnapshotBody'] = {
      ...(features && { features: 'definitions' }),
      ...(unlabelled && { unlabelled }),
    };
    try {
      await answerOf(api.POST('/v1/snapshots', { body }));
      onTaken();
    } catch (failure) {
      setProblem(problemOf(failure));
      setSending(false);
    }
  };
  return (
    <form class="stack" onSubmit={take}>
      <p>{t('takeSays')}</p>
      <label class="check">
        <input
          type="checkbox"
          checked={features}
          onChange={({ currentTarget }) => setFeatures(currentTarget.checked)}
        />
        <span>
          {t('keepFeatures')}
          <small>{t('keepFeaturesSays')}</small>
        </span>
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={unlabelled}
          onChange={({ currentTarget }) => setUnlabelled(currentTarget.checked)}
        />
        <span>
          {t('keepMerchants')}
          <small>{t('keepMerchantsSays')}</small>
        </span>
      </label>
      {problem && <Trouble problem={problem} />}
      <div class="actions end">
        <button type="submit" class="button primary" disabled={isSending}>
          {t('take')}
        </button>
      </div>
    </form>
  );
}

export function Running({ snapshot, onEnd }: { snapshot: Snapshot; onEnd: () => void }) {
  const { snapshotId } = snapshot;
  const params = { path: { snapshotId } };
  const query = useQuery(snapshotId, (signal) => answerOf(api.GET('/v1/snapshots/{snapshotId}', { params, signal })));
  const { slices, status } = query.data ?? snapshot;
  const { reload } = query;
  useEffect(() => {
    const timer = setInterval(reload, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [reload]);
  useEffect(() => {
    if (status !== 'running') onEnd();
  }, [status]);
  const cancel = () =>
    void answerOf(api.DELETE('/v1/snapshots/{snapshotId}', { params })).then(onEnd, () => query.reload());
  return <Progress label={t('snapshotRuns')} done={slices.done} total={slices.total} onCancel={cancel} />;
}
