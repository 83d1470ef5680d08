import {
  type AttributeValue,
  type DynamoDBClient,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';

/**
 * The items that a query finds, in their order, however many pages the table gives them in. It asks nothing of the client but `send`,
 * unlike `paginateQuery` of the SDK, so that a wrapper of a client can replace it.
 */
export async function* everyItem(
  dynamo: Pick<DynamoDBClient, 'send'>,
  query: Omit<QueryCommandInput, 'ExclusiveStartKey'>,
): AsyncGenerator<Record<string, AttributeValue>> {
  let start: Record<string, AttributeValue> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await dynamo.send(
      new QueryCommand({ ...query, ExclusiveStartKey: start }),
    );
    yield* Items;
    start = LastEvaluatedKey;
  } while (start);
}
