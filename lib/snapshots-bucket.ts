import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { ENV } from '../functions/runtime/names.ts';
import { RunObjectsBucket } from './run-objects-bucket.ts';
import type { StageSettings } from './stages.ts';

/** As long as the list of snapshots reaches back. */
const EXPIRY = Duration.days(400);

/**
 * Snapshots: who has which profiles, slice by slice, and tables of the same for other programs. Owners' ids are in it, and values of
 * features where they were asked for; no bank data.
 */
export class SnapshotsBucket extends RunObjectsBucket {
  constructor(scope: Construct, id: string, { settings }: { readonly settings: StageSettings }) {
    super(scope, id, {
      settings,
      expiry: EXPIRY,
      variable: ENV.snapshotsBucket,
      output: { name: 'SnapshotsBucketName', description: "Snapshots: every owner's profiles, and tables of them" },
      because: {
        S3BucketReplicationEnabled:
          'A snapshot of today can be taken again; those of other days are of use for comparison alone, and are not worth a second copy.',
        S3BucketVersioningEnabled:
          'An owner who is erased leaves every snapshot. Old versions would keep what is known of an owner longer than is promised.',
        S3DefaultEncryptionKMS:
          'Encrypted with keys that S3 owns. IAM says who may read either way, and signed URLs would need the key, too.',
      },
    });
  }
}
