/**
 * Keyed hashes: table keys, metrics and logs hold no client's identifiers, and a stolen table holds no API key.
 *
 * The key is a secret's value, read once per process. It never changes: every owner and every API key would be orphaned.
 */
import { createHmac } from 'node:crypto';
import { ConfigurationError } from '../runtime/errors.ts';
import { once } from '../runtime/once.ts';

export type HashKey = {
  /** Name of an owner in the table. The client is part of it: the same id of two clients gives unrelated names. */
  readonly ownerKey: (clientId: string, ownerExternalId: string) => string;
  /** What is kept of an API key. */
  readonly apiKeyHash: (apiKey: string) => string;
  /** Keyed hash of any other text, such as an account's key. */
  readonly hashOf: (text: string) => string;
};

/** 192 of HMAC-SHA256's 256 bits, 32 characters: names stay short in every key of the table, and never collide. */
const BYTES = 24;
/** A key much shorter than the hash could be guessed from one known pair. */
const SHORTEST_SECRET = 32;

/** The hashes under this key. */
export function hashKeyOf(secret: string | Uint8Array): HashKey {
  if (secret.length < SHORTEST_SECRET) {
    throw new ConfigurationError(`the hash key must have at least ${SHORTEST_SECRET} characters`);
  }
  const hashOf = (text: string) =>
    createHmac('sha256', secret).update(text, 'utf8').digest().subarray(0, BYTES).toString('base64url');
  return {
    ownerKey: (clientId, ownerExternalId) => hashOf(`${clientId}\0${ownerExternalId}`),
    apiKeyHash: hashOf,
    hashOf,
  };
}

type ReadSecret = (secretId: string) => Promise<string | Uint8Array>;

/** The hashes under a secret's value, which is read at the first call and then kept. A read that failed is tried again. */
export function openHashKey(secretId: string, read: ReadSecret = readSecret): () => Promise<HashKey> {
  return once(async () => hashKeyOf(await read(secretId)));
}

/** The client is loaded here and not at the top: the stack, the tests and the command line need it seldom. */
async function readSecret(secretId: string): Promise<string | Uint8Array> {
  const { GetSecretValueCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
  const client = new SecretsManagerClient();
  try {
    const { SecretString, SecretBinary } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
    return SecretString ?? SecretBinary ?? '';
  } finally {
    client.destroy();
  }
}
