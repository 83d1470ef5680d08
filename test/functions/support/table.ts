/** A table of our form on a DynamoDB of this process, or on the endpoint named in DYNAMODB_ENDPOINT (docs/explanation/reliability.md). */

import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DeleteTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { OWNERS_INDEX } from '../../../functions/runtime/names.ts';

export type OpenTable = Awaited<ReturnType<typeof openTable>>;

export async function openTable() {
  const own = process.env['DYNAMODB_ENDPOINT'] ? undefined : await openServer();
  const endpoint = process.env['DYNAMODB_ENDPOINT'] ?? own?.endpoint ?? '';
  const dynamo = new DynamoDBClient({
    endpoint,
    region: 'eu-central-1',
    // The command line's own for endpoints on this machine: DynamoDB Local keeps other tables for each access key.
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const table = await createTable(dynamo);
  const close = async () => {
    await dynamo.send(new DeleteTableCommand({ TableName: table }));
    dynamo.destroy();
    await own?.close();
  };
  return { dynamo, table, endpoint, close };
}

/** A table for one test file, from before its first test until after its last: it is filled in by then. */
export function ownTable(): OpenTable {
  const table = {} as OpenTable;
  beforeAll(async () => Object.assign(table, await openTable()));
  afterAll(() => table.close());
  return table;
}

/** Another table of our form beside the existing ones; returns its name. */
export async function createTable(dynamo: DynamoDBClient, table = `test-${randomUUID()}`): Promise<string> {
  await dynamo.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
        { AttributeName: OWNERS_INDEX.partition, AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: OWNERS_INDEX.name,
          KeySchema: [
            { AttributeName: OWNERS_INDEX.partition, KeyType: 'HASH' },
            { AttributeName: 'pk', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: [OWNERS_INDEX.owner] },
        },
      ],
    }),
  );
  await waitUntilTableExists({ client: dynamo, maxWaitTime: 10, minDelay: 1, maxDelay: 1 }, { TableName: table });
  return table;
}

async function openServer() {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { endpoint: `http://127.0.0.1:${port}`, close: () => new Promise((resolve) => server.close(resolve)) };
}
