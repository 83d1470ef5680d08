/** The formats of files that can be imported. A new one is one entry more in `READERS`. */
import { berlinGroup } from './aggregators/berlin-group.ts';
import { enableBanking } from './aggregators/enable-banking.ts';
import { plaid } from './aggregators/plaid.ts';
import { saltEdge } from './aggregators/salt-edge.ts';
import { tink } from './aggregators/tink.ts';
import { ukOpenBanking } from './aggregators/uk-open-banking.ts';
import { type Packed, unpacked } from './archive.ts';
import { camt } from './camt.ts';
import { cfonb120 } from './cfonb120.ts';
import { coda } from './coda.ts';
import { csv } from './csv/csv.ts';
import { gpc } from './gpc.ts';
import { knownByName } from './known-formats.ts';
import { kontomatikXml } from './kontomatik-xml.ts';
import { mt940 } from './mt940.ts';
import { norma43 } from './norma43.ts';
import { ofx } from './ofx.ts';
import { qif } from './qif.ts';
import { ReaderError, UnknownFormatError } from './reader-error.ts';
import type { FileStart, Reader, ReadOptions, StatementFile } from './statement.ts';
import { xlsx } from './xlsx/xlsx.ts';

const AGGREGATORS = [berlinGroup, enableBanking, ukOpenBanking, tink, saltEdge, plaid];

/** Asked in this order whether a file is theirs: what is known by more comes first. */
export const READERS: readonly Reader[] = [
  camt,
  kontomatikXml,
  mt940,
  ofx,
  qif,
  cfonb120,
  norma43,
  gpc,
  coda,
  ...AGGREGATORS,
  xlsx,
  csv,
];

/** As much of a file as shows what it is. */
const START = 8192;

export function startOf(bytes: Uint8Array): FileStart {
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const encoding = utf16 ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8';
  const start = bytes.subarray(0, START);
  return { bytes: start, text: new TextDecoder(encoding).decode(start).trimStart() };
}

export function readerNamed(name: string): Reader | undefined {
  return READERS.find((reader) => reader.name === name);
}

/** The reader of a file by its content. @throws {UnknownFormatError} that names what the file is, when it is known */
export function readerOf(bytes: Uint8Array): Reader {
  const start = startOf(bytes);
  const reader = READERS.find((candidate) => candidate.detect(start));
  if (reader) return reader;
  const known = knownByName(start, bytes);
  const titles = READERS.map(({ title }) => title).join(', ');
  throw new UnknownFormatError(
    known ?? `is not in a known format (${titles}); for a table of another form give format csv and a mapping`,
    known !== undefined,
  );
}

/**
 * Reads a file by its content, or as the format that is named. Only tables have columns to be mapped: with a mapping, every file but a
 * workbook is a CSV.
 *
 * @throws {ReaderError}
 */
export function readStatements(bytes: Uint8Array, options: ReadOptions, format?: string): StatementFile {
  const named = format ?? (options.mapping === undefined || xlsx.detect(startOf(bytes)) ? undefined : csv.name);
  const reader = named === undefined ? readerOf(bytes) : readerNamed(named);
  if (!reader) throw new ReaderError(`"${format}" is none of ${READERS.map(({ name }) => name).join(', ')}`);
  return reader.read(bytes, options);
}

/**
 * Reads a file, or all files of an archive. Files in an archive that no reader takes are left out with a warning, unless
 * there are no others.
 *
 * @throws {ReaderError}
 */
export function readAll(bytes: Uint8Array, options: ReadOptions, format?: string): StatementFile[] {
  const packed = unpacked(bytes, '', options.mostBytes);
  if (packed.length === 1) return [readStatements((packed[0] as Packed).bytes, options, format)];
  const files: StatementFile[] = [];
  const leftOut: string[] = [];
  for (const { name, bytes: content } of packed) {
    try {
      files.push(readStatements(content, options, format));
    } catch (error) {
      if (!(error instanceof ReaderError)) throw error;
      if (!(error instanceof UnknownFormatError)) throw new ReaderError(`${name}: ${error.message}`);
      leftOut.push(`${name} left out: ${error.message}`);
    }
  }
  const [first, ...others] = files;
  if (!first) throw new ReaderError(leftOut[0] ?? 'is an archive without files');
  return [{ ...first, warnings: [...leftOut, ...first.warnings] }, ...others];
}
