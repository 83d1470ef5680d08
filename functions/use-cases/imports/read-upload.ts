/** A bank's file, or an archive of files, that a client uploads: read, joined and checked as a whole. It becomes import messages, or is refused. */
import type { UploadParameters } from '../../adapters/imports/statement-uploads.ts';
import { MOST_STATEMENT_BYTES } from '../../contracts/http/limits.ts';
import type { StatementReport } from '../../contracts/http/statements.ts';
import type { AccountsMessage, ImportEnvelope } from '../../contracts/import/import-message.ts';
import { parseImportMessage } from '../../contracts/import/parse-import.ts';
import { interpretImport, MOST_FAULTS } from '../../domain/ledger/import.ts';
import type { Fault } from '../../domain/values/fault.ts';
import { nearest } from '../../domain/values/nearest.ts';
import { mappingOf } from '../../readers/csv/known-table.ts';
import { PRESET_IDS } from '../../readers/csv/presets/presets.ts';
import { type Joined, type JoinedImport, joinStatements } from '../../readers/join-statements.ts';
import { READERS, readAll, readerNamed } from '../../readers/reader.ts';
import { ReaderError } from '../../readers/reader-error.ts';
import type { StatementFile } from '../../readers/statement.ts';
import { RefusedError } from '../../runtime/errors.ts';

export type StatementUpload = UploadParameters & {
  readonly clientId: string;
  readonly ownerExternalId: string;
  /** As the bank made it: a file, or an archive of files. */
  readonly bytes: Uint8Array;
  /** Most bytes that the file may unpack to. */
  readonly mostBytes?: number;
};
export type UploadMessage = ImportEnvelope & { readonly accounts: AccountsMessage };
export type ReadUpload = { readonly messages: readonly UploadMessage[]; readonly report: StatementReport };

/** More of them do not help, and the size of an answer is limited. */
const MOST_WARNINGS = 1000;

/**
 * @param now milliseconds since 1970
 * @throws RefusedError INVALID_PARAMETER, or INVALID_PAYLOAD with the line or the element at fault
 */
export function readUpload(upload: StatementUpload, now: number, newImportId: () => string): ReadUpload {
  checkParameters(upload);
  const files = orRefused(() => statementsIn(upload, now));
  const joined = orRefused(() => joinStatements(files, { wholeDays: upload.wholeDays }));
  const messages = joined.imports.map((one) => messageOf(one, upload, now, newImportId()));
  const faults = messages.flatMap((message) => faultsOf(message, now)).slice(0, MOST_FAULTS);
  if (faults.length > 0) throw refused(faults);
  return { messages, report: reportOf(files, joined) };
}

/** @throws RefusedError INVALID_PARAMETER */
export function checkParameters({ format, mapping }: UploadParameters): void {
  if (format !== undefined && !readerNamed(format)) {
    const names = READERS.map(({ name }) => name);
    const likely = nearest(format, names);
    const hint = likely === undefined ? '' : `: did you mean "${likely}"?`;
    throw wrongParameter('format', `must be one of ${names.join(', ')}${hint}`);
  }
  if (mapping === undefined || PRESET_IDS.includes(mapping)) return;
  try {
    mappingOf(mapping);
  } catch (error) {
    if (error instanceof ReaderError) throw wrongParameter('mapping', `must be right: ${error.reason}`);
    throw error;
  }
}

function statementsIn({ bytes, format, ...given }: StatementUpload, now: number): readonly StatementFile[] {
  const { mapping, account, currency, encoding, mostBytes = MOST_STATEMENT_BYTES } = given;
  const files = readAll(bytes, { now, mapping, account, currency, encoding, mostBytes }, format);
  if (files.every(({ statements }) => statements.length === 0)) throw new ReaderError('contains no account');
  return files;
}

function orRefused<Read>(read: () => Read): Read {
  try {
    return read();
  } catch (error) {
    if (error instanceof ReaderError) throw refused([faultOf(error)]);
    throw error;
  }
}

/** The path is the element, with its line in the message; else the line. */
function faultOf({ line, element, reason }: ReaderError): Fault {
  if (element === undefined) return { path: line === undefined ? '' : `line ${line}`, message: reason };
  return { path: element, message: line === undefined ? reason : `line ${line}: ${reason}` };
}

function messageOf(
  { accounts, importedAt }: JoinedImport,
  { clientId, ownerExternalId }: StatementUpload,
  now: number,
  importId: string,
): UploadMessage {
  const isPast = importedAt !== undefined && Date.parse(importedAt) <= now;
  return {
    type: 'owner-import',
    version: 1,
    clientId,
    importId,
    ownerExternalId,
    source: 'OWNER_UPLOAD',
    importedAt: isPast ? importedAt : new Date(now).toISOString(),
    accounts: accounts as AccountsMessage,
  };
}

/** The checks of the service before anything is sent: form by its schema, meaning by its rules. */
function faultsOf(message: UploadMessage, now: number): readonly Fault[] {
  return parseImportMessage(message).faults ?? interpretImport(message, now).faults ?? [];
}

function reportOf(files: readonly StatementFile[], { imports, warnings: ofDays }: Joined): StatementReport {
  const accounts = imports.flatMap(({ accounts }) => accounts);
  const numbers = [...new Set([...accounts.map(numberOf), ...ofDays.map(({ account }) => account)])];
  return {
    format: [...new Set(files.map(({ format }) => format))].join(', '),
    accounts: accounts.flatMap((account) => {
      const { covers, currencyName, transactions } = account;
      if (!covers) return [];
      return [{ account: masked(numberOf(account)), currencyName, ...covers, transactions: transactions.length }];
    }),
    warnings: shortened([...files.flatMap(({ warnings }) => warnings), ...ofDays.map(({ message }) => message)]).map(
      (text) => numbers.reduce((shorter, number) => shorter.replaceAll(number, masked(number)), text),
    ),
  };
}

function shortened(warnings: readonly string[]): readonly string[] {
  if (warnings.length <= MOST_WARNINGS) return warnings;
  return [...warnings.slice(0, MOST_WARNINGS), `and ${warnings.length - MOST_WARNINGS} more warnings`];
}

function numberOf({ iban, accountId }: JoinedImport['accounts'][number]): string {
  return iban ?? accountId ?? '';
}

/** The last four characters of a number; none of one that has no more than these. */
function masked(number: string): string {
  return `••••${number.length > 4 ? number.slice(-4) : ''}`;
}

function refused(errors: readonly Fault[]): RefusedError {
  const texts = errors.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  const what = texts.length === 1 ? texts[0] : `it has ${texts.length} faults`;
  return new RefusedError('INVALID_PAYLOAD', `The file cannot be taken: ${what}. Nothing of it was taken.`, errors);
}

function wrongParameter(path: string, message: string): RefusedError {
  return new RefusedError('INVALID_PARAMETER', `\`${path}\` ${message}.`, [{ path, message }]);
}
