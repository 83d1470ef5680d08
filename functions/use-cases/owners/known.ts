import type { Answer } from '../../adapters/owners/answer-item.ts';
import { monthOf } from '../../domain/values/day.ts';
import type { Keeping } from '../../runtime/clock.ts';
import { firstKeptMonth } from '../service/service.ts';

/** Whether the owner is known: some import was processed since the last erasure, and its data is not past retention. */
export function isKnown(service: Keeping, answer: Answer | undefined): answer is Answer {
  if (!answer?.known) return false;
  return monthOf(answer.dataTo ?? answer.derivedFor) >= firstKeptMonth(service);
}
