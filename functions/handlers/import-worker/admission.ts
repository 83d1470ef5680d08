/** Which messages are joined: those that can be read, of a client that is enabled, from a sender that may send for it. */
import type { SQSRecord } from 'aws-lambda';
import type { Client } from '../../adapters/clients/client-items.ts';
import type { GetClient } from '../../adapters/clients/clients.ts';
import type { PayloadPlace } from '../../adapters/imports/payload-bucket.ts';
import { type Outcome, outcomeOf } from '../../runtime/batch.ts';
import type { Clock } from '../../runtime/clock.ts';
import { PermanentError } from '../../runtime/errors.ts';
import { count } from '../../runtime/metrics.ts';
import { METRICS, PAYLOAD_PREFIX, SENDER_NOT_ALLOWED } from '../../runtime/names.ts';
import { factsOf } from './facts.ts';
import { type ReadImport, readImport } from './read-message.ts';

export type AdmissionParts = {
  readonly getClient: GetClient;
  readonly accountsAt: (place: PayloadPlace) => Promise<unknown>;
  readonly now: Clock;
};

/** A message that will be joined. */
export type Delivery = { readonly record: SQSRecord; readonly read: ReadImport; readonly client: Client };
/** The outcome of a message that will not be joined. */
export type Refusal = { readonly record: SQSRecord; readonly outcome: Outcome };

export async function admit(record: SQSRecord, parts: AdmissionParts): Promise<Delivery | Refusal> {
  const start = parts.now();
  let read: ReadImport | undefined;
  try {
    read = await readImport(record.body, start, async (place, clientId) => {
      // Before anything is read for it: an object may be large.
      await clientOf(clientId, record, parts);
      await refuseForeign(place, clientId, parts);
      return parts.accountsAt(place);
    });
    const client = await clientOf(read.clientId, record, parts);
    if (read.ibansWithWrongCheckDigits > 0) count(METRICS.ibanCheckDigitsWrong, read.ibansWithWrongCheckDigits);
    if (read.misspelt.length > 0) count(METRICS.namesMisspelt, read.misspelt.length);
    return { record, read, client };
  } catch (error) {
    const facts = { ...(read && factsOf(read)), durationMs: parts.now() - start };
    return { record, outcome: outcomeOf(error, facts) };
  }
}

/** The client that a message names, when this sender may send for it. */
export async function clientOf(
  clientId: string,
  record: SQSRecord,
  { getClient }: Pick<AdmissionParts, 'getClient'>,
): Promise<Client> {
  const client = await getClient(clientId);
  if (!client?.enabled) throw new PermanentError('UNKNOWN_CLIENT', 'clientId: is not an enabled client');
  const { senders = [] } = client;
  const { SenderId = '' } = record.attributes;
  // A sender is named as a whole, or by its role: then every session of that role may send.
  if (senders.length > 0 && !senders.some((sender) => SenderId === sender || SenderId.startsWith(`${sender}:`))) {
    throw new PermanentError(SENDER_NOT_ALLOWED, 'clientId: names a client that this sender may not send for');
  }
  return client;
}

/** Objects below `imports/<client>/` are that client's: no other client's message may have them read. */
async function refuseForeign({ key }: PayloadPlace, clientId: string, { getClient }: AdmissionParts): Promise<void> {
  const folder = key.startsWith(PAYLOAD_PREFIX) ? key.slice(PAYLOAD_PREFIX.length).split('/', 1)[0] : undefined;
  if (!folder || folder === clientId || !key.startsWith(`${PAYLOAD_PREFIX}${folder}/`)) return;
  if (await getClient(folder)) {
    throw new PermanentError('ACCOUNTS_AT_FORBIDDEN', 'accountsAt: names an object of another client');
  }
}
