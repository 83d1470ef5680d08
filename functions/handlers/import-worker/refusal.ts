import type { SQSRecord } from 'aws-lambda';
import { hasControlCharacters, hasLengthOfOwnerId, isUpTo, LONGEST } from '../../contracts/import/import-form.ts';
import { jsonIn } from '../../contracts/import/json-text.ts';
import { PermanentError } from '../../runtime/errors.ts';
import type { Service } from '../../use-cases/service/service.ts';
import { refusalNotice } from '../../use-cases/webhooks/notices.ts';
import type { Notify } from '../../use-cases/webhooks/notify.ts';
import { type AdmissionParts, clientOf } from './admission.ts';

export type RefusalParts = Pick<AdmissionParts, 'getClient' | 'now'> & {
  readonly service: () => Promise<Pick<Service, 'ownerKey' | 'refused'>>;
  readonly notify: Notify;
};

/**
 * Lets the client see that its import was refused, and why. Only a sender that may send for the client counts: nobody else can write into
 * the client's list. A message without an `importId` could not be asked for, and is only in the parked queue.
 */
export async function keepRefusal(
  record: SQSRecord,
  reason: string,
  detail: string,
  parts: RefusalParts,
): Promise<void> {
  const { clientId, importId, ownerExternalId } = namesIn(record.body);
  if (clientId === undefined || importId === undefined) return;
  try {
    await clientOf(clientId, record, parts);
  } catch (error) {
    if (error instanceof PermanentError) return;
    throw error;
  }
  const { ownerKey, refused } = await parts.service();
  const owner = ownerExternalId === undefined ? undefined : ownerKey(clientId, ownerExternalId);
  const refusal = { importId, owner, at: parts.now(), reason, detail };
  await refused.keep(clientId, refusal);
  await parts.notify(clientId, [refusalNotice(refusal, record.messageId)]);
}

/** The well-formed names of a message, whatever else is wrong with it. */
function namesIn(body: string): { clientId?: string; importId?: string; ownerExternalId?: string } {
  const message = jsonIn(body)?.value;
  if (typeof message !== 'object' || message === null) return {};
  const { clientId, importId, ownerExternalId } = message as Record<string, unknown>;
  return {
    ...(isId(clientId) && { clientId }),
    ...(isId(importId) && { importId }),
    ...(isOwnerId(ownerExternalId) && { ownerExternalId }),
  };
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && isUpTo(LONGEST.id, value);
}

function isOwnerId(value: unknown): value is string {
  return typeof value === 'string' && hasLengthOfOwnerId(value) && !hasControlCharacters(value) && value.isWellFormed();
}
