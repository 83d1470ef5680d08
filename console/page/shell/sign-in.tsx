/** Signing in by a key: it is tried at once, and stays in memory unless the person lets this tab keep it. */
import { useRef, useState } from 'preact/hooks';
import { type ApiProblem, answerOf, api, problemOf } from '../api/client.ts';
import { Notice, Trouble } from '../parts/basic.tsx';
import { ended, key, startSession } from '../state/session.ts';
import { t } from '../texts/texts.ts';
import { Brand, Settings } from './shell.tsx';

export function SignIn() {
  const [problem, setProblem] = useState<ApiProblem>();
  const [isTrying, setTrying] = useState(false);
  const [keep, setKeep] = useState(false);
  const field = useRef<HTMLInputElement>(null);

  const tryKey = async (event: Event) => {
    event.preventDefault();
    const given = field.current?.value.trim() ?? '';
    if (given === '' || isTrying) return field.current?.focus();
    setTrying(true);
    key.value = given;
    const found = await answerOf(api.GET('/v1/profiles')).then(() => undefined, problemOf);
    setTrying(false);
    // A key without the right to read is still valid: each screen shows what it may do.
    if (!found || found.code === 'FORBIDDEN') return startSession(given, keep);
    key.value = '';
    setProblem(found);
    field.current?.select();
  };

  return (
    <main class="sign-in">
      <form class="card" onSubmit={tryKey}>
        <Brand />
        <h1>{t('signIn')}</h1>
        {ended.value === 'revoked' && !problem && (
          <Notice tone="warn" title={t('revoked')}>
            {t('revokedSays')}
          </Notice>
        )}
        {problem && (problem.code === 'INVALID_API_KEY' ? <WrongKey /> : <Trouble problem={problem} />)}
        <label class="stack">
          <span>{t('apiKey')}</span>
          <input
            ref={field}
            class="field"
            type="password"
            name="key"
            autocomplete="off"
            spellcheck={false}
            required
            aria-invalid={problem?.code === 'INVALID_API_KEY'}
            // biome-ignore lint/a11y/noAutofocus: there is nothing else to do here
            autoFocus
          />
        </label>
        <label class="check">
          <input type="checkbox" checked={keep} onChange={({ currentTarget }) => setKeep(currentTarget.checked)} />
          <span>
            {t('keepKey')}
            <small>{t('keepKeySays')}</small>
          </span>
        </label>
        <button type="submit" class="button primary" disabled={isTrying}>
          {t(isTrying ? 'trying' : 'signIn')}
        </button>
        <p class="muted small">{t('whereKeys')}</p>
      </form>
      <div class="settings">
        <Settings />
      </div>
    </main>
  );
}

const WrongKey = () => (
  <Notice tone="bad" title={t('wrongKey')}>
    {t('wrongKeySays')}
  </Notice>
);
