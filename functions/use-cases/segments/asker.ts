/** Who asks about many owners at once, and what they may see. */
import type { GetClient } from '../../adapters/clients/clients.ts';
import { type ClientSettings, type Purpose, purposeOf } from '../../domain/catalogue/client-settings.ts';

type Caller = Pick<Asker, 'clientId' | 'keyId'> & {
  readonly scopes: readonly string[];
  readonly settings: ClientSettings;
};

export type Asker = {
  readonly clientId: string;
  readonly keyId: string;
  /** Snapshots of this purpose are seen, and no others. */
  readonly purpose: Purpose | undefined;
  /** Of a key that must learn no individual: every number of owners is rounded down to its multiples. */
  readonly smallestGroup?: number;
};

/** Of a client that has not set another. */
const SMALLEST_GROUP = 10;

/** A number of owners, as this asker may know it. */
export function rounded({ smallestGroup }: Pick<Asker, 'smallestGroup'>, owners: number): number {
  return smallestGroup === undefined ? owners : owners - (owners % smallestGroup);
}

/** What a caller may see, by the scopes of the key. */
export function openAskers({ getClient }: { readonly getClient: GetClient }) {
  async function askerOf({ clientId, keyId, scopes, settings }: Caller): Promise<Asker> {
    const asker = { clientId, keyId, purpose: purposeOf(settings) };
    if (scopes.includes('read')) return asker;
    return { ...asker, smallestGroup: await smallestGroupOf(getClient, clientId) };
  }
  return { askerOf };
}

/** Groups of fewer owners are not shown, and numbers are rounded to it where a key must learn no individual. */
export async function smallestGroupOf(getClient: GetClient, clientId: string): Promise<number> {
  return (await getClient(clientId))?.smallestGroup ?? SMALLEST_GROUP;
}
