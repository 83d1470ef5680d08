/**
 * A whole restore: every partition of the restored table once, in parallel segments, with a limit per second.
 *
 * It may be interrupted and restarted at any time: existing items stay as they are.
 */
import { PermanentError, TransientError } from '../../functions/runtime/errors.ts';
import { ITEM_KEYS } from '../../functions/runtime/names.ts';
import { CliError } from '../errors.ts';
import { pacer } from '../failures/pace.ts';
import { putBackClient, putBackOperatorKeys } from './clients.ts';
import type { ToldErasure } from './erasures.ts';
import { type OwnerParts, type OwnerPutBack, openOwners } from './owners.ts';
import { partitions } from './tables.ts';

export type RestoreParts = OwnerParts & {
  readonly erased: readonly ToldErasure[];
  readonly revokedKeys: ReadonlySet<string>;
  readonly partitionsPerSecond: number;
  /** Called after each partition. */
  readonly progress: (counts: Counts) => void;
};

export type Counts = {
  owners: number;
  ownersPutBack: number;
  pages: number;
  parts: number;
  /** Pages that were removed, because parts of them are in neither table. */
  pagesGivenUp: number;
  /** Erased since the restore point, and left out. */
  ownersErasedSince: number;
  /** Named by the restored table or the operator, because the live table no longer knows them. */
  erasuresPutBack: number;
  /** Left out, because neither table has their ids. */
  ownersNameless: number;
  clients: number;
  keys: number;
  catalogueDocuments: number;
  failed: number;
};
export type Restored = {
  readonly counts: Counts;
  /** Client → restored owners whose answer was lost, so that an erasure since the restore point is no longer known. */
  readonly answersLost: Readonly<Record<string, number>>;
  readonly clientsPutBack: readonly string[];
  readonly keysPutBack: readonly { readonly clientId: string; readonly keyId: string }[];
  /** By partition key, which names the owner only by a keyed hash. */
  readonly failures: readonly { readonly partition: string; readonly reason: string }[];
};

const SEGMENTS = 8;
/** So many failures have a common cause that a person should look at. */
const MOST_FAILURES = 20;
const PARTITION = /^([^#]+)#(?:owner#(.+)|client)$/;

export async function restore(parts: RestoreParts): Promise<Restored> {
  const owners = openOwners(parts);
  const pace = pacer(parts.partitionsPerSecond);
  const counts: Counts = {
    ...{ owners: 0, ownersPutBack: 0, pages: 0, parts: 0, pagesGivenUp: 0, ownersErasedSince: 0 },
    ...{ erasuresPutBack: 0, ownersNameless: 0, clients: 0, keys: 0, catalogueDocuments: 0, failed: 0 },
  };
  const answersLost: Record<string, number> = {};
  const clientsPutBack: string[] = [];
  const keysPutBack: { clientId: string; keyId: string }[] = [];
  const failures: { partition: string; reason: string }[] = [];
  const erasedAgain = new Set<string>();
  let stopped = false;

  async function visitPartition(partition: string): Promise<void> {
    const [, clientId, hash] = PARTITION.exec(partition) ?? [];
    if (partition === ITEM_KEYS.operators) {
      const keyIds = await putBackOperatorKeys(parts, parts.revokedKeys, parts.clock());
      keysPutBack.push(...keyIds.map((keyId) => ({ clientId: partition, keyId })));
      counts.keys += keyIds.length;
    }
    // Keys of clients and catalogues come with their clients.
    if (clientId === undefined || erasedAgain.has(partition)) return;
    await pace();
    if (hash !== undefined) {
      counts.owners++;
      count(clientId, await owners.visit(clientId, hash));
    } else {
      const { client, keyIds, documents } = await putBackClient(parts, clientId, parts.revokedKeys, parts.clock());
      if (client) clientsPutBack.push(clientId);
      keysPutBack.push(...keyIds.map((keyId) => ({ clientId, keyId })));
      counts.clients += Number(client);
      counts.keys += keyIds.length;
      counts.catalogueDocuments += documents;
    }
  }

  function count(clientId: string, done: OwnerPutBack): void {
    counts.ownersPutBack += Number(done.changed);
    counts.pages += done.pages;
    counts.parts += done.parts;
    counts.pagesGivenUp += done.givenUp;
    counts.erasuresPutBack += Number(done.erasurePutBack);
    counts.ownersErasedSince += Number(done.erasedSince);
    counts.ownersNameless += Number(done.nameless);
    if (done.answerLost) answersLost[clientId] = (answersLost[clientId] ?? 0) + 1;
  }

  async function lane(segment: number): Promise<void> {
    for await (const partition of partitions(parts, segment, SEGMENTS)) {
      if (stopped) return;
      try {
        await visitPartition(partition);
      } catch (error) {
        counts.failed = failures.push({ partition, reason: reasonOf(error) });
        if (error instanceof CliError || failures.length === MOST_FAILURES) throw fatal(error);
      }
      parts.progress(counts);
    }
  }

  // Erasures first: of an owner who is erased again, nothing is restored even for a moment.
  for (const { clientId, ownerExternalId, erasedAt } of parts.erased) {
    const hash = parts.ownerKey(clientId, ownerExternalId);
    const told = { id: ownerExternalId, erasedAt };
    counts.owners++;
    const done = await owners.visit(clientId, hash, told).catch((error: unknown) => {
      throw fatal(error);
    });
    erasedAgain.add(`${clientId}#owner#${hash}`);
    count(clientId, done);
  }
  // A failure ends the others after their current partition.
  const lanes = Array.from({ length: SEGMENTS }, (_, segment) => lane(segment));
  try {
    await Promise.all(lanes);
  } finally {
    stopped = true;
    await Promise.allSettled(lanes);
  }
  return { counts, answersLost, clientsPutBack, keysPutBack, failures };
}

/** The error that ends the whole run; AWS errors pass unchanged, because the caller words them. */
function fatal(error: unknown): unknown {
  return error instanceof CliError || isFromAws(error) ? error : new CliError(`stopped: ${reasonOf(error)}`);
}

const isFromAws = (error: unknown) => typeof error === 'object' && error !== null && '$metadata' in error;

/** A message that was not written for others may quote a page: then only the kind of the error is shown. */
function reasonOf(error: unknown): string {
  const { message, name } = error as Error;
  const isOurs = error instanceof TransientError || error instanceof PermanentError;
  return isOurs || isFromAws(error) ? message : name;
}
