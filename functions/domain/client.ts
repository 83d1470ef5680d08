/** What a client has chosen; part of what its answers depend on. */
export type ClientSettings = {
  /** Sensitive profiles that the client has turned on, sorted. */
  readonly enabledProfiles: readonly string[];
};
