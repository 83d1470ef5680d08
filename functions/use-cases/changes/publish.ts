/**
 * Publishing what waits in an owner's answer: to the feed, then to the bus and the webhooks, then it waits no more.
 *
 * A change is published by the one that claimed it, so that two who look at the same owner neither repeat nor disorder it. Cut off anywhere,
 * it still waits, and the next one takes the claim over when it has run out: where it was placed already, it is not placed again.
 */
import { randomUUID } from 'node:crypto';
import type { ChangeFeed, Claim, Listed } from '../../adapters/changes/change-feed.ts';
import type { ChangeNotice } from '../../adapters/changes/change-queue.ts';
import type { Answer } from '../../adapters/owners/answer-item.ts';
import type { OwnerKey } from '../../adapters/owners/owner-key.ts';
import type { OwnerStore } from '../../adapters/owners/owner-store.ts';
import { type Announced, type Change, isErased, published } from '../../domain/profiles/change.ts';
import { untilSettled } from '../owners/answer.ts';
import type { Service } from '../service/service.ts';

/** Sends changes that are in the feed to others. May be called again with the same ones. */
export type Tell = (clientId: string, changes: readonly Listed[]) => Promise<void>;

export type PublishParts = Pick<Service, 'clock' | 'pause'> & {
  readonly store: Pick<OwnerStore, 'readAnswer' | 'writeAnswer'>;
  readonly feed: Pick<ChangeFeed, 'claim' | 'place' | 'blank'>;
  readonly tell: Tell;
};

/**
 * @returns the changes that were published, in order
 * @throws TransientError while another publisher publishes changes of this owner
 */
export async function publishChanges(
  parts: PublishParts,
  { clientId, hash }: ChangeNotice,
): Promise<readonly Change[]> {
  const by = randomUUID();
  const done = new Map<string, Change>();
  await untilSettled(parts, async () => {
    const owner = { clientId, hash, externalId: '' };
    const answer = await parts.store.readAnswer(owner, { consistent: true });
    if (!answer) return true;
    const { announced } = answer;
    const { pending, erased } = announced;
    const isQuiet =
      erased.upTo === 0 ||
      (await parts.feed.blank(owner, (sequence) => isErased(announced, sequence), by, parts.clock()));
    // A change from before the erasure must not be listed behind it.
    if (!isQuiet) return undefined;
    const placed = await placeAll(parts, owner, announced, by);
    if (placed.length > 0) {
      await parts.tell(clientId, placed);
      for (const { change } of placed) done.set(change.id, change);
      if (!(await forget(parts, { clientId, hash }, answer, new Set(placed.map(({ change }) => change.id))))) {
        return undefined;
      }
    }
    return placed.length === pending.length ? true : undefined;
  });
  return [...done.values()];
}

/**
 * In order, up to the first one that another publisher has claimed.
 *
 * The answer is read again once all is claimed: an erasure that was not known a moment ago shows itself there, or waits for these claims.
 */
async function placeAll(
  { store, feed, clock }: PublishParts,
  owner: OwnerKey,
  { pending, erased }: Announced,
  by: string,
): Promise<readonly Listed[]> {
  const claimed: [Change, Claim][] = [];
  for (const change of pending) {
    const claim = await feed.claim(owner, change, by, clock());
    if (!claim) break;
    claimed.push([change, claim]);
  }
  if (claimed.length === 0) return [];
  const again = await store.readAnswer(owner, { consistent: true });
  if (again?.announced.erased.upTo !== erased.upTo) return [];
  const placed: Listed[] = [];
  for (const [change, claim] of claimed) {
    const publishedAt = clock();
    const position = await feed.place(owner, change, claim, publishedAt);
    if (position === undefined) break;
    placed.push({ position, change, hash: owner.hash, publishedAt });
  }
  return placed;
}

/** False: the answer was written meanwhile, and is to be read again. */
function forget(
  { store }: PublishParts,
  { clientId, hash }: ChangeNotice,
  answer: Answer,
  ids: ReadonlySet<string>,
): Promise<boolean> {
  // The answer of a known owner names them; every change does.
  const externalId = answer.announced.pending[0]?.ownerExternalId ?? '';
  const after = { ...answer, revision: answer.revision + 1, announced: published(answer.announced, ids) };
  return store.writeAnswer({ clientId, hash, externalId }, after, answer.revision);
}
