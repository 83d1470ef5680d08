/** Creates the tables of the template. */
import { AwsError, callAws } from '../aws-json.ts';
import type { TableSpec } from '../template/wiring.ts';

/** @throws when the table exists without an index of the template */
export async function makeTable(endpoint: string, { name, input }: Pick<TableSpec, 'name' | 'input'>): Promise<void> {
  const call = <Output>(action: string, body: object) =>
    callAws<Output>({ endpoint, target: `DynamoDB_20120810.${action}`, input: body });
  await call('CreateTable', input).catch((error: unknown) => {
    if (!(error instanceof AwsError && error.code === 'ResourceInUseException')) throw error;
  });
  for (;;) {
    const { Table } = await call<{ Table: Described }>('DescribeTable', { TableName: name });
    if (Table.TableStatus === 'ACTIVE') return checkIndexes(Table, input['GlobalSecondaryIndexes']);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

type Indexes = readonly { readonly IndexName: string }[];
type Described = { readonly TableStatus: string; readonly GlobalSecondaryIndexes?: Indexes };

/** The cloud adds an index to an existing table; dynalite accepts the request and adds none. */
function checkIndexes(table: Described, wanted: unknown): void {
  const there = new Set(table.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName));
  const missing = ((wanted ?? []) as Indexes).find(({ IndexName }) => !there.has(IndexName));
  if (missing)
    throw new Error(
      `this data directory was made by an older version: its table has no index "${missing.IndexName}", and none can be added. ` +
        'Set DATA_DIR to a new directory, or remove this one, and send the imports again',
    );
}
