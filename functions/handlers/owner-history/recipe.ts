import type { HistoryRequest, OwnerHistory } from '../../domain/profiles/owner-answer.ts';
import { formatDay } from '../../domain/values/day.ts';
import { dataOf, ownerNotFound } from '../../http/answers.ts';
import { answering, httpFunction, json } from '../../http/http-function.ts';
import { readHistoryRequest } from '../../http/query.ts';
import type { Clock } from '../../runtime/clock.ts';

export type OwnerHistoryParts = {
  readonly ownerHistory: (request: HistoryRequest) => Promise<OwnerHistory | undefined>;
  readonly now: Clock;
};

/** `GET /v1/owner-profiles/history`: which profiles applied to an owner, day by day. */
export function makeOwnerHistory({ ownerHistory, now }: OwnerHistoryParts) {
  return httpFunction(answering('owner-history'), async (event) => {
    const request = readHistoryRequest(event, now());
    const answer = await ownerHistory(request);
    if (!answer) throw ownerNotFound();
    const spans = answer.spans.map(({ from, to, profiles }) => ({
      from: formatDay(from),
      to: formatDay(to),
      profiles,
    }));
    return json(200, { ownerExternalId: request.ownerExternalId, spans, ...dataOf(answer) });
  });
}
