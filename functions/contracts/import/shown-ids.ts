/** Ids of a failed message as people may see them: anything may be in one, and none may tell whose it is. */

export const CLIENT_FORM = /^[a-z0-9-]{1,64}$/;
/** Without blanks: a sentence or a name is not an id. */
const PLAIN_ID = /^[\x21-\x7e]{1,256}$/;

/** A client id, if it has the form of one. */
export function shownClient(clientId: unknown): string | undefined {
  if (typeof clientId !== 'string') return undefined;
  return isClientId(clientId) ? clientId : mask(clientId);
}

/** Whether a client can have this id. */
export function isClientId(value: unknown): value is string {
  return typeof value === 'string' && CLIENT_FORM.test(value);
}

/** The client's id of the import, unless it contains the owner's id or an account. */
export function shownImportId(message: unknown): string | undefined {
  if (typeof message !== 'object' || message === null || Array.isArray(message)) return undefined;
  const { importId, ownerExternalId } = message as Record<string, unknown>;
  if (typeof importId !== 'string' || !PLAIN_ID.test(importId)) return undefined;
  const owner = typeof ownerExternalId === 'string' ? ownerExternalId : '';
  const isOfPerson = (owner !== '' && importId.includes(owner)) || /[A-Z]{2}\d{2}[A-Z0-9]{11}/.test(importId);
  return isOfPerson ? mask(importId) : importId;
}

/** Its length alone. */
export function mask(text: string): string {
  return `••• (${[...text].length})`;
}
