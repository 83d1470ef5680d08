/** The smallest import worker: the same requests as an import, with the plain SDK, ignoring their results. */
import {
  type AttributeValue,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';

type Item = Record<string, AttributeValue>;

const dynamo = new DynamoDBClient();
const TableName = process.env['TABLE_NAME'];

/** For each partition: reads the answer and the pages of a range, then writes the last page and the answer unchanged. */
export const handler = async ({ pks, from, to }: { pks: readonly string[]; from: string; to: string }) => {
  for (const pk of pks) {
    const Key = { pk: { S: pk }, sk: { S: 'answer' } };
    const { Item: answer } = await dynamo.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
    const { Items: pages = [] } = await dynamo.send(
      new QueryCommand({
        TableName,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':pk': { S: pk }, ':from': { S: from }, ':to': { S: to } },
      }),
    );
    const last = pages.at(-1);
    if (!answer || !last) throw new Error(`there is nothing of ${pk}`);
    await put(last);
    await put(answer);
  }
  return { batchItemFailures: [] };
};

async function put(item: Item): Promise<void> {
  const { revision } = item;
  if (!revision) throw new Error('an item has no revision');
  await dynamo.send(
    new PutItemCommand({
      TableName,
      Item: item,
      ConditionExpression: 'revision = :revision',
      ExpressionAttributeValues: { ':revision': revision },
    }),
  );
}
