/**
 * Imports that are well-formed at first sight, as nearly all are.
 *
 * What is taken here is what the schema takes, with the same result. All else is undefined: then the schema is asked, and it alone reports
 * faults. So no schema is loaded here; the first odd message of a process does that.
 */
import { SOURCES } from '../../domain/ledger/ledger.ts';
import {
  FORMS,
  hasControlCharacters,
  hasLengthOfOwnerId,
  isOfCalendar,
  isUpTo,
  LONGEST,
  MOST_LABELS,
  STATUSES,
} from './import-form.ts';
import type { AccountsMessage, ImportEnvelope } from './import-message.ts';
import { type Look, list, ODD, object, oneOf, text } from './quick-look.ts';

type Account = AccountsMessage[number];
type Transaction = Account['transactions'][number];

// Every row is asked these: a function that asks another took a tenth longer for all of an import.
const upTo =
  (longest: number): Look<string> =>
  (value) =>
    typeof value === 'string' && isUpTo(longest, value) ? value : ODD;
const someUpTo = (longest: number) => text((value) => value.length > 0 && isUpTo(longest, value));
const written = (form: RegExp, longest: number = Number.POSITIVE_INFINITY) =>
  text((value) => value.length <= longest && form.test(value));
/** An optional text that is empty reads as absent. */
const orEmpty =
  <Value>(look: Look<Value>): Look<Value | undefined> =>
  (value) =>
    value === '' ? undefined : look(value);
const id = someUpTo(LONGEST.id);
const day: Look<string> = (value) => (typeof value === 'string' && isOfCalendar(value) ? value : ODD);
const amount: Look<string | number> = (value) => {
  if (typeof value === 'string') return value.length <= LONGEST.decimal && FORMS.decimal.test(value) ? value : ODD;
  return Number.isFinite(value) ? (value as number) : ODD;
};
const ownerExternalId = text(
  (value) => hasLengthOfOwnerId(value) && !hasControlCharacters(value) && value.isWellFormed(),
);

const inTransaction = {
  required: { bookedOn: day, currencyAmount: amount, title: upTo(LONGEST.text) },
  optional: {
    transactionOn: orEmpty(day),
    party: orEmpty(upTo(LONGEST.text)),
    partyIban: orEmpty(upTo(LONGEST.id)),
    kind: orEmpty(upTo(LONGEST.text)),
    status: orEmpty(oneOf(...STATUSES)),
    merchantCategoryCode: orEmpty(written(FORMS.merchantCategoryCode)),
    bankTransactionCode: orEmpty(upTo(LONGEST.id)),
    transactionId: orEmpty(upTo(LONGEST.id)),
    labels: list(someUpTo(LONGEST.label), MOST_LABELS),
  },
};
const transaction: Look<Transaction> = object(inTransaction.required, inTransaction.optional);

const inAccount = {
  required: { currencyName: written(FORMS.currency) },
  optional: {
    iban: orEmpty(upTo(LONGEST.iban)),
    accountId: orEmpty(id),
    covers: object({ from: day, to: day }, {}),
    transactions: list(transaction),
  },
};
const givenAccount = object(inAccount.required, inAccount.optional);
const account: Look<Account> = (value) => {
  const given = givenAccount(value);
  return given === ODD ? ODD : { ...given, transactions: given.transactions ?? [] };
};
const accounts: Look<AccountsMessage> = list(account);

const inMessage = {
  required: {
    type: oneOf('owner-import'),
    version: oneOf(1),
    clientId: id,
    importId: id,
    source: oneOf(...SOURCES),
    importedAt: written(FORMS.instant, LONGEST.instant),
    ownerExternalId,
  },
  optional: { accounts, accountsAt: object({ bucket: id, key: someUpTo(LONGEST.objectKey) }, {}) },
};
const envelope: Look<ImportEnvelope> = object(inMessage.required, inMessage.optional);

/** It holds either its accounts or the place of an object that does. */
const message: Look<ImportEnvelope> = (value) => {
  const read = envelope(value);
  return read === ODD || (read.accounts === undefined) === (read.accountsAt === undefined) ? ODD : read;
};

const namesOf = (of: { readonly required: object; readonly optional: object }) =>
  Object.keys({ ...of.required, ...of.optional });

/** The known names, by their place. */
export const FIELDS = {
  message: namesOf(inMessage),
  account: namesOf(inAccount),
  transaction: namesOf(inTransaction),
} as const;

const unlessOdd =
  <Value>(look: Look<Value>) =>
  (value: unknown): Value | undefined => {
    const read = look(value);
    return read === ODD ? undefined : read;
  };

export const wellFormedTransaction = unlessOdd(transaction);
export const wellFormedAccounts = unlessOdd(accounts);
export const wellFormedMessage = unlessOdd(message);
