/**
 * Pieces of a page near the item limit: items `part#2026-11#<account>#<name>#<n>` of the owner's partition. They are written before the
 * page that names them.
 */
import { randomUUID } from 'node:crypto';
import {
  type AttributeValue,
  BatchGetItemCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';

export type Parts = { readonly count: number; readonly name: string };

export type PageParts = ReturnType<typeof openPageParts>;

/** `sort` is the page's sort key without its kind: `2026-11#<account>`. */
export function openPageParts(dynamo: DynamoDBClient, table: string, largestItemBytes: number) {
  /** Undefined when a part is missing: the page that named them was rewritten meanwhile. */
  async function readParts(pk: AttributeValue, sort: string, parts: Parts): Promise<Uint8Array | undefined> {
    const keys = partSorts(sort, parts).map((sk) => ({ pk, sk: { S: sk } }));
    const found = new Map<string, Uint8Array>();
    // 16 MB a request at most: 40 parts of 350 kB stay below.
    for (let start = 0; start < keys.length; start += 40) {
      let wanted: Record<string, AttributeValue>[] | undefined = keys.slice(start, start + 40);
      while (wanted?.length) {
        const request: { [name: string]: { Keys: Record<string, AttributeValue>[]; ConsistentRead: boolean } } = {
          [table]: { Keys: wanted, ConsistentRead: true },
        };
        const answer = await dynamo.send(new BatchGetItemCommand({ RequestItems: request }));
        for (const part of answer.Responses?.[table] ?? []) {
          if (part['body']?.B) found.set(String(part['sk']?.S), part['body'].B);
        }
        wanted = answer.UnprocessedKeys?.[table]?.Keys;
      }
    }
    const pieces = keys.map(({ sk }) => found.get(sk.S));
    return pieces.every((piece) => piece !== undefined) ? Buffer.concat(pieces) : undefined;
  }

  async function putParts(pk: AttributeValue, sort: string, ttl: AttributeValue, bytes: Uint8Array): Promise<Parts> {
    // A name of their own, so that two writers of one page never share, or remove, each other's parts.
    const parts = { name: randomUUID(), count: Math.ceil(bytes.length / largestItemBytes) };
    const sorts = partSorts(sort, parts);
    for (const [index, sk] of sorts.entries()) {
      const body = bytes.subarray(index * largestItemBytes, (index + 1) * largestItemBytes);
      const item = { pk, sk: { S: sk }, ttl, body: { B: body } };
      await dynamo.send(new PutItemCommand({ TableName: table, Item: item }));
    }
    return parts;
  }

  async function removeParts(pk: AttributeValue, sort: string, parts: Parts): Promise<void> {
    for (const sk of partSorts(sort, parts)) {
      await dynamo.send(new DeleteItemCommand({ TableName: table, Key: { pk, sk: { S: sk } } }));
    }
  }

  return { readParts, putParts, removeParts };
}

/** Sort keys of the parts, in their order. */
export function partSorts(sort: string, parts: Parts): string[] {
  return Array.from({ length: parts.count }, (_, index) => `part#${sort}#${parts.name}#${index}`);
}
