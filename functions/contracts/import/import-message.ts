/**
 * The import message (contract, section 2): one schema for the queue, the upload and the command line.
 *
 * Unknown fields are ignored, so that publishers can grow; wrong types are refused with the path of every fault. An optional
 * field that is `null` counts as absent, and so does an optional text that is empty.
 */
import * as z from 'zod';
import { MOST_FAULTS } from '../../domain/ledger/import.ts';
import { SOURCES } from '../../domain/ledger/ledger.ts';
import type { Fault } from '../../domain/values/fault.ts';
import {
  FORMS,
  hasControlCharacters,
  hasLengthOfOwnerId,
  isOfCalendar,
  LONGEST,
  MOST_LABELS,
  STATUSES,
} from './import-form.ts';
import { issueText } from './issue-text.ts';

const text = z.string().max(LONGEST.text);
const id = z.string().min(1).max(LONGEST.id);
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .nullish(schema)
    .transform((value) => value ?? undefined)
    .optional();
/** Forms and spreadsheets give empty texts for what they do not know. */
const optionalText = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), optional(schema)).optional();
const day = z
  .string()
  .regex(FORMS.day, { error: 'must be a day written YYYY-MM-DD', abort: true })
  .refine(isOfCalendar, 'must be a day of the calendar');
const decimal = z.string().max(LONGEST.decimal).regex(FORMS.decimal, 'must be a decimal number such as "-49.99"');
const instant = z
  .string()
  .max(LONGEST.instant)
  .regex(FORMS.instant, 'must be an instant with its offset, such as 2026-11-21T10:15:30Z');

/** 1 to 256 characters without control characters, as UTF-8 can hold them. */
export const ownerExternalId = z
  .string()
  .refine(hasLengthOfOwnerId, 'must have 1 to 256 characters')
  .refine((value) => !hasControlCharacters(value), 'must not contain control characters')
  .refine((value) => value.isWellFormed(), 'must be well-formed Unicode (it contains a lone surrogate)');

export const transactionSchema = z.object({
  bookedOn: day,
  transactionOn: optionalText(day),
  currencyAmount: z.union([decimal, z.number()], 'must be a decimal number such as "-49.99", as a string or a number'),
  title: text,
  party: optionalText(text),
  partyIban: optionalText(z.string().max(LONGEST.id)),
  kind: optionalText(text),
  status: optionalText(z.enum(STATUSES)),
  merchantCategoryCode: optionalText(z.string().regex(FORMS.merchantCategoryCode, 'must be four digits')),
  bankTransactionCode: optionalText(z.string().max(LONGEST.id)),
  transactionId: optionalText(z.string().max(LONGEST.id)),
  labels: optional(z.array(z.string().min(1).max(LONGEST.label)).max(MOST_LABELS)),
});

export const accountSchema = z.object({
  iban: optionalText(z.string().max(LONGEST.iban)),
  accountId: optionalText(id),
  currencyName: z.string().regex(FORMS.currency, 'must be a currency code of three capital letters'),
  covers: optional(z.object({ from: day, to: day })),
  transactions: optional(z.array(transactionSchema)).transform((rows) => rows ?? []),
});

export const accountsSchema = z.array(accountSchema);

const accountsAt = z.object({ bucket: id, key: z.string().min(1).max(LONGEST.objectKey) });

const body = {
  ownerExternalId,
  accounts: optional(accountsSchema),
  accountsAt: optional(accountsAt),
};

export const importMessageSchema = z.object({
  type: z.literal('owner-import'),
  version: z.literal(1),
  clientId: id,
  importId: id,
  source: z.enum(SOURCES),
  importedAt: instant,
  ...body,
});

/** Body of `POST /v1/owner`: the client is the key's, the source is the upload. */
export const ownerUploadSchema = z.object({
  importId: optionalText(id),
  importedAt: optionalText(instant),
  ownerExternalId,
  accounts: accountsSchema,
});

export type ImportEnvelope = z.infer<typeof importMessageSchema>;
export type AccountsMessage = z.infer<typeof accountsSchema>;

export type Parsed<Value> =
  | { readonly value: Value; readonly faults?: never }
  | { readonly faults: readonly Fault[]; readonly value?: never };

/** Runs a schema; faults have paths such as `accounts[0].transactions[3].bookedOn`. */
export function parseWith<Schema extends z.ZodType>(schema: Schema, value: unknown): Parsed<z.infer<Schema>> {
  const result = schema.safeParse(value);
  if (result.success) return { value: result.data };
  return {
    faults: result.error.issues
      .slice(0, MOST_FAULTS)
      .flatMap((issue) => faultsOf(issue, value))
      .slice(0, MOST_FAULTS),
  };
}

/** Of a strict object, each field that it does not know has a fault of its own. */
function faultsOf(issue: z.core.$ZodIssue, value: unknown): Fault[] {
  if (issue.code !== 'unrecognized_keys') return [{ path: pathOf(issue.path), message: issueText(issue, value) }];
  return issue.keys.map((key) => ({ path: pathOf([...issue.path, key]), message: 'must be a known field' }));
}

export function pathOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}
