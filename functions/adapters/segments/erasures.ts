/**
 * The erasures of a client's owners in the last days, by keyed hash: items `erased#<hash>` of its snapshots. A snapshot looks here after it
 * stored its results, and an erasure looks at stored results after it is written here: one of them sees the other.
 */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expiry, openPartitionValues } from '../dynamodb/partition-values.ts';
import type { OwnerKey } from '../owners/owner-key.ts';

export type Erasure = { readonly hash: string; readonly erasedAt: number; readonly mark: string };
export type Erasures = ReturnType<typeof openErasures>;

/** No snapshot is under way for longer. */
const KEPT_DAYS = 7;

export function openErasures(dynamo: DynamoDBClient, table: string) {
  const { valuesUnder, put } = openPartitionValues(dynamo, table, 'snapshots');

  async function writeErasure(
    { clientId, hash }: OwnerKey,
    erasedAt: number,
    mark: string,
    now: number,
  ): Promise<void> {
    await put(clientId, `erased#${hash}`, { hash, erasedAt, mark } satisfies Erasure, expiry(now, KEPT_DAYS));
  }

  const listErasures = (clientId: string): Promise<Erasure[]> => valuesUnder<Erasure>(clientId, 'erased#');

  return { writeErasure, listErasures };
}
