/**
 * The table in memory, at the level of the SDK's commands: just the commands and expressions that the owner store sends, and
 * an error for any other. test/simulation/table.test.ts compares it with dynalite.
 */
import {
  type AttributeValue,
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';

export type Item = Record<string, AttributeValue>;
export type Command = BatchGetItemCommand | DeleteItemCommand | GetItemCommand | PutItemCommand | QueryCommand;
type Condition = { ConditionExpression?: string | undefined; ExpressionAttributeValues?: Item | undefined };

/** DynamoDB's limits for an item, and for one page of a query. */
export const ITEM_LIMIT = 409_600;
const PAGE_LIMIT = 1_048_576;
/** How many writes a replica of a partition may be behind. */
const MOST_BEHIND = 8;

/** What an item was before a write. */
type Undo = { readonly sort: string; readonly before: Item | undefined };

export class MemoryTable {
  readonly #partitions = new Map<string, Map<string, Item>>();
  /** The last writes of each partition, the newest last. */
  readonly #undo = new Map<string, Undo[]>();
  readonly #pageLimit: number;
  largestItem = 0;

  constructor(pageLimit = PAGE_LIMIT) {
    this.#pageLimit = pageLimit;
  }

  /** Runs the command. `behind`: how many writes of a partition an inconsistent read misses. */
  apply(command: Command, behind = 0): Record<string, unknown> {
    if (command instanceof GetItemCommand) {
      const { Key, ConsistentRead } = command.input;
      const item = this.#seen(text(Key, 'pk'), ConsistentRead ? 0 : behind).get(text(Key, 'sk'));
      return item ? { Item: item } : {};
    }
    if (command instanceof PutItemCommand) return this.#put(command);
    if (command instanceof DeleteItemCommand) return this.#delete(command);
    if (command instanceof QueryCommand) return this.#query(command, behind);
    if (command instanceof BatchGetItemCommand) return this.#batchGet(command, behind);
    throw invalid(`the table does not know ${(command as object).constructor.name}`);
  }

  /** Every item of a partition, in the order of sort keys. `behind`: without this many of the last writes. */
  itemsOf(partition: string, behind = 0): Item[] {
    return this.#sorted(this.#seen(partition, behind));
  }

  partitions(): string[] {
    return [...this.#partitions.keys()];
  }

  /** Removes items as the deletion of expired ones does: at some time after their `ttl`, unconditionally. */
  expire(nowSeconds: number): number {
    let expired = 0;
    for (const [name, partition] of this.#partitions) {
      for (const [sort, item] of partition) {
        if (item['ttl']?.N === undefined || Number(item['ttl'].N) > nowSeconds) continue;
        this.#write(name, sort, undefined);
        expired++;
      }
    }
    return expired;
  }

  #get(key: Item | undefined): Item | undefined {
    return this.#partitions.get(text(key, 'pk'))?.get(text(key, 'sk'));
  }

  /** A partition as a replica without the last writes shows it. */
  #seen(partition: string, behind: number): ReadonlyMap<string, Item> {
    const items = this.#partitions.get(partition) ?? new Map<string, Item>();
    const missing = behind === 0 ? [] : (this.#undo.get(partition) ?? []).slice(-behind);
    if (missing.length === 0) return items;
    const seen = new Map(items);
    for (const { sort, before } of missing.reverse()) put(seen, sort, before);
    return seen;
  }

  #write(partition: string, sort: string, item: Item | undefined): void {
    const items = this.#partitions.get(partition) ?? new Map<string, Item>();
    const undo = this.#undo.get(partition) ?? [];
    undo.push({ sort, before: items.get(sort) });
    if (undo.length > MOST_BEHIND) undo.shift();
    this.#undo.set(partition, undo);
    this.#partitions.set(partition, put(items, sort, item));
  }

  #put({ input }: PutItemCommand): Record<string, never> {
    const item = input.Item as Item;
    const size = sizeOf(item);
    if (size > ITEM_LIMIT) throw invalid('Item size has exceeded the maximum allowed size');
    check(this.#get(item), input);
    this.largestItem = Math.max(this.largestItem, size);
    this.#write(text(item, 'pk'), text(item, 'sk'), item);
    return {};
  }

  #delete({ input }: DeleteItemCommand): Record<string, never> {
    check(this.#get(input.Key), input);
    this.#write(text(input.Key, 'pk'), text(input.Key, 'sk'), undefined);
    return {};
  }

  #query({ input }: QueryCommand, behind: number): Record<string, unknown> {
    const values = input.ExpressionAttributeValues;
    const wanted = wantedBy(String(input.KeyConditionExpression), values);
    const after = input.ExclusiveStartKey && text(input.ExclusiveStartKey, 'sk');
    const names = input.ProjectionExpression?.split(',').map((name) => {
      const plain = name.trim();
      return input.ExpressionAttributeNames?.[plain] ?? plain;
    });
    const found: Item[] = [];
    let size = 0;
    const items = this.#sorted(this.#seen(text(values, ':pk'), input.ConsistentRead ? 0 : behind), wanted);
    for (const [at, item] of items.entries()) {
      const sort = text(item, 'sk');
      if (after !== undefined && sort <= after) continue;
      found.push(names ? Object.fromEntries(Object.entries(item).filter(([name]) => names.includes(name))) : item);
      size += sizeOf(item);
      if (size < this.#pageLimit || at === items.length - 1) continue;
      return { Items: found, Count: found.length, LastEvaluatedKey: { pk: item['pk'], sk: item['sk'] } };
    }
    return { Items: found, Count: found.length };
  }

  #batchGet({ input }: BatchGetItemCommand, behind: number): Record<string, unknown> {
    const responses: Record<string, Item[]> = {};
    const unprocessed: Record<string, object> = {};
    let size = 0;
    for (const [table, { Keys = [], ConsistentRead }] of Object.entries(input.RequestItems ?? {})) {
      if (Keys.length > 100) throw invalid('Too many items requested for the BatchGetItem call');
      const items: Item[] = [];
      const late: Item[] = [];
      for (const key of Keys) {
        const item = this.#seen(text(key, 'pk'), ConsistentRead ? 0 : behind).get(text(key, 'sk'));
        // Sixteen pages of a query, as in DynamoDB; at least one key is always answered.
        if (size > 0 && size + sizeOf(item ?? {}) > 16 * this.#pageLimit) late.push(key);
        else if (item) items.push(item);
        size += sizeOf(item ?? {});
      }
      responses[table] = items;
      if (late.length > 0) unprocessed[table] = { Keys: late, ConsistentRead };
    }
    return { Responses: responses, UnprocessedKeys: unprocessed };
  }

  #sorted(partition: ReadonlyMap<string, Item> | undefined, wanted: (sort: string) => boolean = () => true): Item[] {
    return [...(partition ?? [])]
      .filter(([sort]) => wanted(sort))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, item]) => item);
  }
}

