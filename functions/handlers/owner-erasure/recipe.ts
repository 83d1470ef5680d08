import { answering, httpFunction, noContent } from '../../http/http-function.ts';
import { readOwnerExternalId } from '../../http/query.ts';
import { count } from '../../runtime/metrics.ts';
import { METRICS } from '../../runtime/names.ts';

export type OwnerErasureParts = {
  readonly eraseOwner: (owner: { readonly clientId: string; readonly ownerExternalId: string }) => Promise<void>;
};

/** `DELETE /v1/owner`: erases everything about an owner. */
export function makeOwnerErasure({ eraseOwner }: OwnerErasureParts) {
  return httpFunction(answering('owner-erasure'), async (event) => {
    const ownerExternalId = readOwnerExternalId(event);
    await eraseOwner({ clientId: event.caller.clientId, ownerExternalId });
    count(METRICS.ownersErased);
    return noContent();
  });
}
