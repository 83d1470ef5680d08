/**
 * Keyed hashes: table keys, metrics and logs hold no client's identifiers, and a stolen table holds no API key.
 *
 * The key is a secret's value: one text, or `{"ownerKey": "…", "apiKeys": ["newest", "older", …]}`. `ownerKey` never changes: every owner
 * would be orphaned. What API keys are hashed under can: new ones under the first text, and those made under an older text are found as
 * long as it is listed. The value is read again every few minutes, so no deployment is needed.
 */
import { createHmac } from 'node:crypto';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ConfigurationError } from '../runtime/errors.ts';
import { lazy } from '../runtime/lazy.ts';
import { leanClient } from './sdk/lean-client.ts';

export type HashKey = {
  /** Name of an owner in the table. The client is part of it: the same id of two clients gives unrelated names. */
  readonly ownerKey: (clientId: string, ownerExternalId: string) => string;
  /** What is stored of a new API key. */
  readonly apiKeyHash: (apiKey: string) => string;
  /** What may have been stored of an API key, the newest first. */
  readonly apiKeyHashes: (apiKey: string) => readonly string[];
  /** Keyed hash of any other text, such as an account's key. */
  readonly hashOf: (text: string) => string;
};

/** 192 of HMAC-SHA256's 256 bits, 32 characters: names stay short in every key of the table, and never collide. */
const BYTES = 24;
/** A key much shorter than the hash could be guessed from one known pair. */
const SHORTEST_SECRET = 32;
/** Each one is a read of the table for an unknown key. */
const MOST_API_KEY_SECRETS = 3;

/** The hashes under this key. */
export function hashKeyOf(secret: string | Uint8Array): HashKey {
  const { ownerKey, apiKeys } = partsOf(secret);
  const hashOf = hashUnder(ownerKey);
  const underApiKeys = apiKeys.map(hashUnder);
  return {
    ownerKey: (clientId, ownerExternalId) => hashOf(`${clientId}\0${ownerExternalId}`),
    apiKeyHash: (apiKey) => (underApiKeys[0] ?? hashOf)(apiKey),
    apiKeyHashes: (apiKey) => underApiKeys.map((hash) => hash(apiKey)),
    hashOf,
  };
}

type Parts = { readonly ownerKey: string | Uint8Array; readonly apiKeys: readonly (string | Uint8Array)[] };

function partsOf(secret: string | Uint8Array): Parts {
  const parts = typeof secret === 'string' && secret.trimStart().startsWith('{') ? readParts(secret) : undefined;
  const { ownerKey, apiKeys } = parts ?? { ownerKey: secret, apiKeys: [secret] };
  if ([ownerKey, ...apiKeys].some((key) => key.length < SHORTEST_SECRET)) {
    throw new ConfigurationError(`the hash key must have at least ${SHORTEST_SECRET} characters`);
  }
  return { ownerKey, apiKeys };
}

/** Its errors do not quote what it read, because errors are logged. */
function readParts(secret: string): Parts {
  const wrong = `the hash key must be {"ownerKey": text, "apiKeys": [1 to ${MOST_API_KEY_SECRETS} texts]}`;
  let value: { ownerKey?: unknown; apiKeys?: unknown };
  try {
    value = JSON.parse(secret);
  } catch {
    throw new ConfigurationError(wrong);
  }
  const { ownerKey, apiKeys } = value;
  const texts: unknown[] = Array.isArray(apiKeys) ? apiKeys : [];
  if (
    typeof ownerKey !== 'string' ||
    texts.length === 0 ||
    texts.length > MOST_API_KEY_SECRETS ||
    !texts.every((text) => typeof text === 'string')
  ) {
    throw new ConfigurationError(wrong);
  }
  return { ownerKey, apiKeys: texts };
}

function hashUnder(secret: string | Uint8Array): (text: string) => string {
  return (text) => createHmac('sha256', secret).update(text, 'utf8').digest().subarray(0, BYTES).toString('base64url');
}

type ReadSecret = (secretId: string) => Promise<string | Uint8Array>;

/** How long a process uses a value before it asks for it again. */
export const SECRET_KEPT_MS = 5 * 60_000;

/**
 * The hashes under a secret's value, which is read at the first call and kept for some minutes. A first read that failed is
 * tried again at the next call; when a later one fails, what was read before goes on to hold.
 */
export function openHashKey(
  secretId: string,
  read: ReadSecret = readSecret,
  now: () => number = Date.now,
): () => Promise<HashKey> {
  const first = lazy(async () => hashKeyOf(await read(secretId)));
  let current: HashKey | undefined;
  let until = Number.POSITIVE_INFINITY;
  const readAgain = async (known: HashKey) => {
    until = now() + SECRET_KEPT_MS;
    current = await read(secretId)
      .then(hashKeyOf)
      .catch(() => known);
    return current;
  };
  return async () => {
    if (current) return now() < until ? current : readAgain(current);
    const opened = await first();
    if (!current) {
      current = opened;
      until = now() + SECRET_KEPT_MS;
    }
    return current;
  };
}

async function readSecret(secretId: string): Promise<string | Uint8Array> {
  const client = leanClient(SecretsManagerClient);
  try {
    const { SecretString, SecretBinary } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
    return SecretString ?? SecretBinary ?? '';
  } finally {
    client.destroy();
  }
}
