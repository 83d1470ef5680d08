/** A labeller whose rows have none of some labels; rows that would have one have no labels of the client's own either, which could say the same. */
import { Found } from './label-reasons.ts';
import type { Labels } from './meaning.ts';
import type { Labeller, RowLabels } from './row-labeller.ts';

/**
 * @param builtIn what the other one rests on: what it says counts also where rules of the client take it
 * @param firstOwn number of the first label of the client's own
 */
export function withoutLabels(
  labeller: Labeller,
  builtIn: Labeller,
  left: ReadonlySet<number>,
  firstOwn: number,
): Labeller {
  const isLeft = (label: number) => left.has(label);
  return {
    places: labeller.places,
    read: (row) => labeller.read(row),
    masked: (row) => labeller.masked(row),
    label(row, texts, spoken) {
      const found = labeller.label(row, texts, spoken);
      const tells = labeller === builtIn ? found.labels : builtIn.label(row, texts, spoken).labels;
      if (!tells.some(isLeft) && !found.labels.some(isLeft) && !found.own?.give.some(isLeft)) return found;
      const isGone = (label: number) => left.has(label) || label >= firstOwn;
      return { ...found, ...kept(found, isGone), otherLabels: [], own: found.own && ownKept(found.own, isGone) };
    },
  };
}

function kept({ labels, reasons }: Pick<RowLabels, 'labels' | 'reasons'>, isGone: (label: number) => boolean) {
  const found = new Found();
  for (const [index, label] of labels.entries()) if (!isGone(label)) found.add(label, reasons[index]!);
  return { labels: found.labels, reasons: found.reasons };
}

function ownKept(own: NonNullable<RowLabels['own']>, isGone: (label: number) => boolean) {
  const stays = own.give.flatMap((label, index) => (isGone(label) ? [] : [index]));
  const pick = (list: readonly string[]) => stays.map((index) => list[index]!);
  const give: Labels = stays.map((index) => own.give[index]!);
  return { take: own.take, give, reasons: pick(own.reasons) };
}
