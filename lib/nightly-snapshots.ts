import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledgeIn } from './acknowledge.ts';
import { raiseAlarm } from './alarm.ts';
import { READS_AMENDMENTS } from './api-functions.ts';
import type { Backing } from './backing.ts';
import type { ProfileRuns } from './profile-runs.ts';
import { functionMetrics, type ServiceFunction, serviceFunction } from './service-function.ts';
import type { StageSettings } from './stages.ts';

/** Takes a snapshot of every client's owners each night, where the stage says when. */
export class NightlySnapshots extends Construct {
  readonly fn: ServiceFunction;

  constructor(scope: Construct, id: string, { settings, ...backing }: Backing & { readonly runs: ProfileRuns }) {
    super(scope, id);
    const { folderOf, table, runs } = backing;
    this.fn = serviceFunction(this, {
      settings,
      folderOf,
      name: 'nightly-snapshots',
      description: 'Starts the snapshots of the night',
      memoryMb: settings.functions.lightMemoryMb,
      timeoutSeconds: settings.functions.timeoutSeconds,
    });
    table.bind(
      this.fn,
      { actions: ['Query', 'PutItem'], items: ['snapshots'] },
      { actions: ['Query'], items: ['clients'] },
      { actions: ['GetItem'], items: ['client'] },
      READS_AMENDMENTS,
    );
    table.bindOwnersIndex(this.fn);
    runs.bindStarter(this.fn);
    runs.tellAnswersPerSlice(this.fn);

    if (settings.nightly) this.schedule(settings.nightly);
    raiseAlarm(this, 'ErrorsAlarm', {
      settings,
      anchor: 'nightly-snapshots-failing',
      says: 'Snapshots of the night could not be started: segments show the day before.',
      metric: functionMetrics(this.fn).errors,
      atLeast: settings.alarms.failedRuns,
    });
  }

  /** By hand, because the CDK's own target would let the scheduler invoke more than the alias. */
  private schedule({ hour, minute, timeZone }: NonNullable<StageSettings['nightly']>): void {
    const role = new Role(this, 'SchedulerRole', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        // Not for schedules of other accounts.
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    role.addToPolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [this.fn.live.functionArn] }),
    );
    acknowledgeIn(role, 'all', {
      IAMNoInlinePolicy:
        'A policy made for one role is inline on purpose: it cannot be attached to another, and goes when its schedule goes.',
    });
    new CfnSchedule(this, 'Schedule', {
      description: "Snapshots of all owners' profiles, every night",
      scheduleExpression: `cron(${minute} ${hour} * * ? *)`,
      scheduleExpressionTimezone: timeZone,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: this.fn.live.functionArn,
        roleArn: role.roleArn,
        retryPolicy: { maximumRetryAttempts: 5, maximumEventAgeInSeconds: 4 * 3600 },
      },
    });
  }
}
