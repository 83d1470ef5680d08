/** From the body of a message to the import it tells; every fault of the publisher is a PermanentError with a stable code. */

import type { PayloadPlace } from '../../adapters/imports/payload-bucket.ts';
import type { AccountsMessage, ImportEnvelope } from '../../contracts/import/import-message.ts';
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
  const message = parseJson(body);
  const envelope = wellFormedMessage(message) ?? checked((await schema()).parseImportMessage(message));
  const accounts = envelope.accounts ?? (await accountsOf(envelope, accountsAt));
  const read = interpretImport({ ...envelope, accounts }, now);
  if (read.faults) throw invalid(read.faults);
  const { clientId, ownerExternalId } = envelope;
  return { clientId, ownerExternalId, import: read.import, ibansWithWrongCheckDigits: read.ibansWithWrongCheckDigits };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    // The message of JSON.parse quotes the body, which is personal data.
    throw new PermanentError('NOT_JSON', `the body is not JSON (${(error as Error).name})`);
  }
}

async function accountsOf(envelope: ImportEnvelope, accountsAt: AccountsAt): Promise<AccountsMessage> {
  if (!envelope.accountsAt) throw invalid([{ path: 'accounts', message: 'is missing' }]);
  const accounts = await accountsAt(envelope.accountsAt, envelope.clientId);
  if (!Array.isArray(accounts))
    throw invalid([{ path: 'accountsAt', message: 'the object holds no list of accounts' }]);
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
