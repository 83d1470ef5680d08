/** From files to valid import messages, or to every fault in them. */
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { nearNames } from '../functions/contracts/import/near-names.ts';
import { unpacked } from '../functions/readers/archive.ts';
import { READERS, readerNamed, readerOf, startOf } from '../functions/readers/reader.ts';
import { ReaderError, UnknownFormatError } from '../functions/readers/reader-error.ts';
import type { StatementFile } from '../functions/readers/statement.ts';
import { messageOf } from './errors.ts';
import {
  type Draft,
  faultsOf,
  fromMessages,
  fromStatements,
  type ImportSettings,
  type Message,
} from './import-messages.ts';
import { type NamedFile, namedFiles } from './import-paths.ts';

/** `message`, the format that needs no reader, holds import messages. */
export const FORMATS: readonly string[] = ['message', ...READERS.map(({ name }) => name)];

/** The outcome for one file. */
export type FileReport = {
  readonly file: string;
  readonly format?: string | undefined;
  readonly encoding?: string | undefined;
  /** Transactions that were read, and how many of them are not sent. */
  readonly rows: number;
  readonly leftOut: number;
  readonly warnings: readonly string[];
  /** One sentence each; if there is one, nothing is sent. */
  readonly faults: readonly string[];
};

export type ReadFiles = { readonly files: readonly FileReport[]; readonly messages: readonly Message[] };

/** Shows the progress of reading this many files. */
export type Watch = <Done>(total: number, work: (progress: (count: number) => void) => Promise<Done>) => Promise<Done>;

const MOST_UNPACKED_BYTES = 1024 * 1024 * 1024;

type ReadFile = {
  readonly report: FileReport;
  readonly drafts: readonly Draft[];
  readonly statements?: StatementFile | undefined;
  /** The fault for a file that no reader recognizes. */
  readonly isUnknown?: boolean;
};

/**
 * Reads all files (`-`: standard input; folders and patterns: the files in them) and joins their statements. Never
 * rejects: problems are in `faults`.
 *
 * @param now milliseconds since 1970
 */
export async function readImportFiles(
  names: readonly string[],
  settings: ImportSettings,
  now: number,
  watch: Watch = (_, work) => work(() => {}),
): Promise<ReadFiles> {
  const found = await namedFiles(names);
  const read = await watch(found.length, async (progress) => {
    const all: ReadFile[] = [];
    for (const file of found) {
      for (const one of await readPacked(file, settings, now)) all.push(one);
      progress(1);
    }
    return all;
  });
  const joined = joinedOf(read, settings, now);
  const reports = read.map(({ report, drafts }, index) => {
    const all = [...drafts, ...joined.drafts.filter((draft) => draft.file === index)];
    const of = joined.warnings.filter((warning) => warning.file === index);
    return {
      ...report,
      leftOut: of.reduce((sum, { rows = 0 }) => sum + rows, 0),
      warnings: [...report.warnings, ...of.map(({ message }) => message)],
      faults: [
        ...report.faults,
        ...(joined.fault?.file === index ? [joined.fault.reason] : []),
        ...all.flatMap(({ message, where }) => faultsOf(message, now).map((fault) => where + fault)),
      ],
    };
  });
  const drafts = [...read.flatMap((file) => file.drafts), ...joined.drafts];
  return {
    files: reports,
    messages: reports.some(({ faults }) => faults.length > 0) ? [] : drafts.map(({ message }) => message as Message),
  };
}

/** When files cannot be joined at all, the fault is shown with the first of them. */
function joinedOf(read: readonly ReadFile[], settings: ImportSettings, now: number) {
  const statements = read.map((file) => file.statements);
  try {
    return { ...fromStatements(statements, settings, now), fault: undefined };
  } catch (error) {
    if (!(error instanceof ReaderError)) throw error;
    const fault = { file: statements.findIndex((file) => file !== undefined), reason: error.message };
    return { drafts: [], warnings: [], fault };
  }
}

