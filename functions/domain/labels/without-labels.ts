/** A labeller whose rows have none of some labels. Of rows that would have one a client's own rules say nothing: they could say the same. */
import type { Row } from '../ledger/ledger.ts';
import { Found, PUBLISHER } from './label-reasons.ts';
import type { Labeller } from './row-labeller.ts';

/** The reason of a label on a row that has lost others: the code of a pharmacy reveals as much as its label. */
const WITHHELD = 'not shown for credit';

/** @param builtIn what the other one rests on: what it says counts also where rules of the client take it */
export function withoutLabels(labeller: Labeller, builtIn: Labeller, left: ReadonlySet<number>): Labeller {
  const isLeft = (label: number) => left.has(label);
  const special = new WeakSet<Row>();
  return {
    places: labeller.places,
    read: (row) => labeller.read(row),
    // A merchant whose label was left out is not one that has none.
    masked: (row) => (special.has(row.row) ? '' : labeller.masked(row)),
    label(row, texts, spoken) {
      const found = labeller.label(row, texts, spoken);
      const plain = labeller === builtIn ? found : builtIn.label(row, texts, spoken);
      if (!plain.labels.some(isLeft) && !found.labels.some(isLeft) && !found.own?.give.some(isLeft)) return found;
      special.add(row.row);
      const kept = new Found();
      for (const [index, label] of plain.labels.entries()) {
        if (!isLeft(label)) kept.add(label, plain.reasons[index] === PUBLISHER ? PUBLISHER : WITHHELD);
      }
      return { ...plain, labels: kept.labels, reasons: kept.reasons, otherLabels: [] };
    },
  };
}
