import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { type CfnStateMachine, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ENV } from '../functions/runtime/names.ts';
import { acknowledge, acknowledgeIn } from './acknowledge.ts';
import { FIVE_MINUTES, raiseAlarm } from './alarm.ts';
import { type Backing, READS_OWNERS } from './backing.ts';
import { publish } from './output.ts';
import { runDefinition } from './run-definition.ts';
import { type ServiceFunction, serviceFunction } from './service-function.ts';

/** A slice at its pace takes some seconds; owners with long histories, and a table that makes them wait, may need more. */
const TIMEOUT_SECONDS = 300;

/** Previews, replays and snapshots: a state machine that goes over all owners of a client, slice by slice. */
export class ProfileRuns extends Construct {
  readonly fn: ServiceFunction;
  readonly stateMachine: StateMachine;
  /** Runs that ended before they visited all owners. One that was cancelled is none of them. */
  readonly failed: IMetric;
  private readonly sizes: Readonly<Record<'ownersPerSlice' | 'answersPerSlice', number>>;

  constructor(
    scope: Construct,
    id: string,
    { settings, folderOf, table, changes, webhooks, results, snapshots, hashKey }: Backing,
  ) {
    super(scope, id);
    this.sizes = settings.replay;
    const { maxConcurrency, ownersPerSecond } = settings.replay;

    this.fn = serviceFunction(this, {
      settings,
      folderOf,
      name: 'profile-run',
      description: 'Visits the owners of a slice for a preview, a replay or a snapshot',
      memoryMb: settings.functions.memoryMb,
      timeoutSeconds: TIMEOUT_SECONDS,
    });
    table.bind(
      this.fn,
      { actions: ['GetItem', 'PutItem'], items: ['catalogue', 'snapshots'] },
      { actions: ['Query'], items: ['snapshots'] },
      { actions: ['GetItem'], items: ['client'] },
      READS_OWNERS,
      { actions: ['PutItem'], items: ['owner'] },
    );
    table.bindOwnersIndex(this.fn);
    changes.bindAnnouncer(this.fn);
    webhooks.bindNotifier(this.fn);
    results.bindWriter(this.fn);
    snapshots.bindWriter(this.fn);
    hashKey.bind(this.fn);
    this.fn.addEnvironment(ENV.ownersPerSecond, String(ownersPerSecond));
    this.tellSliceSize(this.fn);
    this.tellAnswersPerSlice(this.fn);

    this.stateMachine = new StateMachine(this, 'StateMachine', {
      definitionBody: runDefinition(this, { fn: this.fn, timeoutSeconds: TIMEOUT_SECONDS, maxConcurrency }),
      logs: {
        destination: new LogGroup(this, 'Logs', {
          // Under this prefix a log group needs no line of its own in the account's policy of log deliveries, which has room for few.
          logGroupName: `/aws/vendedlogs/states/owner-profiles-${settings.name}`,
          retention: settings.logRetentionDays,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: LogLevel.ALL,
        includeExecutionData: false,
      },
      tracingEnabled: true,
    });
    this.failed = this.stateMachine.metricFailed({ period: FIVE_MINUTES });
    raiseAlarm(this, 'FailedAlarm', {
      settings,
      anchor: 'profile-runs-failing',
      says: 'A preview, a replay or a snapshot failed: its client sees no result, or stored answers of the previous catalogue.',
      metric: this.failed,
      atLeast: settings.alarms.failedRuns,
    });
    this.acknowledgeFindings();
    publish(this, 'StateMachineArn', this.stateMachine.stateMachineArn, 'Runs previews, replays and snapshots');
  }

  /** Lets the function start runs and read their status; gives it the state machine and the sizes of slices. */
  bindStarter(fn: ServiceFunction): void {
    fn.addEnvironment(ENV.stateMachine, this.stateMachine.stateMachineArn);
    this.tellSliceSize(fn);
    this.stateMachine.grantStartExecution(fn);
    this.stateMachine.grantExecution(fn, 'states:DescribeExecution');
    acknowledge(fn.role ?? fn, {
      [`IAM5[Resource::${this.executions}:*]`]:
        'Executions are named for their runs, of which there are ever more: the grant is on those of this state machine, and on no other.',
    });
  }

  /** Lets a function that starts runs stop them, too. */
  bindStopper(fn: ServiceFunction): void {
    this.stateMachine.grantExecution(fn, 'states:StopExecution');
  }

  /** Gives a function that starts or plans snapshots the size of slices of answers alone. */
  tellAnswersPerSlice(fn: ServiceFunction): void {
    fn.addEnvironment(ENV.answersPerSlice, String(this.sizes.answersPerSlice));
  }

  private tellSliceSize(fn: ServiceFunction): void {
    fn.addEnvironment(ENV.ownersPerSlice, String(this.sizes.ownersPerSlice));
  }

  /** How cdk-nag names the executions of the state machine. */
  private get executions(): string {
    const id = Stack.of(this).getLogicalId(this.stateMachine.node.defaultChild as CfnStateMachine);
    const name = JSON.stringify({ 'Fn::Select': [6, { 'Fn::Split': [':', { Ref: id }] }] });
    return `arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:${name}`;
  }

  private acknowledgeFindings(): void {
    const itsExecutions =
      'The map of a run starts, watches and stops one execution for each slice: of this state machine, and of no other.';
    acknowledge(this.stateMachine, {
      'IAM5[Resource::*]':
        'Log deliveries and traces have no resources to name: Step Functions documents these rights on all of them alone.',
      [`IAM5[Resource::${this.executions}:*]`]: itsExecutions,
      [`IAM5[Resource::${this.executions}/Visit:*]`]: itsExecutions,
    });
    acknowledgeIn(this, 'all', {
      CloudWatchLogGroupEncrypted:
        'CloudWatch encrypts logs with keys of its own. What runs log is how far they got, without any data of owners.',
      IAMNoInlinePolicy:
        'A policy made for one role is inline on purpose: it cannot be attached to another, and goes when its state machine goes.',
    });
  }
}
