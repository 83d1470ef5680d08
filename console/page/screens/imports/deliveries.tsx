import { useEffect, useState } from 'preact/hooks';
import { answerOf, api } from '../../api/client.ts';
import type { Schemas } from '../../api/schema-types.ts';
import { Awaited, Chip, Text } from '../../parts/basic.tsx';
import { useQuery } from '../../state/query.ts';
import { instant, number, t } from '../../texts/texts.ts';

type Delivery = Schemas['Deliveries']['deliveries'][number];
const SHOWN = 10;
/** A test is sent within moments: how often to poll for it. */
const [LOOK_EVERY_MS, MOST_LOOKS] = [1000, 10];

/** The newest attempts; after a test, polled until it is among them. */
export function Deliveries({ webhookId, isAwaiting }: { webhookId: string; isAwaiting: boolean }) {
  const [isOpen, setOpen] = useState(isAwaiting);
  const [looks, setLooks] = useState(isAwaiting ? 0 : MOST_LOOKS);
  const params = { path: { webhookId }, query: { limit: SHOWN } };
  const query = useQuery(isOpen ? webhookId : null, (signal) =>
    answerOf(api.GET('/v1/webhooks/{webhookId}/deliveries', { params, signal })),
  );
  const { reload } = query;
  useEffect(() => {
    if (looks >= MOST_LOOKS) return;
    const timer = setTimeout(() => {
      setLooks(looks + 1);
      reload();
    }, LOOK_EVERY_MS);
    return () => clearTimeout(timer);
  }, [looks, reload]);
  const sendAgain = (deliveryId: string) =>
    void answerOf(
      api.POST('/v1/webhooks/{webhookId}/deliveries/{deliveryId}/retry', {
        params: { path: { webhookId, deliveryId } },
      }),
    ).then(() => setLooks(0), reload);
  return (
    <details open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('deliveries')}</summary>
      {isOpen && (
        <Awaited of={query} rows={3}>
          {({ deliveries }) =>
            deliveries.length === 0 ? (
              <p class="muted">{t('noDeliveries')}</p>
            ) : (
              <table class="stacked">
                <tbody>
                  {deliveries.map((delivery) => (
                    <Attempt key={delivery.deliveryId} delivery={delivery} onAgain={sendAgain} />
                  ))}
                </tbody>
              </table>
            )
          }
        </Awaited>
      )}
    </details>
  );
}

function Attempt({ delivery, onAgain }: { delivery: Delivery; onAgain: (deliveryId: string) => void }) {
  const { deliveryId, at, type, attempt, status, error, durationMs, nextAttemptAt } = delivery;
  return (
    <tr>
      <td class="date">{instant(at)}</td>
      <td>
        <code>{type}</code>
      </td>
      <td>
        <Chip tone={error === null ? 'good' : 'bad'}>{status ?? t('noAnswer')}</Chip>{' '}
        {error && <Text lang="en">{error}</Text>}
      </td>
      <td class="muted">
        {t('attempt', { n: attempt })}, {t('milliseconds', { ms: number(durationMs) })}
        {nextAttemptAt && `, ${t('nextAttempt', { when: instant(nextAttemptAt) })}`}{' '}
        {error !== null && (
          <button type="button" class="link" onClick={() => onAgain(deliveryId)}>
            {t('sendAgain')}
          </button>
        )}
      </td>
    </tr>
  );
}
