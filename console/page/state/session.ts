/**
 * Who is signed in: a key, or the token of a person who signed in by the company's page, in memory; and on request what is needed to stay
 * so, in this tab's session storage.
 */
import { signal } from '@preact/signals';

const KEPT = 'owner-profiles.key';
const KEPT_RENEWAL = 'owner-profiles.renewal';

/** What requests are sent with. */
export const key = signal(sessionStorage.getItem(KEPT) ?? '');
/** Of a person: what the next token is had for; empty where a key signed in. */
export const renewal = signal(sessionStorage.getItem(KEPT_RENEWAL) ?? '');
/** Whether the key has been verified. */
export const isSignedIn = signal(key.value + renewal.value !== '');
export const ended = signal<'none' | 'revoked' | 'signed-out'>('none');

/** Whether the key is an operator's: by its form, so that nothing need be asked for it. */
export const isOperator = (): boolean => key.value.startsWith('ops_');

const keepIn = (name: string, value: string): void =>
  value === '' ? sessionStorage.removeItem(name) : sessionStorage.setItem(name, value);

export function startSession(given: string, keep: boolean): void {
  key.value = given;
  keepIn(KEPT, keep && renewal.value === '' ? given : '');
  keepIn(KEPT_RENEWAL, keep ? renewal.value : '');
  ended.value = 'none';
  isSignedIn.value = true;
}

/** A token and its successor, in place of those before. */
export function renewSession(token: string, next: string): void {
  key.value = token;
  renewal.value = next;
  if (sessionStorage.getItem(KEPT_RENEWAL) !== null) keepIn(KEPT_RENEWAL, next);
}

export function endSession(why: 'revoked' | 'signed-out'): void {
  keepIn(KEPT, '');
  keepIn(KEPT_RENEWAL, '');
  key.value = '';
  renewal.value = '';
  ended.value = why;
  isSignedIn.value = false;
}
