/** The form of a client's amendment of the catalogue, and the JSON Schema by which editors complete and check it. */
import * as z from 'zod';
import type { AmendmentDocument } from '../../domain/catalogue/amendment.ts';
import { type DefinitionDocument, OPERATORS } from '../../domain/catalogue/definition.ts';
import { OWNER_METRICS, SET_METRICS, SPECIAL_SETS } from '../../domain/features/feature.ts';
import { MOST_FAULTS } from '../../domain/ledger/import.ts';
import type { Fault } from '../../domain/values/fault.ts';
import { nearest } from '../../domain/values/nearest.ts';
import { type Parsed, pathOf } from '../import/import-message.ts';
import { issueText, valueAt } from '../import/issue-text.ts';
import { definitionSchema, featureSchema, ruleSchema } from './definition.ts';
import { OWN_FIELDS, ownLabelSchema, ownRuleSchema } from './own-words.ts';

/** Far above `MOST_PROFILES`, whose fault names the number; this only bounds what is read. */
const LONGEST_LIST = 500;
const profileIds = z.array(z.string().min(1).max(64)).max(LONGEST_LIST).default([]);

export const amendmentSchema = z.strictObject({
  profiles: z
    .array(definitionSchema)
    .max(LONGEST_LIST)
    .default([])
    .describe('Definitions of your own; one with the id of a built-in profile replaces it'),
  disabled: profileIds.describe('Built-in profiles that are not judged'),
  enabled: profileIds.describe('Sensitive profiles that are judged'),
  labels: z.array(ownLabelSchema).default([]).describe('Labels of your own'),
  rules: z.array(ownRuleSchema).default([]).describe('What gives labels to transactions, and takes built-in ones away'),
});

/** An amendment whose form is right, or every fault of its form with its path. */
export function readAmendment(value: unknown): Parsed<AmendmentDocument> {
  return readWith<AmendmentDocument>(amendmentSchema, value);
}

/** A definition whose form is right, or every fault of its form with its path. */
export function readDefinition(value: unknown): Parsed<DefinitionDocument> {
  return readWith<DefinitionDocument>(definitionSchema, value);
}

function readWith<Document>(schema: z.ZodType<Document>, value: unknown): Parsed<Document> {
  const result = schema.safeParse(value);
  if (result.success) return { value: result.data };
  return { faults: result.error.issues.flatMap((issue) => faultsOf(issue, [], value)).slice(0, MOST_FAULTS) };
}

const FIELDS = {
  amendment: Object.keys(amendmentSchema.shape),
  definition: Object.keys(definitionSchema.shape),
  condition: ['feature', 'window', ...OPERATORS],
  rule: ['all', 'any', 'not'],
};

/**
 * Of a rule the schema only says that it is none of four forms. Its fields show which one was meant; the faults of that form are reported.
 */
function faultsOf(issue: z.core.$ZodIssue, above: readonly PropertyKey[], root: unknown): Fault[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'invalid_union' && issue.errors.length === 4) {
    const rule = valueAt(root, path);
    if (typeof rule !== 'object' || rule === null || Array.isArray(rule)) {
      return [{ path: pathOf(path), message: 'must be a condition, or one of `all`, `any` and `not`' }];
    }
    const form = FIELDS.rule.findIndex((name) => Object.hasOwn(rule, name));
    return (issue.errors[form === -1 ? 3 : form] ?? []).flatMap((inner) => faultsOf(inner, path, root));
  }
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: pathOf([...path, key]), message: unknownField(key, path) }));
  }
  if (issue.code === 'invalid_union') {
    return [{ path: pathOf(path), message: 'must be a number, or a text such as "60 EUR" or "5%"' }];
  }
  return [{ path: pathOf(path), message: issueText({ ...issue, path }, root) }];
}

function unknownField(key: string, path: readonly PropertyKey[]): string {
  const last = path.at(-1);
  if (path[0] === 'labels' || path[0] === 'rules') return nearField(key, ownFieldsAt(path));
  const isDefinition = path.length === 0 || (path.length === 2 && path[0] === 'profiles');
  const inRule = path.some((part) => part === 'enter' || part === 'stay');
  const names = inRule
    ? [...FIELDS.condition, ...FIELDS.rule]
    : last === 'needs'
      ? ['history']
      : isDefinition
        ? [...FIELDS.definition, ...(path.length === 0 ? FIELDS.amendment : [])]
        : [];
  return nearField(key, names);
}

/** The fields of a label, of a rule, of its `when` or of the amount in that. */
function ownFieldsAt(path: readonly PropertyKey[]): readonly string[] {
  if (path[0] === 'labels') return OWN_FIELDS.label;
  return [OWN_FIELDS.rule, OWN_FIELDS.when, OWN_FIELDS.amount][path.length - 2] ?? [];
}

function nearField(key: string, names: readonly string[]): string {
  const near = nearest(key, names);
  return `must be a known field${near ? `: did you mean \`${near}\`?` : ''}`;
}

/**
 * JSON Schema 2020-12 of an amendment; `#/$defs/definition` is a single definition.
 *
 * @param labels what sets of features may name, offered as completions
 */
export function amendmentJsonSchema(labels: readonly string[]): Record<string, unknown> {
  const registry = z.registry<{ id: string }>();
  // The rule first: a schema that refers to itself is else put where no reference leads.
  registry.add(ruleSchema, { id: 'rule' });
  registry.add(definitionSchema, { id: 'definition' });
  registry.add(ownLabelSchema, { id: 'label' });
  registry.add(ownRuleSchema, { id: 'ownRule' });
  registry.add(amendmentSchema, { id: 'amendment' });
  const { schemas } = z.toJSONSchema(registry, {
    io: 'input',
    uri: (id) => `#/$defs/${id}`,
    override: ({ zodSchema, jsonSchema }) => {
      if ((zodSchema as unknown) === featureSchema) Object.assign(jsonSchema, featureCompletions(labels));
    },
  });
  const { amendment = {}, rule = {}, ...parts } = schemas as Record<string, Record<string, unknown>>;
  const listOf = (id: string) => ({ type: 'array', items: { $ref: `#/$defs/${id}` } });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Amendment of the catalogue of Owner Profiles',
    ...withoutIds(amendment),
    $defs: {
      ...Object.fromEntries(Object.entries({ ...parts, rule }).map(([id, part]) => [id, withoutIds(part)])),
      labels: listOf('label'),
      rules: listOf('ownRule'),
    },
  };
}

/** Any name that the grammar allows, because a label may be the client's own, and those of built-in labels by name. */
function featureCompletions(labels: readonly string[]): Record<string, unknown> {
  const sets = [...labels, ...SPECIAL_SETS];
  const ofSets = sets.flatMap((set) => Object.keys(SET_METRICS).map((metric) => `${set}.${metric}`));
  const ofOwner = Object.keys(OWNER_METRICS).map((metric) => `owner.${metric}`);
  return {
    anyOf: [
      { enum: [...ofSets, ...ofOwner] },
      { type: 'string', pattern: `^[^.|]+(\\|[^.|]+| without [^.|]+)*\\.(${Object.keys(SET_METRICS).join('|')})$` },
    ],
  };
}

function withoutIds({ $schema: _, $id: __, id: ___, ...schema }: Record<string, unknown>): Record<string, unknown> {
  return schema;
}
