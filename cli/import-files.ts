/** From files to import messages that are known to be right, or to every fault that stands in their way. */
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import type { AccountsMessage } from '../functions/contracts/import/import-message.ts';
import { parseImportMessage } from '../functions/contracts/import/parse-import.ts';
import { interpretImport } from '../functions/domain/ledger/import.ts';
import type { Account } from '../functions/readers/account.ts';
import { detectFormat, type Format, READERS } from '../functions/readers/reader.ts';
import { ReaderError } from '../functions/readers/reader-error.ts';
import { newSortableId } from '../functions/runtime/sortable-id.ts';
import { messageOf } from './errors.ts';
import { type FoundMessage, parseMessages } from './json-messages.ts';

export type ImportSettings = {
  readonly format?: Format | undefined;
  readonly owner?: string | undefined;
  /** Client of every message, whatever it says itself. */
  readonly client?: string | undefined;
  /** Client of messages that name none. */
  readonly defaultClient?: string | undefined;
  readonly source?: string | undefined;
  readonly importedAt?: string | undefined;
  readonly keepLabels?: boolean | undefined;
  readonly encoding?: string | undefined;
};

/** A message whose form and meaning were checked; `accounts` is absent when it points to an object (`accountsAt`). */
export type Message = {
  readonly clientId: string;
  readonly importId: string;
  readonly ownerExternalId: string;
  readonly source: string;
  readonly importedAt: string;
  readonly accounts?: readonly Account[];
  readonly [field: string]: unknown;
};

export type ReadFile = {
  readonly file: string;
  readonly format?: Format;
  readonly messages: readonly Message[];
  readonly warnings: readonly string[];
  /** One sentence each; a file with a fault gives no messages. */
  readonly faults: readonly string[];
};

const MOST_UNPACKED_BYTES = 1024 * 1024 * 1024;

/** Reads one file (`-`: standard input). Never rejects: what is wrong stands in `faults`. */
export async function readImportFile(file: string, settings: ImportSettings, now: number): Promise<ReadFile> {
  const warnings: string[] = [];
  try {
    const bytes = await bytesOf(file);
    const format = settings.format ?? detectFormat(bytes);
    const drafts =
      format === 'message' ? fromMessages(bytes, settings, now) : fromStatement(bytes, format, settings, now, warnings);
    const faults = drafts.flatMap(({ message, where }) => faultsOf(message, now).map((fault) => where + fault));
    const messages = faults.length > 0 ? [] : drafts.map(({ message }) => message as Message);
    return { file, format, messages, warnings, faults };
  } catch (error) {
    const reason = error instanceof ReaderError ? error.message : unreadable(error);
    return { file, messages: [], warnings, faults: [reason] };
  }
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

type Draft = { readonly message: Record<string, unknown>; readonly where: string };

/** Options win over what a message says of itself; what it leaves out is filled in. */
function fromMessages(bytes: Uint8Array, settings: ImportSettings, now: number): Draft[] {
  const found = parseMessages(bytes);
  return found.map(({ value, line, index }) => ({
    message: {
      type: 'owner-import',
      version: 1,
      // Of two imports of one instant (a file read again with other options, say) the later one holds (contract, section 3).
      importId: newSortableId(now),
      importedAt: new Date(now).toISOString(),
      ...(settings.defaultClient !== undefined && { clientId: settings.defaultClient }),
      ...value,
      ...given(settings),
    },
    where: whereIs({ line, index }, found.length),
  }));
}

function whereIs({ line, index }: Pick<FoundMessage, 'line' | 'index'>, count: number): string {
  if (line !== undefined) return `line ${line}: `;
  return count > 1 ? `message ${index + 1}: ` : '';
}

function given({ client, owner, source, importedAt }: ImportSettings): Record<string, string> {
  return {
    ...(client !== undefined && { clientId: client }),
    ...(owner !== undefined && { ownerExternalId: owner }),
    ...(source !== undefined && { source }),
    ...(importedAt !== undefined && { importedAt }),
  };
}

function fromStatement(
  bytes: Uint8Array,
  format: Exclude<Format, 'message'>,
  settings: ImportSettings,
  now: number,
  warnings: string[],
): Draft[] {
  const { keepLabels, encoding } = settings;
  const read = READERS[format](bytes, { keepLabels, encoding, warn: (sentence) => warnings.push(sentence) });
  const owner = settings.owner ?? read.ownerExternalId;
  if (owner === undefined) throw new ReaderError('names no owner; give one by --owner ID');
  if (read.accounts.length === 0) throw new ReaderError('holds no account');
  return packed(read.accounts).map((accounts) => ({
    message: {
      type: 'owner-import',
      version: 1,
      ...((settings.client ?? settings.defaultClient) !== undefined && {
        clientId: settings.client ?? settings.defaultClient,
      }),
      importId: newSortableId(now),
      ownerExternalId: owner,
      source: settings.source ?? read.source,
      importedAt: settings.importedAt ?? read.importedAt ?? new Date(now).toISOString(),
      accounts,
    },
    where: '',
  }));
}

/**
 * As few messages as hold each account once: an account whose statements leave days out between them stands in several
 * (contract, section 3: an import may be split by account and by whole days, and means the same).
 */
export function packed(accounts: readonly Account[]): Account[][] {
  const messages: Account[][] = [];
  const count = new Map<string, number>();
  for (const account of accounts) {
    const key = JSON.stringify([account.iban, account.accountId, account.currencyName]);
    const place = count.get(key) ?? 0;
    count.set(key, place + 1);
    messages[place] ??= [];
    messages[place].push(account);
  }
  return messages;
}

/** The very checks of the service, before anything travels: form by its schema, meaning by its rules. */
function faultsOf(message: Record<string, unknown>, now: number): string[] {
  if (message['clientId'] === undefined) return ['names no clientId; give one by --client ID'];
  const parsed = parseImportMessage(message);
  const envelope = parsed.value;
  if (!envelope) return parsed.faults.map(({ path, message: text }) => `${path}: ${text}`);
  if (!envelope.accounts) return [];
  const { faults = [] } = interpretImport({ ...envelope, accounts: envelope.accounts as AccountsMessage }, now);
  return faults.map(({ path, message: text }) => `${path} ${text}`);
}
