/**
 * The owners of a slice as tables for other programs: CSV (RFC 4180) and Parquet. Rows are written some at a time, so that a large slice needs
 * no more memory than its tables have bytes.
 */
import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { isWhole, sqlFeatures, sqlName } from '../../contracts/runs/sql-columns.ts';
import { featureKey } from '../../domain/features/feature.ts';
import { tableValue } from '../../domain/segments/distribution.ts';
import { listsIn, type OpenSlice } from '../../domain/segments/snapshot-slice.ts';
import { csvRecord } from '../../domain/values/csv.ts';
import type { KeptFeature } from '../runs/run-store.ts';

export type FileFormat = 'parquet' | 'csv';
/** `sql`: Parquet with names of columns that Athena can ask for. */
export type TableForm = FileFormat | 'sql';
export type Table = { readonly rows: number; readonly body: Uint8Array };

const LISTS = ['profiles', 'notJudged'] as const;
/** As one group of Parquet, and as one piece of text. */
const ROWS_AT_ONCE = 5000;

/** Rows of a slice, without owners erased since. */
export function tableOf(slice: OpenSlice, features: readonly KeptFeature[], form: TableForm): Table {
  const places = slice.ids.flatMap((id, at) => (id === null ? [] : [at]));
  return { rows: places.length, body: bodyOf(slice, features, places, form) };
}

function bodyOf(
  slice: OpenSlice,
  features: readonly KeptFeature[],
  places: readonly number[],
  form: TableForm,
): Uint8Array {
  switch (form) {
    case 'csv':
      return csvOf(slice, features, places);
    case 'parquet':
      return parquetOf(slice, features, places, featureKey);
    case 'sql':
      return parquetOf(slice, sqlFeatures(features), places, sqlName);
  }
}

function csvOf(slice: OpenSlice, features: readonly KeptFeature[], places: readonly number[]): Uint8Array {
  const listed = LISTS.map((name) => listsIn(setsOf(slice, name)));
  const keys = features.map(featureKey);
  const pieces = [Buffer.from(`${csvRecord(['ownerExternalId', ...LISTS, ...keys])}\r\n`)];
  for (const some of inGroups(places)) {
    let text = '';
    for (const at of some) {
      const lists = listed.map((listAt) => listAt(at).join(';'));
      const cells = features.map((feature) => cellOf(feature, slice, at));
      text += `${csvRecord([slice.ids[at] ?? '', ...lists, ...cells])}\r\n`;
    }
    pieces.push(Buffer.from(text));
  }
  return Buffer.concat(pieces);
}

const setsOf = ({ members, notJudged }: OpenSlice, name: (typeof LISTS)[number]) =>
  name === 'profiles' ? members : notJudged;

function* inGroups(places: readonly number[]): Generator<readonly number[]> {
  for (let first = 0; first < places.length; first += ROWS_AT_ONCE) yield places.slice(first, first + ROWS_AT_ONCE);
}

function cellOf(feature: KeptFeature, { values }: OpenSlice, at: number): string {
  const kept = values[featureKey(feature)]?.[at] ?? null;
  if (kept === null) return '';
  const value = tableValue(feature.unit, kept);
  return feature.unit === 'money' ? value.toFixed(2) : String(value);
}

/** Lists are three-level LISTs, as the format's specification writes them, so that every engine reads them as lists of texts. */
function parquetOf(
  slice: OpenSlice,
  features: readonly KeptFeature[],
  places: readonly number[],
  nameOf: (feature: KeptFeature) => string,
): Uint8Array {
  const schema: SchemaElement[] = [
    { name: 'root', num_children: 1 + LISTS.length + features.length },
    { name: 'ownerExternalId', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
    ...LISTS.flatMap(listSchema),
    ...features.map((feature) => featureSchema(feature, nameOf(feature))),
  ];
  const listed = LISTS.map((name) => ({ name, listAt: listsIn(setsOf(slice, name)) }));
  const writer = new ByteWriter();
  const table = new ParquetWriter({ writer, schema, createdBy: 'owner-profiles' });
  for (const some of inGroups(places)) {
    const columnData = [
      { name: 'ownerExternalId', data: some.map((at) => slice.ids[at] ?? '') },
      ...listed.map(({ name, listAt }) => ({ name, data: some.map(listAt) })),
      ...features.map((feature) => ({
        name: nameOf(feature),
        data: some.map((at) => numberOf(feature, slice, at)),
      })),
    ];
    // Into memory it is written at once: there is nothing to wait for.
    void table.write({ columnData, rowGroupSize: ROWS_AT_ONCE });
  }
  void table.finish();
  return writer.getBytes();
}

function listSchema(name: string): SchemaElement[] {
  return [
    { name, repetition_type: 'REQUIRED', num_children: 1, converted_type: 'LIST', logical_type: { type: 'LIST' } },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
  ];
}

function featureSchema(feature: KeptFeature, name: string): SchemaElement {
  return { name, type: isWhole(feature) ? 'INT32' : 'DOUBLE', repetition_type: 'OPTIONAL' };
}

function numberOf(feature: KeptFeature, { values }: OpenSlice, at: number): number | null {
  const kept = values[featureKey(feature)]?.[at] ?? null;
  return kept === null ? null : tableValue(feature.unit, kept);
}
