/**
 * Validates an import piece by piece and stops at enough faults. A schema on its own collects a fault for every bad row before it
 * says anything: a body of a million wrong rows would cost gigabytes and end the function, and with it whatever else it was doing.
 */
import type * as z from 'zod';
import { MOST_FAULTS } from '../../domain/ledger/import.ts';
import type { Fault } from '../../domain/values/fault.ts';
import {
  type AccountsMessage,
  accountSchema,
  type ImportEnvelope,
  importMessageSchema,
  type Parsed,
  parseWith,
  transactionSchema,
} from './import-message.ts';
import { wellFormedTransaction } from './quick-import.ts';

type Account = AccountsMessage[number];
type Transaction = Account['transactions'][number];

/** One more than a row may have, so that the schema still says that they are too many. */
const LABELS_LOOKED_AT = 33;

/** As `parseWith`, for a schema that has `accounts`. */
export function parseInPieces<Schema extends z.ZodType>(schema: Schema, message: unknown): Parsed<z.infer<Schema>> {
  const accounts = listIn(message, 'accounts');
  if (!accounts) return parseWith(schema, message);
  const head = parseWith(schema, { ...(message as object), accounts: [] });
  const body = parseAccounts(accounts, 'accounts');
  if (!head.faults && !body.faults) {
    return { value: { ...(head.value as object), accounts: body.value } as z.infer<Schema> };
  }
  return { faults: [...(head.faults ?? []), ...(body.faults ?? [])].slice(0, MOST_FAULTS) };
}

/** Checks the form of a message. It holds either its accounts or the place of an object that does. */
export function parseImportMessage(message: unknown): Parsed<ImportEnvelope> {
  const parsed = parseInPieces(importMessageSchema, message);
  if (parsed.faults) return parsed;
  const { accounts, accountsAt } = parsed.value;
  if ((accounts === undefined) === (accountsAt === undefined)) {
    return { faults: [{ path: 'accounts', message: 'must be given, or `accountsAt` in its place, and not both' }] };
  }
  return parsed;
}

/** The accounts alone, as an object beside the message holds them. */
export function parseAccounts(accounts: readonly unknown[], path = ''): Parsed<AccountsMessage> {
  const faults: Fault[] = [];
  const value: Account[] = [];
  for (const [index, account] of accounts.entries()) {
    const parsed = parseAccount(account, `${path}[${index}]`);
    if (parsed.faults) faults.push(...parsed.faults);
    else value.push(parsed.value);
    if (faults.length >= MOST_FAULTS) break;
  }
  return faults.length > 0 ? { faults: faults.slice(0, MOST_FAULTS) } : { value };
}

function parseAccount(account: unknown, path: string): Parsed<Account> {
  const rows = listIn(account, 'transactions');
  const head = parseWith(accountSchema, rows ? { ...(account as object), transactions: [] } : account);
  const faults = (head.faults ?? []).map((fault) => below(path, fault));
  const transactions: Transaction[] = [];
  for (let at = 0; rows && at < rows.length && faults.length < MOST_FAULTS; at++) {
    const parsed = parseTransaction(rows[at]);
    if (parsed.faults) faults.push(...parsed.faults.map((fault) => below(`${path}.transactions[${at}]`, fault)));
    else transactions.push(parsed.value);
  }
  if (faults.length > 0 || head.faults) return { faults };
  return { value: { ...head.value, transactions } };
}

function parseTransaction(row: unknown): Parsed<Transaction> {
  const value = wellFormedTransaction(row);
  return value ? { value } : parseWith(transactionSchema, withFewLabels(row));
}

function listIn(value: unknown, name: string): readonly unknown[] | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  const list = (value as Record<string, unknown>)[name];
  return Array.isArray(list) ? list : undefined;
}

function withFewLabels(row: unknown): unknown {
  const labels = listIn(row, 'labels');
  if (!labels || labels.length <= LABELS_LOOKED_AT) return row;
  return { ...(row as object), labels: labels.slice(0, LABELS_LOOKED_AT) };
}

function below(path: string, fault: Fault): Fault {
  const joint = fault.path === '' || fault.path.startsWith('[') ? '' : '.';
  return { path: `${path}${joint}${fault.path}`, message: fault.message };
}