function put(items: Map<string, Item>, sort: string, item: Item | undefined): Map<string, Item> {
  if (item) items.set(sort, item);
  else items.delete(sort);
  return items;
}

function wantedBy(expression: string, values: Item | undefined): (sort: string) => boolean {
  if (expression === 'pk = :pk') return () => true;
  if (expression === 'pk = :pk AND sk BETWEEN :from AND :to') {
    const [from, to] = [text(values, ':from'), text(values, ':to')];
    return (sort) => sort >= from && sort <= to;
  }
  if (expression === 'pk = :pk AND begins_with(sk, :prefix)') {
    const prefix = text(values, ':prefix');
    return (sort) => sort.startsWith(prefix);
  }
  throw invalid(`the table does not know the key condition ${expression}`);
}

function check(item: Item | undefined, { ConditionExpression, ExpressionAttributeValues }: Condition): void {
  const holds = () => {
    if (ConditionExpression === undefined) return true;
    if (ConditionExpression === 'attribute_not_exists(revision)') return item?.['revision'] === undefined;
    if (ConditionExpression === 'revision = :revision') {
      return item?.['revision']?.N !== undefined && item['revision'].N === ExpressionAttributeValues?.[':revision']?.N;
    }
    if (ConditionExpression === 'attribute_not_exists(revision) OR #position < :position') {
      const position = Number(ExpressionAttributeValues?.[':position']?.N);
      return item?.['revision'] === undefined || Number(item['position']?.N) < position;
    }
    throw invalid(`the table does not know the condition ${ConditionExpression}`);
  };
  if (holds()) return;
  throw new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: {} });
}

/** Bytes of an item as DynamoDB counts them, near enough for its limits. */
export function sizeOf(item: Item): number {
  let bytes = 0;
  for (const [name, value] of Object.entries(item)) bytes += Buffer.byteLength(name) + sizeOfValue(value);
  return bytes;
}

function sizeOfValue(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.B !== undefined) return value.B.length;
  if (value.N !== undefined) return Math.ceil(value.N.length / 2) + 1;
  if (value.L !== undefined) return value.L.reduce((bytes, each) => bytes + 1 + sizeOfValue(each), 3);
  return 1;
}

function text(item: Item | undefined, name: string): string {
  const found = item?.[name]?.S;
  if (found === undefined) throw invalid(`${name} is missing`);
  return found;
}

function invalid(message: string): Error {
  return Object.assign(new Error(message), { name: 'ValidationException', $metadata: { httpStatusCode: 400 } });
}
