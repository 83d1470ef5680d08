/**
 * What the columns of a table mean. A preset of a bank and a mapping that a user writes have the same form, so each can say what the other
 * can.
 */
import * as z from 'zod';
import { nearest } from '../../domain/values/nearest.ts';
import { ReaderError } from '../reader-error.ts';
import { DATE_FORMS } from './cells.ts';
import { DELIMITERS } from './table.ts';

/**
 * A column by its name in the header, or by its number from 1. Accents and case do not matter; `(*)` at the end matches a currency in the
 * name, as in `Amount (EUR)`.
 */
const column = z.union([z.string().min(1).max(200), z.number().int().min(1).max(1000)]);
const oneOrMore = z.union([column, z.array(column).min(1).max(10)]);
/** Of several columns the first that is filled; with `in` and `out` the one for money that comes or leaves. */
const columns = z.union([oneOrMore, z.strictObject({ in: oneOrMore, out: oneOrMore })]);
const words = z.array(z.string().max(100)).max(50);

export const mappingSchema = z.strictObject({
  columns: z.strictObject({
    bookedOn: columns,
    transactionOn: columns.optional(),
    amount: columns.optional(),
    debit: columns.optional(),
    credit: columns.optional(),
    fee: columns.optional(),
    direction: columns.optional(),
    currencyName: columns.optional(),
    balance: columns.optional(),
    account: columns.optional(),
    pocket: columns.optional(),
    title: columns.optional(),
    party: columns.optional(),
    partyIban: columns.optional(),
    kind: columns.optional(),
    status: columns.optional(),
    merchantCategoryCode: columns.optional(),
    transactionId: columns.optional(),
  }),
  dates: z.enum(DATE_FORMS),
  decimal: z.enum([',', '.']),
  /** `false`: the table has no header, and columns are numbers. */
  header: z.boolean().optional(),
  delimiter: z.enum(DELIMITERS).optional(),
  /** What `direction` says of money that leaves. */
  outgoing: words.optional(),
  /** Money that leaves has no sign, money that comes a minus (credit cards). */
  reversed: z.boolean().optional(),
  /** What `status` says of rows that are not booked yet, and of rows that moved no money. */
  pending: words.optional(),
  cancelled: words.optional(),
  /** Rows that are transactions, where a table has others too: such as those of its first and its last day. */
  only: z.strictObject({ column, words, first: words.optional(), last: words.optional() }).optional(),
  /** What `pocket` says of the account itself; another pocket is an account of its own. */
  mainPocket: words.optional(),
  /** Labels inside a text, and what comes after them. */
  labelled: z
    .strictObject({
      from: column,
      title: words.optional(),
      party: words.optional(),
      partyIban: words.optional(),
      /** Labels whose texts are left out. */
      left: words.optional(),
    })
    .optional(),
  /** Account and currency, when the table names neither. */
  account: z.string().min(1).max(256).optional(),
  currencyName: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be a currency code of three capital letters')
    .optional(),
  /** Labels before or behind the table, and what is beside or below them. */
  around: z
    .strictObject({
      account: words.optional(),
      accounts: words.optional(),
      currencyName: words.optional(),
      range: words.optional(),
      from: words.optional(),
      to: words.optional(),
      made: words.optional(),
    })
    .optional(),
  /** Numbers of cells in the first row that say the account and the currency. */
  firstRow: z.strictObject({ account: z.number().int().min(1), currencyName: z.number().int().min(1) }).optional(),
});

export type Mapping = z.infer<typeof mappingSchema>;
export type Column = z.infer<typeof column>;
export type Columns = z.infer<typeof columns>;
export type Field = keyof Mapping['columns'];
export const FIELDS = Object.keys(mappingSchema.shape.columns.shape) as Field[];

/** A mapping from its JSON text. @throws {ReaderError} that names every fault by its path */
export function parseMapping(text: string): Mapping {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ReaderError(`the mapping is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = mappingSchema.safeParse(value);
  if (!parsed.success)
    throw new ReaderError(`the mapping is wrong: ${parsed.error.issues.slice(0, 10).map(faultOf).join('; ')}`);
  const { columns: of, header } = parsed.data;
  const named = fieldsOf(parsed.data).flatMap(([, names]) => namesOf(names));
  if (of.amount === undefined && of.debit === undefined && of.credit === undefined) {
    throw new ReaderError('the mapping is wrong: columns: names neither amount nor debit and credit');
  }
  if (header === false && named.some((name) => typeof name === 'string')) {
    throw new ReaderError('the mapping is wrong: columns: must be numbers where the table has no header');
  }
  return parsed.data;
}

function faultOf(issue: z.core.$ZodIssue): string {
  const path = issue.path.join('.');
  if (issue.code !== 'unrecognized_keys') return path === '' ? issue.message : `${path}: ${issue.message}`;
  const known = path === 'columns' ? FIELDS : Object.keys(mappingSchema.shape);
  return issue.keys
    .map((key) => {
      const near = nearest(key, known);
      return `${path === '' ? key : `${path}.${key}`}: is unknown${near === undefined ? '' : `, did you mean ${near}?`}`;
    })
    .join('; ');
}

/** The fields that a mapping has, each with its columns. */
export function fieldsOf(mapping: Mapping): (readonly [Field, Columns])[] {
  return FIELDS.flatMap((field) => {
    const of = mapping.columns[field];
    return of === undefined ? [] : [[field, of] as const];
  });
}

/** All columns that are named for a field. */
export function namesOf(of: Columns): readonly Column[] {
  if (typeof of !== 'object') return [of];
  return Array.isArray(of) ? of : [of.in, of.out].flat();
}
