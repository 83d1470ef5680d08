/** The schemas of the API as components of an OpenAPI 3.1 document, whose dialect is JSON Schema 2020-12. */
import * as z from 'zod';
import { amendmentSchema } from '../catalogue/amendment.ts';
import { definitionSchema, ruleForms, ruleSchema } from '../catalogue/definition.ts';
import { ownLabelSchema, ownRuleSchema } from '../catalogue/own-words.ts';
import {
  amendmentAnswer,
  clientCatalogueAnswer,
  clientCatalogueProfile,
  definitionBody,
  draftAnswer,
  publicationAnswer,
  publicationBody,
  publicationForms,
  publicationsAnswer,
  versionAnswer,
  versionsAnswer,
} from '../http/catalogue.ts';
import { change, changeFeedAnswer } from '../http/changes.ts';
import {
  evidenceTransaction,
  explanation,
  explanationAnswer,
  explanationCondition,
  furtherTransactions,
  whatIf,
} from '../http/explanations.ts';
import { failureQueuesAnswer, failuresAnswer, retryAnswer, retryBody } from '../http/failures.ts';
import { importStatusAnswer, refusedImportsAnswer } from '../http/imports.ts';
import { keyAnswer, keyBody, keyCreatedAnswer, keysAnswer } from '../http/keys.ts';
import {
  catalogueAnswer,
  catalogueProfile,
  featuresAnswer,
  historyAnswer,
  historySpan,
  OWNER_ID_LIMITS,
  ownerBatchAnswer,
  ownerBatchBody,
  ownerProfilesAnswer,
  problemAnswer,
  uploadAnswer,
} from '../http/owners.ts';
import {
  estimateAnswer,
  nearMissesAnswer,
  previewAnswer,
  previewBody,
  previewOwnerAnswer,
  previewOwnersAnswer,
  previewsAnswer,
} from '../http/previews.ts';
import {
  changesAnswer,
  countsAnswer,
  distributionAnswer,
  filesAnswer,
  ownersAnswer,
  snapshotAnswer,
  snapshotBody,
  snapshotStarted,
  snapshotsAnswer,
  unlabelledAnswer,
} from '../http/segments.ts';
import { statementsAnswer, statementsUploadAnswer } from '../http/statements.ts';
import { listedTransaction, transactionsAnswer } from '../http/transactions.ts';
import {
  deliveriesAnswer,
  deliveryRetryAnswer,
  webhookAnswer,
  webhookBody,
  webhookCreatedAnswer,
  webhookSecretAnswer,
  webhooksAnswer,
  webhookTestAnswer,
} from '../http/webhooks.ts';
import { accountSchema, ownerExternalId, ownerUploadSchema, transactionSchema } from '../import/import-message.ts';
import { FIELD_TEXTS } from './field-texts.ts';

export type JsonSchema = Record<string, unknown>;

const COMPONENTS = {
  // First of all: a schema that refers to itself is else put where no reference of the document leads.
  Rule: ruleSchema,
  ...ruleForms,
  OwnerProfiles: ownerProfilesAnswer,
  OwnerBatch: ownerBatchAnswer,
  OwnerBatchBody: ownerBatchBody,
  OwnerExplanation: explanationAnswer,
  Explanation: explanation,
  ExplanationCondition: explanationCondition,
  WhatIf: whatIf,
  FurtherTransactions: furtherTransactions,
  EvidenceTransaction: evidenceTransaction,
  OwnerHistory: historyAnswer,
  HistorySpan: historySpan,
  OwnerTransactions: transactionsAnswer,
  ListedTransaction: listedTransaction,
  OwnerFeatures: featuresAnswer,
  Catalogue: catalogueAnswer,
  CatalogueProfile: catalogueProfile,
  ClientCatalogue: clientCatalogueAnswer,
  ClientCatalogueProfile: clientCatalogueProfile,
  Amendment: amendmentAnswer,
  Definition: definitionSchema,
  OwnLabel: ownLabelSchema,
  OwnRule: ownRuleSchema,
  Draft: draftAnswer,
  Versions: versionsAnswer,
  Version: versionAnswer,
  Preview: previewAnswer,
  Previews: previewsAnswer,
  Estimate: estimateAnswer,
  PreviewOwners: previewOwnersAnswer,
  NearMisses: nearMissesAnswer,
  PreviewOwner: previewOwnerAnswer,
  Publication: publicationAnswer,
  Publications: publicationsAnswer,
  AmendmentBody: amendmentSchema,
  DefinitionBody: definitionBody,
  PreviewBody: previewBody,
  PublicationBody: publicationBody,
  ...publicationForms,
  Snapshot: snapshotAnswer,
  Snapshots: snapshotsAnswer,
  SnapshotBody: snapshotBody,
  SnapshotStarted: snapshotStarted,
  SnapshotOwners: ownersAnswer,
  SnapshotCounts: countsAnswer,
  SnapshotChanges: changesAnswer,
  SnapshotDistribution: distributionAnswer,
  SnapshotUnlabelled: unlabelledAnswer,
  SnapshotFiles: filesAnswer,
  StatementsAccepted: statementsAnswer,
  StatementsUpload: statementsUploadAnswer,
  ImportStatus: importStatusAnswer,
  RefusedImports: refusedImportsAnswer,
  Change: change,
  Changes: changeFeedAnswer,
  Webhook: webhookAnswer,
  Webhooks: webhooksAnswer,
  WebhookBody: webhookBody,
  WebhookCreated: webhookCreatedAnswer,
  WebhookSecret: webhookSecretAnswer,
  WebhookTest: webhookTestAnswer,
  Deliveries: deliveriesAnswer,
  DeliveryRetry: deliveryRetryAnswer,
  Key: keyAnswer,
  FailureQueues: failureQueuesAnswer,
  Failures: failuresAnswer,
  RetryBody: retryBody,
  Retry: retryAnswer,
  Keys: keysAnswer,
  KeyBody: keyBody,
  KeyCreated: keyCreatedAnswer,
  OwnerUpload: ownerUploadSchema,
  Account: accountSchema,
  Transaction: transactionSchema,
  UploadAccepted: uploadAnswer,
  Problem: problemAnswer,
} as const satisfies Record<string, z.ZodType>;

