/** What a client has chosen; part of what its answers depend on. */
export type ClientSettings = {
  /** Sensitive profiles that the operator has turned on for the client, sorted; behind them the mark of its purpose. */
  readonly enabledProfiles: readonly string[];
  /** Version of the client's amendment of the catalogue; absent: the unchanged built-in catalogue. */
  readonly amendment?: string;
  /** They are for one key with a stricter purpose than its client: what is derived by them is neither stored nor announced. */
  readonly isOfKey?: true;
};

/** What a client may use answers for: for credit nothing counts that reveals special categories of data (see purpose.ts). */
export const PURPOSES = ['credit'] as const;
export type Purpose = (typeof PURPOSES)[number];

/**
 * Its mark among the profiles that are enabled for a client. It goes where they go: with callers, runs and versions of answers, so that no
 * derivation can miss it.
 */
export function purposeMark(purpose: Purpose): string {
  return `purpose:${purpose}`;
}

/** The settings for a key of its own purpose: the stricter of client and key holds. */
export function settingsOfKey(settings: ClientSettings, purpose: Purpose | undefined): ClientSettings {
  if (purpose === undefined || settings.enabledProfiles.includes(purposeMark(purpose))) return settings;
  return { ...settings, enabledProfiles: [...settings.enabledProfiles, purposeMark(purpose)], isOfKey: true };
}

/** The purpose that settings are for. What was derived for one must not be shown for another. */
export function purposeOf({ enabledProfiles }: Purposeful): Purpose | undefined {
  return PURPOSES.find((purpose) => enabledProfiles.includes(purposeMark(purpose)));
}

type Purposeful = Pick<ClientSettings, 'enabledProfiles'>;

export function isForCredit(settings: Purposeful): boolean {
  return purposeOf(settings) === 'credit';
}

/** Whether data with this version of a catalogue (see `versionFor`) was derived for credit. */
export function isVersionForCredit(version: string): boolean {
  return isForCredit({ enabledProfiles: version.split('+') });
}

/** Name of the empty amendment: the unchanged built-in catalogue. */
export const BUILT_IN = 'built-in';

/**
 * Which amendment holds: `before` until the instant `from` (milliseconds since 1970), then `version`. The instant is so far after the
 * publication that all caches of the client have expired by then: all functions switch at once.
 */
export type Changeover = { readonly version: string; readonly from: number; readonly before: string };

export type AmendmentInForce = Changeover & {
  /** The publication that made it so. */
  readonly publicationId: string;
};

/** The version that holds at an instant. */
export function versionAt(inForce: Changeover | undefined, now: number): string {
  if (!inForce) return BUILT_IN;
  return now >= inForce.from ? inForce.version : inForce.before;
}

/** The settings that hold at an instant. */
export function settingsAt(
  enabledProfiles: readonly string[],
  inForce: Changeover | undefined,
  now: number,
): ClientSettings {
  return withAmendment({ enabledProfiles }, versionAt(inForce, now));
}

/** The version of the amendment that settings name. */
export function activeVersion({ amendment }: ClientSettings): string {
  return amendment ?? BUILT_IN;
}

/** The same client under another version of its amendment. */
export function withAmendment({ enabledProfiles }: ClientSettings, version: string): ClientSettings {
  return version === BUILT_IN ? { enabledProfiles } : { enabledProfiles, amendment: version };
}
