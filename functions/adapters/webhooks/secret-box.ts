/**
 * Secrets of webhooks, encrypted at rest: AES-256-GCM under a key from a secret of the stack. The place of a secret is sealed with it, so
 * that none can be read in the place of another.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { lazy } from '../../runtime/lazy.ts';
import { leanClient } from '../sdk/lean-client.ts';

const CIPHER = 'aes-256-gcm';
const [KEY_BYTES, IV_BYTES, TAG_BYTES, SECRET_BYTES] = [32, 12, 16, 32];
const PREFIX = 'whsec_';

export type SecretBox = ReturnType<typeof secretBoxOf>;

export function secretBoxOf(secret: string) {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'webhook secrets', KEY_BYTES));

  function seal(text: string, place: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(place));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64');
  }

  /** @throws Error when it was sealed under another key, or for another place */
  function open(box: string, place: string): string {
    const bytes = Buffer.from(box, 'base64');
    const iv = bytes.subarray(0, IV_BYTES);
    const decipher = createDecipheriv(CIPHER, key, iv).setAAD(Buffer.from(place));
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
  }

  return { seal, open };
}

/** The box of a process: its key is read once. */
export function openSecretBox(secretId: string): () => Promise<SecretBox> {
  return lazy(async () => {
    const client = leanClient(SecretsManagerClient);
    try {
      const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
      if (SecretString.length < KEY_BYTES) throw new Error('the key of webhook secrets is too short');
      return secretBoxOf(SecretString);
    } finally {
      client.destroy();
    }
  });
}

/** A secret as the Standard Webhooks specification writes them. */
export function newWebhookSecret(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString('base64');
}

/** The value of `webhook-signature`: one signature for each secret that holds (Standard Webhooks specification, "Signature scheme"). */
export function signatures(secrets: readonly string[], id: string, timestamp: number, body: string): string {
  const text = `${id}.${timestamp}.${body}`;
  return secrets
    .map((secret) => {
      const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
      return `v1,${createHmac('sha256', key).update(text).digest('base64')}`;
    })
    .join(' ');
}
