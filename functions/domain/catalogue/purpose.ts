/**
 * What a client may use answers for. For credit nothing counts that reveals special categories of data (GDPR, Art. 9) or addictions: rows
 * lose those labels and all labels that the client's own rules give such rows, and definitions that read such a label are not judged.
 */

import { withoutLabels } from '../labels/without-labels.ts';
import type { Catalogue } from './catalogue.ts';
import type { Definition } from './definition.ts';
import { conditionsOf } from './definition.ts';

/** Health, beliefs, and what is bought or played by the addicted. */
export const SPECIAL_LABELS = [
  ...['healthcare', 'pharmacy', 'optician', 'religion', 'charity'],
  ...['gambling', 'alcohol', 'tobacco'],
];
const SPECIAL_GROUP = 'health';

/** The labels of special categories, a client's own among them, by number. */
export function specialLabels({ labels, groupOf }: Pick<Catalogue, 'labels' | 'groupOf'>): ReadonlySet<number> {
  const special = [...labels].filter(([id]) => SPECIAL_LABELS.includes(id) || groupOf.get(id) === SPECIAL_GROUP);
  return new Set(special.map(([, number]) => number));
}

/** The catalogue under which rows have no special label. @param builtIn the same without a client's own words */
export function withoutSpecial(catalogue: Catalogue, builtIn: Catalogue): Catalogue {
  const special = specialLabels(catalogue);
  return {
    ...catalogue,
    labeller: withoutLabels(catalogue.labeller, builtIn.labeller, special),
  };
}

/** Whether a definition reads a special label, even to leave it out. */
export function readsSpecial({ enter, stay }: Definition, special: ReadonlySet<number>): boolean {
  return [...conditionsOf(enter), ...conditionsOf(stay)].some(
    ({ feature }) =>
      feature.of === 'set' &&
      typeof feature.set !== 'string' &&
      feature.set.some((label) => special.has(label < 0 ? ~label : label)),
  );
}
