/** The service as a function opens it at cold start: table, hash key, catalogue and clock. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openBuiltInCatalogue } from '../../adapters/catalogue/built-in-catalogue.ts';
import { openCatalogueStore } from '../../adapters/catalogue/catalogue-store.ts';
import { openChangeFeed } from '../../adapters/changes/change-feed.ts';
import { openHashKey } from '../../adapters/hash-key.ts';
import { openRefusedImports } from '../../adapters/imports/refused-imports.ts';
import { openOwnerStore } from '../../adapters/owners/owner-store.ts';
import { leanClient } from '../../adapters/sdk/lean-client.ts';
import { openSealedCursors } from '../../adapters/sealed-cursor.ts';
import { systemClock } from '../../runtime/clock.ts';
import type { ServiceConfiguration } from '../../runtime/configuration.ts';
import { openCatalogues } from './catalogues.ts';
import type { Announcer, PagingService } from './service.ts';

/** Of functions that write no answers. */
const NOBODY: Announcer = {
  later: () => Promise.reject(new Error('this function writes no answers')),
  now: () => Promise.reject(new Error('this function writes no answers')),
};

/**
 * @param announcer of functions that write answers: its queue's client is not for the others to carry
 * @param dynamo the function's own, where it has one: each client opens connections of its own
 */
export async function openService(
  { table, hashKeySecret, retentionMonths }: ServiceConfiguration,
  dynamo = leanClient(DynamoDBClient),
  announcer: Announcer = NOBODY,
): Promise<PagingService> {
  const { hashOf, ownerKey } = await openHashKey(hashKeySecret)();
  const keeping = { clock: systemClock, retentionMonths };
  const { readAmendment } = openCatalogueStore(dynamo, table);
  return {
    ...keeping,
    store: openOwnerStore(dynamo, table, hashOf, keeping),
    announcer,
    feed: openChangeFeed(dynamo, table),
    refused: openRefusedImports(dynamo, table),
    cursors: openSealedCursors(hashOf),
    catalogues: openCatalogues(openBuiltInCatalogue(), readAmendment),
    ownerKey: (clientId, ownerExternalId) => ({
      clientId,
      hash: ownerKey(clientId, ownerExternalId),
      externalId: ownerExternalId,
    }),
  };
}
