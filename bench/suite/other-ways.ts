/**
 * Other ways to store the same owner, run against the same table and counted by the same proxy: an item for each transaction, one
 * item with everything as it came, and every import as an object, all of which are read again each time.
 */
import { DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { ImportMessage } from '../../evaluation/lives/life.ts';
import type { Counted, Units } from '../../functions/domain/costs/cost-model.ts';
import { derive } from '../../functions/domain/profiles/derive.ts';
import { requestsOf } from '../support/counting-proxy.ts';
import { inputOf, pagesOfOwner } from '../support/inputs.ts';
import { LAST_DAY } from '../support/owners.ts';
import type { World } from '../support/world.ts';

const ROWS_OF_IMPORT = 50;
/** Reads the stored data, writes the new, then the answer: requests of one kind run in parallel. */
const WAITS = 3;

export async function otherWays(world: World, whole: ImportMessage): Promise<Counted['others']> {
  const dynamo = new DynamoDBClient({
    endpoint: world.environment()['AWS_ENDPOINT_URL_DYNAMODB'] ?? '',
    region: 'eu-central-1',
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
  });
  const TableName = world.tableName;
  const [account] = whole.accounts;
  const rows = account?.transactions ?? [];
  const fresh = rows.slice(-ROWS_OF_IMPORT);
  const answer = { pk: { S: 'other' }, sk: { S: 'answer' }, profiles: { S: 'x'.repeat(200) } };
  // However the rows were stored, they are derived in the same way; its processor time is the same for all.
  const derived = () => derive(inputOf(pagesOfOwner(whole)), LAST_DAY);
  for (let warm = 0; warm < 20; warm++) derived();
  const counted = async (run: () => Promise<void>): Promise<Units> => {
    world.counts();
    const cpu = process.cpuUsage();
    derived();
    const { user, system } = process.cpuUsage(cpu);
    await run();
    const counts = world.counts();
    return {
      requests: requestsOf(counts),
      waits: WAITS,
      readUnits: counts.readUnits,
      writeUnits: counts.writeUnits,
      cpuMs: (user + system) / 1000,
      logBytes: 0,
    };
  };
  const put = (Item: PutItemCommand['input']['Item']) => dynamo.send(new PutItemCommand({ TableName, Item }));
  const itemOf = (row: (typeof rows)[number], index: number) => ({
    pk: { S: 'items' },
    sk: { S: `${row.bookedOn}#${index}` },
    row: { S: JSON.stringify(row) },
  });
  try {
    for (const [index, row] of rows.entries()) await put(itemOf(row, index));
    const items = await counted(async () => {
      for (const [index, row] of fresh.entries()) await put(itemOf(row, rows.length - fresh.length + index));
      let ExclusiveStartKey: Record<string, never> | undefined;
      do {
        const page = await dynamo.send(
          new QueryCommand({
            TableName,
            ConsistentRead: true,
            KeyConditionExpression: 'pk = :pk',
            ExpressionAttributeValues: { ':pk': { S: 'items' } },
            ExclusiveStartKey,
          }),
        );
        ExclusiveStartKey = page.LastEvaluatedKey as typeof ExclusiveStartKey;
      } while (ExclusiveStartKey);
      await put(answer);
    });
    const body = JSON.stringify(rows);
    const blobItem = { pk: { S: 'blob' }, sk: { S: 'blob' }, body: { S: body } };
    await put(blobItem);
    const blob = await counted(async () => {
      await dynamo.send(
        new GetItemCommand({ TableName, Key: { pk: { S: 'blob' }, sk: { S: 'blob' } }, ConsistentRead: true }),
      );
      await put(blobItem);
      await put(answer);
    });
    const rereading = await counted(async () => void (await put(answer)));
    const imports = Math.ceil(rows.length / ROWS_OF_IMPORT);
    const bytes = Buffer.byteLength(body);
    const inTable = { s3: false, s3Gets: 0, s3Puts: 0 };
    return {
      'an item for each transaction': { import: items, bytes: bytes + rows.length * 140, ...inTable },
      'one item with everything, as it came': { import: blob, bytes, ...inTable },
      'every import an object, all read again': {
        import: { ...rereading, requests: rereading.requests + imports + 1 },
        bytes,
        s3: true,
        s3Gets: imports,
        s3Puts: 1,
      },
    };
  } finally {
    dynamo.destroy();
  }
}
