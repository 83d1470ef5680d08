/** The smallest function with a table: one GetItem with the SDK. The others' costs are compared with it. */
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';

const dynamo = new DynamoDBClient();

export const handler = async (event: { pk: string; sk: string }) => {
  const { Item } = await dynamo.send(
    new GetItemCommand({ TableName: process.env['TABLE_NAME'], Key: { pk: { S: event.pk }, sk: { S: event.sk } } }),
  );
  return { statusCode: 200, body: JSON.stringify(Item ?? null) };
};
