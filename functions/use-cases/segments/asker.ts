/** Who asks about many owners at once, and what they may be told. */
import type { GetClient } from '../../adapters/clients/clients.ts';

type Caller = { readonly clientId: string; readonly keyId: string; readonly scopes: readonly string[] };

/** `smallestGroup`: of a key that must learn no individual; every number of owners is rounded down to its multiples. */
export type Asker = { readonly clientId: string; readonly keyId: string; readonly smallestGroup?: number };

/** Of a client that has not set another. */
const SMALLEST_GROUP = 10;

/** A number of owners, as this asker may know it. */
export function rounded({ smallestGroup }: Pick<Asker, 'smallestGroup'>, owners: number): number {
  return smallestGroup === undefined ? owners : owners - (owners % smallestGroup);
}

/** What a caller may be told, by the scopes of the key. */
export function openAskers({ getClient }: { readonly getClient: GetClient }) {
  async function askerOf({ clientId, keyId, scopes }: Caller): Promise<Asker> {
    if (scopes.includes('read')) return { clientId, keyId };
    return { clientId, keyId, smallestGroup: await smallestGroupOf(getClient, clientId) };
  }
  return { askerOf };
}

/** Groups of fewer owners are not shown, and numbers are rounded to it where a key must learn no individual. */
export async function smallestGroupOf(getClient: GetClient, clientId: string): Promise<number> {
  return (await getClient(clientId))?.smallestGroup ?? SMALLEST_GROUP;
}
