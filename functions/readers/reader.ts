/** The formats of files that can be imported, by the name that `--format` takes. */
import type { ReadOptions, StatementFile } from './account.ts';
import { readFile as readCamt053 } from './camt053.ts';
import { readFile as readKontomatikXml } from './kontomatik-xml.ts';
import { readFile as readMt940 } from './mt940.ts';
import { ReaderError } from './reader-error.ts';

export type Reader = (source: string | Uint8Array, options: ReadOptions) => StatementFile;

/** Readers of bank files. `message`, the fourth format, holds import messages and needs no reader. */
export const READERS = {
  'kontomatik-xml': readKontomatikXml,
  mt940: readMt940,
  camt053: readCamt053,
} as const satisfies Record<string, Reader>;

export type StatementFormat = keyof typeof READERS;
export type Format = StatementFormat | 'message';
export const FORMATS: readonly Format[] = ['message', 'kontomatik-xml', 'mt940', 'camt053'];

/** As much of a file as shows what it is. */
const START = 8192;

/** The format of a file by its content. @throws {ReaderError} when it looks like none of them */
export function detectFormat(bytes: Uint8Array): Format {
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const encoding = utf16 ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8';
  const start = new TextDecoder(encoding).decode(bytes.subarray(0, START)).trimStart();
  if (start.startsWith('<')) {
    if (/<(?:\w+:)?reply[\s>]/.test(start)) return 'kontomatik-xml';
    if (/camt\.05\d/.test(start)) return 'camt053';
    throw new ReaderError('is XML, but neither camt.053 nor a Kontomatik reply', { line: 1 });
  }
  // SWIFT's first block `{1:` begins like JSON, so it is asked for first.
  if (/^\{1:/.test(start) || /^[ \t]*:20:/m.test(start) || /^:20:/m.test(start.replace(/\r/g, '\n'))) return 'mt940';
  if (/^[[{]/.test(start)) return 'message';
  throw new ReaderError(`is none of the formats ${FORMATS.join(', ')}; name it by --format if it is one`, { line: 1 });
}
