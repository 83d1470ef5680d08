/** Reads the body of a batch of look-ups: by hand, because the function that answers look-ups loads no schemas. */
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { MOST_BATCH_BYTES, MOST_OWNERS_OF_A_BATCH } from '../contracts/http/limits.ts';
import { MOST_FAULTS } from '../domain/ledger/import.ts';
import type { Fault } from '../domain/values/fault.ts';
import { type BodyBounds, invalidPayload, readJsonBody } from './body.ts';
import { ownerExternalIdFault } from './query.ts';

const BATCH_BOUNDS: BodyBounds = {
  sent: MOST_BATCH_BYTES,
  inflated: MOST_BATCH_BYTES,
  json: { depth: 16, containers: 1_000, names: 1_000 },
  advice: `Ask for ${MOST_OWNERS_OF_A_BATCH} owners at a time.`,
};
const NAME = 'ownerExternalIds';

/**
 * `{"ownerExternalIds": […]}`: 1 to 100 different owner ids, in the order asked.
 *
 * @throws HttpProblem UNSUPPORTED_MEDIA_TYPE, PAYLOAD_TOO_LARGE, INVALID_PAYLOAD with the path of every fault
 */
export async function readOwnerIds(event: APIGatewayProxyEvent): Promise<readonly string[]> {
  const ids = idsIn(await readJsonBody(event, BATCH_BOUNDS));
  const known = new Map<unknown, number>();
  const faults: Fault[] = [];
  for (const [index, id] of ids.entries()) {
    const message = faultOf(id) ?? repeated(known.get(id));
    if (message !== undefined) faults.push({ path: `${NAME}[${index}]`, message });
    known.set(id, known.get(id) ?? index);
  }
  if (faults.length > 0) throw invalidPayload(faults.slice(0, MOST_FAULTS));
  return ids as readonly string[];
}

function idsIn(body: unknown): readonly unknown[] {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw invalidPayload([{ path: '', message: `must be an object with the field \`${NAME}\`` }]);
  }
  const ids = (body as Record<string, unknown>)[NAME];
  if (ids === undefined) throw invalidPayload([{ path: NAME, message: 'must be given' }]);
  if (!Array.isArray(ids)) throw invalidPayload([{ path: NAME, message: 'must be a list of owner ids' }]);
  if (ids.length === 0 || ids.length > MOST_OWNERS_OF_A_BATCH) {
    const message = `must have 1 to ${MOST_OWNERS_OF_A_BATCH} owner ids, and has ${ids.length}`;
    throw invalidPayload([{ path: NAME, message }]);
  }
  return ids;
}

function faultOf(id: unknown): string | undefined {
  return typeof id === 'string' ? ownerExternalIdFault(id) : 'must be a text';
}

function repeated(first: number | undefined): string | undefined {
  return first === undefined ? undefined : `must not be the same as ${NAME}[${first}]: name each owner once`;
}
