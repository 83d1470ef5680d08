/**
 * The profiles of many days: of each what a derivation for that day alone gives.
 *
 * A day knows no row later than itself, and a new row may change the labels of rows up to `CONTEXT_DAYS` before it: the third pay of an
 * employer makes the first two regular wages. So on each day with rows its neighbourhood is labelled again. As long as no earlier row gets
 * other labels, one set of columns answers all days; where one does, the next stretch starts.
 */
import { type Definition, LONGEST_HOLD } from '../catalogue/definition.ts';
import { columnsOf } from '../features/columns.ts';
import { labelRows } from '../labels/label-rows.ts';
import type { Labelled, LedgerRow, RowLabels } from '../labels/labelled-row.ts';
import type { Spoken } from '../labels/place.ts';
import { CONTEXT_DAYS } from '../labels/read-rows.ts';
import type { Labeller, Texts } from '../labels/row-labeller.ts';
import { countUpTo, type Day } from '../values/day.ts';
import { type DerivationInput, READ_DAYS } from './derive.ts';
import { changeAfter, type DayBits, enteredOn, fill, has, isEmpty, judge } from './judge.ts';

/** On which days of a span a profile applies. */
export type ProfileDays = { readonly definition: Definition; readonly days: DayBits };

/** The days from `from` to `to`, both included, all with this list of profiles, sorted. */
export type HistorySpan = { readonly from: Day; readonly to: Day; readonly profiles: readonly string[] };

/**
 * For each definition the days from `first` to `last`, both included, on which it applies.
 *
 * @param input its rows must reach from `READ_DAYS` before `first` to `last`; after the last row nothing new comes
 */
export function profileDays(input: DerivationInput, first: Day, last: Day): ProfileDays[] {
  const length = last - first + 1;
  const found = input.definitions.map((definition) => {
    return { definition, days: { first, length, words: new Uint32Array((length + 31) >>> 5) } };
  });
  for (const { from, to, rows } of stretches(input, first, last)) {
    const columns = columnsOf(rows, input.dataFrom, input.catalogue);
    const verdicts = judge(input.definitions, columns, from - LONGEST_HOLD + 1, to);
    for (const [index, verdict] of verdicts.entries()) {
      if (isEmpty(verdict.enter)) continue;
      const { words } = found[index]!.days;
      let applies = enteredOn(verdict, from) !== undefined;
      for (let day = from; day <= to; applies = !applies) {
        const change = changeAfter(verdict, day) ?? to + 1;
        if (applies) fill(words, day - first, change - first);
        day = change;
      }
    }
  }
  return found;
}

/** The lists of profiles day by day, equal ones next to each other as one span. */
export function spansOf(profiles: readonly ProfileDays[], first: Day, last: Day): HistorySpan[] {
  const spans: { from: Day; to: Day; profiles: readonly string[] }[] = [];
  for (let day = first; day <= last; day++) {
    const ids = profiles.filter(({ days }) => has(days, day)).map(({ definition }) => definition.document.id);
    const before = spans.at(-1);
    if (before && before.profiles.join() === ids.join()) before.to = day;
    else spans.push({ from: day, to: day, profiles: ids });
  }
  return spans;
}

type Stretch = { readonly from: Day; readonly to: Day; readonly rows: readonly Labelled[] };

/** Days on which the rows of before have the same labels, each stretch with the rows that its days look at. */
function* stretches(input: DerivationInput, first: Day, last: Day): Generator<Stretch> {
  const { rows: known } = input;
  const catalogue = { ...input.catalogue, labeller: rememberingRows(input.catalogue.labeller) };
  const numberUpTo = (day: Day) => countUpTo(day, known.length, (at) => known[at]!.day);
  const start = numberUpTo(first - READ_DAYS);
  const label = (from: number, end: number) => labelRows(known.slice(from, end), catalogue);
  let end = numberUpTo(first);
  const labelled = label(start, end);
  let from = first;
  const stretchTo = (to: Day): Stretch => ({ from, to, rows: labelled.slice(numberUpTo(from - READ_DAYS) - start) });
  while (end < known.length && known[end]!.day <= last) {
    const { day } = known[end]!;
    const next = numberUpTo(day);
    const near = Math.max(start, numberUpTo(day - 2 * CONTEXT_DAYS - 1));
    const unsure = Math.max(start, numberUpTo(day - CONTEXT_DAYS - 1));
    const again = label(near, next).slice(unsure - near);
    const before = labelled.slice(unsure - start);
    if (before.some((row, index) => !isLabelledAlike(row, again[index]!))) {
      yield stretchTo(day - 1);
      from = day;
    }
    labelled.splice(unsure - start, before.length, ...again);
    end = next;
  }
  yield stretchTo(last);
}

/** What a row says by itself is read once, however often its neighbourhood is labelled, as long as its account speaks the same there. */
function rememberingRows(labeller: Labeller): Labeller {
  const read = new Map<LedgerRow, Texts>();
  const found = new Map<LedgerRow, { readonly spoken: Spoken | undefined; readonly labels: RowLabels }>();
  return {
    places: labeller.places,
    read(row) {
      const texts = read.get(row) ?? labeller.read(row);
      read.set(row, texts);
      return texts;
    },
    label(row, texts, spoken) {
      const known = found.get(row);
      if (known && known.spoken === spoken) return known.labels;
      const labels = labeller.label(row, texts, spoken);
      found.set(row, { spoken, labels });
      return labels;
    },
    masked: (row) => labeller.masked(row),
  };
}

function isLabelledAlike(a: Labelled, b: Labelled): boolean {
  return (
    a.country === b.country &&
    (a.party === b.party || a.party.name === b.party.name) &&
    a.labels.length === b.labels.length &&
    a.labels.every((label, index) => label === b.labels[index])
  );
}
