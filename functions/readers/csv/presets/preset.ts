import type { Mapping } from '../mapping.ts';

/** What the cells of a row without a header hold, by the number of the column. */
export type Shape = Readonly<Record<number, 'day' | 'amount' | 'currency' | 'account' | readonly string[]>>;

export type Preset = {
  /** What `mapping` takes; several presets of one bank (languages, old and new exports) share it. */
  readonly id: string;
  readonly bank: string;
  /** ISO 3166; absent for banks of several countries. */
  readonly country?: string;
  /** Whether the names of columns were compared with a file or a test of public software, or only with a description. */
  readonly checked: 'sample' | 'description';
  /** Names in the header by which an export is known. */
  readonly recognise?: readonly string[];
  /** The form of rows by which an export without a header is known. */
  readonly shape?: Shape;
  readonly mapping: Mapping;
};
