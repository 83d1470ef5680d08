/** Client and keyed hash of the owner's id are all that keys ever hold of an owner; the id itself stands in the answer alone. */
export type OwnerKey = { readonly clientId: string; readonly hash: string; readonly externalId: string };
