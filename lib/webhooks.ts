import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ENV, METRICS } from '../functions/runtime/names.ts';
import { acknowledge, acknowledgeIn } from './acknowledge.ts';
import { FIVE_MINUTES, raiseAlarm } from './alarm.ts';
import type { LedgerTable } from './ledger-table.ts';
import { ServiceMetrics } from './service-metrics.ts';
import type { StageSettings } from './stages.ts';
import { bindRetry, queueProps, workQueue } from './work-queue.ts';

const NO_SCHEDULE =
  "The secret is the key under which webhooks' own secrets are sealed: replacing it would lose them all. Those secrets are rotated by clients.";

type Props = { readonly settings: StageSettings; readonly table: LedgerTable };

/** What webhooks need: the queue of deliveries, and the key under which their secrets are sealed. */
export class Webhooks extends Construct {
  readonly deliveries: Queue;
  private readonly deadLetters: Queue;
  private readonly sealing: Secret;
  private readonly table: LedgerTable;

  constructor(scope: Construct, id: string, { settings, table }: Props) {
    super(scope, id);
    this.table = table;
    // Deliveries are given up after a day.
    const common = queueProps(settings, { retentionPeriod: Duration.days(4) });
    ({ queue: this.deliveries, deadLetters: this.deadLetters } = workQueue(
      this,
      'Deliveries',
      common,
      settings.webhooks,
    ));
    this.sealing = new Secret(this, 'Key', {
      description: 'Key under which the secrets of webhooks are sealed. Never replace it: all of them would be lost.',
      encryptionKey: table.key,
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: common.removalPolicy,
    });
    acknowledge(this.sealing, { SMG4: NO_SCHEDULE });
    acknowledgeIn(this.sealing, ['nist', 'hipaa'], { SecretsManagerRotationEnabled: NO_SCHEDULE });
    this.raiseAlarms(settings);
  }

  /** Lets a function send an event to a client's webhooks. */
  bindNotifier(fn: LambdaFunction): void {
    this.table.bind(fn, { actions: ['Query'], items: ['webhooks'] });
    this.bindSender(fn);
  }

  bindSender(fn: LambdaFunction): void {
    fn.addEnvironment(ENV.webhookQueue, this.deliveries.queueUrl);
    this.deliveries.grant(fn, 'sqs:SendMessage');
  }

  /** Lets the function of operators see what failed, and send it back. */
  bindFailures(fn: LambdaFunction): void {
    const home = { variable: ENV.webhookQueue, queue: this.deliveries };
    bindRetry(fn, { variable: ENV.webhookDeadLetters, queue: this.deadLetters }, home);
  }

  /** Lets a function seal and open secrets of webhooks. */
  bindSealing(fn: LambdaFunction): void {
    fn.addEnvironment(ENV.webhookKeySecret, this.sealing.secretArn);
    const { region, urlSuffix } = Stack.of(this);
    fn.addToRolePolicy(
      new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [this.sealing.secretArn] }),
    );
    fn.addToRolePolicy(
      new PolicyStatement({
        actions: ['kms:Decrypt'],
        resources: [this.table.key.keyArn],
        conditions: { StringEquals: { 'kms:ViaService': `secretsmanager.${region}.${urlSuffix}` } },
      }),
    );
  }

  private raiseAlarms(settings: StageSettings): void {
    raiseAlarm(this, 'DeadLettersAlarm', {
      settings,
      anchor: 'webhooks-failing',
      says: 'Webhooks could not be delivered for a reason of ours.',
      metric: this.deadLetters.metricApproximateNumberOfMessagesVisible({ period: FIVE_MINUTES, statistic: 'Maximum' }),
      atLeast: 1,
    });
    raiseAlarm(this, 'SwitchedOffAlarm', {
      settings,
      anchor: 'webhooks-failing',
      says: "A client's webhook was switched off: its endpoint failed for 24 hours, or is gone.",
      metric: new ServiceMetrics(settings.stackName).counted(METRICS.webhooksSwitchedOff, 'webhook-sender'),
      atLeast: 1,
    });
  }
}
