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

/** As long as the list of previews reaches back. */
const EXPIRY = Duration.days(30);

/**
 * What the slices of a run found, one object each: `<clientId>/<runId>/<slice>.json`. Keyed hashes of owners and names of profiles,
 * no owner's id and no bank data.
 */
export class ResultsBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { settings }: { readonly settings: StageSettings }) {
    super(scope, id);
    this.bucket = privateBucket(this, settings, EXPIRY);
    acknowledgeIn(this, 'all', {
      S3BucketReplicationEnabled:
        'Results are of use for 30 days at most, and the same run makes them again; access logs are no copy of anything.',
      S3BucketVersioningEnabled:
        'A slice writes its result once. Old versions would keep what is known of an owner longer than is promised.',
      S3DefaultEncryptionKMS:
        'Encrypted with keys that S3 owns. There are keyed hashes and names of profiles in it, and IAM says who may read them either way.',
    });
    publish(this, 'ResultsBucketName', this.bucket.bucketName, 'What previews and replays found, slice by slice');
  }

  /** Lets the function see which slices are done, and tells it where. */
  bindLister(fn: LambdaFunction): void {
    fn.addEnvironment(ENV.resultsBucket, this.bucket.bucketName);
    // Also what makes an object that is not there be answered with 404 instead of 403.
    this.grant(fn, 's3:ListBucket', this.bucket.bucketArn);
  }

  /** Lets the function see which slices are done, and read what they found. */
  bindReader(fn: LambdaFunction): void {
    this.bindLister(fn);
    this.grantObjects(fn, 's3:GetObject');
  }

  /** The same, and lets it write. */
  bindWriter(fn: LambdaFunction): void {
    this.bindReader(fn);
    this.grantObjects(fn, 's3:PutObject');
  }

  private grantObjects(fn: LambdaFunction, action: string): void {
    this.grant(fn, action, this.bucket.arnForObjects('*'));
    acknowledge(fn.role ?? fn, {
      [objectsFinding(this.bucket)]:
        'Keys begin with the client and the run, of which there are ever more, so the grant can only name all objects: the bucket holds nothing else.',
    });
  }

  private grant(fn: LambdaFunction, action: string, resource: string): void {
    fn.addToRolePolicy(new PolicyStatement({ actions: [action], resources: [resource] }));
  }
}
