/** Language and colours chosen by the person; the browser's own by default. */
import { effect, signal } from '@preact/signals';

export type Language = 'en' | 'pl';
export type Colours = 'auto' | 'light' | 'dark';

const LANGUAGE = 'owner-profiles.language';
const COLOURS = 'owner-profiles.colours';

const kept = localStorage.getItem(LANGUAGE);
export const language = signal<Language>(
  kept === 'pl' || kept === 'en' ? kept : navigator.language.startsWith('pl') ? 'pl' : 'en',
);
export const colours = signal<Colours>((localStorage.getItem(COLOURS) as Colours | null) ?? 'auto');

effect(() => {
  document.documentElement.lang = language.value;
  localStorage.setItem(LANGUAGE, language.value);
});
effect(() => {
  document.documentElement.dataset['colours'] = colours.value;
  localStorage.setItem(COLOURS, colours.value);
});
