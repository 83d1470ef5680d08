/** A new key: some of the rights of the key that makes it. */
import { useState } from 'preact/hooks';
import { type ApiProblem, answerOf, api, problemOf } from '../../api/client.ts';
import type { Schemas } from '../../api/schema-types.ts';
import { Trouble } from '../../parts/basic.tsx';
import { TEXTS } from '../../texts/table.ts';
import { type TextKey, t } from '../../texts/texts.ts';

type Scope = Schemas['KeyBody']['scopes'][number];

/** Nothing for a scope that is newer than this page. */
const Means = ({ text }: { text: string }) => (isText(text) ? <small>{t(text)}</small> : null);

const isText = (key: string): key is TextKey => Object.hasOwn(TEXTS, key);

export function CreateKey({ own, onMade }: { own: Schemas['Keys']['own']; onMade: (apiKey: string) => void }) {
  const [scopes, setScopes] = useState<readonly string[]>(own.scopes.includes('read') ? ['read'] : []);
  const [addresses, setAddresses] = useState('');
  const [isForCredit, setForCredit] = useState(own.purpose === 'credit');
  const [problem, setProblem] = useState<ApiProblem>();
  const make = async (event: Event) => {
    event.preventDefault();
    const body: Schemas['KeyBody'] = {
      // The service names one that it does not know.
      scopes: scopes as Scope[],
      addresses: addresses.split(/[\s,]+/).filter(Boolean),
      ...(isForCredit && { purpose: 'credit' }),
    };
    try {
      onMade((await answerOf(api.POST('/v1/keys', { body }))).apiKey);
    } catch (failure) {
      setProblem(problemOf(failure));
    }
  };
  return (
    <form class="stack" onSubmit={make}>
      <p>{t('makeKeySays')}</p>
      <fieldset class="scopes">
        <legend class="hidden">{t('mayDo')}</legend>
        {own.scopes.map((scope) => (
          <label key={scope} class="check">
            <input
              type="checkbox"
              checked={scopes.includes(scope)}
              onChange={({ currentTarget }) =>
                setScopes(currentTarget.checked ? [...scopes, scope] : scopes.filter((each) => each !== scope))
              }
            />
            <span>
              <code>{scope}</code>
              <Means text={`scope.${scope}`} />
            </span>
          </label>
        ))}
      </fieldset>
      <label class="stack">
        <span>{t('onlyFrom')}</span>
        <input
          class="field"
          value={addresses}
          spellcheck={false}
          placeholder={own.addresses.join(', ') || t('anywhere')}
          onInput={({ currentTarget }) => setAddresses(currentTarget.value)}
        />
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={isForCredit}
          disabled={own.purpose === 'credit'}
          onChange={({ currentTarget }) => setForCredit(currentTarget.checked)}
        />
        <span>
          {t('forCredit')}
          <small>{t('forCreditSays')}</small>
        </span>
      </label>
      {problem && <Trouble problem={problem} />}
      <div class="actions end">
        <button type="submit" class="button primary" disabled={scopes.length === 0}>
          {t('makeKey')}
        </button>
      </div>
    </form>
  );
}
