/**
 * A table whose replicas do not advance: an inconsistent read, and every read of an index, shows the state when `catchUp`
 * was last called. DynamoDB's replicas follow within a second; a result that is right here is right however late they are.
 */
import {
  BatchGetItemCommand,
  DeleteTableCommand,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { createTable, type OpenTable, openTable } from '../functions/support/table.ts';
import { lose, restorePoint } from './restore.ts';

export type LaggingTable = OpenTable & {
  /** From now on every read sees all writes so far. */
  readonly catchUp: () => Promise<void>;
};

export async function openLaggingTable(): Promise<LaggingTable> {
  const own = await openTable();
  const { dynamo, table } = own;
  const replica = await createTable(dynamo);
  const close = async () => {
    await dynamo.send(new DeleteTableCommand({ TableName: replica }));
    await own.close();
  };
  const catchUp = async () => {
    await lose({ dynamo, table: replica }, () => true);
    await restorePoint({ dynamo, table }, replica);
  };
  return { ...own, dynamo: lagging(dynamo, table, replica), catchUp, close };
}

/** A lagging table for one test file: it is filled in before its first test. */
export function ownLaggingTable(): LaggingTable {
  const table = {} as LaggingTable;
  beforeAll(async () => Object.assign(table, await openLaggingTable()));
  afterAll(() => table.close());
  return table;
}

function lagging(dynamo: DynamoDBClient, table: string, replica: string): DynamoDBClient {
  const send = async (command: GetItemCommand) => {
    const old = await readOfReplica(dynamo, command, table, replica);
    return old ?? dynamo.send(command);
  };
  // The client's other members (`config`, `destroy`) are the real ones.
  return Object.assign(Object.create(dynamo), { send }) as DynamoDBClient;
}

/** Undefined for writes and consistent reads. */
async function readOfReplica(dynamo: DynamoDBClient, command: object, table: string, replica: string) {
  if (command instanceof GetItemCommand && !command.input.ConsistentRead) {
    return dynamo.send(new GetItemCommand({ ...command.input, TableName: replica }));
  }
  if (command instanceof QueryCommand && !command.input.ConsistentRead) {
    return dynamo.send(new QueryCommand({ ...command.input, TableName: replica }));
  }
  if (command instanceof ScanCommand && !command.input.ConsistentRead) {
    return dynamo.send(new ScanCommand({ ...command.input, TableName: replica }));
  }
  if (command instanceof BatchGetItemCommand) {
    const asked = command.input.RequestItems?.[table];
    if (!asked || asked.ConsistentRead) return undefined;
    const { Responses } = await dynamo.send(new BatchGetItemCommand({ RequestItems: { [replica]: asked } }));
    return { Responses: { [table]: Responses?.[replica] ?? [] } };
  }
  return undefined;
}
