import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { RefusedImport } from '../../adapters/imports/refused-imports.ts';
import { IMPORTS_OF_A_PAGE, LONGEST_CURSOR, MOST_IMPORTS_OF_A_PAGE } from '../../contracts/http/limits.ts';
import { httpRoutes, json } from '../../http/http-function.ts';
import { readPathParameter } from '../../http/path.ts';
import { invalidParameter, readLimit, readOnce, readOwnerExternalId } from '../../http/query.ts';
import type { ImportStatus } from '../../use-cases/imports/import-status.ts';

type Page = { readonly limit: number; readonly cursor?: string | undefined };
export type ImportsParts = {
  readonly status: (asked: { clientId: string; ownerExternalId: string; importId: string }) => Promise<ImportStatus>;
  readonly refused: (
    clientId: string,
    page: Page,
  ) => Promise<{ readonly imports: readonly RefusedImport[]; readonly cursor: string | null }>;
};

/** The outcome of an import, and the refused imports of the client. */
export function makeImports({ status, refused }: ImportsParts) {
  return httpRoutes('imports', {
    'GET /v1/imports/{importId}': async (event) => {
      const importId = readPathParameter(event, 'importId');
      const asked = { clientId: event.caller.clientId, ownerExternalId: readOwnerExternalId(event), importId };
      const found = await status(asked);
      const at = found.status === 'unknown' ? null : instant(found.at);
      const { reason, detail } = found.status === 'refused' ? found : { reason: null, detail: null };
      const report = found.report && { report: found.report };
      return json(200, { importId, status: found.status, at, reason, detail, ...report });
    },
    'GET /v1/imports': async (event) => {
      const { imports, cursor } = await refused(event.caller.clientId, readPage(event));
      const listed = imports.map(({ importId, owner, at, reason, detail }) => ({
        importId,
        ownerExternalId: owner?.externalId ?? null,
        at: instant(at),
        reason,
        detail,
      }));
      return json(200, { imports: listed, cursor });
    },
  });
}

function readPage(event: APIGatewayProxyEvent): Page {
  if (readOnce(event, 'status') !== 'refused') throw invalidParameter('status', 'must be `refused`');
  const cursor = readOnce(event, 'cursor');
  if (cursor !== undefined && (cursor === '' || cursor.length > LONGEST_CURSOR)) {
    throw invalidParameter('cursor', 'must be what the answer before says');
  }
  return { limit: readLimit(event, IMPORTS_OF_A_PAGE, MOST_IMPORTS_OF_A_PAGE), cursor };
}

const instant = (at: number) => new Date(at).toISOString();
