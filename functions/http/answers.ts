/** The forms that answers about owners share: days as dates, the same head everywhere. */

import type { DataHead, OwnerAnswer } from '../domain/profiles/owner-answer.ts';
import { type Day, formatDay } from '../domain/values/day.ts';
import { HttpProblem } from './problems.ts';

/** What every answer about an owner says beside its content. */
export type AnswerHead = Omit<OwnerAnswer, 'profiles' | 'notJudged'>;

/** Whose an answer is, for which day, and from which data. `content` comes after the owner's id. */
export function aboutOwner<Content extends object>(ownerExternalId: string, answer: AnswerHead, content: Content) {
  return {
    ownerExternalId,
    ...content,
    asOf: formatDay(answer.asOf),
    ...dataOf(answer),
  };
}

/** What an answer rests on. */
export function dataOf({ dataFrom, dataTo, catalogueVersion, lastImportedAt }: DataHead) {
  return {
    dataFrom: date(dataFrom),
    dataTo: date(dataTo),
    catalogueVersion,
    lastImportedAt: lastImportedAt === null ? null : new Date(lastImportedAt).toISOString(),
  };
}

/** Does not repeat the id: problems end up in logs of all sorts. */
export function ownerNotFound(): HttpProblem {
  return new HttpProblem(
    'OWNER_NOT_FOUND',
    'No import of this owner was ever processed, or everything about the owner was erased.',
  );
}

const date = (day: Day | null): string | null => (day === null ? null : formatDay(day));
