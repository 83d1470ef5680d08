/** The outcome of an import, for the client that sent it. */
import type { RefusedImport } from '../../adapters/imports/refused-imports.ts';
import type { StatementUploads } from '../../adapters/imports/statement-uploads.ts';
import type { Answer } from '../../adapters/owners/answer-item.ts';
import { importDigest } from '../../adapters/owners/joined-imports.ts';
import type { StatementReport } from '../../contracts/http/statements.ts';
import type { Service } from '../service/service.ts';

type Parts = Pick<Service, 'store' | 'ownerKey' | 'refused'>;
/** What is kept of large files that were read. */
type Reports = Pick<StatementUploads, 'findReport'>;

/** `at` in milliseconds since 1970, to the second where it was joined; `unknown`: not processed yet, or longer ago than is remembered. */
export type ImportStatus = (
  | { readonly status: 'joined'; readonly at: number }
  | { readonly status: 'refused'; readonly at: number; readonly reason: string; readonly detail: string }
  | { readonly status: 'unknown' }
) & {
  /** How the large file was read that became this import. */
  readonly report?: StatementReport | undefined;
};

export async function importStatus(
  { store, ownerKey, refused, uploads }: Parts & { readonly uploads: Reports },
  { clientId, ownerExternalId, importId }: { clientId: string; ownerExternalId: string; importId: string },
): Promise<ImportStatus> {
  const owner = ownerKey(clientId, ownerExternalId);
  const [answer, refusal, report] = await Promise.all([
    store.readAnswer(owner, { consistent: true }),
    refused.find(owner, importId),
    uploads.findReport(owner, importId),
  ]);
  const joined = joinedAt(answer, importId);
  if (refusal && !isPast(refusal, answer)) {
    const { at, reason, detail } = refusal;
    return { status: 'refused', at, reason, detail, report };
  }
  return joined === undefined ? { status: 'unknown', report } : { status: 'joined', at: joined, report };
}

/**
 * The refused imports of a client, the newest first. One that was joined under its id since, or whose owner was erased, leaves the list
 * when it is met there: joining an import looks for no refusal, and so costs nothing for it. A page may therefore be short, or empty
 * before the last.
 */
export async function refusedImports(
  { store, refused }: Parts,
  clientId: string,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ readonly imports: readonly RefusedImport[]; readonly cursor: string | null }> {
  const page = await refused.list(clientId, limit, cursor);
  const kept = await Promise.all(
    page.imports.map(async (one) => {
      const answer = one.owner && (await store.readAnswer(one.owner, { consistent: true }));
      if (!one.owner || !isPast(one, answer)) return [one];
      await refused.forget(one.owner, one.importId);
      return [];
    }),
  );
  return { imports: kept.flat(), cursor: page.cursor };
}

/** Whether the import was joined after it had been refused, or everything about its owner was erased. */
function isPast({ importId, at }: RefusedImport, answer: Answer | undefined): boolean {
  const joined = joinedAt(answer, importId);
  return (answer?.erasedAt ?? 0) >= at || (joined !== undefined && joined + 999 >= at);
}

function joinedAt(answer: Answer | undefined, importId: string): number | undefined {
  const digest = importDigest(importId);
  const joined = answer?.joined.find((one) => one.digest === digest);
  return joined && joined.at * 1000;
}
