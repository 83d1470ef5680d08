import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { sqlColumn } from '../functions/contracts/runs/sql-columns.ts';
import { publish } from './output.ts';
import type { SnapshotsBucket } from './snapshots-bucket.ts';
import type { StageSettings } from './stages.ts';

type Column = { readonly name: string; readonly type: string };

/** Athena names columns in small letters, and finds those of Parquet files whatever their letters. */
const COLUMNS: readonly Column[] = [
  { name: 'ownerexternalid', type: 'string' },
  { name: 'profiles', type: 'array<string>' },
  { name: 'notjudged', type: 'array<string>' },
];
const PARTITIONS = ['client', 'snapshot'] as const;

/**
 * The Parquet files of all snapshots as tables of Athena. A query names client and snapshot, which say where the files are: nothing is
 * crawled, and no other snapshot is read. Features differ from snapshot to snapshot: the columns of the second table are those that the
 * settings name, and empty where a snapshot does not keep them.
 */
export class SnapshotSql extends Construct {
  private readonly database: CfnDatabase;
  private readonly databaseName: string;
  private readonly location: string;

  constructor(
    scope: Construct,
    id: string,
    { settings, snapshots }: { readonly settings: StageSettings; readonly snapshots: SnapshotsBucket },
  ) {
    super(scope, id);
    this.databaseName = settings.stackName.toLowerCase().replaceAll('-', '_');
    this.location = `s3://${snapshots.bucket.bucketName}/`;
    this.database = new CfnDatabase(this, 'Database', {
      catalogId: Stack.of(this).account,
      databaseInput: { name: this.databaseName, description: 'Owner profiles: snapshots' },
    });
    this.addTable('Owners', { name: 'owners', folder: 'files/parquet', columns: COLUMNS });
    if (typeof settings.athena === 'object') {
      const columns = [...COLUMNS, ...settings.athena.features.flatMap((text) => sqlColumn(text) ?? [])];
      this.addTable('OwnerFeatures', { name: 'owner_features', folder: 'sql', columns });
    }
    publish(this, 'AthenaDatabaseName', this.databaseName, "Athena's database over the Parquet files of snapshots");
  }

  private addTable(
    id: string,
    { name, folder, columns }: { readonly name: string; readonly folder: string; readonly columns: readonly Column[] },
  ): void {
    const table = new CfnTable(this, id, {
      catalogId: Stack.of(this).account,
      databaseName: this.databaseName,
      tableInput: {
        name,
        description: 'The owners of a snapshot, and their profiles',
        tableType: 'EXTERNAL_TABLE',
        partitionKeys: PARTITIONS.map((key) => ({ name: key, type: 'string' })),
        parameters: {
          classification: 'parquet',
          'projection.enabled': 'true',
          ...Object.fromEntries(PARTITIONS.map((key) => [`projection.${key}.type`, 'injected'])),
          'storage.location.template': `${this.location}${PARTITIONS.map((key) => `\${${key}}`).join('/')}/${folder}/`,
        },
        storageDescriptor: {
          columns: [...columns],
          location: this.location,
          inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
          outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
          serdeInfo: { serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
        },
      },
    });
    table.addResourceDependency(this.database);
  }
}
