/**
 * The state of a screen, in the fragment of the address: it can be linked and navigated, and never reaches a server, whose logs must
 * not name owners.
 */
import { signal } from '@preact/signals';

const read = () => Object.fromEntries(new URLSearchParams(location.hash.slice(1)));

export const place = signal<Readonly<Record<string, string>>>(read());

const readPlace = (): void => {
  place.value = read();
};

window.addEventListener('hashchange', readPlace);
window.addEventListener('popstate', readPlace);
// A link changes the address without either event, after all click listeners have run.
window.addEventListener('click', () => setTimeout(readPlace));

export const fragment = (values: Readonly<Record<string, string | undefined>>): string => {
  const given = Object.entries(values).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return given.length > 0 ? `#${new URLSearchParams(given)}` : '';
};

/** Changes some values of the state; `undefined` and empty ones are removed. */
export function show(values: Readonly<Record<string, string | undefined>>, replace = false): void {
  const next = location.pathname + fragment({ ...place.value, ...values });
  if (replace) history.replaceState(null, '', next);
  else history.pushState(null, '', next);
  readPlace();
}
