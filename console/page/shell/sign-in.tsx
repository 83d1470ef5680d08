/** Signing in by a key, or at the company's page: either is tried at once, and stays in memory unless the person lets this tab keep it. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { type ApiProblem, answerOf, api, problemOf } from '../api/client.ts';
import { Notice, Trouble } from '../parts/basic.tsx';
import { comeBack, goToLogin, hasLogin, isBack, signOut } from '../state/login.ts';
import { ended, key, renewal, startSession } from '../state/session.ts';
import { t } from '../texts/texts.ts';
import { Brand, Settings } from './shell.tsx';

export function SignIn() {
  const [problem, setProblem] = useState<ApiProblem>();
  const [isTrying, setTrying] = useState(isBack);
  const [isUnfinished, setUnfinished] = useState(false);
  const [keep, setKeep] = useState(false);
  const field = useRef<HTMLInputElement>(null);

  const attempt = async (given: () => Promise<boolean | undefined>) => {
    setTrying(true);
    setProblem(undefined);
    setUnfinished(false);
    try {
      const keepIt = await given();
      if (keepIt === undefined) return setUnfinished(true);
      const found = await answerOf(api.GET('/v1/profiles')).then(() => undefined, problemOf);
      // A key without the right to read is still valid: each screen shows what it may do.
      if (!found || found.code === 'FORBIDDEN') return startSession(key.value, keepIt);
      key.value = '';
      setProblem(found);
      field.current?.select();
    } catch (failure) {
      setProblem(problemOf(failure));
    } finally {
      setTrying(false);
    }
  };
  useEffect(() => {
    if (isBack()) void attempt(comeBack);
  }, []);

  const tryKey = (event: Event) => {
    event.preventDefault();
    const given = field.current?.value.trim() ?? '';
    if (given === '' || isTrying) return field.current?.focus();
    renewal.value = '';
    key.value = given;
    void attempt(async () => keep);
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
        {isUnfinished && <Notice tone="warn" title={t('unfinished')} />}
        {problem && (problem.code === 'INVALID_API_KEY' ? <WrongKey /> : <Trouble problem={problem} />)}
        {hasLogin && (
          <button
            type="button"
            class="button"
            disabled={isTrying}
            onClick={renewal.value ? signOut : () => goToLogin(keep)}
          >
            {t(renewal.value ? 'signOut' : 'signInAtCompany')}
          </button>
        )}
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
