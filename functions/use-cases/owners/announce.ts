/**
 * Writes answers so that every change of a list is published once, even if a writer dies in between.
 *
 * The change is in the answer's item until it is published. Before a write that brings one, a message asks for a look at the owner some
 * minutes later: if the writer dies right after the write, the change is found. After the write another message asks for a look at once. A
 * write that changes no list sends no message, and costs nothing more.
 */
import type { Answer } from '../../adapters/owners/answer-item.ts';
import type { OwnerKey } from '../../adapters/owners/owner-key.ts';
import { isVersionForCredit } from '../../domain/catalogue/client-settings.ts';
import { announce, type Cause } from '../../domain/profiles/change.ts';
import type { Keeping } from '../../runtime/clock.ts';
import { TransientError } from '../../runtime/errors.ts';
import { logger } from '../../runtime/logging.ts';
import { newSortableId } from '../../runtime/sortable-id.ts';
import type { Service } from '../service/service.ts';
import { isKnown } from './known.ts';

/** More than these wait only while nothing can be published; then the owner's imports wait too, rather than the item grow without end. */
const MOST_PENDING = 100;

export type Announcement = {
  /** Writes an answer, conditional on the revision of the one that was read. False: a conflict. */
  write(answer: Answer, read: Answer | undefined, cause: Cause): Promise<boolean>;
};

/** For the writes of one owner by one function: however often they are tried, one look later on is asked for. */
export function announcing(service: Keeping & Pick<Service, 'store' | 'announcer'>, owner: OwnerKey): Announcement {
  let isAsked = false;
  return {
    async write(answer, read, cause) {
      const changed = withChange(service, owner, answer, cause, read);
      const { pending, sequence } = changed.announced;
      // An erasure also removes earlier changes from the lists, even those that a publisher is about to publish.
      const isNews = changed !== answer && (sequence > 0 || pending.length > 0);
      if (!isNews) return service.store.writeAnswer(owner, changed, read?.revision);
      if (pending.length > MOST_PENDING)
        throw new TransientError('too many changes of this owner wait to be published');
      if (!isAsked) await service.announcer.later(owner);
      isAsked = true;
      const written = await service.store.writeAnswer(owner, changed, read?.revision);
      // Also on an apparent conflict: it may have been a first try of this write.
      await service.announcer.now(owner).catch((error: unknown) => {
        logger.warn('a change is published some minutes later', error as Error);
      });
      return written;
    },
  };
}

/** The answer with the change that it brings, if it brings any. */
export function withChange(
  service: Keeping,
  { externalId }: OwnerKey,
  answer: Answer,
  cause: Cause,
  read?: Answer,
): Answer {
  // A restore may meet an owner whose id is not known: the owner's next import announces it.
  if (externalId === '') return answer;
  const { announced, derivedFor, catalogueVersion } = answer;
  // Data past its retention is answered as if the owner had never existed.
  const profiles = isKnown(service, answer) ? answer.profiles : [];
  const at = service.clock();
  const facts = { id: newSortableId(at), ownerExternalId: externalId, at, asOf: derivedFor, catalogueVersion, cause };
  const isOtherPurpose =
    read !== undefined && isVersionForCredit(catalogueVersion) && !isVersionForCredit(read.catalogueVersion);
  const after = announce(announced, profiles, facts, isOtherPurpose);
  return after === announced ? answer : { ...answer, announced: after };
}
