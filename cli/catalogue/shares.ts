/** How much a preview may change before a pipeline stops: shares of a profile's current members. */
import { InvalidArgumentError } from 'commander';
import type { ProfileDiff } from '../../functions/adapters/runs/run-store.ts';

/** Without a profile: for every one that has no limit of its own. */
export type ShareLimit = { readonly profile?: string; readonly share: number };
export type ShareLimits = { readonly entered: readonly ShareLimit[]; readonly left: readonly ShareLimit[] };
export type Exceeded = {
  readonly profile: string;
  readonly change: 'entered' | 'left';
  readonly share: number;
  readonly limit: number;
};

/** `2%`, or `pet-owner=0.5%`; repeatable. */
export function shareLimit(text: string, before: readonly ShareLimit[] | undefined): ShareLimit[] {
  const [, profile, percent] = /^(?:([a-z0-9-]+)=)?(\d+(?:\.\d+)?)%$/.exec(text) ?? [];
  if (percent === undefined) throw new InvalidArgumentError('write a share as 2%, or of one profile as pet-owner=2%.');
  return [...(before ?? []), { ...(profile !== undefined && { profile }), share: Number(percent) / 100 }];
}

/**
 * A profile without members has none to take a share of: only a limit of its own applies to it, as a share
 * of all owners.
 */
export function exceededBy(
  { owners, profiles = [] }: { readonly owners: number; readonly profiles?: readonly ProfileDiff[] },
  limits: ShareLimits,
): Exceeded[] {
  return profiles.flatMap((diff) =>
    (['left', 'entered'] as const).flatMap((change) => {
      const own = limits[change].findLast(({ profile }) => profile === diff.profile);
      const limit = own ?? (diff.before > 0 ? limits[change].findLast(({ profile }) => !profile) : undefined);
      const share = diff[change] === 0 ? 0 : diff[change] / (diff.before || owners);
      return limit && share > limit.share ? [{ profile: diff.profile, change, share, limit: limit.share }] : [];
    }),
  );
}
