/**
 * The answer to a look-up: one read of one small item, as long as that item still holds. That read costs half of a consistent one and may
 * be late by a second or so: it may say what was right before the last import. What it does not know, or knows of another day, is read again.
 */
import type { Answer } from '../../adapters/owners/answer-item.ts';
import { deriveProfiles, notJudged } from '../../domain/profiles/derive.ts';
import type { OwnerAnswer, OwnerRequest } from '../../domain/profiles/owner-answer.ts';
import type { Day } from '../../domain/values/day.ts';
import { type Service, today } from '../service/service.ts';
import { isFresh } from './answer.ts';
import { isKnown } from './known.ts';
import { readForDays } from './read-day.ts';
import { endForAnswer, renewForAnswer } from './renew.ts';

/** Where an answer came from: the stored item, or a derivation of this request. */
export type LookUp = { readonly answer: OwnerAnswer; readonly from: 'stored' | 'derived' };

/** Undefined when the owner is not known. */
export async function lookUp(service: Service, request: OwnerRequest): Promise<LookUp | undefined> {
  if (request.asOf !== today(service)) return lookUpPast(service, request);
  const owner = service.ownerKey(request.clientId, request.ownerExternalId);
  for (const consistent of [false, true]) {
    const stored = await service.store.readAnswer(owner, { consistent });
    const known = isKnown(service, stored);
    if (known && isFresh(service, stored, request.settings))
      return { answer: answerFor(stored, request.asOf), from: 'stored' };
    if (known && consistent) {
      const answer = await renewForAnswer(service, owner, request.settings, stored);
      return { answer: answerFor(answer, request.asOf), from: 'derived' };
    }
    if (consistent) await endForAnswer(service, owner, stored);
  }
  return undefined;
}

/** What holds on a day, derived from the pages; nothing is written. Undefined when the owner is not known. */
export async function lookUpPast(service: Service, request: OwnerRequest): Promise<LookUp | undefined> {
  const { asOf } = request;
  const read = await readForDays(service, request, asOf);
  if (!read) return undefined;
  const { head, input } = read;
  const lists = { profiles: deriveProfiles(input, asOf), notJudged: notJudged(input, asOf) };
  return { answer: { asOf, ...head, ...lists }, from: 'derived' };
}

/** What a stored answer says for the day that it holds on. */
export function answerFor(answer: Answer, asOf: Day): OwnerAnswer {
  const { profiles, notJudged, dataFrom, dataTo, catalogueVersion, lastImportedAt } = answer;
  return { profiles, notJudged, asOf, dataFrom, dataTo, catalogueVersion, lastImportedAt };
}
