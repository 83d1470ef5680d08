/** From the body of a message to its import; every fault of the publisher is a PermanentError with a stable code. */
import type { PayloadPlace } from '../../adapters/imports/payload-bucket.ts';
import { foreignText, foreignValue } from '../../contracts/import/foreign-body.ts';
import type { AccountsMessage, ImportEnvelope } from '../../contracts/import/import-message.ts';
import { parseJson } from '../../contracts/import/json-text.ts';
import { nearNames, plainNames, ROWS_LOOKED_AT } from '../../contracts/import/near-names.ts';
import { wellFormedAccounts, wellFormedMessage } from '../../contracts/import/quick-import.ts';
import { interpretImport } from '../../domain/ledger/import.ts';
import type { Import } from '../../domain/ledger/ledger.ts';
import type { Fault } from '../../domain/values/fault.ts';
import { PermanentError } from '../../runtime/errors.ts';

export type ReadImport = {
  readonly clientId: string;
  readonly ownerExternalId: string;
  readonly import: Import;
  readonly ibansWithWrongCheckDigits: number;
  /** Names of fields that are nearly those of optional ones, and so are ignored with their values. */
  readonly misspelt: readonly string[];
};

/** Reads what an object holds, for the client that the message names. */
export type AccountsAt = (place: PayloadPlace, clientId: string) => Promise<unknown>;

const LONGEST_DETAIL = 2000;
/** Loaded when the first message is odd: most workers never need the schema, and it is a good part of a cold start. */
const schema = () => import('../../contracts/import/parse-import.ts');

/**
 * @param now milliseconds since 1970
 * @throws PermanentError NOT_JSON, INVALID_MESSAGE and those of the payload bucket
 */
export async function readImport(body: string, now: number, accountsAt: AccountsAt): Promise<ReadImport> {
  const message = jsonOf(body);
  const envelope = wellFormedMessage(message) ?? (await checkedMessage(message));
  const given = envelope.accounts ? undefined : await givenAccounts(envelope, accountsAt);
  const accounts = envelope.accounts ?? (await accountsOf(given));
  const read = interpretImport({ ...envelope, accounts }, now);
  if (read.faults) throw invalid(read.faults);
  const { clientId, ownerExternalId } = envelope;
  const { ibansWithWrongCheckDigits } = read;
  const near = nearNames(given ? { ...(message as object), accounts: given } : message, ROWS_LOOKED_AT);
  return { clientId, ownerExternalId, import: read.import, ibansWithWrongCheckDigits, misspelt: plainNames(near) };
}

function jsonOf(body: string): unknown {
  try {
    return parseJson(body);
  } catch (error) {
    // The message of JSON.parse quotes the body, which is personal data.
    const what = foreignText(body) ?? `is not JSON (${(error as Error).name})`;
    throw new PermanentError('NOT_JSON', `the body ${what}`);
  }
}

async function checkedMessage(message: unknown): Promise<ImportEnvelope> {
  const { value, faults } = (await schema()).parseImportMessage(message);
  if (!faults) return value;
  const foreign = foreignValue(message);
  throw invalid(
    foreign === undefined
      ? faults
      : [{ path: 'the body', message: `must be an import message, and ${foreign}` }, ...faults],
  );
}

async function givenAccounts(envelope: ImportEnvelope, accountsAt: AccountsAt): Promise<readonly unknown[]> {
  if (!envelope.accountsAt) throw invalid([{ path: 'accounts', message: 'must be given' }]);
  const accounts = await accountsAt(envelope.accountsAt, envelope.clientId);
  if (!Array.isArray(accounts))
    throw invalid([{ path: 'accountsAt', message: 'must name an object that has a list of accounts' }]);
  return accounts;
}

async function accountsOf(accounts: readonly unknown[] = []): Promise<AccountsMessage> {
  return wellFormedAccounts(accounts) ?? checked((await schema()).parseAccounts(accounts, 'accounts'));
}

function checked<Value>(parsed: { value: Value; faults?: never } | { faults: readonly Fault[]; value?: never }): Value {
  if (parsed.faults) throw invalid(parsed.faults);
  return parsed.value;
}

function invalid(faults: readonly Fault[]): PermanentError {
  const detail = faults.map(({ path, message }) => `${path}: ${message}`).join('; ');
  return new PermanentError('INVALID_MESSAGE', detail.slice(0, LONGEST_DETAIL));
}
