/** The least that a function with a table can be: one GetItem with the SDK. What others cost is measured against it. */
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';

const dynamo = new DynamoDBClient();

export const handler = async (event: { pk: string; sk: string }) => {
  const { Item } = await dynamo.send(
    new GetItemCommand({ TableName: process.env['TABLE_NAME'], Key: { pk: { S: event.pk }, sk: { S: event.sk } } }),
  );
  return { statusCode: 200, body: JSON.stringify(Item ?? null) };
};
