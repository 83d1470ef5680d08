/** A table that leaves keys of a batch for later. */
import { type AttributeValue, BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { batchGet } from '../../../functions/adapters/dynamodb/batch-get.ts';
import { TransientError } from '../../../functions/runtime/errors.ts';

type Item = Record<string, AttributeValue>;
const KEYS = Array.from({ length: 7 }, (_, number) => ({ pk: { S: String(number) } }));

/** Answers this many keys a request. */
function slowTable(keysOfARequest: number) {
  const asked: Item[][] = [];
  const send = async (command: BatchGetItemCommand) => {
    expect(command).toBeInstanceOf(BatchGetItemCommand);
    const { Keys = [], ConsistentRead } = command.input.RequestItems?.['t'] ?? {};
    asked.push(Keys);
    const left = Keys.slice(keysOfARequest);
    return {
      Responses: { t: Keys.slice(0, keysOfARequest) },
      ...(left.length > 0 && { UnprocessedKeys: { t: { Keys: left, ConsistentRead } } }),
    };
  };
  return { asked, dynamo: { send } as unknown as DynamoDBClient };
}

test('what is left is asked for again, after pauses that grow', async () => {
  const { asked, dynamo } = slowTable(3);
  const pauses: number[] = [];
  expect(await batchGet(dynamo, 't', KEYS, { ConsistentRead: true }, async (longest) => pauses.push(longest))).toEqual(
    KEYS,
  );
  expect(asked.map((keys) => keys.length)).toEqual([7, 4, 1]);
  expect(pauses).toEqual([50, 100]);
});

test('a table that answers nothing is given up', async () => {
  const { asked, dynamo } = slowTable(0);
  const pauses: number[] = [];
  await expect(
    batchGet(dynamo, 't', KEYS, { ConsistentRead: false }, async (longest) => pauses.push(longest)),
  ).rejects.toThrow(TransientError);
  expect(asked).toHaveLength(8);
  expect(Math.max(...pauses)).toBe(1000);
});
