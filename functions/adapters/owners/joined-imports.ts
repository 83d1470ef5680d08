/**
 * The imports of an owner that were joined last. They are in the answer item, so that joining an import costs no write for them; packed, so
 * that the item stays small: 8 bytes of a digest of the import's id, and 4 bytes of the second in which it was joined.
 */
import { createHash } from 'node:crypto';

export type JoinedImport = {
  readonly digest: string;
  /** Seconds since 1970. */
  readonly at: number;
};

/** As many are remembered (contract of `GET /v1/imports/{importId}`). */
export const MOST_JOINED = 16;
const DIGEST_BYTES = 8;
const BYTES = DIGEST_BYTES + 4;

/** Short form of an import's id. Two of 16 imports share one with a probability of less than 10⁻¹⁷. */
export function importDigest(importId: string): string {
  return createHash('sha256').update(importId).digest().subarray(0, DIGEST_BYTES).toString('hex');
}

/** The last ones with these added, newest last. One that is there stays as it is. @param now milliseconds since 1970 */
export function withJoined(
  joined: readonly JoinedImport[],
  importIds: readonly string[],
  now: number,
): readonly JoinedImport[] {
  const known = new Set(joined.map(({ digest }) => digest));
  const added = [...new Set(importIds.map(importDigest))].filter((digest) => !known.has(digest));
  return [...joined, ...added.map((digest) => ({ digest, at: Math.floor(now / 1000) }))].slice(-MOST_JOINED);
}

export function packJoined(joined: readonly JoinedImport[]): Uint8Array {
  const bytes = Buffer.alloc(joined.length * BYTES);
  for (const [index, { digest, at }] of joined.entries()) {
    bytes.write(digest, index * BYTES, 'hex');
    bytes.writeUInt32BE(at, index * BYTES + DIGEST_BYTES);
  }
  return bytes;
}

export function unpackJoined(packed: Uint8Array): readonly JoinedImport[] {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  return Array.from({ length: Math.floor(bytes.length / BYTES) }, (_, index) => ({
    digest: bytes.toString('hex', index * BYTES, index * BYTES + DIGEST_BYTES),
    at: bytes.readUInt32BE(index * BYTES + DIGEST_BYTES),
  }));
}
