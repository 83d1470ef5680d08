/**
 * Changes of an owner's list of profiles. Each is numbered by the owner's next sequence, and applying them in order gives the list. What
 * was announced last and what waits to be published are beside the answer, so that one write stores both or neither.
 */
import type { Day } from '../values/day.ts';

export const CAUSES = ['import', 'time', 'catalogue', 'erasure'] as const;
export type Cause = (typeof CAUSES)[number];

export type Change = {
  /** The same wherever the change is published, and however often. */
  readonly id: string;
  /** 1, 2, 3 … of this owner. */
  readonly sequence: number;
  readonly ownerExternalId: string;
  /** When the answer was written, in milliseconds since 1970. */
  readonly at: number;
  readonly asOf: Day;
  readonly entered: readonly string[];
  readonly left: readonly string[];
  /** The list after it. */
  readonly profiles: readonly string[];
  readonly catalogueVersion: string;
  readonly cause: Cause;
};

export type Announced = {
  /** The list after the last change; an unknown owner has the empty one. */
  readonly profiles: readonly string[];
  /** Of the last change; 0: there was none. */
  readonly sequence: number;
  /** Changes that were not published yet, in order. */
  readonly pending: readonly Change[];
  /** Changes up to this sequence are no longer listed, but for `kept`, the one by the last erasure that changed the list. 0: none. */
  readonly erased: { readonly upTo: number; readonly kept: number };
};

export const NOTHING_ANNOUNCED: Announced = { profiles: [], sequence: 0, pending: [], erased: { upTo: 0, kept: 0 } };

/** What a change has beside the list before and the list after it. */
export type ChangeFacts = Omit<Change, 'sequence' | 'entered' | 'left' | 'profiles'>;

/**
 * What is announced once the list is this one. The same value when the list stays.
 *
 * @param isOtherPurpose the list before was derived for more than this one may be used for: their difference is not named
 */
export function announce(
  announced: Announced,
  profiles: readonly string[],
  facts: ChangeFacts,
  isOtherPurpose = false,
): Announced {
  if (facts.cause === 'erasure') return erased(announced, facts);
  const before = announced.profiles;
  const entered = profiles.filter((profile) => !before.includes(profile));
  const left = before.filter((profile) => !profiles.includes(profile));
  if (entered.length + left.length === 0) return announced;
  const between = isOtherPurpose && before.length > 0 ? { entered: [], left: [] } : { entered, left };
  return withChange(announced, { ...facts, ...between, profiles });
}

function withChange(announced: Announced, change: Omit<Change, 'sequence'>): Announced {
  const sequence = announced.sequence + 1;
  const pending = [...announced.pending, { ...change, sequence }];
  return { ...announced, profiles: change.profiles, sequence, pending };
}

/**
 * What was not published before an erasure is not published any more: the erasure says that the list is empty. It says so even where only
 * waiting changes would have said it, because a consumer with a copy may have seen the first of them, or none.
 */
function erased(announced: Announced, facts: ChangeFacts): Announced {
  const { erased: before } = announced;
  const dropped = announced.pending.filter(({ sequence }) => sequence !== before.kept);
  const left = [...new Set([announced.profiles, ...dropped.flatMap((one) => [one.profiles, one.left])].flat())].sort();
  const after = left.length > 0 ? withChange(announced, { ...facts, entered: [], left, profiles: [] }) : announced;
  const { profiles, sequence, pending } = after;
  const kept = after === announced ? before.kept : sequence;
  return {
    profiles,
    sequence,
    pending: pending.filter((one) => one.sequence === kept),
    erased: { upTo: sequence, kept },
  };
}

/** Whether a change is no longer listed because its owner was erased after it. */
export function isErased({ erased: { upTo, kept } }: Announced, sequence: number): boolean {
  return sequence <= upTo && sequence !== kept;
}

/** The same without the changes that were published. */
export function published(announced: Announced, ids: ReadonlySet<string>): Announced {
  return { ...announced, pending: announced.pending.filter(({ id }) => !ids.has(id)) };
}
