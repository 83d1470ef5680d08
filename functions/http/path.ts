/**
 * Reads parameters in the path.
 *
 * REST APIs hand them on as they were sent, percent-encoded (so does our gateway on one machine), while values of the query come
 * decoded. Here they are decoded, once: what then still looks encoded is part of the value, and never leads elsewhere.
 */
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { PATH_PARAMETERS } from '../contracts/http/catalogue.ts';
import { OUR_ID } from '../contracts/http/our-ids.ts';
import { HttpProblem } from './problems.ts';
import { invalidOwner, invalidParameter, ownerExternalIdFault } from './query.ts';

type Name = keyof typeof PATH_PARAMETERS;

/** An id of another form is not found, without a read of the table. */
const OUR_IDS = new RegExp(OUR_ID.pattern);
const NOT_FOUND = {
  version: { code: 'VERSION_NOT_FOUND', detail: 'This version was never published.' },
  previewId: { code: 'PREVIEW_NOT_FOUND', detail: 'There is no such preview; they are kept for 30 days.' },
  snapshotId: { code: 'SNAPSHOT_NOT_FOUND', detail: 'There is no such snapshot; they are kept for 400 days.' },
  webhookId: { code: 'WEBHOOK_NOT_FOUND', detail: 'There is no such webhook.' },
  deliveryId: { code: 'DELIVERY_NOT_FOUND', detail: 'There is no such delivery; they are kept for 14 days.' },
  keyId: { code: 'KEY_NOT_FOUND', detail: 'There is no such key.' },
  publicationId: { code: 'PUBLICATION_NOT_FOUND', detail: 'There is no such publication.' },
} as const;

/** The text of a parameter, decoded. */
export function readPathParameter({ pathParameters }: APIGatewayProxyEvent, name: Name): string {
  const sent = pathParameters?.[name];
  if (sent === undefined) throw new Error(`the gateway passed on no ${name}`);
  try {
    return decodeURIComponent(sent);
  } catch {
    throw invalidParameter(name, 'must be percent-encoded UTF-8');
  }
}

/** An id that we gave. */
export function readId(event: APIGatewayProxyEvent, name: keyof typeof NOT_FOUND): string {
  const id = readPathParameter(event, name);
  if (!OUR_IDS.test(id)) throw new HttpProblem(NOT_FOUND[name].code, NOT_FOUND[name].detail);
  return id;
}

/** `ownerExternalId`, by the same law as in the query. */
export function readOwnerInPath(event: APIGatewayProxyEvent): string {
  const id = readPathParameter(event, 'ownerExternalId');
  const fault = ownerExternalIdFault(id);
  if (fault) throw invalidOwner(fault);
  return id;
}
