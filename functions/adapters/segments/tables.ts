/** The owners of a slice as tables for other programs: CSV (RFC 4180) and Parquet. */
import type { SchemaElement } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { featureKey } from '../../domain/features/feature.ts';
import { tableValue } from '../../domain/segments/distribution.ts';
import { listAt, type OpenSlice } from '../../domain/segments/snapshot-slice.ts';
import { csvRecord } from '../../domain/values/csv.ts';
import type { KeptFeature } from '../runs/run-store.ts';

export type FileFormat = 'parquet' | 'csv';
export type Table = { readonly rows: number; readonly body: Uint8Array };

const LISTS = ['profiles', 'notJudged'] as const;

/** Rows of a slice: those that were erased since are not among them. */
export function tableOf(slice: OpenSlice, features: readonly KeptFeature[], format: FileFormat): Table {
  const places = slice.ids.flatMap((id, at) => (id === null ? [] : [at]));
  const body = format === 'csv' ? csvOf(slice, features, places) : parquetOf(slice, features, places);
  return { rows: places.length, body };
}

function csvOf(slice: OpenSlice, features: readonly KeptFeature[], places: readonly number[]): Uint8Array {
  const lines = [['ownerExternalId', ...LISTS, ...features.map(featureKey)]];
  for (const at of places) {
    const lists = LISTS.map((name) => listAt(name === 'profiles' ? slice.members : slice.notJudged, at).join(';'));
    lines.push([slice.ids[at] ?? '', ...lists, ...features.map((feature) => cellOf(feature, slice, at))]);
  }
  return Buffer.from(lines.map((cells) => `${csvRecord(cells)}\r\n`).join(''));
}

function cellOf(feature: KeptFeature, { values }: OpenSlice, at: number): string {
  const kept = values[featureKey(feature)]?.[at] ?? null;
  if (kept === null) return '';
  const value = tableValue(feature.unit, kept);
  return feature.unit === 'money' ? value.toFixed(2) : String(value);
}

/** Lists are three-level LISTs, as the format's specification writes them, so that every engine reads them as lists of texts. */
function parquetOf(slice: OpenSlice, features: readonly KeptFeature[], places: readonly number[]): Uint8Array {
  const listed = { profiles: slice.members, notJudged: slice.notJudged };
  const schema: SchemaElement[] = [
    { name: 'root', num_children: 1 + LISTS.length + features.length },
    { name: 'ownerExternalId', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
    ...LISTS.flatMap(listSchema),
    ...features.map((feature) => featureSchema(feature)),
  ];
  const columnData = [
    { name: 'ownerExternalId', data: places.map((at) => slice.ids[at] ?? '') },
    ...LISTS.map((name) => ({ name, data: places.map((at) => listAt(listed[name], at)) })),
    ...features.map((feature) => ({
      name: featureKey(feature),
      data: places.map((at) => numberOf(feature, slice, at)),
    })),
  ];
  return new Uint8Array(parquetWriteBuffer({ schema, columnData, createdBy: 'owner-profiles' }));
}

function listSchema(name: string): SchemaElement[] {
  return [
    { name, repetition_type: 'REQUIRED', num_children: 1, converted_type: 'LIST', logical_type: { type: 'LIST' } },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
  ];
}

function featureSchema(feature: KeptFeature): SchemaElement {
  return { name: featureKey(feature), type: isWhole(feature) ? 'INT32' : 'DOUBLE', repetition_type: 'OPTIONAL' };
}

const isWhole = ({ unit }: KeptFeature) => unit !== 'money' && unit !== 'ratio';

function numberOf(feature: KeptFeature, { values }: OpenSlice, at: number): number | null {
  const kept = values[featureKey(feature)]?.[at] ?? null;
  return kept === null ? null : tableValue(feature.unit, kept);
}
