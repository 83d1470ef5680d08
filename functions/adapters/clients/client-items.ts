/**
 * Clients and API keys as the table holds them.
 *
 * | partition             | sort          | holds                                                                       |
 * |-----------------------|---------------|-----------------------------------------------------------------------------|
 * | `<clientId>#client`   | `client`      | name, enabled, enabledProfiles, purpose, addresses, senders, amendment, …    |
 * | `<clientId>#client`   | `key#<keyId>` | hash of one of the client's keys, to find it by its id                       |
 * | `#clients`            | `<clientId>`  | that there is this client: what goes over all of them looks here          |
 * | `#key#<hash>`         | `key`         | clientId, keyId, scopes, addresses, purpose, createdAt, createdBy, revokedAt |
 * | `#operators`          | `<hash>`      | a key of operators: keyId, addresses, createdAt, revokedAt (operator-keys.ts) |
 *
 * A client id has no `#`, so that the kinds of partitions cannot be mistaken for each other.
 */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Scope } from '../../contracts/http/routes.ts';
import { type AmendmentInForce, PURPOSES, type Purpose, purposeMark } from '../../domain/catalogue/client-settings.ts';

export type Client = {
  readonly clientId: string;
  readonly name: string;
  readonly enabled: boolean;
  /** Sensitive profiles that are turned on, sorted; behind them the mark of the client's purpose, where it has one. */
  readonly enabledProfiles: readonly string[];
  /** CIDR blocks that requests may come from; none: from anywhere. */
  readonly addresses: readonly string[];
  /** Principals whose messages are taken for this client, by their ids in IAM; none: everyone who may send. */
  readonly senders?: readonly string[];
  /** Groups of fewer owners are hidden from keys that must learn no individual; absent: 10. */
  readonly smallestGroup?: number;
  /** What the snapshot of each night keeps; absent: answers alone. */
  readonly nightly?: Nightly;
  /** Its plan of requests; absent: it shares the limit of all clients without one. */
  readonly usage?: Usage;
  /** Its own version of the catalogue; absent while nothing was published. */
  readonly amendment?: AmendmentInForce;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
};

/** `on`: whether to take a snapshot every night. Features as in the body of `POST /v1/snapshots`. */
export type Nightly = { readonly on: boolean; readonly features: readonly string[]; readonly unlabelled: boolean };

/**
 * The plan that limits a client's requests, and the value of the client's key in it, by which API Gateway counts them. No secret. A plan that
 * a stage takes away and gets back has another `planId`, and no key in it.
 */
export type Usage = { readonly plan: string; readonly planId: string; readonly key: string };

export type ApiKey = {
  readonly clientId: string;
  readonly keyId: string;
  readonly scopes: readonly Scope[];
  readonly addresses: readonly string[];
  /** What its answers may be used for, where that is less than the client may. */
  readonly purpose?: Purpose;
  readonly createdAt: string;
  /** The key that made it; absent: an operator did. */
  readonly createdBy?: string;
  readonly revokedAt?: string;
};

type Item = Record<string, AttributeValue>;
/** The partition that lists all clients. */
export const LISTED = '#clients';
/** Where an item lies. */
type Place = { readonly pk: { readonly S: string }; readonly sk: { readonly S: string } };

export function clientPlace(clientId: string): Place {
  return { pk: { S: `${clientId}#client` }, sk: { S: 'client' } };
}

/** Of the entry by which all clients are listed. */
export function listingPlace(clientId: string): Place {
  return { pk: { S: LISTED }, sk: { S: clientId } };
}

/** Of the entry by which a client's key is found by its id. */
export function entryPlace(clientId: string, keyId: string): Place {
  return { pk: clientPlace(clientId).pk, sk: { S: `key#${keyId}` } };
}

export function keyPlace(hash: string): Place {
  return { pk: { S: `#key#${hash}` }, sk: { S: 'key' } };
}

/** The hash that a key is stored under. */
export function keyHashAt({ pk }: Item): string {
  return (pk?.S ?? '').slice('#key#'.length);
}

export function clientItem({ clientId, name, enabled, enabledProfiles, addresses, senders, createdAt }: Client): Item {
  return {
    clientId: { S: clientId },
    name: { S: name },
    enabled: { BOOL: enabled },
    enabledProfiles: list(enabledProfiles),
    addresses: list(addresses),
    ...(senders && { senders: list(senders) }),
    createdAt: { S: createdAt },
  };
}

