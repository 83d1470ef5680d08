/** The cost of texts that are made to be expensive: for each byte, beside the texts that banks print. */

import { LONGEST } from '../../functions/contracts/import/import-form.ts';
import { labelRows } from '../../functions/domain/labels/label-rows.ts';
import type { LedgerRow } from '../../functions/domain/labels/labelled-row.ts';
import { another } from '../support/catalogue.ts';
import { distinctOwners } from '../support/distinct-owners.ts';
import { type Bench, ratio } from '../support/figures.ts';
import { inputOf, pagesOfOwner } from '../support/inputs.ts';
import { interleaved, ratioOf } from '../support/measure.ts';

const ROUNDS = 9;
const ROWS = 40;
const OWNERS = 4;
const ROWS_OF_OWNER = 500;

/** The filling of a text, and why it might be expensive. */
const FILLED: Readonly<Record<string, string>> = {
  'words of many rules': 'bar pub ',
  'words that hide each other': 'cafe culture parking ',
  'one letter after another': 'a b c d e ',
  'beginnings of words': 'zoo zool restaur restaura ',
  numbers: '12 345 6789 ',
  'dates and amounts': '2026-11-19 49,99 PLN ',
  'names of people': 'jan kowalski anna nowak ',
  'streets and places': 'ul. krakowska 12 warszawa ',
  'one long word': 'ab',
  'capitals with accents': 'ŻÓŁĆ ÉÀÜ ',
  signs: '*/-#&.,:;',
  'letters outside the basic plane': '𝔞𝔟 😀 ',
};

export const bench: Bench = {
  name: 'worst-texts',
  title: 'Worst texts: what a byte costs that somebody made to cost much',
  async run(progress) {
    const catalogue = another();
    const normal = distinctOwners(OWNERS, ROWS_OF_OWNER).flatMap(
      (message) => inputOf(pagesOfOwner(message), catalogue).rows,
    );
    const [template] = normal as [LedgerRow];
    // Cached texts cost nothing: each run has its own, which differ in more than numbers.
    let run = 0;
    const labelled = (rows: readonly LedgerRow[]) => {
      run++;
      const fresh = rows.map((each, at) => ({ ...each, row: withMark(each.row, `r${run}n${at}`) }));
      return labelRows(fresh, catalogue).length;
    };
    const kinds = Object.entries(FILLED).map(([name, part]) => [name, rowsOf(template, part)] as const);
    const times = await interleaved(
      {
        normal: () => labelled(normal),
        ...Object.fromEntries(kinds.map(([name, rows]) => [name, () => labelled(rows)])),
      },
      { rounds: ROUNDS, sampleMs: 80, onRound: (round) => progress(`round ${round} of ${ROUNDS}`) },
    );
    const perByte = (name: string, rows: readonly LedgerRow[]) => {
      const { median, low, high } = ratioOf(times, name, 'normal');
      const share = bytesOf(normal) / bytesOf(rows);
      return { median: median * share, low: low * share, high: high * share };
    };
    return {
      figures: kinds.map(([name, rows]) =>
        ratio(`${name}: a byte`, '× of one that banks print', perByte(name, rows), { atMost: 5 }),
      ),
      notes: [
        `${ROWS} rows whose three texts are filled to ${LONGEST.text} characters, beside ${normal.length} rows of generated owners.`,
      ],
      charts: [],
    };
  },
};

function rowsOf(template: LedgerRow, part: string): LedgerRow[] {
  const text = part.repeat(Math.ceil(LONGEST.text / part.length)).slice(0, LONGEST.text - 20);
  return Array.from({ length: ROWS }, (_, at) => ({
    ...template,
    day: template.day + at,
    row: { amount: -1000 - at, title: text, party: text, kind: text },
  }));
}

function withMark(row: LedgerRow['row'], mark: string): LedgerRow['row'] {
  return { ...row, title: `${mark} ${row.title}`, ...(row.party && { party: `${mark} ${row.party}` }) };
}

function bytesOf(rows: readonly LedgerRow[]): number {
  return rows.reduce((sum, { row }) => sum + Buffer.byteLength(`${row.title}${row.party ?? ''}${row.kind ?? ''}`), 0);
}
