/**
 * The API keys of a client, listed, made and revoked by one of them or by a person who signed in. An operator, who has the table itself, is
 * not bound by these rules.
 */
import { isAddressBlock, isWithin } from '../../adapters/clients/addresses.ts';
import type { ApiKey, Client } from '../../adapters/clients/client-items.ts';
import type { CreatedKey, KeyStore, NewKey } from '../../adapters/clients/key-store.ts';
import { MOST_KEYS } from '../../contracts/http/limits.ts';
import type { Scope } from '../../contracts/http/routes.ts';
import type { Purpose } from '../../domain/catalogue/client-settings.ts';
import type { Fault } from '../../domain/values/fault.ts';
import { RefusedError } from '../../runtime/errors.ts';

/** What a key asks for. Addresses and purpose that are not given are those of the key that asks. */
export type AskedKey = {
  readonly scopes: readonly Scope[];
  readonly addresses?: readonly string[] | undefined;
  readonly purpose?: Purpose | undefined;
};
type GetClient = (clientId: string) => Promise<Client | undefined>;

/** What a new key may have of the one that makes it. */
export type Bounds = Pick<ApiKey, 'scopes' | 'addresses' | 'purpose'>;

/** Who asks: a key by its id, or a person by what their groups give, which no table holds. */
export type Asking = { readonly keyId: string; readonly ofUser?: Bounds };

export type Keys = {
  /** The keys of a client, revoked ones too, oldest first. */
  readonly list: (clientId: string) => Promise<readonly ApiKey[]>;
  /** The text of the key is in the answer and nowhere else. */
  readonly create: (clientId: string, asked: AskedKey, by: Asking) => Promise<CreatedKey>;
  readonly revoke: (clientId: string, keyId: string, by: Asking) => Promise<void>;
};

export function openKeys(store: KeyStore, getClient: GetClient): Keys {
  /**
   * The key that asks, as the table has it now: the verdict that let the request in may be a minute old.
   *
   * @throws RefusedError INVALID_API_KEY
   */
  async function asking(clientId: string, { keyId, ofUser }: Asking): Promise<Bounds> {
    const key = ofUser ?? (await workingKey(clientId, keyId));
    if (key && (await getClient(clientId))?.enabled) return key;
    throw new RefusedError('INVALID_API_KEY', 'The API key was revoked.');
  }

  async function workingKey(clientId: string, keyId: string): Promise<ApiKey | undefined> {
    const key = await store.readKey(clientId, keyId);
    return key?.revokedAt === undefined ? key : undefined;
  }

  /** @throws RefusedError INVALID_PAYLOAD for a right that the asking key lacks, TOO_MANY_KEYS, INVALID_API_KEY */
  async function create(clientId: string, asked: AskedKey, by: Asking): Promise<CreatedKey> {
    const own = await asking(clientId, by);
    const faults = faultsOf(asked, own);
    const [first] = faults;
    if (first) {
      throw new RefusedError('INVALID_PAYLOAD', `No key was made: \`${first.path}\` ${first.message}.`, faults);
    }
    if ((await store.listKeys(clientId)).length >= MOST_KEYS) {
      const detail = `A client has ${MOST_KEYS} keys at most, revoked ones included; an operator can make more.`;
      throw new RefusedError('TOO_MANY_KEYS', detail);
    }
    const created = await store.createKey({ ...bounded(clientId, asked, own), createdBy: by.keyId });
    // If it was revoked meanwhile, a list of the keys that it made may not have had this one.
    try {
      await asking(clientId, by);
    } catch (error) {
      await store.revokeKey(clientId, created.keyId);
      throw error;
    }
    return created;
  }

  /** @throws RefusedError KEY_NOT_FOUND, LAST_KEY, INVALID_API_KEY */
  async function revoke(clientId: string, keyId: string, by: Asking): Promise<void> {
    await asking(clientId, by);
    const managing = (await store.listKeys(clientId)).filter(
      ({ scopes, revokedAt }) => scopes.includes('keys') && revokedAt === undefined,
    );
    if (managing.length === 1 && managing[0]?.keyId === keyId) {
      throw new RefusedError(
        'LAST_KEY',
        'This is the last key with the scope "keys": without it only an operator could make keys. Make another one first.',
      );
    }
    await store.revokeKey(clientId, keyId);
  }

  return { list: store.listKeys, create, revoke };
}

/** What is asked for beyond the rights of the key that asks. */
function faultsOf({ scopes, addresses = [] }: AskedKey, own: Bounds): readonly Fault[] {
  const lacking = scopes.flatMap((scope, index) =>
    own.scopes.includes(scope)
      ? []
      : [{ path: `scopes[${index}]`, message: `must be a scope that the key you use has, and is "${scope}"` }],
  );
  const outside = addresses.flatMap((block, index) => {
    const message = addressFault(block, own.addresses);
    return message === undefined ? [] : [{ path: `addresses[${index}]`, message }];
  });
  return [...lacking, ...outside];
}

function addressFault(block: string, bounds: readonly string[]): string | undefined {
  if (!isAddressBlock(block)) return 'must be an address or a CIDR block such as 203.0.113.0/24';
  if (bounds.length === 0 || bounds.some((bound) => isWithin(block, bound))) return undefined;
  return `must be within the addresses of the key you use: ${bounds.join(', ')}`;
}

/** A list of no addresses means any, so a key with a list hands it on. */
function bounded(clientId: string, { scopes, addresses = [], purpose }: AskedKey, own: Bounds): NewKey {
  const kept = own.purpose ?? purpose;
  const within = addresses.length > 0 ? addresses : own.addresses;
  return { clientId, scopes, addresses: within, ...(kept && { purpose: kept }) };
}
