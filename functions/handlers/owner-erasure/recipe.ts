import type { Context } from 'aws-lambda';
import type { Erased } from '../../adapters/owners/erased.ts';
import { answering, httpFunction, noContent } from '../../http/http-function.ts';
import { readOwnerExternalId } from '../../http/query.ts';
import { count } from '../../runtime/metrics.ts';
import { METRICS } from '../../runtime/names.ts';

export type OwnerErasureParts = {
  /** Starts the erasure: from then on the owner is unknown. What there is no time for is finished later. */
  readonly eraseOwner: (owner: Erased, hasTime: () => boolean) => Promise<void>;
};

/** So that the answer comes in time, whatever a single step takes. */
const TIME_TO_ANSWER_MS = 12_000;

/** `DELETE /v1/owner`: erases everything about an owner. */
export function makeOwnerErasure({ eraseOwner }: OwnerErasureParts) {
  return httpFunction(answering('owner-erasure'), async (event, context) => {
    const ownerExternalId = readOwnerExternalId(event);
    await eraseOwner({ clientId: event.caller.clientId, ownerExternalId }, timeLeft(context, TIME_TO_ANSWER_MS));
    count(METRICS.ownersErased);
    return noContent();
  });
}

export function timeLeft(context: Context, reserveMs: number): () => boolean {
  return () => context.getRemainingTimeInMillis() > reserveMs;
}
