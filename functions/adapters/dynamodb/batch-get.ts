import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AttributeValue,
  BatchGetItemCommand,
  type DynamoDBClient,
  type KeysAndAttributes,
} from '@aws-sdk/client-dynamodb';
import { TransientError } from '../../runtime/errors.ts';

type Item = Record<string, AttributeValue>;
/** How items are read, and what of them; all of it unless a projection is given. */
type Reading = Pick<KeysAndAttributes, 'ConsistentRead' | 'ProjectionExpression' | 'ExpressionAttributeNames'>;

/** DynamoDB API reference, "BatchGetItem". */
export const MOST_KEYS = 100;
const MOST_ATTEMPTS = 8;
const FIRST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 1000;

/**
 * The items with these keys, a hundred at most, in no order; those that are not there are left out. Retries what DynamoDB leaves for later,
 * after pauses that grow.
 *
 * @param pause waits at most this many milliseconds
 * @throws TransientError when some keys were never answered
 */
export async function batchGet(
  dynamo: Pick<DynamoDBClient, 'send'>,
  table: string,
  keys: readonly Item[],
  reading: Reading,
  pause: (longestMs: number) => Promise<unknown> = (longestMs) => sleep(Math.random() * longestMs),
): Promise<Item[]> {
  const found: Item[] = [];
  let wanted = [...keys];
  for (let attempt = 0; wanted.length > 0; attempt++) {
    if (attempt === MOST_ATTEMPTS) throw new TransientError('the table left items of a batch for later each time');
    if (attempt > 0) await pause(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt));
    const { Responses, UnprocessedKeys } = await dynamo.send(
      new BatchGetItemCommand({ RequestItems: { [table]: { ...reading, Keys: wanted } } }),
    );
    found.push(...(Responses?.[table] ?? []));
    wanted = UnprocessedKeys?.[table]?.Keys ?? [];
  }
  return found;
}