/** A missing or odd value is read as the stricter one: a client that is not plainly enabled is disabled. */
export function readClient(item: Item): Client {
  const senders = texts(item, 'senders');
  const amendment = amendmentIn(item);
  const smallestGroup = Number(item['smallestGroup']?.N ?? Number.NaN);
  const nightly = item['nightly']?.M;
  const purpose = purposeIn(item);
  const usage = item['usage']?.M;
  return {
    clientId: text(item, 'clientId'),
    name: text(item, 'name'),
    enabled: item['enabled']?.BOOL === true,
    enabledProfiles: [...texts(item, 'enabledProfiles'), ...(purpose ? [purposeMark(purpose)] : [])],
    addresses: texts(item, 'addresses'),
    ...(senders.length > 0 && { senders }),
    ...(smallestGroup >= 1 && { smallestGroup }),
    ...(nightly && { nightly: nightlyIn(nightly) }),
    ...(usage && { usage: { plan: text(usage, 'plan'), planId: text(usage, 'planId'), key: text(usage, 'key') } }),
    ...(amendment && { amendment }),
    createdAt: text(item, 'createdAt'),
  };
}

function purposeIn(item: Item): Purpose | undefined {
  return PURPOSES.find((each) => each === item['purpose']?.S);
}

/** The value of the attribute `purpose` of a client or a key; empty: it has none. */
export function purposeValue(purpose: Purpose | undefined): AttributeValue {
  return { S: purpose ?? '' };
}

/** The value of a client's attribute `nightly`. */
export function nightlyValue({ on, features, unlabelled }: Nightly): AttributeValue {
  return { M: { on: { BOOL: on }, features: list(features), unlabelled: { BOOL: unlabelled } } };
}

/** The value of a client's attribute `usage`. */
export function usageValue({ plan, planId, key }: Usage): AttributeValue {
  return { M: { plan: { S: plan }, planId: { S: planId }, key: { S: key } } };
}

function nightlyIn(map: Item): Nightly {
  return {
    on: map['on']?.BOOL === true,
    features: texts(map, 'features'),
    unlabelled: map['unlabelled']?.BOOL === true,
  };
}

export function keyItem({ clientId, keyId, scopes, addresses, purpose, createdAt, createdBy }: ApiKey): Item {
  return {
    clientId: { S: clientId },
    keyId: { S: keyId },
    scopes: list(scopes),
    addresses: list(addresses),
    ...(purpose && { purpose: purposeValue(purpose) }),
    createdAt: { S: createdAt },
    ...(createdBy && { createdBy: { S: createdBy } }),
  };
}

export function readKey(item: Item): ApiKey {
  const [createdBy, revokedAt] = [item['createdBy']?.S, item['revokedAt']?.S];
  const purpose = purposeIn(item);
  return {
    clientId: text(item, 'clientId'),
    keyId: text(item, 'keyId'),
    scopes: texts(item, 'scopes') as Scope[],
    addresses: texts(item, 'addresses'),
    ...(purpose && { purpose }),
    createdAt: text(item, 'createdAt'),
    ...(createdBy !== undefined && { createdBy }),
    ...(revokedAt !== undefined && { revokedAt }),
  };
}

/** The value of a client's attribute `amendment`. */
export function amendmentValue({ version, from, before, publicationId }: AmendmentInForce): AttributeValue {
  return {
    M: {
      version: { S: version },
      from: { N: String(from) },
      before: { S: before },
      publicationId: { S: publicationId },
    },
  };
}

function amendmentIn(item: Item): AmendmentInForce | undefined {
  const map = item['amendment']?.M;
  if (!map) return undefined;
  return {
    version: text(map, 'version'),
    from: Number(map['from']?.N),
    before: text(map, 'before'),
    publicationId: text(map, 'publicationId'),
  };
}

/** A list and not a set: DynamoDB has no empty sets. */
const list = (values: readonly string[]): AttributeValue => ({ L: values.map((S) => ({ S })) });
const text = (item: Item, name: string): string => item[name]?.S ?? '';
const texts = (item: Item, name: string): string[] => item[name]?.L?.flatMap(({ S }) => S ?? []) ?? [];
