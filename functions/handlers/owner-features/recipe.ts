import type { Features } from '../../contracts/http/owners.ts';
import type { OwnerRequest } from '../../domain/profiles/owner-answer.ts';
import { type AnswerHead, aboutOwner, ownerNotFound } from '../../http/answers.ts';
import { answering, httpFunction, json } from '../../http/http-function.ts';
import { readOwnerRequest } from '../../http/query.ts';
import type { Clock } from '../../runtime/clock.ts';

export type FeaturesAnswer = AnswerHead & Features;

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
    const { features, rates } = answer;
    return json(200, aboutOwner(request.ownerExternalId, answer, { features, rates }));
  });
}
