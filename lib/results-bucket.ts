import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { ENV } from '../functions/runtime/names.ts';
import { RunObjectsBucket } from './run-objects-bucket.ts';
import type { StageSettings } from './stages.ts';

/** As long as the list of previews reaches back. */
const EXPIRY = Duration.days(30);

/**
 * What the slices of previews and replays found, one object each: keyed hashes of owners and names of profiles, no owner's id and no
 * bank data.
 */
export class ResultsBucket extends RunObjectsBucket {
  constructor(scope: Construct, id: string, { settings }: { readonly settings: StageSettings }) {
    super(scope, id, {
      settings,
      expiry: EXPIRY,
      variable: ENV.resultsBucket,
      output: { name: 'ResultsBucketName', description: 'What previews and replays found, slice by slice' },
      because: {
        S3BucketReplicationEnabled:
          'Results are of use for 30 days at most, and the same run makes them again; access logs are no copy of anything.',
        S3BucketVersioningEnabled:
          'A slice writes its result once. Old versions would keep what is known of an owner longer than is promised.',
        S3DefaultEncryptionKMS:
          'Encrypted with keys that S3 owns. There are keyed hashes and names of profiles in it, and IAM says who may read them either way.',
      },
    });
  }
}
