import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Duration, TimeZone } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { raiseAlarm } from './alarm.ts';
import { READS_AMENDMENTS } from './api-functions.ts';
import type { Backing } from './backing.ts';
import type { ProfileRuns } from './profile-runs.ts';
import { functionMetrics, serviceFunction } from './service-function.ts';

/** Takes a snapshot of every client's owners each night, where the stage says when. */
export class NightlySnapshots extends Construct {
  readonly fn: LambdaFunction;

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

    if (settings.nightly) {
      const { hour, minute, timeZone } = settings.nightly;
      new Schedule(this, 'Schedule', {
        description: "Snapshots of all owners' profiles, every night",
        schedule: ScheduleExpression.cron({
          hour: String(hour),
          minute: String(minute),
          timeZone: TimeZone.of(timeZone),
        }),
        target: new LambdaInvoke(this.fn, { retryAttempts: 5, maxEventAge: Duration.hours(4) }),
      });
    }
    raiseAlarm(this, 'ErrorsAlarm', {
      settings,
      anchor: 'nightly-snapshots-failing',
      says: 'Snapshots of the night could not be started: segments show the day before.',
      metric: functionMetrics(this.fn).errors,
      atLeast: settings.alarms.failedRuns,
    });
  }
}
