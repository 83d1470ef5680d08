/** What a replay does: it derives answers of another catalogue, or of a past day, again and writes them. */

import type { Client } from '../../adapters/clients/client-items.ts';
import type { Slice } from '../../adapters/owners/owner-directory.ts';
import type { Run, RunResult } from '../../adapters/runs/run-store.ts';
import { type ClientSettings, settingsAt, versionAt } from '../../domain/catalogue/client-settings.ts';
import { untilSettled } from '../owners/answer.ts';
import { keepTrue } from '../owners/renew.ts';
import { everySlice } from '../runs/every-slice.ts';
import { visitOwners } from '../runs/owner-visits.ts';
import type { RunWork, VisitParts } from '../runs/run-tasks.ts';
import { type SeenOwner, seenOwners } from '../runs/seen-owners.ts';
import type { Service } from '../service/service.ts';

export type ReplaySlice = { readonly owners: number; readonly failed: number; readonly rewritten: number };

/** A replay writes every answer again that is of another catalogue. It gives way to the replay of a later publication. */
export const REPLAY: RunWork<ReplaySlice> = {
  isSuperseded: (run, { amendment }, now) => versionAt(amendment, now) !== run.to,
  visit: (parts, client, _, slice) => visitForReplay(parts, client, slice),
  sum: async (run, sliceOf) => ({ result: await resultOfReplay(run, sliceOf) }),
};

async function visitForReplay(parts: VisitParts, client: Client, slice: Slice): Promise<ReplaySlice> {
  const { service, directory } = parts;
  const { clientId, enabledProfiles, amendment } = client;
  const settings = settingsAt(enabledProfiles, amendment, service.clock());
  let owners = 0;
  let rewritten = 0;
  const failed = await visitOwners(seenOwners(service, directory.owners(clientId, slice)), parts, async (owner) => {
    const outcome = await untilSettled(service, () => replayOwner(service, owner, settings));
    if (outcome !== 'unknown') owners++;
    if (outcome === 'rewritten') rewritten++;
  });
  return { owners, failed, rewritten };
}

/** Undefined when another worker wrote the answer meanwhile, perhaps under the older catalogue. */
export async function replayOwner(
  service: Service,
  { owner, seen }: SeenOwner,
  settings: ClientSettings,
): Promise<'unknown' | 'right' | 'rewritten' | undefined> {
  const kept = await keepTrue(service, owner, settings, seen);
  if (!kept) return 'unknown';
  if (kept.isStored) return 'right';
  return kept.written ? 'rewritten' : undefined;
}

async function resultOfReplay(
  run: Run,
  sliceOf: (number: number) => Promise<ReplaySlice | undefined>,
): Promise<RunResult> {
  let [owners, failed, rewritten] = [0, 0, 0];
  for await (const [slice] of everySlice(run, sliceOf)) {
    owners += slice.owners;
    failed += slice.failed;
    rewritten += slice.rewritten;
  }
  return { owners, failed, rewritten };
}
