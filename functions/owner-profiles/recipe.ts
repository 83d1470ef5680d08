import type { Clock } from '../adapters/clock.ts';
import { answering, httpFunction, json } from '../runtime/http.ts';
import { aboutOwner, ownerNotFound } from '../runtime/http-answers.ts';
import { readOwnerRequest } from '../runtime/http-query.ts';
import { count, measureTime } from '../runtime/metrics.ts';
import { METRICS } from '../runtime/names.ts';
import type { LookUp } from '../service/look-up.ts';
import type { OwnerRequest } from '../service/requests.ts';

export type OwnerProfilesParts = {
  readonly lookUp: (request: OwnerRequest) => Promise<LookUp | undefined>;
  readonly now: Clock;
};

/** `GET /v1/owner-profiles`: which profiles apply to an owner. */
export function makeOwnerProfiles({ lookUp, now }: OwnerProfilesParts) {
  return httpFunction(answering('owner-profiles'), async (event) => {
    const request = readOwnerRequest(event, now());
    const begun = now();
    const found = await lookUp(request);
    if (!found) throw ownerNotFound();
    const { answer, from } = found;
    count(from === 'stored' ? METRICS.lookUpsFresh : METRICS.lookUpsDerived);
    if (from === 'derived') measureTime(METRICS.derivationTime, now() - begun);
    return json(200, aboutOwner(request.ownerExternalId, answer, { profiles: answer.profiles }));
  });
}
