/** Merchants that no label names yet, over many owners: which of them are worth a word of one's own. */

import type { Columns } from '../features/columns.ts';
import type { Labeller } from '../labels/row-labeller.ts';
import { compareCodePoints } from '../values/code-points.ts';
import type { Day } from '../values/day.ts';

/** How many owners paid somebody, how often, and how much altogether in EUR cents. */
export type Paid = readonly [owners: number, transactions: number, cents: number];
export type Merchants = Readonly<Record<string, Paid>>;

/** Texts that are held at a time: above, those of the fewest owners are let go. */
const MOST_TEXTS = 100_000;
/** Of one owner: those that were paid most often. */
const MOST_TEXTS_OF_AN_OWNER = 1_000;

/** Adds up what owners paid to merchants without a label. Exact as long as there are no more than 100,000 different texts. */
export class UnlabelledMerchants {
  readonly #paid = new Map<string, [owners: number, transactions: number, cents: number]>();

  /** The debits without a label of the days from `first` to `last`. */
  addOwner({ rows, day, cents }: Columns, labeller: Labeller, first: Day, last: Day): void {
    const own = new Map<string, [number, number]>();
    for (const [at, row] of rows.entries()) {
      if (row.labels.length > 0 || row.otherLabels.length > 0 || row.row.amount >= 0) continue;
      if (day[at]! < first || day[at]! > last) continue;
      const text = labeller.masked(row);
      if (text === '') continue;
      const [transactions, total] = own.get(text) ?? [0, 0];
      own.set(text, [transactions + 1, total - cents[at]!]);
    }
    const most = [...own].sort(([, [a]], [, [b]]) => b - a).slice(0, MOST_TEXTS_OF_AN_OWNER);
    for (const [text, [transactions, total]] of most) this.add(text, [1, transactions, total]);
  }

  add(text: string, [owners, transactions, cents]: Paid): void {
    const known = this.#paid.get(text);
    if (known) {
      known[0] += owners;
      known[1] += transactions;
      known[2] += cents;
    } else {
      if (this.#paid.size >= MOST_TEXTS) this.#letGo();
      this.#paid.set(text, [owners, transactions, cents]);
    }
  }

  addAll(merchants: Merchants): void {
    for (const [text, paid] of Object.entries(merchants)) this.add(text, paid);
  }

  /** Those of most owners first. */
  most(count: number = MOST_TEXTS): Merchants {
    return Object.fromEntries(this.#inOrder().slice(0, count));
  }

  #letGo(): void {
    for (const [text] of this.#inOrder().slice(MOST_TEXTS / 2)) this.#paid.delete(text);
  }

  #inOrder() {
    return [...this.#paid].sort(
      ([text, [owners, transactions]], [other, [otherOwners, otherTransactions]]) =>
        otherOwners - owners || otherTransactions - transactions || compareCodePoints(text, other),
    );
  }
}
