import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  type CfnBucket,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Duration, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { removalPolicyOf } from './removal-policy.ts';
import type { StageSettings } from './stages.ts';

/**
 * A bucket whose objects go after some time, with a log of who reached for them. Both are closed to the public, encrypted with keys
 * that S3 owns, and speak TLS alone. Made at `home` as `Bucket` and `AccessLogs`.
 */
export function privateBucket(home: Construct, settings: StageSettings, expiration: Duration): Bucket {
  const common: BucketProps = {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    // CloudFormation removes a bucket only when it is empty: after a `cdk destroy`, empty them first or wait for the expiry.
    removalPolicy: removalPolicyOf(settings),
  };
  const accessLogs = new Bucket(home, 'AccessLogs', {
    ...common,
    lifecycleRules: [{ expiration: Duration.days(settings.logRetentionDays) }],
  });
  return new Bucket(home, 'Bucket', {
    ...common,
    serverAccessLogsBucket: accessLogs as IBucket,
    lifecycleRules: [{ expiration, abortIncompleteMultipartUploadAfter: Duration.days(1) }],
  });
}

/** How cdk-nag names a grant on all objects of a bucket below a prefix. */
export function objectsFinding(bucket: Bucket, prefix = ''): string {
  const id = Stack.of(bucket).getLogicalId(bucket.node.defaultChild as CfnBucket);
  return `IAM5[Resource::<${id}.Arn>/${prefix}*]`;
}
