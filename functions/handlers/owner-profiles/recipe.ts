import type { OwnerRequest } from '../../domain/profiles/owner-answer.ts';
import { aboutOwner, ownerNotFound } from '../../http/answers.ts';
import { httpRoutes, json } from '../../http/http-function.ts';
import { readOwnerIds } from '../../http/owner-ids.ts';
import { readOwnerRequest } from '../../http/query.ts';
import type { Clock } from '../../runtime/clock.ts';
import { count, measureTime } from '../../runtime/metrics.ts';
import { METRICS } from '../../runtime/names.ts';
import type { LookUp } from '../../use-cases/owners/look-up.ts';
import type { BatchedLookUp, BatchRequest } from '../../use-cases/owners/look-up-batch.ts';

export type OwnerProfilesParts = {
  readonly lookUp: (request: OwnerRequest) => Promise<LookUp | undefined>;
  readonly lookUpBatch: (request: BatchRequest, timeLeft: () => number) => Promise<readonly BatchedLookUp[]>;
  readonly now: Clock;
};

/** Of the function's time, what is kept for writing an answer and sending it. */
const TIME_TO_ANSWER_MS = 2000;

/** Which profiles apply to an owner, or to many. */
export function makeOwnerProfiles({ lookUp, lookUpBatch, now }: OwnerProfilesParts) {
  return httpRoutes('owner-profiles', {
    'GET /v1/owner-profiles': async (event) => {
      const request = readOwnerRequest(event, now());
      const begun = now();
      const found = await lookUp(request);
      if (!found) throw ownerNotFound();
      count(found.from === 'stored' ? METRICS.lookUpsFresh : METRICS.lookUpsDerived);
      if (found.from === 'derived') measureTime(METRICS.derivationTime, now() - begun);
      return json(200, profilesOf(request.ownerExternalId, found));
    },
    'POST /v1/owner-profiles/batch': async (event, context) => {
      const { clientId, settings } = event.caller;
      const ownerExternalIds = await readOwnerIds(event);
      const timeLeft = () => context.getRemainingTimeInMillis() - TIME_TO_ANSWER_MS;
      const owners = await lookUpBatch({ clientId, settings, ownerExternalIds }, timeLeft);
      const ids = (which: 'unknown' | 'later') =>
        owners.filter(({ found }) => found === which).map(({ ownerExternalId }) => ownerExternalId);
      const found = owners.flatMap(({ ownerExternalId, found: one }) =>
        typeof one === 'string' ? [] : [{ ownerExternalId, one }],
      );
      countLookUps(found.map(({ one }) => one));
      const answers = found.map(({ ownerExternalId, one }) => profilesOf(ownerExternalId, one));
      const later = ids('later');
      return json(200, { answers, unknown: ids('unknown'), ...(later.length > 0 && { later }) });
    },
  });
}

function profilesOf(ownerExternalId: string, { answer }: LookUp) {
  const { profiles, notJudged } = answer;
  return aboutOwner(ownerExternalId, answer, { profiles, notJudged });
}

function countLookUps(found: readonly LookUp[]): void {
  const derived = found.filter(({ from }) => from === 'derived').length;
  if (derived < found.length) count(METRICS.lookUpsFresh, found.length - derived);
  if (derived > 0) count(METRICS.lookUpsDerived, derived);
}
