/** The titles of profiles, loaded once a session: every screen shows them. A key that may not read them sees ids. */
import { effect, signal } from '@preact/signals';
import { answerOf, api } from '../api/client.ts';
import type { Schemas } from '../api/schema-types.ts';
import { isSignedIn } from './session.ts';

export const catalogue = signal<readonly Schemas['CatalogueProfile'][]>([]);

export async function readTitles(): Promise<void> {
  const { profiles } = await answerOf(api.GET('/v1/profiles'));
  catalogue.value = profiles;
}

effect(() => {
  if (isSignedIn.value) readTitles().catch(() => {});
  else catalogue.value = [];
});

export const titleOf = (id: string): string => catalogue.value.find((profile) => profile.id === id)?.title ?? id;