/**
 * A file, or the files of an archive. Files in an archive or a folder that no reader recognizes are skipped with a warning:
 * archives and folders hold other things too.
 */
async function readPacked({ file, isFound }: NamedFile, settings: ImportSettings, now: number): Promise<ReadFile[]> {
  try {
    const packed = unpacked(await bytesOf(file), file);
    const read = packed.map(({ name, bytes }) => readOne(name, bytes, settings, now));
    if (!isFound && (packed.length === 1 || read.every(({ isUnknown }) => isUnknown))) return read;
    return read.map((one) => (one.isUnknown ? asLeftOut(one) : one));
  } catch (error) {
    const fault = faulty(file, error);
    return [isFound && fault.isUnknown ? asLeftOut(fault) : fault];
  }
}

function asLeftOut({ report }: ReadFile): ReadFile {
  return {
    report: { ...report, warnings: report.faults.map((fault) => `left out: ${fault}`), faults: [] },
    drafts: [],
  };
}

function faulty(file: string, error: unknown): ReadFile {
  const reason = error instanceof ReaderError ? error.message : unreadable(error);
  const report = { file, rows: 0, leftOut: 0, warnings: [], faults: [reason] };
  return { report, drafts: [], isUnknown: error instanceof UnknownFormatError };
}

function readOne(file: string, bytes: Uint8Array, settings: ImportSettings, now: number): ReadFile {
  const nothing = { file, rows: 0, leftOut: 0, warnings: [], faults: [] };
  try {
    if (bytes.length === 0) throw new ReaderError('is empty');
    if (isMessage(bytes, settings.format)) {
      const drafts = fromMessages(bytes, settings, now);
      const rows = drafts.reduce((sum, { message }) => sum + rowsOf(message['accounts']), 0);
      const warnings = drafts.flatMap(({ message, where }) =>
        nearNames(message).map(({ name, known }) => `${where}\`${name}\`: unknown, did you mean \`${known}\`?`),
      );
      return { report: { ...nothing, format: 'message', rows, warnings }, drafts };
    }
    const reader = settings.format === undefined ? readerOf(bytes) : readerNamed(settings.format);
    if (!reader) throw new ReaderError(`cannot be read as ${settings.format}`);
    const { keepLabels, encoding, account, currency, mapping } = settings;
    const statements = reader.read(bytes, { now, keepLabels, encoding, account, currency, mapping });
    if ((settings.owner ?? statements.ownerExternalId) === undefined)
      throw new ReaderError('names no owner; give one by --owner ID');
    if (statements.statements.length === 0) throw new ReaderError('contains no account');
    const rows = statements.statements.reduce((sum, { transactions }) => sum + transactions.length, 0);
    const { format, warnings } = statements;
    return { report: { ...nothing, format, encoding: statements.encoding, rows, warnings }, drafts: [], statements };
  } catch (error) {
    return faulty(file, error);
  }
}

/** JSON that no reader recognizes. */
function isMessage(bytes: Uint8Array, format: string | undefined): boolean {
  if (format !== undefined) return format === 'message';
  try {
    readerOf(bytes);
    return false;
  } catch (error) {
    if (!(error instanceof UnknownFormatError) || error.isKnown) throw error;
    if (/^[[{]/.test(startOf(bytes).text)) return true;
    throw error;
  }
}

function rowsOf(accounts: unknown): number {
  if (!Array.isArray(accounts)) return 0;
  return accounts.reduce((sum, { transactions }) => sum + (Array.isArray(transactions) ? transactions.length : 0), 0);
}

function unreadable(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'there is no such file';
  return `cannot be read: ${messageOf(error)}`;
}

async function bytesOf(file: string): Promise<Uint8Array> {
  const bytes = file === '-' ? await standardInput() : await readFile(file);
  const gzipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const unpacked = gzipped ? gunzipSync(bytes, { maxOutputLength: MOST_UNPACKED_BYTES }) : bytes;
  if (unpacked.length === 0) throw new ReaderError('is empty');
  return unpacked;
}

async function standardInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
