/** Kinds of evidence: why a label was given, derived from the reason that comes with it. */
import type { CatalogueDocument } from '../../functions/domain/catalogue/catalogue.ts';

/** Patterns of weak rules only. */
export type WeakWords = ReadonlySet<string>;

/** Beginnings of reasons, and the kind of evidence of each; the first that matches counts. */
const KINDS: readonly (readonly [string, string])[] = [
  ['publisher', 'publisher'],
  ['bank code', 'bank code'],
  ['code', 'merchant code'],
  ['brand', 'brand'],
  ['gateway', 'gateway'],
  ['paid abroad', 'place or currency'],
  ['own account', 'own account'],
  ['matching transfer', 'own account'],
  ['same employer', 'stream'],
];

export function weakWordsOf({ rules }: Pick<CatalogueDocument, 'rules'>): WeakWords {
  const patterns = (isWeak: boolean) =>
    rules.words.filter(({ weak }) => (weak === true) === isWeak).flatMap(({ words }) => words);
  const sure = new Set(patterns(false));
  return new Set(patterns(true).filter((pattern) => !sure.has(pattern)));
}

export function evidenceOf(reason: string, weak: WeakWords): string {
  if (reason.endsWith(', money back')) return 'money back from a shop';
  const word = /^word "(.*)"$/.exec(reason)?.[1];
  if (word !== undefined) return weak.has(word) ? 'weak word' : 'word';
  return KINDS.find(([beginning]) => reason.startsWith(beginning))?.[1] ?? 'other';
}
