/**
 * What a person who signed in may do, by the groups of the user pool. A group `my-bank.read` gives the scope `read` of the client
 * `my-bank`; `my-bank.credit` narrows it to the purpose, as a key for credit does. Groups of another form belong to others and give nothing.
 */
import { SCOPES, type Scope } from '../../contracts/http/routes.ts';
import { PURPOSES, type Purpose } from '../../domain/catalogue/client-settings.ts';

export type UserRights = {
  readonly clientId: string;
  readonly scopes: readonly Scope[];
  readonly purpose?: Purpose;
};
/** Why the groups give nothing, for the person to read. */
export type NoRights = { readonly refusal: string };

const OF_CLIENT = /^([a-z0-9][a-z0-9-]{0,62})\.(.*)$/su;
const namesPurpose = (group: string) => PURPOSES.some((purpose) => group.trim().toLowerCase().endsWith(`.${purpose}`));

/** What may be a purpose that was mistyped, in client or right, refuses all: without it the rest would give too much. */
export function rightsOf(groups: readonly string[]): UserRights | NoRights {
  const mistyped = groups.find((group) => namesPurpose(group) && !OF_CLIENT.test(group));
  if (mistyped !== undefined) return { refusal: `Your group "${mistyped}" narrows the rights of no client.` };
  const found = groups.flatMap((group) => {
    const [, clientId, right] = OF_CLIENT.exec(group) ?? [];
    return clientId !== undefined && right !== undefined ? [{ group, clientId, right }] : [];
  });
  const [first] = found;
  if (!first) return { refusal: 'You are in no group of a client, such as "my-bank.read".' };
  const { clientId } = first;
  const other = found.find((each) => each.clientId !== clientId);
  if (other) {
    return { refusal: `Your groups are of two clients, "${clientId}" and "${other.clientId}". A user may have one.` };
  }
  const names: readonly string[] = [...SCOPES, ...PURPOSES];
  const odd = found.find(({ right }) => !names.includes(right));
  if (odd) return { refusal: `Your group "${odd.group}" names no right. There are: ${names.join(', ')}.` };
  const given = new Set(found.map(({ right }) => right));
  const purpose = PURPOSES.find((each) => given.has(each));
  return { clientId, scopes: SCOPES.filter((scope) => given.has(scope)), ...(purpose && { purpose }) };
}
