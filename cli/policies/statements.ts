/** Statements of identity-based policies, for what commands use. */
import { ITEM_KEYS, OWNERS_INDEX } from '../../functions/runtime/names.ts';
import type { Places } from './places.ts';

export type Statement = {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
};

type Kind = keyof typeof ITEM_KEYS;

export function allow(Action: readonly string[], Resource: readonly string[]): Statement {
  return { Effect: 'Allow', Action, Resource };
}

/** On items of these kinds alone. */
export function onItems(tables: readonly string[], actions: readonly string[], kinds: readonly Kind[]): Statement {
  return {
    ...allow(inService('dynamodb', actions), tables),
    Condition: {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': kinds.map((kind) => ITEM_KEYS[kind]) },
      // "For all values" also holds when there are none, as in a scan.
      Null: { 'dynamodb:LeadingKeys': 'false' },
    },
  };
}

/** A scan reads everything: IAM cannot limit it to kinds of items. */
export function scan(table: string): Statement {
  return allow(['dynamodb:Scan'], [table]);
}

export function listOwners(tables: readonly string[]): Statement {
  return allow(
    ['dynamodb:Query'],
    tables.map((table) => `${table}/index/${OWNERS_INDEX.name}`),
  );
}

/** DynamoDB uses the key in the caller's name (DynamoDB developer guide, "Encryption at rest: usage notes"). */
export function decrypt(places: Places): Statement {
  return useOfKey(places, 'dynamodb', ['Decrypt', 'DescribeKey']);
}

/** The same for writes. */
export function encrypt(places: Places): Statement {
  return useOfKey(places, 'dynamodb', [
    'Decrypt',
    'DescribeKey',
    'Encrypt',
    'GenerateDataKey',
    'GenerateDataKeyWithoutPlaintext',
    'ReEncryptFrom',
    'ReEncryptTo',
  ]);
}

export function readHashKey(places: Places): Statement[] {
  return [allow(['secretsmanager:GetSecretValue'], [places.secret]), useOfKey(places, 'secretsmanager', ['Decrypt'])];
}

export function inService(service: string, actions: readonly string[]): string[] {
  return actions.map((action) => `${service}:${action}`);
}

function useOfKey({ key, via }: Places, service: string, actions: readonly string[]): Statement {
  return {
    ...allow(inService('kms', actions), [key]),
    Condition: { StringEquals: { 'kms:ViaService': via(service) } },
  };
}
