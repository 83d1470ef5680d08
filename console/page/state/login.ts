/**
 * Signing in at the company's page, Amazon Cognito's: OAuth 2.0 by code, with PKCE (RFC 7636). The tokens stay in this tab; the one that
 * says who somebody is (ID token) is not read, so there is no nonce.
 */
import { BASE } from '../shell/links.tsx';
import { endSession, renewal, renewSession } from './session.ts';

const [site = '', client_id = ''] = (
  document.querySelector<HTMLMetaElement>('meta[name="login"]')?.content ?? ''
).split(' ');

/** Whether there is such a page. */
export const hasLogin = site !== '';

const PENDING = 'owner-profiles.login';
/** Earlier than it expires, by the longest that a request may be on its way. */
const SPARE_MS = 30_000;
const home = location.origin + BASE;

/** What waits for the answer of the page. */
type Pending = {
  readonly state: string;
  readonly code_verifier: string;
  readonly keep: boolean;
  readonly place: string;
};
type Tokens = { readonly access_token: string; readonly refresh_token?: string; readonly expires_in: number };

const leave = (path: string, values: Readonly<Record<string, string>>): void =>
  location.assign(`${site}/${path}?${new URLSearchParams({ client_id, ...values })}`);

const base64url = (bytes: ArrayBuffer | Uint8Array): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
const random = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)));

/** Leaves for the page; it leads back here. */
export async function goToLogin(keep: boolean): Promise<void> {
  const pending: Pending = { state: random(), code_verifier: random(), keep, place: location.href };
  sessionStorage.setItem(PENDING, JSON.stringify(pending));
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(pending.code_verifier));
  leave('oauth2/authorize', {
    response_type: 'code',
    redirect_uri: home,
    scope: 'openid',
    state: pending.state,
    code_challenge: base64url(digest),
    code_challenge_method: 'S256',
  });
}

/** Whether the page has just led back here. */
export const isBack = (): boolean => hasLogin && /[?&](code|error)=/.test(location.search);

/** Takes what the page led back with. @returns whether to keep the session; undefined: nobody has signed in */
export async function comeBack(): Promise<boolean | undefined> {
  const answer = new URLSearchParams(location.search);
  const pending: Partial<Pending> = JSON.parse(sessionStorage.getItem(PENDING) ?? '{}');
  sessionStorage.removeItem(PENDING);
  // The code is for one use; where the person was is shown again.
  history.replaceState(null, '', pending.place ?? home);
  window.dispatchEvent(new PopStateEvent('popstate'));
  const { state, code_verifier = '', keep = false } = pending;
  const code = answer.get('code');
  // A code that was not asked for here is somebody else's.
  if (!code || answer.get('state') !== state) return undefined;
  const isGiven = await ask({ grant_type: 'authorization_code', redirect_uri: home, code, code_verifier });
  return isGiven ? keep : undefined;
}

let expires = 0;
let renewing: Promise<void> | undefined;

/** Before a request: another token, if the one at hand is about to expire. */
export async function renewIfDue(): Promise<void> {
  if (renewal.value === '' || Date.now() < expires) return;
  renewing ??= renew().finally(() => {
    renewing = undefined;
  });
  await renewing;
}

async function renew(): Promise<void> {
  const token = renewal.value;
  const isGiven = await ask({ grant_type: 'refresh_token', refresh_token: token });
  // The session may have ended meanwhile, and another one have started.
  if (!isGiven && renewal.value === token) endSession('revoked');
}

/** @returns false: refused. @throws when no answer came to that */
async function ask(values: Readonly<Record<string, string>>): Promise<boolean> {
  const before = renewal.value;
  const body = new URLSearchParams({ client_id, ...values });
  const answer = await fetch(`${site}/oauth2/token`, { method: 'POST', body });
  if (answer.status === 429 || answer.status >= 500) throw new Error(`HTTP status ${answer.status}`);
  // The session may have ended meanwhile.
  if (!answer.ok || renewal.value !== before) return false;
  const { access_token, refresh_token = renewal.value, expires_in }: Tokens = await answer.json();
  expires = Date.now() + expires_in * 1000 - SPARE_MS;
  renewSession(access_token, refresh_token);
  return true;
}

/** Ends the session here, and that of a person at the company's page. */
export function signOut(): void {
  const token = renewal.value;
  endSession('signed-out');
  if (token === '') return;
  fetch(`${site}/oauth2/revoke`, {
    method: 'POST',
    body: new URLSearchParams({ client_id, token }),
    keepalive: true,
  }).catch(() => {});
  leave('logout', { logout_uri: home });
}
