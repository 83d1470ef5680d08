import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ENV, PAYLOAD_PREFIX, UPLOAD_PREFIX } from '../functions/runtime/names.ts';
import { acknowledge, acknowledgeIn } from './acknowledge.ts';
import { publish } from './output.ts';
import { objectsFinding, privateBucket } from './private-bucket.ts';
import { publishers } from './publishers.ts';
import type { StageSettings } from './stages.ts';

/** One day more than the queues keep the message that points to the object. */
const EXPIRY = Duration.days(15);

/** An upload is read within minutes of its arrival; the rest is time to fix what stopped it. */
const UPLOAD_EXPIRY = Duration.days(3);

/**
 * Accounts of imports too large for a message, and files too large for a request. Only the way there: what was joined is in the
 * ledger.
 */
export class PayloadBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { settings }: { readonly settings: StageSettings }) {
    super(scope, id);
    this.bucket = privateBucket(this, settings, EXPIRY);
    acknowledgeIn(this, 'all', {
      S3BucketReplicationEnabled:
        'Payloads are on their way for 15 days at most, and publishers can send them again; access logs are no copy of anything.',
      S3BucketVersioningEnabled:
        'Old versions would keep bank data beyond its deletion. Payloads are written once, under a name of their own.',
      S3DefaultEncryptionKMS:
        'Encrypted with keys that S3 owns: publishers in other accounts would each need a grant on the key, and IAM says who may read either way.',
    });
    this.bucket.addLifecycleRule({ prefix: UPLOAD_PREFIX, expiration: UPLOAD_EXPIRY });
    const principals = publishers(settings);
    if (principals.length > 0) {
      this.bucket.addToResourcePolicy(
        new PolicyStatement({ sid: 'Publishers', principals, actions: ['s3:PutObject'], resources: [this.payloads] }),
      );
    }
    publish(this, 'PayloadBucketName', this.bucket.bucketName, `Large imports go here, below ${PAYLOAD_PREFIX}`);
  }

  /**
   * Lets the function read payloads, and gives it the bucket. With the right to list, a missing object is a 404; without it a 403, and a
   * missing payload (park) would look like a missing right (retry).
   */
  bindReader(fn: LambdaFunction): void {
    this.tell(fn);
    fn.addToRolePolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [this.bucket.bucketArn] }));
    fn.addToRolePolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: [this.payloads] }));
    this.acknowledgePrefix(fn);
  }

  /** Lets the function write payloads, and gives it the bucket. */
  bindWriter(fn: LambdaFunction): void {
    this.tell(fn);
    fn.addToRolePolicy(new PolicyStatement({ actions: ['s3:PutObject'], resources: [this.payloads] }));
    this.acknowledgePrefix(fn);
  }

  /** Lets the function sign URLs to put uploads, and gives it the bucket. */
  bindSigner(fn: LambdaFunction): void {
    this.grantUploads(fn, 's3:PutObject');
  }

  /** Lets the function read and remove uploads, and gives it the bucket; it lists for the same reason as a reader of payloads. */
  bindUploadReader(fn: LambdaFunction): void {
    fn.addToRolePolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [this.bucket.bucketArn] }));
    this.grantUploads(fn, 's3:GetObject', 's3:DeleteObject');
  }

  /** Lets the function remove uploads, and gives it the bucket. */
  bindUploadRemover(fn: LambdaFunction): void {
    this.grantUploads(fn, 's3:DeleteObject');
  }

  private grantUploads(fn: LambdaFunction, ...actions: readonly string[]): void {
    this.tell(fn);
    const resources = [this.bucket.arnForObjects(`${UPLOAD_PREFIX}*`)];
    fn.addToRolePolicy(new PolicyStatement({ actions: [...actions], resources }));
    acknowledge(fn.role ?? fn, {
      [objectsFinding(this.bucket, UPLOAD_PREFIX)]:
        'Keys of uploads begin with the client and the owner, of which there are ever more; other objects stay out of reach.',
    });
  }

  private get payloads(): string {
    return this.bucket.arnForObjects(`${PAYLOAD_PREFIX}*`);
  }

  private acknowledgePrefix(fn: LambdaFunction): void {
    acknowledge(fn.role ?? fn, {
      [objectsFinding(this.bucket, PAYLOAD_PREFIX)]:
        'Publishers choose the keys of payloads, so the grant can only name their common prefix; other objects stay out of reach.',
    });
  }

  private tell(fn: LambdaFunction): void {
    fn.addEnvironment(ENV.payloadBucket, this.bucket.bucketName);
  }
}
