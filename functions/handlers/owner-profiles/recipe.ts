import type { OwnerRequest } from '../../domain/profiles/owner-answer.ts';
import { aboutOwner, ownerNotFound } from '../../http/answers.ts';
import { answering, httpFunction, json } from '../../http/http-function.ts';
import { readOwnerRequest } from '../../http/query.ts';
import type { Clock } from '../../runtime/clock.ts';
import { count, measureTime } from '../../runtime/metrics.ts';
import { METRICS } from '../../runtime/names.ts';
import type { LookUp } from '../../use-cases/owners/look-up.ts';

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
    const { profiles, notJudged } = answer;
    return json(200, aboutOwner(request.ownerExternalId, answer, { profiles, notJudged }));
  });
}
