/** The profiles of an owner day by day. Always derived: it is asked seldom. */
import { profileDays, spansOf } from '../../domain/profiles/history.ts';
import type { HistoryRequest, OwnerHistory } from '../../domain/profiles/owner-answer.ts';
import type { Service } from '../service/service.ts';
import { readForDays } from './read-day.ts';

/** Undefined when the owner is not known. */
export async function ownerHistory(service: Service, request: HistoryRequest): Promise<OwnerHistory | undefined> {
  const { from, to } = request;
  const read = await readForDays(service, request, from, to);
  return read && { ...read.head, spans: spansOf(profileDays(read.input, from, to), from, to) };
}
