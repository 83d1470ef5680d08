/** What the columns of a table mean: by a preset, or by the mapping that is given. */
import { ReaderError } from '../reader-error.ts';
import type { Reading, StatementFile } from '../statement.ts';
import { guessMapping } from './guess-mapping.ts';
import { type Layout, layoutByMapping } from './layout.ts';
import { type Mapping, parseMapping } from './mapping.ts';
import { PRESET_IDS, PRESETS, presetOf } from './presets/presets.ts';
import { readTable } from './read-table.ts';
import { type Delimiter, HEAD_ROWS, type Row } from './table.ts';

/** A table, or one of several ways to see a text as one. */
export type Candidate = {
  /** The first rows. */
  readonly head: readonly Row[];
  readonly rows: () => readonly Row[];
  readonly delimiter?: Delimiter;
};
type Table = { readonly layout: Layout; readonly rows: readonly Row[]; readonly title: string };

/**
 * The statements of the candidate that is known.
 *
 * @param kind of the file, for people: `CSV`
 * @throws {ReaderError} when there is none, with a guess at a mapping
 */
export function statementsOf(
  candidates: readonly Candidate[],
  kind: string,
  reading: Reading,
): Pick<StatementFile, 'statements'> {
  const { rows, layout, title } = knownTable(candidates, kind, reading.mapping);
  const statements = readTable(rows, layout, title, reading);
  if (statements.length === 0) throw new ReaderError(`${title} contains no transactions`, { line: rows[0]?.line });
  return { statements };
}

export function isTable({ head }: Pick<Candidate, 'head'>): boolean {
  return presetOf(head) !== undefined || guessMapping(head) !== undefined;
}

function knownTable(candidates: readonly Candidate[], kind: string, mapping: string | undefined): Table {
  const known = PRESET_IDS.includes(mapping ?? '') ? mapping : undefined;
  if (mapping !== undefined && known === undefined) return byMapping(candidates, kind, mappingOf(mapping));
  const presets = known === undefined ? PRESETS : PRESETS.filter(({ id }) => id === known);
  for (const { head, rows } of candidates) {
    const match = presetOf(head, presets);
    if (match) return { rows: rows(), layout: match.layout, title: `${kind} of ${match.preset.bank}` };
  }
  if (known !== undefined) throw new ReaderError(`is not an export that the preset "${known}" knows`, { line: 1 });
  throw unknownTable(candidates, kind);
}

/** A mapping that is given as JSON. @throws {ReaderError} */
export function mappingOf(text: string): Mapping {
  if (/^\s*[{[]/.test(text)) return parseMapping(text);
  throw new ReaderError(`the mapping "${text.slice(0, 60)}" is neither JSON nor a preset (${PRESET_IDS.join(', ')})`);
}

function byMapping(candidates: readonly Candidate[], kind: string, mapping: Mapping): Table {
  const named = candidates.find(({ delimiter }) => delimiter !== undefined && delimiter === mapping.delimiter);
  const rows = (named ?? widest(candidates)).rows();
  return { rows, layout: layoutByMapping(mapping, rows.slice(0, HEAD_ROWS)), title: kind };
}

/** That with most cells. */
function widest(candidates: readonly Candidate[]): Candidate {
  const cells = ({ head }: Candidate) => head.reduce((sum, row) => sum + row.cells.length - 1, 0);
  return candidates.reduce((best, one) => (cells(one) > cells(best) ? one : best));
}

function unknownTable(candidates: readonly Candidate[], kind: string): ReaderError {
  const { head } = widest(candidates);
  const guess = guessMapping(head);
  const header = head[guess?.headerAt ?? 0];
  const names =
    header?.cells
      .filter(Boolean)
      .slice(0, 20)
      .map((cell) => cell.slice(0, 40))
      .join(', ') ?? '';
  const way = 'say what its columns mean by mapping (a preset or JSON; `import FILE --map` asks and writes it)';
  const offer = guess ? `; a guess: ${JSON.stringify(guess.mapping)}` : '';
  return new ReaderError(`is a ${kind} that no preset knows (columns: ${names}); ${way}${offer}`, {
    line: header?.line,
  });
}
