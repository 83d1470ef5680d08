/** Keys hold nothing of an owner but the client and the keyed hash of the owner's id; the id itself is in the answer alone. */
export type OwnerKey = { readonly clientId: string; readonly hash: string; readonly externalId: string };
