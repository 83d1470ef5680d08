/** The form of ids that we give: of previews, snapshots, webhooks, keys and the like. One of another form names nothing. */
export const OUR_ID = { pattern: '^[\\w-]{1,80}$' } as const;
/** Who did something: a key, or a person who signed in. */
export const AUTHOR_ID = { pattern: '^(user:)?[\\w-]{1,80}$' } as const;
