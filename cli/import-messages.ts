/** Drafts of import messages, from JSON and from statements, and the service's checks of them. */
import type { AccountsMessage } from '../functions/contracts/import/import-message.ts';
import { parseImportMessage } from '../functions/contracts/import/parse-import.ts';
import { interpretImport } from '../functions/domain/ledger/import.ts';
import { joinStatements, type Warning } from '../functions/readers/join-statements.ts';
import type { Account, StatementFile } from '../functions/readers/statement.ts';
import { newSortableId } from '../functions/runtime/sortable-id.ts';
import { type AccountTable, renamed } from './account-table.ts';
import { type FoundMessage, parseMessages } from './json-messages.ts';

export type ImportSettings = {
  readonly format?: string | undefined;
  readonly owner?: string | undefined;
  /** Client of every message, even of those that name another. */
  readonly client?: string | undefined;
  /** Client of messages that name none. */
  readonly defaultClient?: string | undefined;
  readonly source?: string | undefined;
  readonly importedAt?: string | undefined;
  readonly keepLabels?: boolean | undefined;
  readonly encoding?: string | undefined;
  /** Number and currency of the account, for files that do not name them. */
  readonly account?: string | undefined;
  readonly currency?: string | undefined;
  /** Name of a preset, or a mapping of columns as JSON. */
  readonly mapping?: string | undefined;
  readonly wholeDays?: boolean | undefined;
  /** Maps changed account ids of a feed to those that last. */
  readonly accountTable?: AccountTable | undefined;
};

/** A message whose form and meaning are valid; `accounts` is absent when it points to an object (`accountsAt`). */
export type Message = {
  readonly clientId: string;
  readonly importId: string;
  readonly ownerExternalId: string;
  readonly source: string;
  readonly importedAt: string;
  readonly accounts?: readonly Account[];
  readonly [field: string]: unknown;
};

export type Draft = { readonly message: Record<string, unknown>; readonly where: string };

/** Options override the message's own fields; missing fields are filled in. */
export function fromMessages(bytes: Uint8Array, settings: ImportSettings, now: number): Draft[] {
  const found = parseMessages(bytes);
  return found.map(({ value, line, index }) => ({
    message: {
      type: 'owner-import',
      version: 1,
      // Of two imports of one instant (a file read again with other options, say) the later one wins (contract, section 3).
      importId: newSortableId(now),
      importedAt: new Date(now).toISOString(),
      ...(settings.defaultClient !== undefined && { clientId: settings.defaultClient }),
      ...withoutBlanks(value),
      ...(Array.isArray(value['accounts']) && {
        accounts: value['accounts'].map((account) => renamed(account, settings.accountTable)),
      }),
      ...given(settings),
    },
    where: whereIs({ line, index }, found.length),
  }));
}

/** An empty text counts as a missing field: the command line fills it in. */
function withoutBlanks(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== '' && field !== null));
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

type JoinedDrafts = {
  /** `file`: the first of the owner's files, where faults of the message are shown. */
  readonly drafts: readonly (Draft & { readonly file: number })[];
  readonly warnings: readonly Warning[];
};

/** Joins the statements of each owner; `files` has `undefined` for every file without statements. */
export function fromStatements(
  files: readonly (StatementFile | undefined)[],
  settings: ImportSettings,
  now: number,
): JoinedDrafts {
  const present = files.flatMap((read, index) => (read ? [{ read, index }] : []));
  const byOwner = Map.groupBy(present, ({ read }) => settings.owner ?? read.ownerExternalId);
  const drafts: (Draft & { file: number })[] = [];
  const warnings: Warning[] = [];
  for (const [ownerExternalId, ofOwner] of byOwner) {
    const { wholeDays } = settings;
    const named = ofOwner.map(({ read }) => ({
      ...read,
      statements: read.statements.map((each) => ({ ...each, account: renamed(each.account, settings.accountTable) })),
    }));
    const joined = joinStatements(named, { wholeDays });
    const indexOf = (file: number) => (ofOwner[file] as { index: number }).index;
    warnings.push(...joined.warnings.map((warning) => ({ ...warning, file: indexOf(warning.file) })));
    const client = settings.client ?? settings.defaultClient;
    for (const { source, importedAt, accounts } of joined.imports) {
      const message = {
        type: 'owner-import',
        version: 1,
        ...(client !== undefined && { clientId: client }),
        importId: newSortableId(now),
        ownerExternalId,
        source: settings.source ?? source,
        importedAt: settings.importedAt ?? importedAt ?? new Date(now).toISOString(),
        accounts,
      };
      drafts.push({ message, where: '', file: indexOf(0) });
    }
  }
  return { drafts, warnings };
}

/** The service's own checks, before anything is sent: form by its schema, meaning by its rules. */
export function faultsOf(message: Record<string, unknown>, now: number): string[] {
  if (message['clientId'] === undefined) return ['names no clientId; give one by --client ID'];
  const parsed = parseImportMessage(message);
  const envelope = parsed.value;
  if (!envelope) return parsed.faults.map(({ path, message: text }) => `${path}: ${text}`);
  if (!envelope.accounts) return [];
  const { faults = [] } = interpretImport({ ...envelope, accounts: envelope.accounts as AccountsMessage }, now);
  return faults.map(({ path, message: text }) => `${path} ${text}`);
}
