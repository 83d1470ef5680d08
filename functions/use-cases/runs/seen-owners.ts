import type { Answer } from '../../adapters/owners/answer-item.ts';
import type { OwnerKey } from '../../adapters/owners/owner-key.ts';
import type { Service } from '../service/service.ts';

/** An owner with the answer that a replica of the table shows; undefined: none. */
export type SeenOwner = { readonly owner: OwnerKey; readonly seen: Answer | undefined };

const AT_ONCE = 100;

/** Owners a hundred at a time, with their answers by one request: it may miss the last writes, and costs half as much. */
export async function* seenInBatches(
  { store }: Pick<Service, 'store'>,
  owners: AsyncIterable<OwnerKey>,
): AsyncGenerator<readonly SeenOwner[]> {
  for await (const batch of inBatches(owners)) {
    const answers = await store.readAnswers(batch, { consistent: false });
    yield batch.map((owner) => ({ owner, seen: answers.get(owner.hash) }));
  }
}

export async function* seenOwners(
  service: Pick<Service, 'store'>,
  owners: AsyncIterable<OwnerKey>,
): AsyncGenerator<SeenOwner> {
  for await (const batch of seenInBatches(service, owners)) yield* batch;
}

async function* inBatches(owners: AsyncIterable<OwnerKey>): AsyncGenerator<OwnerKey[]> {
  let batch: OwnerKey[] = [];
  for await (const owner of owners) {
    batch.push(owner);
    if (batch.length < AT_ONCE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
