/** The frame of every screen: navigation, colours and language. */

import { useEffect, useRef } from 'preact/hooks';
import { LocationProvider, Route, Router, useLocation } from 'preact-iso/router';
import { ALL_SCREENS, ownScreens } from '../screens/screens.ts';
import { signOut } from '../state/login.ts';
import { colours, language } from '../state/settings.ts';
import { t } from '../texts/texts.ts';
import { BASE } from './links.tsx';

export function Shell() {
  return (
    <LocationProvider scope={BASE.slice(0, -1)}>
      <a class="skip" href="#main">
        {t('skip')}
      </a>
      <div class="shell">
        <Sidebar />
        <Main />
      </div>
    </LocationProvider>
  );
}

function Sidebar() {
  const { path } = useLocation();
  return (
    <nav class="sidebar" aria-label={t('screens')}>
      <Brand />
      <ul>
        {ownScreens().map(({ name, title }) => (
          <li key={name}>
            <a href={BASE + name} aria-current={isAt(path, name) ? 'page' : undefined}>
              {t(title)}
            </a>
          </li>
        ))}
      </ul>
      <div class="settings">
        <Settings />
        <button type="button" class="quiet" onClick={signOut}>
          {t('signOut')}
        </button>
      </div>
    </nav>
  );
}

const isAt = (path: string, name: string) =>
  path === BASE + name || (name === ownScreens()[0].name && `${path}/` === BASE);

export function Brand() {
  return (
    <span class="brand">
      <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
        <rect width="32" height="32" rx="8" />
        <path d="M8 22V14M16 22V9M24 22v-5" />
      </svg>
      Owner Profiles
    </span>
  );
}

const NEXT = { auto: 'light', light: 'dark', dark: 'auto' } as const;

export function Settings() {
  const other = language.value === 'en' ? 'pl' : 'en';
  return (
    <>
      <button
        type="button"
        class="quiet"
        lang={other}
        onClick={() => {
          language.value = other;
        }}
      >
        {other === 'pl' ? 'Polski' : 'English'}
      </button>
      <button
        type="button"
        class="quiet"
        onClick={() => {
          colours.value = NEXT[colours.value];
        }}
      >
        {t(colours.value === 'auto' ? 'coloursAuto' : colours.value === 'light' ? 'coloursLight' : 'coloursDark')}
      </button>
    </>
  );
}

function Main() {
  const { path } = useLocation();
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    const heading = main.current?.querySelector('h1');
    document.title = `${heading?.textContent ?? ''} · Owner Profiles`;
    heading?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [path, language.value]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '/' || (event.target as Element).closest('input, textarea, select, dialog')) return;
      event.preventDefault();
      main.current?.querySelector<HTMLElement>('[data-main]')?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  const [first] = ownScreens();
  return (
    <main id="main" ref={main}>
      <Router>
        {ALL_SCREENS.map(({ name, screen }) => (
          <Route key={name} path={BASE + name} component={screen} />
        ))}
        <Route default component={first.screen} />
      </Router>
    </main>
  );
}
