/**
 * What a client has made of the catalogue, in a partition of its own (`<clientId>#catalogue`).
 *
 * | sort key               | holds                                                                          |
 * |------------------------|--------------------------------------------------------------------------------|
 * | `draft`                | the amendment being edited, its revision, who changed what last                 |
 * | `amendment#<version>`  | an amendment that was previewed or published; never changes                     |
 * | `publication#<id>`     | that a version was made the active one, by which key, when and why              |
 * | `run#<id>`             | a preview or a replay: what it compares, how far it is, what came out           |
 */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type AmendmentDocument, NO_AMENDMENT } from '../../domain/catalogue/amendment.ts';
import { EXPIRES, expiry, openPartitionValues, standsOn } from '../dynamodb/partition-values.ts';
import { openRunStore } from '../runs/run-store.ts';

/** The draft as it was stored. `history` names what recent edits changed, the newest last. */
export type StoredDraft = {
  readonly revision: number;
  readonly version: string;
  readonly amendment: AmendmentDocument;
  /** Milliseconds since 1970. */
  readonly changedAt: number;
  readonly keyId: string;
  readonly history: readonly DraftEdit[];
};
/** `before` is the version that the edit was made on. */
export type DraftEdit = {
  readonly before: string;
  readonly at: number;
  readonly keyId: string;
  readonly paths: readonly string[];
};
export type Publication = {
  readonly publicationId: string;
  readonly version: string;
  readonly previousVersion: string;
  readonly publishedAt: number;
  readonly effectiveAt: number;
  readonly keyId: string;
  readonly note: string;
  readonly forced: boolean;
};
export type CatalogueStore = ReturnType<typeof openCatalogueStore>;

const DRAFT = 'draft';

export function openCatalogueStore(dynamo: DynamoDBClient, table: string) {
  const items = openPartitionValues(dynamo, table, 'catalogue');
  const { valueAt, valuesUnder, put, remove } = items;

  // Items from before clients had words of their own have none.
  const whole = (stored: AmendmentDocument): AmendmentDocument => ({ ...NO_AMENDMENT, ...stored });

  async function readDraft(clientId: string): Promise<StoredDraft | undefined> {
    const draft = await valueAt<StoredDraft>(clientId, DRAFT);
    return draft && { ...draft, amendment: whole(draft.amendment) };
  }

  /** Writes the draft, conditional on the revision that was read (undefined: if there is none). False: a conflict. */
  const writeDraft = (clientId: string, draft: StoredDraft, readRevision: number | undefined): Promise<boolean> =>
    put(clientId, DRAFT, draft, { revision: { N: String(draft.revision) } }, standsOn('revision', readRevision));

  /** An amendment by its version. */
  async function readAmendment(clientId: string, version: string): Promise<AmendmentDocument | undefined> {
    const amendment = await valueAt<AmendmentDocument>(clientId, `amendment#${version}`);
    return amendment && whole(amendment);
  }

  /** Keeps an amendment for good. */
  async function keepAmendment(clientId: string, version: string, amendment: AmendmentDocument): Promise<void> {
    await put(clientId, `amendment#${version}`, amendment);
  }

  /** Keeps an amendment for a preview: it goes with the run, unless it is published, or was. */
  async function lendAmendment(
    clientId: string,
    version: string,
    amendment: AmendmentDocument,
    now: number,
  ): Promise<void> {
    await put(clientId, `amendment#${version}`, amendment, expiry(now), {
      ConditionExpression: 'attribute_not_exists(pk) OR attribute_exists(#ttl)',
      ExpressionAttributeNames: { '#ttl': EXPIRES },
    });
  }

  async function writePublication(clientId: string, publication: Publication): Promise<void> {
    await put(clientId, `publication#${publication.publicationId}`, publication);
  }

  /** Takes back one that did not come about. */
  async function removePublication(clientId: string, publicationId: string): Promise<void> {
    await remove(clientId, `publication#${publicationId}`);
  }

  const readPublication = (clientId: string, publicationId: string): Promise<Publication | undefined> =>
    valueAt<Publication>(clientId, `publication#${publicationId}`);
  const listPublications = (clientId: string): Promise<Publication[]> =>
    valuesUnder<Publication>(clientId, 'publication#');

  return {
    readDraft,
    writeDraft,
    readAmendment,
    keepAmendment,
    lendAmendment,
    writePublication,
    removePublication,
    readPublication,
    listPublications,
    ...openRunStore(items, openPartitionValues(dynamo, table, 'snapshots')),
  };
}