export type ComponentName = keyof typeof COMPONENTS;

const BODIES: ReadonlySet<unknown> = new Set([
  amendmentSchema,
  definitionBody,
  previewBody,
  ...Object.values(publicationForms),
  snapshotBody,
  webhookBody,
  keyBody,
  retryBody,
]);

export const refTo = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/**
 * `input` for all: it is what callers send, and of answers it says the same as `output` but leaves objects open, so that a
 * generated client does not break when an answer grows a field.
 */
const OPTIONS = {
  io: 'input',
  override: ({ zodSchema, jsonSchema }: { zodSchema: unknown; jsonSchema: JsonSchema }) => {
    if (zodSchema === ownerExternalId) Object.assign(jsonSchema, OWNER_ID_LIMITS);
    // The format suffices; zod's pattern would be a screenful at each use.
    if (['date', 'date-time'].includes(String(jsonSchema['format']))) delete jsonSchema['pattern'];
    // Definitions are in answers too, and those may grow; only bodies are described as strict.
    if (jsonSchema['additionalProperties'] === false && !BODIES.has(zodSchema))
      delete jsonSchema['additionalProperties'];
    asPlainList(jsonSchema);
    if (zodSchema === publicationBody) asOneOf(jsonSchema, Object.keys(publicationForms));
  },
} as const;

/** Exactly one of these components, in place of an object of which two fields exclude each other. */
function asOneOf(schema: JsonSchema, components: readonly string[]): void {
  for (const name of Object.keys(schema)) delete schema[name];
  schema['oneOf'] = components.map(refTo);
}

/** Generators give up at `items: false`; a pair of two alike says as much by its length. */
function asPlainList(schema: JsonSchema): void {
  const { prefixItems } = schema;
  if (!Array.isArray(prefixItems)) return;
  schema['items'] = prefixItems[0];
  delete schema['prefixItems'];
}

/** Gives every field a text: a field that may be null has it one step further in, others have it by their name. */
export function describeFields(component: string, value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  const { properties } = value as JsonSchema;
  for (const [name, field] of Object.entries((properties ?? {}) as Record<string, JsonSchema>)) {
    if (field['description'] || field['$ref']) continue;
    const inner = (field['anyOf'] as readonly JsonSchema[] | undefined)?.find(({ description }) => description);
    const text = inner?.['description'] ?? FIELD_TEXTS[`${component}.${name}`] ?? FIELD_TEXTS[name];
    if (text) field['description'] = text;
  }
  for (const inner of Object.values(value)) describeFields(component, inner);
}

export function componentSchemas(): Readonly<Record<string, JsonSchema>> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(COMPONENTS)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { ...OPTIONS, uri: (id) => refTo(id).$ref });
  for (const [id, schema] of Object.entries(schemas)) describeFields(id, schema);
  return Object.fromEntries(
    Object.entries(schemas)
      .filter(([id]) => id in COMPONENTS)
      .map(([id, schema]) => [id, bare(schema)]),
  );
}

/** A schema written where it is used, such as a parameter's. */
export function inlineSchema(schema: z.ZodType): JsonSchema {
  return bare(z.toJSONSchema(schema, OPTIONS));
}

/** The document says the dialect once, and the place of a component is its id. */
function bare({ $schema: _, $id: __, id: ___, ...schema }: JsonSchema): JsonSchema {
  return schema;
}
