/**
 * The table in memory, at the level of the SDK's commands: just the commands and expressions that the owner store sends, and
 * an error for any other. test/torture/table.test.ts holds it against dynalite.
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

/** What DynamoDB takes as one item, and gives as one page of a query. */
export const ITEM_LIMIT = 409_600;
const PAGE_LIMIT = 1_048_576;
/** How many former versions of an item a read that is not consistent may meet. */
const VERSIONS = 4;

export class MemoryTable {
  readonly #partitions = new Map<string, Map<string, Item>>();
  readonly #former = new Map<string, (Item | undefined)[]>();
  readonly #pageLimit: number;
  largestItem = 0;

  constructor(pageLimit = PAGE_LIMIT) {
    this.#pageLimit = pageLimit;
  }

  /** Carries the command out. `back`: how many versions ago a read that is not consistent looks. */
  apply(command: Command, back = 0): Record<string, unknown> {
    if (command instanceof GetItemCommand) {
      const { Key, ConsistentRead } = command.input;
      const item = ConsistentRead || back === 0 ? this.#get(Key) : this.#formerOf(Key, back);
      return item ? { Item: item } : {};
    }
    if (command instanceof PutItemCommand) return this.#put(command);
    if (command instanceof DeleteItemCommand) return this.#delete(command);
    if (command instanceof QueryCommand) return this.#query(command);
    if (command instanceof BatchGetItemCommand) return this.#batchGet(command);
    throw invalid(`the table does not know ${(command as object).constructor.name}`);
  }

  /** Every item of a partition, in the order of sort keys. */
  itemsOf(partition: string): Item[] {
    return this.#sorted(this.#partitions.get(partition));
  }

  partitions(): string[] {
    return [...this.#partitions.keys()];
  }

  /** Removes items as the deletion of expired ones does: at some time after their `ttl`, on no condition. */
  expire(nowSeconds: number): number {
    let expired = 0;
    for (const partition of this.#partitions.values()) {
      for (const [sort, item] of partition) {
        if (item['ttl']?.N === undefined || Number(item['ttl'].N) > nowSeconds) continue;
        partition.delete(sort);
        expired++;
      }
    }
    return expired;
  }

  #get(key: Item | undefined): Item | undefined {
    return this.#partitions.get(text(key, 'pk'))?.get(text(key, 'sk'));
  }

  #formerOf(key: Item | undefined, back: number): Item | undefined {
    const former = this.#former.get(`${text(key, 'pk')}\n${text(key, 'sk')}`) ?? [];
    return back > former.length ? former[0] : former.at(-back);
  }

  #remember(key: Item): void {
    const name = `${text(key, 'pk')}\n${text(key, 'sk')}`;
    const former = this.#former.get(name) ?? [];
    former.push(this.#get(key));
    if (former.length > VERSIONS) former.shift();
    this.#former.set(name, former);
  }

  #put({ input }: PutItemCommand): Record<string, never> {
    const item = input.Item as Item;
    const size = sizeOf(item);
    if (size > ITEM_LIMIT) throw invalid('Item size has exceeded the maximum allowed size');
    check(this.#get(item), input);
    this.largestItem = Math.max(this.largestItem, size);
    this.#remember(item);
    const name = text(item, 'pk');
    const partition = this.#partitions.get(name) ?? new Map<string, Item>();
    this.#partitions.set(name, partition.set(text(item, 'sk'), item));
    return {};
  }

  #delete({ input }: DeleteItemCommand): Record<string, never> {
    check(this.#get(input.Key), input);
    this.#remember(input.Key as Item);
    this.#partitions.get(text(input.Key, 'pk'))?.delete(text(input.Key, 'sk'));
    return {};
  }

  #query({ input }: QueryCommand): Record<string, unknown> {
    const values = input.ExpressionAttributeValues;
    const wanted = wantedBy(String(input.KeyConditionExpression), values);
    const after = input.ExclusiveStartKey && text(input.ExclusiveStartKey, 'sk');
    const names = input.ProjectionExpression?.split(',').map((name) => {
      const plain = name.trim();
      return input.ExpressionAttributeNames?.[plain] ?? plain;
    });
    const found: Item[] = [];
    let size = 0;
    const items = this.#sorted(this.#partitions.get(text(values, ':pk')), wanted);
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

  #batchGet({ input }: BatchGetItemCommand): Record<string, unknown> {
    const responses: Record<string, Item[]> = {};
    const unprocessed: Record<string, object> = {};
    let size = 0;
    for (const [table, { Keys = [], ConsistentRead }] of Object.entries(input.RequestItems ?? {})) {
      if (Keys.length > 100) throw invalid('Too many items requested for the BatchGetItem call');
      const items: Item[] = [];
      const late: Item[] = [];
      for (const key of Keys) {
        const item = this.#get(key);
        // Sixteen pages of a query, as DynamoDB has it; at least one key is always answered.
        if (size > 0 && size + sizeOf(item ?? {}) > 16 * this.#pageLimit) late.push(key);
        else if (item) items.push(item);
        size += sizeOf(item ?? {});
      }
      responses[table] = items;
      if (late.length > 0) unprocessed[table] = { Keys: late, ConsistentRead };
    }
    return { Responses: responses, UnprocessedKeys: unprocessed };
  }

  #sorted(partition: Map<string, Item> | undefined, wanted: (sort: string) => boolean = () => true): Item[] {
    return [...(partition ?? [])]
      .filter(([sort]) => wanted(sort))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, item]) => item);
  }
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
