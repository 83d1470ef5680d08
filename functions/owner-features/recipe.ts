import type { Clock } from '../adapters/clock.ts';
import type { Features } from '../contracts/http.ts';
import { answering, httpFunction, json } from '../runtime/http.ts';
import { type AnswerHead, aboutOwner, ownerNotFound } from '../runtime/http-answers.ts';
import { readOwnerRequest } from '../runtime/http-query.ts';
import type { OwnerRequest } from '../service/requests.ts';

export type FeaturesAnswer = AnswerHead & { readonly features: Features };

export type OwnerFeaturesParts = {
  readonly ownerFeatures: (request: OwnerRequest) => Promise<FeaturesAnswer | undefined>;
  readonly now: Clock;
};

/** `GET /v1/owner-features`: the numbers that definitions read. */
export function makeOwnerFeatures({ ownerFeatures, now }: OwnerFeaturesParts) {
  return httpFunction(answering('owner-features'), async (event) => {
    const request = readOwnerRequest(event, now());
    const answer = await ownerFeatures(request);
    if (!answer) throw ownerNotFound();
    return json(200, aboutOwner(request.ownerExternalId, answer, { features: answer.features }));
  });
}
