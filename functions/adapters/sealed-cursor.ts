/**
 * Where a page ended, sealed: it names an owner's account and transaction, and URLs are logged. It opens only for what it was sealed for,
 * and a forged one opens for nothing.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { HashKey } from './hash-key.ts';

export type SealedCursors = {
  /** @param value what JSON can hold @param of whose pages it is about */
  seal(value: unknown, of: string): string;
  /** Undefined where the text was not sealed here for the same. */
  open(text: string, of: string): unknown;
};

const CIPHER = 'aes-192-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export function openSealedCursors(hashOf: HashKey['hashOf']): SealedCursors {
  // A hash has 192 bits; no other text that is hashed has a null character at its beginning.
  const key = Buffer.from(hashOf('\0cursors'), 'base64url');
  return {
    seal(value, of) {
      const text = JSON.stringify(value);
      // Made of what is sealed, so that a page that has not changed has the same bytes, and no nonce is used for two texts.
      const nonce = Buffer.from(hashOf(`\0cursor\0${JSON.stringify([of, text])}`), 'base64url').subarray(
        0,
        NONCE_BYTES,
      );
      const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(of));
      const sealed = [cipher.update(text, 'utf8'), cipher.final()];
      return Buffer.concat([nonce, cipher.getAuthTag(), ...sealed]).toString('base64url');
    },
    open(text, of) {
      const bytes = Buffer.from(text, 'base64url');
      const [nonce, tag] = [bytes.subarray(0, NONCE_BYTES), bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES)];
      if (tag.length < TAG_BYTES) return undefined;
      try {
        const decipher = createDecipheriv(CIPHER, key, nonce).setAAD(Buffer.from(of)).setAuthTag(tag);
        const opened = [decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()];
        return JSON.parse(Buffer.concat(opened).toString('utf8'));
      } catch {
        return undefined;
      }
    },
  };
}
