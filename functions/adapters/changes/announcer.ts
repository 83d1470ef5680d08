import { lazy } from '../../runtime/lazy.ts';
import type { OwnerKey } from '../owners/owner-key.ts';

/** Asks by the queue of changes. Its client is loaded when the first list changes: most look-ups and imports change none. */
export function openAnnouncer(queueUrl: string) {
  const queue = lazy(async () => (await import('./change-queue.ts')).openChangeQueue(queueUrl));
  return {
    later: async (owner: OwnerKey) => (await queue()).later(owner),
    now: async (owner: OwnerKey) => (await queue()).now(owner),
  };
}
