/** The snapshot of every night: one of each client that wants it. */
import type { Clients } from '../../adapters/clients/clients.ts';
import { today } from '../service/service.ts';
import { everySnapshot } from './every-snapshot.ts';
import { type SnapshotStartParts, startSnapshot } from './snapshots.ts';

export type NightlyParts = SnapshotStartParts & {
  readonly clientIds: Clients['clientIds'];
  readonly onFailure: (clientId: string, error: unknown) => void;
};

/** The key id of snapshots that the schedule started. */
const NIGHT = 'nightly';

/**
 * Starts them. A second time on the same day starts only those that are missing.
 *
 * @returns how many were started, and how many could not be; each of these was reported to `onFailure`
 */
export async function takeNightly(parts: NightlyParts): Promise<{ readonly started: number; readonly failed: number }> {
  const { clientIds, getClient, onFailure } = parts;
  let [started, failed] = [0, 0];
  for (const clientId of await clientIds()) {
    try {
      const client = await getClient(clientId);
      if (!client?.enabled || client.nightly?.on === false || (await isTaken(parts, clientId))) continue;
      const { features = [], unlabelled = false } = client.nightly ?? {};
      await startSnapshot(parts, { clientId, keyId: NIGHT }, { features, unlabelled });
      started++;
    } catch (error) {
      failed++;
      onFailure(clientId, error);
    }
  }
  return { started, failed };
}

async function isTaken({ store, service }: NightlyParts, clientId: string): Promise<boolean> {
  const day = today(service);
  for await (const { keyId, asOf, status } of everySnapshot(store, clientId)) {
    if (asOf < day) break;
    if (keyId === NIGHT && asOf === day && status !== 'cancelled') return true;
  }
  return false;
}
