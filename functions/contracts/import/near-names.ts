/**
 * Optional fields of a message whose names are misspelt. Unknown fields are ignored, so that publishers can add some; the value of a
 * misspelt one would be lost unnoticed.
 */
import { nearest } from '../../domain/values/nearest.ts';
import { FIELDS } from './quick-import.ts';

/** A name that was given, and the one that is known and near to it. */
export type NearName = { readonly name: string; readonly known: string };

const FOLDED = new Map(
  Object.entries(FIELDS).map(([place, names]) => [place, new Map(names.map((name) => [folded(name), name]))]),
);
/** Of different unknown names: a map with thousands of keys is no misspelling. */
const MOST_LOOKED_AT = 1000;
const MOST_FOUND = 20;
/** Of each account, where time counts: a publisher that misspells a name does so in every row. */
export const ROWS_LOOKED_AT = 100;

/**
 * The misspelt names of a message, each once.
 *
 * @param rows at most so many transactions of each account are looked at
 */
export function nearNames(message: unknown, rows = Number.POSITIVE_INFINITY): NearName[] {
  const found = new Map<string, string>();
  const seen = new Set<string>();
  const look = (value: unknown, place: keyof typeof FIELDS) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    for (const name in value) {
      if (FIELDS[place].includes(name)) continue;
      const key = `${place} ${name}`;
      if (seen.has(key) || seen.size >= MOST_LOOKED_AT) continue;
      seen.add(key);
      const known = FOLDED.get(place)?.get(folded(name)) ?? nearest(name, FIELDS[place]);
      if (known !== undefined && !(known in value) && found.size < MOST_FOUND) found.set(name, known);
    }
  };
  look(message, 'message');
  for (const account of listIn(message, 'accounts')) {
    look(account, 'account');
    const transactions = listIn(account, 'transactions');
    for (let at = 0; at < transactions.length && at < rows; at++) look(transactions[at], 'transaction');
  }
  return [...found].map(([name, known]) => ({ name, known }));
}

/** Of the names, those that can be written into a log: not a key that is made of someone's data. */
export function plainNames(names: readonly NearName[]): string[] {
  return names.flatMap(({ name, known }) => (/^[A-Za-z_-]{1,32}$/.test(name) ? [name] : [`(near ${known})`]));
}

function folded(name: string): string {
  return name
    .slice(0, 64)
    .toLowerCase()
    .replace(/[_\- ]/g, '');
}

function listIn(value: unknown, name: string): readonly unknown[] {
  const list = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  return Array.isArray(list) ? list : [];
}
