/** Whom a message of the queue of erasures names. */
export type Erased = { readonly clientId: string; readonly ownerExternalId: string };

/** Undefined: not one of ours. */
export function readErased(body: string): Erased | undefined {
  try {
    const { clientId, ownerExternalId } = JSON.parse(body) as Record<string, unknown>;
    const isRead = typeof clientId === 'string' && typeof ownerExternalId === 'string';
    return isRead ? { clientId, ownerExternalId } : undefined;
  } catch {
    return undefined;
  }
}
