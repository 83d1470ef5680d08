/** Who is signed in: a key in memory, and on request in this tab's session storage. */
import { signal } from '@preact/signals';

const KEPT = 'owner-profiles.key';

export const key = signal(sessionStorage.getItem(KEPT) ?? '');
/** Whether the key has been verified. */
export const isSignedIn = signal(key.value !== '');
export const ended = signal<'none' | 'revoked' | 'signed-out'>('none');

export function startSession(given: string, keep: boolean): void {
  key.value = given;
  if (keep) sessionStorage.setItem(KEPT, given);
  else sessionStorage.removeItem(KEPT);
  ended.value = 'none';
  isSignedIn.value = true;
}

export function endSession(why: 'revoked' | 'signed-out'): void {
  sessionStorage.removeItem(KEPT);
  key.value = '';
  ended.value = why;
  isSignedIn.value = false;
}
