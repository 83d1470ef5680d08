/** Where events are sent, and how deliveries went. */
import { useState } from 'preact/hooks';
import { type ApiProblem, answerOf, api, problemOf } from '../../api/client.ts';
import type { Schemas } from '../../api/schema-types.ts';
import { Awaited, Card, Chip, Empty, Notice, Text, Trouble } from '../../parts/basic.tsx';
import { Confirmed } from '../../parts/confirmed.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Once } from '../../parts/once.tsx';
import { useQuery } from '../../state/query.ts';
import { instant, t } from '../../texts/texts.ts';
import { Deliveries } from './deliveries.tsx';

type Webhook = Schemas['Webhook'];
const EVENTS = ['owner-profiles.changed', 'import.refused', 'snapshot.finished'] as const;

export function Webhooks() {
  const query = useQuery('webhooks', (signal) => answerOf(api.GET('/v1/webhooks', { signal })));
  const [isOpen, setOpen] = useState(false);
  const [secret, setSecret] = useState<string>();
  const add = (
    <button type="button" class="button" onClick={() => setOpen(true)}>
      {t('addWebhook')}
    </button>
  );
  return (
    <Card title={t('webhooks')} aside={query.data && add}>
      {secret && <Once title={t('secretOnce')} secret={secret} onSeen={() => setSecret(undefined)} />}
      <Awaited of={query} rows={3}>
        {({ webhooks }) =>
          webhooks.length === 0 ? (
            <Empty title={t('noWebhooks')}>{t('noWebhooksSays')}</Empty>
          ) : (
            <ul class="webhooks">
              {webhooks.map((webhook) => (
                <Entry key={webhook.webhookId} webhook={webhook} onChanged={query.reload} onSecret={setSecret} />
              ))}
            </ul>
          )
        }
      </Awaited>
      {isOpen && (
        <Dialog title={t('addWebhook')} onClose={() => setOpen(false)}>
          <AddForm
            onAdded={(made) => {
              setSecret(made);
              setOpen(false);
              query.reload();
            }}
          />
        </Dialog>
      )}
    </Card>
  );
}

function AddForm({ onAdded }: { onAdded: (secret: string) => void }) {
  const [url, setUrl] = useState('https://');
  const [events, setEvents] = useState<readonly (typeof EVENTS)[number][]>(EVENTS);
  const [problem, setProblem] = useState<ApiProblem>();
  const add = async (event: Event) => {
    event.preventDefault();
    try {
      const { secret } = await answerOf(api.POST('/v1/webhooks', { body: { url, events: [...events] } }));
      onAdded(secret);
    } catch (failure) {
      setProblem(problemOf(failure));
    }
  };
  return (
    <form class="stack" onSubmit={add}>
      <label class="stack">
        <span>{t('address')}</span>
        <input
          class="field"
          type="url"
          value={url}
          required
          spellcheck={false}
          onInput={({ currentTarget }) => setUrl(currentTarget.value)}
        />
      </label>
      {EVENTS.map((name) => (
        <label key={name} class="check">
          <input
            type="checkbox"
            checked={events.includes(name)}
            onChange={({ currentTarget }) =>
              setEvents(currentTarget.checked ? [...events, name] : events.filter((each) => each !== name))
            }
          />
          <span>
            {t(`event.${name}`)}
            <small>
              <code>{name}</code>
            </small>
          </span>
        </label>
      ))}
      {problem && <Trouble problem={problem} />}
      <div class="actions end">
        <button type="submit" class="button primary" disabled={events.length === 0}>
          {t('addWebhook')}
        </button>
      </div>
    </form>
  );
}

type EntryProps = {
  readonly webhook: Webhook;
  readonly onChanged: () => void;
  readonly onSecret: (secret: string) => void;
};

function Entry({ webhook, onChanged, onSecret }: EntryProps) {
  const { webhookId, url, events, enabled, switchedOff } = webhook;
  const [problem, setProblem] = useState<ApiProblem>();
  const [seen, setSeen] = useState(0);
  const params = { path: { webhookId } };
  const run = (work: Promise<unknown>, then: () => void = onChanged) => {
    setProblem(undefined);
    work.then(then, (failure) => setProblem(problemOf(failure)));
  };
  const change = (next: boolean) =>
    run(answerOf(api.PUT('/v1/webhooks/{webhookId}', { params, body: { url, events: [...events], enabled: next } })));
  const rotate = async () => onSecret((await answerOf(api.POST('/v1/webhooks/{webhookId}/secret', { params }))).secret);
  const button = (text: string, work: () => void, kind = '') => (
    <button type="button" class={`button ${kind}`} onClick={work}>
      {text}
    </button>
  );
  return (
    <li>
      <div class="title-line">
        <strong>
          <Text>{url}</Text>
        </strong>
        <Chip tone={enabled ? 'good' : 'warn'}>{t(enabled ? 'enabledOne' : 'disabledOne')}</Chip>
        <span class="chips">
          {events.map((name) => (
            <Chip key={name}>{t(`event.${name}`)}</Chip>
          ))}
        </span>
      </div>
      {switchedOff && (
        <Notice tone="warn" title={t('switchedOff', { when: instant(switchedOff.at) })}>
          <Text lang="en">{switchedOff.reason}</Text>
        </Notice>
      )}
      {problem && <Trouble problem={problem} />}
      <div class="actions">
        {button(t('test'), () =>
          run(answerOf(api.POST('/v1/webhooks/{webhookId}/test', { params })), () => setSeen(seen + 1)),
        )}
        {button(t(enabled ? 'switchOff' : 'switchOn'), () => change(!enabled))}
        {button(t('newSecret'), () => run(rotate()))}
        <Confirmed
          text={t('remove')}
          says={t('removeSays')}
          act={() => run(answerOf(api.DELETE('/v1/webhooks/{webhookId}', { params })))}
        />
      </div>
      <Deliveries key={seen} webhookId={webhookId} isAwaiting={seen > 0} />
    </li>
  );
}
