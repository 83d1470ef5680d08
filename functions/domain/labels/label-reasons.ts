/** Labels found for a row with their reasons, in the order of the labels. The first reason stays; later ones are ignored. */
import type { Labels } from './meaning.ts';

/** The reason of a label that the publisher gave: it stays whatever else is found. */
export const PUBLISHER = 'publisher';

/** What the client's own rules that hold for a row say of it: labels to take, then labels to give, each with its reason. */
export type OwnLabels = { readonly take: Labels; readonly give: Labels; readonly reasons: readonly string[] };

export class Found {
  readonly labels: number[] = [];
  readonly reasons: string[] = [];

  has(label: number): boolean {
    return this.labels.includes(label);
  }

  reasonOf(label: number): string | undefined {
    return this.reasons[this.labels.indexOf(label)];
  }

  give(labels: Labels, reason: string): void {
    for (const label of labels) this.add(label, reason);
  }

  /** Adds a label; if it is there already, for this reason instead. */
  set(label: number, reason: string): void {
    const at = this.labels.indexOf(label);
    if (at < 0) this.add(label, reason);
    else this.reasons[at] = reason;
  }

  /** Takes a label away, but for one of the publisher. */
  drop(label: number): void {
    const at = this.labels.indexOf(label);
    if (at < 0 || this.reasons[at] === PUBLISHER) return;
    this.labels.splice(at, 1);
    this.reasons.splice(at, 1);
  }

  add(label: number, reason: string): void {
    const { labels, reasons } = this;
    let at = labels.length;
    while (at > 0 && labels[at - 1]! >= label) at--;
    if (labels[at] === label) return;
    if (at === labels.length) {
      labels.push(label);
      reasons.push(reason);
    } else {
      labels.splice(at, 0, label);
      reasons.splice(at, 0, reason);
    }
  }
}
