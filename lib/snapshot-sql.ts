import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { publish } from './output.ts';
import type { SnapshotsBucket } from './snapshots-bucket.ts';
import type { StageSettings } from './stages.ts';

/** Athena names columns in small letters, and finds those of Parquet files whatever their letters. */
const COLUMNS = [
  { name: 'ownerexternalid', type: 'string' },
  { name: 'profiles', type: 'array<string>' },
  { name: 'notjudged', type: 'array<string>' },
];
const PARTITIONS = ['client', 'snapshot'] as const;

/**
 * The Parquet files of all snapshots as one table of Athena. A query names client and snapshot, which say where the files are: nothing is
 * crawled, and no other snapshot is read. Features differ from snapshot to snapshot, so they are no columns of it.
 */
export class SnapshotSql extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { settings, snapshots }: { readonly settings: StageSettings; readonly snapshots: SnapshotsBucket },
  ) {
    super(scope, id);
    const catalogId = Stack.of(this).account;
    const name = settings.stackName.toLowerCase().replaceAll('-', '_');
    const database = new CfnDatabase(this, 'Database', {
      catalogId,
      databaseInput: { name, description: 'Owner profiles: snapshots' },
    });
    const bucket = `s3://${snapshots.bucket.bucketName}/`;
    const table = new CfnTable(this, 'Owners', {
      catalogId,
      databaseName: name,
      tableInput: {
        name: 'owners',
        description: 'The owners of a snapshot, and their profiles',
        tableType: 'EXTERNAL_TABLE',
        partitionKeys: PARTITIONS.map((key) => ({ name: key, type: 'string' })),
        parameters: {
          classification: 'parquet',
          'projection.enabled': 'true',
          ...Object.fromEntries(PARTITIONS.map((key) => [`projection.${key}.type`, 'injected'])),
          'storage.location.template': `${bucket}${PARTITIONS.map((key) => `\${${key}}`).join('/')}/files/parquet/`,
        },
        storageDescriptor: {
          columns: COLUMNS,
          location: bucket,
          inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
          outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
          serdeInfo: { serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
        },
      },
    });
    table.addResourceDependency(database);
    publish(this, 'AthenaDatabaseName', name, "Athena's database over the Parquet files of snapshots");
  }
}
