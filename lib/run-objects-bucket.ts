import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledge, acknowledgeIn } from './acknowledge.ts';
import { type OutputName, publish } from './output.ts';
import { objectsFinding, privateBucket } from './private-bucket.ts';
import type { StageSettings } from './stages.ts';

type Kind = {
  readonly settings: StageSettings;
  readonly expiry: Duration;
  /** Environment variable by which functions know the bucket. */
  readonly variable: string;
  readonly output: { readonly name: OutputName; readonly description: string };
  /** Why the bucket is neither copied, nor versioned, nor under a key of its own. */
  readonly because: Readonly<
    Record<'S3BucketReplicationEnabled' | 'S3BucketVersioningEnabled' | 'S3DefaultEncryptionKMS', string>
  >;
};

/** A bucket of what runs found, below `<clientId>/<runId>/`. */
export class RunObjectsBucket extends Construct {
  readonly bucket: Bucket;
  private readonly variable: string;

  constructor(scope: Construct, id: string, { settings, expiry, variable, output, because }: Kind) {
    super(scope, id);
    this.variable = variable;
    this.bucket = privateBucket(this, settings, expiry);
    acknowledgeIn(this, 'all', because);
    publish(this, output.name, this.bucket.bucketName, output.description);
  }

  /** Lets the function list objects, and gives it the bucket. */
  bindLister(fn: LambdaFunction): void {
    fn.addEnvironment(this.variable, this.bucket.bucketName);
    // Also what makes an object that is not there be answered with 404 instead of 403.
    this.grant(fn, 's3:ListBucket', this.bucket.bucketArn);
  }

  /** The same, and lets it read them, and sign URLs of them. */
  bindReader(fn: LambdaFunction): void {
    this.bindLister(fn);
    this.grant(fn, 's3:GetObject', this.bucket.arnForObjects('*'));
    acknowledge(fn.role ?? fn, {
      [objectsFinding(this.bucket)]:
        'Keys begin with the client and the run, of which there are ever more, so the grant can only name all objects: the bucket holds nothing else.',
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
