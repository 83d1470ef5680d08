/**
 * The contents of DynamoDB requests, in the words of policies: table or index, values of the partition key, attributes (DynamoDB
 * developer guide, "Using IAM policy conditions for fine-grained access control"), and the key that encrypts the table.
 */
import type { Place } from './access.ts';
import { keyRequests } from './requests.ts';
import type { Request } from './statements.ts';

type Value = Readonly<Record<string, string>>;
type Item = Readonly<Record<string, Value>>;
type Input = {
  readonly TableName?: string;
  readonly IndexName?: string;
  readonly Key?: Item;
  readonly Item?: Item;
  readonly Keys?: readonly Item[];
  readonly RequestItems?: Readonly<
    Record<string, Input & readonly { readonly PutRequest?: Input; readonly DeleteRequest?: Input }[]>
  >;
  readonly ReturnValues?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Item;
  readonly KeyConditionExpression?: string;
} & Readonly<Record<string, unknown>>;

export type TableKeys = {
  readonly name: string;
  readonly partition: string;
  /** Partition keys of its indexes. */
  readonly indexes: Readonly<Record<string, string>>;
  readonly keyArn?: string;
};

const WRITING = /^(Put|Update|Delete|BatchWrite)/;
const EXPRESSIONS = [
  'ProjectionExpression',
  'UpdateExpression',
  'ConditionExpression',
  'FilterExpression',
  'KeyConditionExpression',
];
/** Words in expressions that are not attributes (DynamoDB developer guide, "Expressions in DynamoDB"). */
const WORDS = new Set(
  'set remove add delete and or not in between attribute_exists attribute_not_exists attribute_type begins_with contains size if_not_exists list_append'.split(
    ' ',
  ),
);

export function tableRequests(place: Place, tables: readonly TableKeys[], action: string, input: Input): Request[] {
  const parts = input.RequestItems
    ? Object.entries(input.RequestItems).map(([name, those]) => partOf(name, those))
    : [{ ...input, TableName: String(input.TableName) }];
  return parts.flatMap((part) => {
    const table = tableNamed(tables, part.TableName);
    const resource = `arn:aws:dynamodb:${place.region}:${place.account}:table/${part.TableName}`;
    const own = {
      action: `dynamodb:${action}`,
      resource: part.IndexName === undefined ? resource : `${resource}/index/${part.IndexName}`,
      context: contextOf(table, part),
    };
    return [own, ...keyRequests(table?.keyArn, usesOfKey(action), `dynamodb.${place.region}.amazonaws.com`)];
  });
}

function usesOfKey(action: string): string[] {
  // It reads no item.
  if (action === 'DescribeTable') return [];
  return WRITING.test(action) ? ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'] : ['kms:Decrypt'];
}

/** A table that was restored beside another has its form and its key, and a name that begins with the other's. */
function tableNamed(tables: readonly TableKeys[], wanted = ''): TableKeys | undefined {
  return tables.find(({ name }) => name === wanted || wanted.startsWith(`${name}-`));
}

/** The part of a batch for one table: `{Keys}` to read, a list of puts and deletes to write. */
function partOf(name: string, those: NonNullable<Input['RequestItems']>[string]): Input {
  if (!Array.isArray(those)) return { ...(those as Input), TableName: name };
  return {
    TableName: name,
    Keys: those.map(({ PutRequest, DeleteRequest }) => (PutRequest?.Item ?? DeleteRequest?.Key)!),
  };
}

function contextOf(table: TableKeys | undefined, input: Input): Request['context'] {
  const partition =
    (input.IndexName === undefined ? undefined : table?.indexes[input.IndexName]) ?? table?.partition ?? '';
  const keys = [input.Key, input.Item, ...(input.Keys ?? [])].flatMap((item): Value[] =>
    item?.[partition] ? [item[partition]] : [],
  );
  const leading = [...keys, ...valueIn(input, partition)].flatMap((value) => Object.values(value));
  const attributes = attributesIn(input);
  return {
    ...(leading.length > 0 && { 'dynamodb:LeadingKeys': [...new Set(leading)] }),
    ...(attributes.length > 0 && { 'dynamodb:Attributes': attributes }),
    ...(input.ReturnValues !== undefined && { 'dynamodb:ReturnValues': [input.ReturnValues] }),
  };
}

/** The partition key in a condition on the keys. */
function valueIn(input: Input, partition: string): Value[] {
  const { KeyConditionExpression = '', ExpressionAttributeValues = {} } = input;
  for (const [, name = '', value = ''] of KeyConditionExpression.matchAll(/([#\w]+)\s*=\s*(:\w+)/g)) {
    if (named(input, name) === partition) return [ExpressionAttributeValues[value] ?? {}];
  }
  return [];
}

function attributesIn(input: Input): string[] {
  const found = [input.Key, input.Item].flatMap((item) => Object.keys(item ?? {}));
  for (const expression of EXPRESSIONS) {
    for (const [word] of String(input[expression] ?? '').matchAll(/(?<![:.\w#])[#A-Za-z_][\w]*/g)) {
      if (!WORDS.has(word.toLowerCase())) found.push(named(input, word));
    }
  }
  return [...new Set(found)];
}

const named = ({ ExpressionAttributeNames = {} }: Input, name: string): string =>
  ExpressionAttributeNames[name] ?? name;
