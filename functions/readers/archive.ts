/**
 * ZIP archives and gzip, unpacked within bounds: a small file must not fill the memory. The directory of a ZIP is read here, because its
 * own sizes cannot be trusted; zlib stops at the bound whatever they say.
 */
import { crc32, gunzipSync, inflateRawSync } from 'node:zlib';
import { ReaderError } from './reader-error.ts';

export type Packed = { readonly name: string; readonly bytes: Uint8Array };

const MOST_ENTRIES = 1000;
/** All files of an archive together. */
const MOST_UNPACKED_BYTES = 256 * 1024 * 1024;
/** Statements become 5 to 40 times smaller. Beyond this a file is hostile, unless it is small anyway. */
const GREATEST_RATIO = 250;
const SMALL = 4 * 1024 * 1024;
/** An archive in an archive is unpacked; one in that is not. */
const DEEPEST = 2;

type Budget = { bytes: number; entries: number; readonly mostBytes: number };

/**
 * The files in an archive, or the file itself when it is none. A workbook is a ZIP too and stays whole.
 *
 * @param name of the file, for the names of those inside: `statements.zip/june.sta`
 * @param mostBytes of all that is unpacked, together
 * @throws {ReaderError} when an archive is broken, encrypted, or beyond the bounds
 */
export function unpacked(bytes: Uint8Array, name = '', mostBytes = MOST_UNPACKED_BYTES): Packed[] {
  return unpack({ name, bytes }, budgetOf(mostBytes), 0);
}

function budgetOf(mostBytes: number): Budget {
  return { bytes: mostBytes, entries: MOST_ENTRIES, mostBytes };
}

function unpack(file: Packed, budget: Budget, depth: number): Packed[] {
  const { name, bytes } = file;
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
  if (!isGzip && !isZip) return [file];
  if (depth === DEEPEST) throw new ReaderError('is an archive in an archive in an archive; unpack it first');
  if (isGzip) {
    const inside = { name: name.replace(/\.gz$/i, ''), bytes: inflated(bytes, budget, gunzipSync) };
    return unpack(inside, budget, depth + 1);
  }
  const entries = entriesOf(bytes, budget);
  if (isWorkbook(entries)) return [file];
  const prefix = name === '' ? '' : `${name}/`;
  return entries
    .filter(({ path }) => !/(?:^|\/)(?:__MACOSX\/|\.[^/]*$|$)/.test(path))
    .flatMap((entry) =>
      unpack({ name: prefix + entry.path, bytes: contentOf(bytes, entry, budget) }, budget, depth + 1),
    );
}

/** Its reader says which kinds are read. */
function isWorkbook(entries: readonly Entry[]): boolean {
  const paths = new Set(entries.map(({ path }) => path));
  const isOpenDocument = paths.has('mimetype') && paths.has('content.xml');
  return paths.has('xl/workbook.xml') || paths.has('xl/workbook.bin') || isOpenDocument;
}

/**
 * Files of a workbook by their paths; all that are asked for share the bound.
 *
 * @throws {ReaderError} as `unpacked` does
 */
export function entriesIn(
  bytes: Uint8Array,
  mostBytes = MOST_UNPACKED_BYTES,
): (path: string) => Uint8Array | undefined {
  const budget = budgetOf(mostBytes);
  const entries = new Map(entriesOf(bytes, budget).map((entry) => [entry.path, entry]));
  return (path) => {
    const entry = entries.get(path);
    return entry && contentOf(bytes, entry, budget);
  };
}

type Entry = {
  readonly path: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly header: number;
  readonly isEncrypted: boolean;
};

const END = 0x06054b50;
const DIRECTORY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_SIZE = 22;
const LONGEST_COMMENT = 65_535;

/** The central directory (APPNOTE.TXT of PKWARE, 4.3.12). */
function entriesOf(bytes: Uint8Array, budget: Budget): Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(view);
  const count = view.getUint16(end + 10, true);
  if (count > budget.entries) throw new ReaderError(`contains more than ${MOST_ENTRIES} files`);
  budget.entries -= count;
  const entries: Entry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index++) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== DIRECTORY) throw broken();
    const length = view.getUint16(at + 28, true);
    const name = bytes.subarray(at + 46, at + 46 + length);
    entries.push({
      path: new TextDecoder().decode(name),
      isEncrypted: (view.getUint16(at + 8, true) & 1) === 1,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      header: view.getUint32(at + 42, true),
    });
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

function endOf(view: DataView): number {
  const first = Math.max(view.byteLength - END_SIZE - LONGEST_COMMENT, 0);
  for (let at = view.byteLength - END_SIZE; at >= first; at--) if (view.getUint32(at, true) === END) return at;
  throw broken();
}

function contentOf(bytes: Uint8Array, entry: Entry, budget: Budget): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (entry.isEncrypted) throw new ReaderError(`contains an encrypted file (${shown(entry)}); unpack it first`);
  if (entry.header + 30 > view.byteLength || view.getUint32(entry.header, true) !== LOCAL) throw broken();
  const start = entry.header + 30 + view.getUint16(entry.header + 26, true) + view.getUint16(entry.header + 28, true);
  if (start + entry.packed > view.byteLength) throw broken();
  const packed = bytes.subarray(start, start + entry.packed);
  if (entry.method !== 0 && entry.method !== 8)
    throw new ReaderError(`packs ${shown(entry)} by a method other than deflate; unpack it first`);
  const content = entry.method === 0 ? packed : inflated(packed, budget, inflateRawSync);
  if (crc32(content) !== entry.crc) throw broken();
  return content;
}

function inflated(packed: Uint8Array, budget: Budget, inflate: typeof inflateRawSync): Uint8Array {
  const most = Math.min(budget.bytes, Math.max(packed.length * GREATEST_RATIO, SMALL));
  try {
    const content = inflate(packed, { maxOutputLength: most });
    budget.bytes -= content.length;
    return content;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') throw broken();
    throw new ReaderError(
      `unpacks to more than ${GREATEST_RATIO} times its size or ${budget.mostBytes / 1024 / 1024} MiB`,
    );
  }
}

function shown({ path }: Entry): string {
  return path.slice(0, 100);
}

function broken(): ReaderError {
  return new ReaderError('is a broken archive; fetch it again');
}
