/** A client of DynamoDB whose writes succeed without effect, so that a dry run takes the same path as a real one. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

const WRITES = ['PutItemCommand', 'DeleteItemCommand'];
const NOTHING_WRITTEN = { output: { $metadata: {} }, response: undefined };

export function withoutWrites(dynamo: DynamoDBClient): DynamoDBClient {
  dynamo.middlewareStack.add(
    (next, { commandName }) =>
      (given) =>
        WRITES.includes(String(commandName)) ? Promise.resolve(NOTHING_WRITTEN) : next(given),
    { step: 'initialize' },
  );
  return dynamo;
}
