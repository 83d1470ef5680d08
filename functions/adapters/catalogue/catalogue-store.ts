/**
 * What a client has made of the catalogue, in a partition of its own (`<clientId>#catalogue`).
 *
 * | sort key               | holds                                                                          |
 * |------------------------|--------------------------------------------------------------------------------|
 * | `draft`                | the amendment being edited, its revision, who changed what last                 |
 * | `amendment#<version>`  | an amendment that was previewed or published; never changes                     |
 * | `publication#<id>`     | that a version was made the active one, by which key, when and why              |
 * | `run#<id>`             | a preview or a replay: what it compares, how far it is, what came out           |
 *
 * Values are JSON in one attribute, `value`; what conditions stand on is beside it.
 */
import {
  type AttributeValue,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { AmendmentDocument } from '../../domain/catalogue/amendment.ts';
import { conditionHeld } from '../dynamodb/condition-held.ts';
import { everyItem } from '../dynamodb/every-item.ts';

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
export type RunKind = 'preview' | 'replay';
/** Of a run that is `running`, the state machine knows whether it has failed since; when it goes on, so does the run. */
export type RunStatus = 'running' | 'finished' | 'cancelled' | 'superseded';
/** A visit of all owners of a client. */
export type Run = {
  readonly runId: string;
  readonly kind: RunKind;
  readonly status: RunStatus;
  readonly createdAt: number;
  readonly keyId: string;
  /** Days since 1970: the day that a preview derives for. */
  readonly asOf: number;
  /** Version of the built-in catalogue that it began under. */
  readonly builtIn: string;
  /** Versions of the amendment: the active one, and the one that is previewed or replayed. */
  readonly from: string;
  readonly to: string;
  readonly enabledProfiles: readonly string[];
  /** Counted when it began. */
  readonly owners: number;
  readonly estimated: boolean;
  readonly estimatedCostUsd: number;
  /** 0 until it is planned. */
  readonly slices: number;
  readonly result: RunResult | null;
};
export type RunResult = {
  readonly owners: number;
  /** Owners that could not be derived; the log says why. */
  readonly failed: number;
  /** Of a replay: owners whose answer was written anew. */
  readonly rewritten?: number;
  /** Of a preview: the same for every preview that derived the same of the same owners. */
  readonly hash?: string;
  readonly profiles?: readonly ProfileDiff[];
};
export type ProfileDiff = {
  readonly profile: string;
  /** Members under the active and under the previewed catalogue. */
  readonly before: number;
  readonly after: number;
  readonly entered: number;
  readonly left: number;
};
export type CatalogueStore = ReturnType<typeof openCatalogueStore>;

type Item = Record<string, AttributeValue>;

/** Runs and amendments that were only previewed are forgotten after so many days; the results in the bucket go then too. */
export const RUN_DAYS = 30;
const DRAFT = 'draft';
const EXPIRES = 'ttl';

export function openCatalogueStore(dynamo: DynamoDBClient, table: string) {
  const keyOf = (clientId: string, sort: string): Item => ({ pk: { S: `${clientId}#catalogue` }, sk: { S: sort } });

  async function read(clientId: string, sort: string): Promise<Item | undefined> {
    const Key = keyOf(clientId, sort);
    return (await dynamo.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }))).Item;
  }

  async function valueAt<Value>(clientId: string, sort: string): Promise<Value | undefined> {
    const item = await read(clientId, sort);
    return item && valueIn<Value>(item);
  }

  /** All values of a kind, the newest first. Their ids begin with the time. */
  async function valuesUnder<Value>(clientId: string, prefix: string): Promise<Value[]> {
    const items = everyItem(dynamo, {
      TableName: table,
      ConsistentRead: true,
      ScanIndexForward: false,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': { S: `${clientId}#catalogue` }, ':prefix': { S: prefix } },
    });
    return Array.fromAsync(items, valueIn<Value>);
  }

  /** False when the condition did not hold. */
  async function put(
    clientId: string,
    sort: string,
    value: object,
    more: Item = {},
    on: Condition = {},
  ): Promise<boolean> {
    const Item = { ...keyOf(clientId, sort), value: { S: JSON.stringify(value) }, ...more };
    return conditionHeld(dynamo.send(new PutItemCommand({ TableName: table, Item, ...on })));
  }

  const readDraft = (clientId: string): Promise<StoredDraft | undefined> => valueAt<StoredDraft>(clientId, DRAFT);

  /** Writes the draft on the revision that was read (undefined: if there is none). False: somebody was faster. */
  const writeDraft = (clientId: string, draft: StoredDraft, readRevision: number | undefined): Promise<boolean> =>
    put(clientId, DRAFT, draft, { revision: { N: String(draft.revision) } }, standsOn('revision', readRevision));

  /** An amendment by its version. */
  const readAmendment = (clientId: string, version: string): Promise<AmendmentDocument | undefined> =>
    valueAt<AmendmentDocument>(clientId, `amendment#${version}`);

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
    const Key = keyOf(clientId, `publication#${publicationId}`);
    await dynamo.send(new DeleteItemCommand({ TableName: table, Key }));
  }

  const readPublication = (clientId: string, publicationId: string): Promise<Publication | undefined> =>
    valueAt<Publication>(clientId, `publication#${publicationId}`);
  const listPublications = (clientId: string): Promise<Publication[]> =>
    valuesUnder<Publication>(clientId, 'publication#');

  const readRun = (clientId: string, runId: string): Promise<Run | undefined> => valueAt<Run>(clientId, `run#${runId}`);
  const listRuns = (clientId: string): Promise<Run[]> => valuesUnder<Run>(clientId, 'run#');

  async function createRun(clientId: string, run: Run): Promise<void> {
    await put(clientId, `run#${run.runId}`, run, { runStatus: { S: run.status }, ...expiry(run.createdAt) });
  }

  /** Changes a run that has one of these statuses still; the run as it then stands. */
  async function changeRun(
    clientId: string,
    run: Run,
    change: Partial<Pick<Run, 'status' | 'slices' | 'result'>>,
  ): Promise<Run | undefined> {
    const changed = { ...run, ...change };
    const more = { runStatus: { S: changed.status }, ...expiry(run.createdAt) };
    const written = await put(clientId, `run#${run.runId}`, changed, more, {
      ConditionExpression: 'runStatus = :read',
      ExpressionAttributeValues: { ':read': { S: run.status } },
    });
    return written ? changed : undefined;
  }

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
    readRun,
    listRuns,
    createRun,
    changeRun,
  };
}

const valueIn = <Value>(item: Item): Value => JSON.parse(String(item['value']?.S)) as Value;

type Condition = Pick<
  ConstructorParameters<typeof PutItemCommand>[0],
  'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

function standsOn(attribute: string, read: number | undefined): Condition {
  if (read === undefined) return { ConditionExpression: 'attribute_not_exists(pk)' };
  return {
    ConditionExpression: `${attribute} = :read`,
    ExpressionAttributeValues: { ':read': { N: String(read) } },
  };
}

function expiry(now: number): Item {
  return { [EXPIRES]: { N: String(Math.floor(now / 1000) + RUN_DAYS * 86_400) } };
}
