/** Clients, their keys and their catalogues: each item only if the live table has none. */
import { listingPlace } from '../../functions/adapters/clients/client-items.ts';
import { ITEM_KEYS } from '../../functions/runtime/names.ts';
import { type Item, itemsOf, putBackItem, readItem, type Tables } from './tables.ts';

export type ClientPutBack = {
  /** The client itself: with the settings of the restore point. */
  readonly client: boolean;
  readonly keyIds: readonly string[];
  /** Drafts, amendments and publications. */
  readonly documents: number;
};

/**
 * A client comes after the amendment that may be its active one, and a key after the entry by which it can be revoked.
 *
 * Previews and replays are left out: they end within days, and one that was running then would look so for good.
 *
 * @param revoked ids of keys that were revoked since the restore point
 */
export async function putBackClient(
  tables: Tables,
  clientId: string,
  revoked: ReadonlySet<string>,
  now: number,
): Promise<ClientPutBack> {
  let documents = 0;
  for await (const item of itemsOf(tables, `${clientId}#catalogue`, now)) {
    if (item['sk']?.S?.startsWith('run#')) continue;
    // The content of a version never changes. One that is kept for good must not expire with a preview that used it since.
    const isKept = item['sk']?.S?.startsWith('amendment#') && item['ttl'] === undefined;
    if (await putBackItem(tables, item, isKept)) documents++;
  }
  // So that a scan of all clients finds it, even a client older than that list.
  await putBackItem(tables, listingPlace(clientId));
  let client = false;
  const keyIds: string[] = [];
  for await (const item of itemsOf(tables, `${clientId}#client`, now)) {
    const keyId = item['sk']?.S?.split('key#')[1];
    if (keyId === undefined) client = await putBackItem(tables, item);
    else if (!revoked.has(keyId) && (await putBackKey(tables, item))) keyIds.push(keyId);
  }
  return { client, keyIds, documents };
}

/** @returns the ids of those that the live table had lost */
export async function putBackOperatorKeys(
  tables: Tables,
  revoked: ReadonlySet<string>,
  now: number,
): Promise<readonly string[]> {
  const keyIds: string[] = [];
  for await (const item of itemsOf(tables, ITEM_KEYS.operators, now)) {
    const keyId = item['keyId']?.S ?? '';
    if (!revoked.has(keyId) && (await putBackItem(tables, item))) keyIds.push(keyId);
  }
  return keyIds;
}

async function putBackKey(tables: Tables, entry: Item): Promise<boolean> {
  const key = await readItem(tables.restored, { pk: { S: `#key#${entry['hash']?.S}` }, sk: { S: 'key' } });
  await putBackItem(tables, entry);
  return key !== undefined && putBackItem(tables, key);
}
