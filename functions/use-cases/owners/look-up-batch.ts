/**
 * Look-ups of many owners at once: their answers are read by one request, and expired ones are derived side by side within the time that is
 * left.
 */
import type { Answer } from '../../adapters/owners/answer-item.ts';
import type { OwnerKey } from '../../adapters/owners/owner-key.ts';
import type { ClientSettings } from '../../domain/catalogue/client-settings.ts';
import { isTransient } from '../../runtime/transient-errors.ts';
import { type Service, today } from '../service/service.ts';
import { isFresh } from './answer.ts';
import { isKnown } from './known.ts';
import { answerFor, type LookUp } from './look-up.ts';
import { endForAnswer, renewForAnswer } from './renew.ts';

export type BatchRequest = {
  readonly clientId: string;
  /** Different ids. */
  readonly ownerExternalIds: readonly string[];
  readonly settings: ClientSettings;
};
/** What became of each id, in the order asked. `later`: its answer has to be derived, and was not within the time. */
export type BatchedLookUp = {
  readonly ownerExternalId: string;
  readonly found: LookUp | 'unknown' | 'later';
};

const SIDE_BY_SIDE = 8;

/** @param timeLeft milliseconds until the answer must be ready; asked before each derivation, and what has not ended by then is left */
export async function lookUpBatch(
  service: Service,
  { clientId, ownerExternalIds, settings }: BatchRequest,
  timeLeft: () => number,
): Promise<readonly BatchedLookUp[]> {
  const asOf = today(service);
  const owners = new Map(ownerExternalIds.map((id) => [id, service.ownerKey(clientId, id)]));
  const found = new Map<string, BatchedLookUp['found']>();
  /** Those whose stored answer does not hold, or is past its retention, with that answer. */
  const stale = new Map<OwnerKey, Answer>();
  const holds = (answer: Answer | undefined) => isKnown(service, answer) && isFresh(service, answer, settings);
  let asked = [...owners.values()];
  for (const consistent of [false, true]) {
    if (asked.length === 0) break;
    const answers = await service.store.readAnswers(asked, { consistent });
    for (const owner of asked) {
      const answer = answers.get(owner.hash);
      if (answer && holds(answer)) {
        found.set(owner.externalId, { answer: answerFor(answer, asOf), from: 'stored' });
      } else if (consistent && answer?.known) {
        stale.set(owner, answer);
        if (isKnown(service, answer)) found.set(owner.externalId, 'later');
      }
    }
    asked = asked.filter(({ externalId }) => !found.has(externalId));
  }
  await withinTime(timeLeft, async () => {
    const next = stale.entries();
    const lane = async () => {
      for (const [owner, stored] of next) {
        if (timeLeft() <= 0) return;
        const answer = await renewed(service, owner, settings, stored);
        if (answer) found.set(owner.externalId, { answer: answerFor(answer, asOf), from: 'derived' });
      }
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, lane));
  });
  return ownerExternalIds.map((id) => ({ ownerExternalId: id, found: found.get(id) ?? 'unknown' }));
}

/**
 * Undefined where a throttle or the like came between: then the owner is to be asked for again, and the others need not. Also undefined where
 * the data is past its retention.
 */
async function renewed(
  service: Service,
  owner: OwnerKey,
  settings: ClientSettings,
  stored: Answer,
): Promise<Answer | undefined> {
  try {
    if (!isKnown(service, stored)) {
      await endForAnswer(service, owner, stored);
      return undefined;
    }
    return await renewForAnswer(service, owner, settings, stored);
  } catch (error) {
    if (isTransient(error)) return undefined;
    throw error;
  }
}

/** Ends when the work does, or when the time is over. What is then still under way writes on conditions of its own, or not at all. */
async function withinTime(timeLeft: () => number, work: () => Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, timeLeft()));
  });
  const working = work();
  // When the time is over, nothing waits for it any more.
  working.catch(() => {});
  await Promise.race([working, over]).finally(() => clearTimeout(timer));
}
