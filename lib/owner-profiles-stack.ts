import { Annotations, Stack, type StackProps, Tags } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { acknowledgeIn } from './acknowledge.ts';
import { Api } from './api.ts';
import { ApiFunctions } from './api-functions.ts';
import type { Backing } from './backing.ts';
import { bundleFunctions } from './bundle.ts';
import { ChangePublisher } from './change-publisher.ts';
import { ChangeQueue } from './change-queue.ts';
import { Console } from './console.ts';
import { ErasureQueue } from './erasure-queue.ts';
import { GradualShift } from './gradual-shift.ts';
import { HashKey } from './hash-key.ts';
import { ImportQueue } from './import-queue.ts';
import { ImportWorker } from './import-worker.ts';
import { LedgerTable } from './ledger-table.ts';
import { Monitoring } from './monitoring.ts';
import { NightlySnapshots } from './nightly-snapshots.ts';
import { publish } from './output.ts';
import { PayloadBucket } from './payload-bucket.ts';
import { ProfileRuns } from './profile-runs.ts';
import { ResultsBucket } from './results-bucket.ts';
import { SnapshotSql } from './snapshot-sql.ts';
import { SnapshotsBucket } from './snapshots-bucket.ts';
import type { StageSettings } from './stages.ts';
import { StatementReader } from './statement-reader.ts';
import { StatementUploads } from './statement-uploads.ts';
import { WebhookSender } from './webhook-sender.ts';
import { Webhooks } from './webhooks.ts';

export type OwnerProfilesStackProps = StackProps & { readonly settings: StageSettings };

/** The whole service, as a table of contents: imports come in through the queue, answers go out through the API, runs go over all owners. */
export class OwnerProfilesStack extends Stack {
  constructor(scope: Construct, id: string, { settings, ...props }: OwnerProfilesStackProps) {
    super(scope, id, {
      description: 'Owner Profiles: lifestyle profiles of bank customers, from their transactions',
      terminationProtection: settings.guarded,
      ...props,
    });
    Tags.of(this).add('service', 'owner-profiles');
    Tags.of(this).add('stage', settings.name);

    const folderOf = bundleFunctions();

    const table = new LedgerTable(this, 'LedgerTable', { settings });
    const hashKey = new HashKey(this, 'HashKey', { settings, key: table.key });
    const payloads = new PayloadBucket(this, 'PayloadBucket', { settings });
    const results = new ResultsBucket(this, 'RunResults', { settings });
    const snapshots = new SnapshotsBucket(this, 'Snapshots', { settings });
    const uploads = new StatementUploads(this, 'StatementUploads', { settings, payloads });
    if (settings.athena) new SnapshotSql(this, 'SnapshotSql', { settings, snapshots });
    const queue = new ImportQueue(this, 'ImportQueue', { settings });
    const changes = new ChangeQueue(this, 'ChangeQueue', { settings });
    const erasures = new ErasureQueue(this, 'ErasureQueue', { settings });
    const webhooks = new Webhooks(this, 'Webhooks', { settings, table });
    const backing: Backing = {
      settings,
      folderOf,
      queue,
      changes,
      erasures,
      webhooks,
      table,
      payloads,
      uploads,
      results,
      snapshots,
      hashKey,
    };

    const worker = new ImportWorker(this, 'ImportWorker', backing);
    const publisher = new ChangePublisher(this, 'ChangePublisher', backing);
    const reader = new StatementReader(this, 'StatementReader', backing);
    const sender = new WebhookSender(this, 'WebhookSender', backing);
    const runs = new ProfileRuns(this, 'ProfileRuns', backing);
    const nightly = new NightlySnapshots(this, 'NightlySnapshots', { ...backing, runs });
    const functions = new ApiFunctions(this, 'ApiFunctions', { ...backing, runs });
    const api = new Api(this, 'Api', { settings, functions });
    if (settings.shift) {
      const shifted = [worker.fn, publisher.fn, reader.fn, sender.fn, ...functions.shifted];
      new GradualShift(this, 'GradualShift', { shift: settings.shift, functions: shifted });
    }
    const { console: domain } = settings;
    if (domain) new Console(this, 'Console', { settings, domain, apiUrl: api.url, authorizer: functions.authorizer });

    publish(this, 'StageName', settings.name, 'Which stage it is');
    publish(this, 'Region', this.region, 'Where the stack is');
    if (settings.alarms.topicArn === undefined) {
      if (settings.keepData) warnOfSilence(this);
      acknowledgeIn(this, ['nist', 'hipaa'], {
        CloudWatchAlarmAction:
          'The topic is an option of the stage (alarms.topicArn), because topics belong to those on call. Without it, alarms are seen on the dashboard.',
      });
    }

    new Monitoring(this, 'Monitoring', {
      settings,
      queue,
      worker,
      publisher,
      sender,
      reader,
      runs,
      nightly,
      functions,
      api,
      table,
    });
  }
}

function warnOfSilence(stack: Stack): void {
  Annotations.of(stack).addWarningV2(
    'owner-profiles:nobody-is-alarmed',
    'Alarms notify nobody: they only show on the dashboard. Name an SNS topic as alarms.topicArn in your settings file (docs/how-to/operating.md).',
  );
}
