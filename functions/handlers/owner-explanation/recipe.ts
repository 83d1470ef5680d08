import type { Explanation } from '../../contracts/http/explanations.ts';
import type { ClientSettings } from '../../domain/catalogue/client-settings.ts';
import type { OwnerRequest } from '../../domain/profiles/owner-answer.ts';
import { type AnswerHead, aboutOwner, ownerNotFound } from '../../http/answers.ts';
import { answering, httpFunction, json } from '../../http/http-function.ts';
import { readOwnerRequest, readProfile } from '../../http/query.ts';
import type { Clock } from '../../runtime/clock.ts';

export type ExplanationRequest = OwnerRequest & { readonly profile?: string };
export type ExplainedAnswer = AnswerHead & { readonly explanations: readonly Explanation[] };

export type OwnerExplanationParts = {
  readonly explain: (request: ExplanationRequest) => Promise<ExplainedAnswer | undefined>;
  readonly profilesFor: (
    clientId: string,
    settings: ClientSettings,
  ) => Promise<{ readonly profiles: readonly { readonly id: string; readonly enabled: boolean }[] }>;
  readonly now: Clock;
};

/** `GET /v1/owner-profiles/explanation`: why profiles apply to an owner, or do not. */
export function makeOwnerExplanation({ explain, profilesFor, now }: OwnerExplanationParts) {
  return httpFunction(answering('owner-explanation'), async (event) => {
    const request = readOwnerRequest(event, now());
    const { profiles } = await profilesFor(request.clientId, request.settings);
    const profile = readProfile(event, profiles);
    const answer = await explain({ ...request, ...(profile !== undefined && { profile }) });
    if (!answer) throw ownerNotFound();
    return json(200, aboutOwner(request.ownerExternalId, answer, { explanations: answer.explanations }));
  });
}
