/** The API keys of the client: which there are, a new one with some of the own rights, and revoking. */
import { useState } from 'preact/hooks';
import { type ApiProblem, answerOf, api, problemOf } from '../api/client.ts';
import type { Schemas } from '../api/schema-types.ts';
import { Awaited, Card, Chip, Trouble } from '../parts/basic.tsx';
import { Confirmed } from '../parts/confirmed.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Once } from '../parts/once.tsx';
import { useQuery } from '../state/query.ts';
import { instant, t } from '../texts/texts.ts';
import { CreateKey } from './keys/create.tsx';

type Key = Schemas['Key'];

export function KeysScreen() {
  const query = useQuery('keys', (signal) => answerOf(api.GET('/v1/keys', { signal })));
  const [isOpen, setOpen] = useState(false);
  const [made, setMade] = useState<string>();
  const own = query.data?.own;
  const onMade = (apiKey: string) => {
    setMade(apiKey);
    setOpen(false);
    query.reload();
  };
  return (
    <>
      <header class="screen">
        <h1 tabIndex={-1}>{t('keys')}</h1>
        {own && (
          <button type="button" class="button primary" onClick={() => setOpen(true)}>
            {t('makeKey')}
          </button>
        )}
      </header>
      {made && <Once title={t('keyOnce')} secret={made} onSeen={() => setMade(undefined)} />}
      <Card>
        <Awaited of={query} rows={4}>
          {({ keys }) => <Keys keys={keys} onRevoked={query.reload} />}
        </Awaited>
      </Card>
      {isOpen && own && (
        <Dialog title={t('makeKey')} onClose={() => setOpen(false)}>
          <CreateKey own={own} onMade={onMade} />
        </Dialog>
      )}
    </>
  );
}

function Keys({ keys, onRevoked }: { keys: readonly Key[]; onRevoked: () => void }) {
  const [problem, setProblem] = useState<ApiProblem>();
  const [working, revoked] = [keys.filter((key) => !key.revokedAt), keys.filter((key) => key.revokedAt)];
  const revoke = (keyId: string) => {
    setProblem(undefined);
    answerOf(api.DELETE('/v1/keys/{keyId}', { params: { path: { keyId } } })).then(onRevoked, (failure) =>
      setProblem(problemOf(failure)),
    );
  };
  return (
    <>
      {problem && <Trouble problem={problem} />}
      <KeyTable keys={working} revoke={revoke} />
      {revoked.length > 0 && (
        <details>
          <summary>{t('revokedKeys', { n: revoked.length })}</summary>
          <KeyTable keys={revoked} />
        </details>
      )}
    </>
  );
}

function KeyTable({ keys, revoke }: { keys: readonly Key[]; revoke?: (keyId: string) => void }) {
  return (
    <table class="stacked">
      <thead>
        <tr>
          <th scope="col">{t('key')}</th>
          <th scope="col">{t('mayDo')}</th>
          <th scope="col">{t('fromWhere')}</th>
          <th scope="col">{t('madeWhen')}</th>
          <th scope="col">{revoke ? <span class="hidden">{t('revoke')}</span> : t('revokedWhen')}</th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <tr key={key.keyId}>
            <td>
              <code>{key.keyId}</code> {key.current && <Chip tone="on">{t('thisKey')}</Chip>}
            </td>
            <td>
              <span class="chips">
                {key.scopes.map((scope) => (
                  <Chip key={scope}>{scope}</Chip>
                ))}
                {key.purpose && <Chip tone="warn">{t('forCredit')}</Chip>}
              </span>
            </td>
            <td>{key.addresses.join(', ') || t('anywhere')}</td>
            <td class="date">
              {instant(key.createdAt)}
              <small>{key.createdBy ? <code>{key.createdBy}</code> : t('byOperator')}</small>
            </td>
            <td class="date">
              {revoke ? (
                <Confirmed
                  text={t('revoke')}
                  says={t(key.current ? 'revokeOwnSays' : 'revokeSays', { key: key.keyId })}
                  act={() => revoke(key.keyId)}
                />
              ) : (
                key.revokedAt && instant(key.revokedAt)
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
