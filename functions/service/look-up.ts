/** The answer to a look-up: one read of one small item, as long as that item still holds. */
import type { Answer } from '../adapters/answer-item.ts';
import type { OwnerKey } from '../adapters/owner-store.ts';
import { deriveProfiles } from '../domain/derive.ts';
import { withoutErased } from '../domain/page.ts';
import { derivedAnswer, isFresh, isKnown } from './answer.ts';
import { readForDay } from './read-day.ts';
import type { OwnerAnswer, OwnerRequest } from './requests.ts';
import { monthsRead, type Service, today } from './service.ts';

/** Where an answer came from: the stored item, or a derivation of this request. */
export type LookUp = { readonly answer: OwnerAnswer; readonly from: 'stored' | 'derived' };

/** Undefined when the owner is not known. */
export async function lookUp(service: Service, request: OwnerRequest): Promise<LookUp | undefined> {
  const owner = service.ownerKey(request.clientId, request.ownerExternalId);
  const stored = await service.store.readAnswer(owner, { consistent: false });
  if (!isKnown(service, stored)) return undefined;
  if (request.asOf !== today(service)) {
    const read = await readForDay(service, request);
    return read && { answer: { ...read.head, profiles: deriveProfiles(read.input, request.asOf) }, from: 'derived' };
  }
  if (isFresh(service, stored, request.settings)) return { answer: answerOf(stored, request), from: 'stored' };
  return { answer: answerOf(await renewed(service, owner, request, stored), request), from: 'derived' };
}

/**
 * Derives the answer of today and writes it back if nobody has written another one meanwhile. If somebody has, this answer is
 * right all the same: it stands on pages read after the question came.
 */
async function renewed(service: Service, owner: OwnerKey, request: OwnerRequest, stored: Answer): Promise<Answer> {
  const { from, to } = monthsRead(service, request.asOf);
  const pages = withoutErased(await service.store.readPages(owner, from, to), stored.erasedAt);
  const monthsSeen = new Set(Array.from({ length: to - from + 1 }, (_, index) => from + index));
  const answer = await derivedAnswer(service, owner, request.settings, stored, pages, monthsSeen, stored.dataTo);
  await service.store.writeAnswer(owner, answer, stored.revision);
  return answer;
}

function answerOf(answer: Answer, { asOf }: OwnerRequest): OwnerAnswer {
  const { profiles, dataFrom, dataTo } = answer;
  return { profiles, asOf, dataFrom, dataTo, catalogueVersion: answer.catalogueVersion };
}
