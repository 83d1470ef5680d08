/** Failures of owners who were erased since: the service can process none of them, and only their personal data is left. */
import { openOwnerStore } from '../../functions/adapters/owners/owner-store.ts';
import { jsonIn } from '../../functions/contracts/import/json-text.ts';
import { isClientId } from '../../functions/contracts/import/shown-ids.ts';
import { systemClock } from '../../functions/runtime/clock.ts';
import { answered, clientOptions, TABLE } from '../aws.ts';
import type { TableConnection } from '../connection.ts';
import { hashKey } from '../operator.ts';
import type { Failure } from './queue.ts';

export type Erased = {
  readonly among: (failures: readonly Failure[]) => Promise<Failure[]>;
  readonly close: () => void;
};

/** One read of the table for each owner who has failures. @throws {CliError} when the secret of the hashes is not known */
export async function openErased(connection: TableConnection): Promise<Erased> {
  const { hashOf, ownerKey } = await hashKey(connection);
  const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
  const dynamo = new DynamoDBClient(clientOptions(connection.region, connection.endpoint));
  // Retention is for writes, and nothing is written.
  const store = openOwnerStore(dynamo, connection.table, hashOf, { clock: systemClock, retentionMonths: 0 });
  const known = new Map<string, Promise<number>>();
  const read = async (clientId: string, externalId: string) => {
    const owner = { clientId, externalId, hash: ownerKey(clientId, externalId) };
    return (await answered(TABLE, store.readAnswer(owner, { consistent: true })))?.erasedAt ?? 0;
  };
  const erasedAt = (failure: Failure): Promise<number> => {
    const owner = ownerIn(failure);
    if (!owner) return Promise.resolve(0);
    const name = JSON.stringify(owner);
    const instant = known.get(name) ?? read(...owner);
    known.set(name, instant);
    return instant;
  };
  return {
    among: async (failures) => {
      const instants = await Promise.all(failures.map(erasedAt));
      return failures.filter((failure, index) => isBefore(failure, instants[index] ?? 0));
    },
    close: () => dynamo.destroy(),
  };
}

/** Ids of client and owner; none: there can be no such client. Anything may be in a failure, and the table refuses a key that is too long. */
export function ownerIn({ clientId, ownerExternalId }: Pick<Failure, 'clientId' | 'ownerExternalId'>) {
  return isClientId(clientId) && typeof ownerExternalId === 'string'
    ? ([clientId, ownerExternalId] as const)
    : undefined;
}

/** Whether the import was made, or had failed, when its owner was erased. @param erasedAt milliseconds since 1970; 0: never */
export function isBefore({ body, sentAt }: Pick<Failure, 'body' | 'sentAt'>, erasedAt: number): boolean {
  if (erasedAt === 0) return false;
  const { importedAt } = (jsonIn(body)?.value ?? {}) as { importedAt?: unknown };
  return sentAt <= erasedAt || (typeof importedAt === 'string' && Date.parse(importedAt) <= erasedAt);
}
