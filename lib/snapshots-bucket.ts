import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ENV } from '../functions/runtime/names.ts';
import { acknowledge, acknowledgeIn } from './acknowledge.ts';
import { publish } from './output.ts';
import { objectsFinding, privateBucket } from './private-bucket.ts';
import type { StageSettings } from './stages.ts';

/** As long as the list of snapshots reaches back. */
const EXPIRY = Duration.days(400);

/**
 * Snapshots, below `<clientId>/<snapshotId>/`: who has which profiles, slice by slice, and tables of the same for other programs. Owners'
 * ids stand in it, and values of features where they were asked for; no bank data.
 */
export class SnapshotsBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { settings }: { readonly settings: StageSettings }) {
    super(scope, id);
    this.bucket = privateBucket(this, settings, EXPIRY);
    acknowledgeIn(this, 'all', {
      S3BucketReplicationEnabled:
        'A snapshot of today can be taken again; those of other days are of use for comparison alone, and are not worth a second copy.',
      S3BucketVersioningEnabled:
        'An owner who is erased leaves every snapshot. Old versions would keep what is known of an owner longer than is promised.',
      S3DefaultEncryptionKMS:
        'Encrypted with keys that S3 owns. IAM says who may read either way, and signed URLs would need the key, too.',
    });
    publish(
      this,
      'SnapshotsBucketName',
      this.bucket.bucketName,
      "Snapshots: every owner's profiles, and tables of them",
    );
  }

  /** Lets the function read snapshots, and sign URLs of their tables, and tells it where they are. */
  bindReader(fn: LambdaFunction): void {
    fn.addEnvironment(ENV.snapshotsBucket, this.bucket.bucketName);
    // Also what makes an object that is not there be answered with 404 instead of 403.
    this.grant(fn, 's3:ListBucket', this.bucket.bucketArn);
    this.grant(fn, 's3:GetObject', this.bucket.arnForObjects('*'));
    acknowledge(fn.role ?? fn, {
      [objectsFinding(this.bucket)]:
        'Keys begin with the client and the snapshot, of which there are ever more, so the grant can only name all objects: the bucket holds nothing else.',
    });
  }

  /** The same, and lets it write. */
  bindWriter(fn: LambdaFunction): void {
    this.bindReader(fn);
    this.grant(fn, 's3:PutObject', this.bucket.arnForObjects('*'));
  }

  private grant(fn: LambdaFunction, action: string, resource: string): void {
    fn.addToRolePolicy(new PolicyStatement({ actions: [action], resources: [resource] }));
  }
}
