/** Where in a table the columns of a mapping are. */
import { ReaderError } from '../reader-error.ts';
import { currencyIn, folded } from './cells.ts';
import { type Column, fieldsOf, type Mapping, namesOf } from './mapping.ts';
import type { Row } from './table.ts';

export type Place = { readonly index: number; readonly currencyName: string | undefined };
export type Layout = {
  readonly mapping: Mapping;
  /** Position of the row of names among the rows; -1 where there is none. */
  readonly headerAt: number;
  readonly places: ReadonlyMap<Column, Place>;
};

/** The place of a column in a row of names. */
export function placeIn(header: readonly string[], column: Column): Place | undefined {
  if (typeof column === 'number') return { index: column - 1, currencyName: undefined };
  if (!column.endsWith('(*)')) {
    const index = header.indexOf(folded(column));
    return index < 0 ? undefined : { index, currencyName: undefined };
  }
  const start = folded(column.slice(0, -3));
  for (const [index, name] of header.entries()) {
    const currencyName = name.startsWith(`${start} (`) ? currencyIn(name.slice(start.length + 2, -1)) : undefined;
    if (currencyName !== undefined) return { index, currencyName };
  }
  return undefined;
}

/** The places of all columns that a row of names holds. */
export function layoutOf(mapping: Mapping, headerAt: number, row: Row | undefined): Layout {
  const header = row?.cells.map(folded) ?? [];
  const named: Column[] = fieldsOf(mapping).flatMap(([, of]) => namesOf(of));
  if (mapping.only) named.push(mapping.only.column);
  if (mapping.labelled) named.push(mapping.labelled.from);
  const places = new Map<Column, Place>();
  for (const name of named) {
    const place = placeIn(header, name);
    if (place) places.set(name, place);
  }
  return { mapping, headerAt, places };
}

/**
 * The layout of a table by a mapping that a user gave: the row of names is the first that holds them all, save those of
 * fields with several names, of which one is enough.
 *
 * @throws {ReaderError} that names the columns that are missing
 */
export function layoutByMapping(mapping: Mapping, rows: readonly Row[]): Layout {
  if (mapping.header === false) return layoutOf(mapping, -1, undefined);
  let best: { missing: string[]; at: number } | undefined;
  for (const [at, row] of rows.entries()) {
    const header = row.cells.map(folded);
    const missing = fieldsOf(mapping).flatMap(([, of]) =>
      namesOf(of).some((name) => placeIn(header, name)) ? [] : [String(namesOf(of)[0])],
    );
    if (missing.length === 0) return layoutOf(mapping, at, row);
    if (!best || missing.length < best.missing.length) best = { missing, at };
  }
  const missing = best?.missing.map((name) => `"${name}"`).join(', ');
  throw new ReaderError(`has no row of names with the columns of the mapping; missing: ${missing}`, {
    line: rows[best?.at ?? 0]?.line,
  });
}
