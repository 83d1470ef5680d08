/** What failed, of all clients, for operators: the queues, their messages with reasons, and another try. */
import { useState } from 'preact/hooks';
import { type ApiProblem, answerOf, api, problemOf } from '../api/client.ts';
import type { Schemas } from '../api/schema-types.ts';
import { Awaited, Card, Empty, Notice, Progress, Trouble } from '../parts/basic.tsx';
import { Confirmed } from '../parts/confirmed.tsx';
import { Failed, Renew } from '../parts/failed.tsx';
import { place, show } from '../state/place.ts';
import { useQuery } from '../state/query.ts';
import { number, t } from '../texts/texts.ts';

type Depth = Schemas['FailureQueues']['queues'][number];
type Failure = Schemas['Failures']['failures'][number];
type Run = {
  readonly sent: number;
  readonly notSent: number;
  readonly isOver: boolean;
  readonly problem?: ApiProblem;
};
const SHOWN = 100;

export function FailuresScreen() {
  const depths = useQuery('failures', (signal) => answerOf(api.GET('/v1/failures', { signal })));
  const chosen = depths.data?.queues.find(({ queue }) => queue === place.value['queue']);
  return (
    <>
      <header class="screen">
        <h1 tabIndex={-1}>{t('failures')}</h1>
      </header>
      <Card title={t('failuresSay')} aside={<Renew act={depths.reload} />}>
        <Awaited of={depths}>{({ queues }) => <Queues queues={queues} />}</Awaited>
      </Card>
      {chosen && <Messages key={chosen.queue} of={chosen} onSent={depths.reload} />}
    </>
  );
}

function Queues({ queues }: { queues: readonly Depth[] }) {
  return (
    <table class="stacked">
      <thead>
        <tr>
          <th scope="col">{t('queue')}</th>
          <th scope="col">{t('waiting')}</th>
          <th scope="col">{t('inHand')}</th>
        </tr>
      </thead>
      <tbody>
        {queues.map(({ queue, waiting, hidden }) => (
          <tr key={queue}>
            <td>
              <button
                type="button"
                class="link"
                aria-pressed={queue === place.value['queue']}
                onClick={() => show({ queue })}
              >
                {t(`queue.${queue}`)}
              </button>
            </td>
            <td>{number(waiting)}</td>
            <td>{number(hidden)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Messages({ of: { queue, waiting }, onSent }: { of: Depth; onSent: () => void }) {
  const ask = { params: { path: { queue }, query: { limit: SHOWN } } };
  const looked = useQuery(queue, (signal) => answerOf(api.GET('/v1/failures/{queue}', { ...ask, signal })));
  const [run, setRun] = useState<Run>();
  const sendBack = async (reason?: string) => {
    setRun(await sentBack(queue, reason, setRun));
    looked.reload();
    onSent();
  };
  return (
    <Card title={t(`queue.${queue}`)} aside={<Renew act={looked.reload} />}>
      {run && <Sent run={run} total={waiting} />}
      <Awaited of={looked} rows={3}>
        {({ failures }) =>
          failures.length === 0 ? (
            <Empty title={t('noFailures')}>{t('noFailuresSay')}</Empty>
          ) : (
            <>
              {(!run || run.isOver) && <Retry failures={failures} sendBack={sendBack} />}
              <Failed whose="client" rows={failures.map(rowOf)} />
            </>
          )
        }
      </Awaited>
    </Card>
  );
}

/** Request by request until there are no more: what fails again meanwhile is sent later than the first, and left alone. */
async function sentBack(queue: Depth['queue'], reason: string | undefined, onStep: (run: Run) => void): Promise<Run> {
  let run: Run = { sent: 0, notSent: 0, isOver: false };
  let before: string | undefined;
  onStep(run);
  try {
    for (;;) {
      const body = { ...(reason && { reason }), ...(before && { before }) };
      const step = await answerOf(api.POST('/v1/failures/{queue}', { params: { path: { queue } }, body }));
      run = { ...run, sent: run.sent + step.sent, notSent: step.notSent };
      if (!step.more || step.sent === 0) return { ...run, isOver: true };
      before = step.before;
      onStep(run);
    }
  } catch (failure) {
    return { ...run, isOver: true, problem: problemOf(failure) };
  }
}

function Sent({ run: { sent, notSent, isOver, problem }, total }: { run: Run; total: number }) {
  const label = t('sentBack', { sent });
  if (!isOver) return <Progress label={label} done={sent} total={total} />;
  return (
    <>
      {problem && <Trouble problem={problem} />}
      <Notice tone={notSent > 0 ? 'warn' : 'good'} title={label}>
        {notSent > 0 && t('notSentBack', { notSent })}
      </Notice>
    </>
  );
}

function Retry({ failures, sendBack }: { failures: readonly Failure[]; sendBack: (reason?: string) => void }) {
  const reasons = [...new Set(failures.flatMap(({ reason }) => reason ?? []))].sort();
  return (
    <div class="actions">
      <Confirmed text={t('sendBack')} says={t('sendBackSays')} act={() => sendBack()} />
      {reasons.map((reason) => (
        <Confirmed
          key={reason}
          text={t('sendBackOf', { reason })}
          says={t('sendBackSays')}
          act={() => sendBack(reason)}
        />
      ))}
    </div>
  );
}

/** Dead letters have no reason: they are known by their id. */
const rowOf = ({ id, sentAt, clientId, detail, ...failure }: Failure) => ({
  ...failure,
  key: id + sentAt,
  at: sentAt,
  whose: clientId,
  detail: detail ?? id,
});
