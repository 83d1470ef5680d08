import { type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ENV, ITEM_KEYS, OWNERS_INDEX, TABLE_KEYS } from '../functions/runtime/names.ts';
import { acknowledgeIn } from './acknowledge.ts';
import { FIVE_MINUTES, raiseAlarm } from './alarm.ts';
import { publish } from './output.ts';
import { removalPolicyOf } from './removal-policy.ts';
import type { StageSettings } from './stages.ts';

const READS = ['GetItem', 'BatchGetItem', 'Query'] as const;
const WRITES = ['PutItem', 'UpdateItem', 'DeleteItem'] as const;

/** DynamoDB answers plain HTTP too (AWS general reference, "Amazon DynamoDB endpoints"): not for this table. */
const tlsOnly = () =>
  new PolicyDocument({
    statements: [
      new PolicyStatement({
        sid: 'TlsOnly',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['dynamodb:*'],
        resources: ['*'],
        conditions: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    ],
  });

export type TableAccess = {
  readonly actions: readonly ((typeof READS)[number] | (typeof WRITES)[number])[];
  readonly items: readonly (keyof typeof ITEM_KEYS)[];
  /** The only attributes that requests may name besides the key, and have answered. Not given: any. */
  readonly attributes?: readonly string[];
};

/**
 * The response to a write may hold the whole item, whatever attributes the request names: therefore the second condition (DynamoDB
 * developer guide, "Using IAM policy conditions for fine-grained access control").
 */
const onlyAttributes = (attributes: readonly string[]) => ({
  'ForAllValues:StringEquals': { 'dynamodb:Attributes': [TABLE_KEYS.partition, TABLE_KEYS.sort, ...attributes] },
  StringEqualsIfExists: { 'dynamodb:ReturnValues': ['NONE', 'UPDATED_OLD', 'UPDATED_NEW'] },
});

/** The one table: ledger pages and answers of owners, clients and their keys. */
export class LedgerTable extends Construct {
  readonly table: Table;
  readonly key: Key;
  readonly throttledRequests: IMetric;
  private readonly settings: StageSettings;

  constructor(scope: Construct, id: string, { settings }: { readonly settings: StageSettings }) {
    super(scope, id);
    this.settings = settings;
    const removalPolicy = removalPolicyOf(settings);

    // A key of our own: who may read titles and parties is then also in the key's policy and in its audit trail.
    this.key = new Key(this, 'Key', {
      description: 'Encrypts the owner profiles ledger at rest',
      enableKeyRotation: true,
      removalPolicy,
    });
    this.table = new Table(this, 'Table', {
      partitionKey: { name: TABLE_KEYS.partition, type: AttributeType.STRING },
      sortKey: { name: TABLE_KEYS.sort, type: AttributeType.STRING },
      timeToLiveAttribute: TABLE_KEYS.expires,
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: this.key,
      pointInTimeRecoverySpecification: {
        pointInTimeRecoveryEnabled: true,
        recoveryPeriodInDays: settings.pointInTimeRecoveryDays,
      },
      resourcePolicy: tlsOnly(),
      deletionProtection: settings.guarded,
      removalPolicy,
    });

    this.table.addGlobalSecondaryIndex({
      indexName: OWNERS_INDEX.name,
      partitionKey: { name: OWNERS_INDEX.partition, type: AttributeType.STRING },
      sortKey: { name: TABLE_KEYS.partition, type: AttributeType.STRING },
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: [OWNERS_INDEX.owner],
    });

    this.throttledRequests = new MathExpression({
      expression: 'FILL(reads, 0) + FILL(writes, 0)',
      usingMetrics: { reads: this.count('ReadThrottleEvents'), writes: this.count('WriteThrottleEvents') },
      period: FIVE_MINUTES,
      label: 'throttled requests',
    });
    raiseAlarm(this, 'ThrottledAlarm', {
      settings,
      anchor: 'table-throttled',
      says: 'The table refuses requests: imports are retried and may end in the dead-letter queue, look-ups fail.',
      metric: this.throttledRequests,
      atLeast: settings.alarms.throttledRequests,
      periods: 3,
    });
    acknowledgeIn(this.table, ['nist', 'hipaa'], {
      DynamoDBInBackupPlan:
        'Point-in-time recovery restores any second. A backup plan would keep erased owners longer than the stage promises.',
    });
    publish(this, 'TableName', this.table.tableName, 'Table of owners, clients and API keys');
    publish(this, 'TableKeyArn', this.key.keyArn, 'KMS key that encrypts the table and the secrets');
  }

  /** Sets the environment variables of the table and grants these accesses, no more: each to its kinds of items. */
  bind(fn: LambdaFunction, ...accesses: readonly TableAccess[]): void {
    fn.addEnvironment(ENV.table, this.table.tableName);
    if (accesses.some(({ items }) => items.includes('owner'))) {
      fn.addEnvironment(ENV.retentionMonths, String(this.settings.retentionMonths));
    }
    for (const { actions, items, attributes } of accesses) {
      fn.addToRolePolicy(
        new PolicyStatement({
          effect: Effect.ALLOW,
          actions: actions.map((action) => `dynamodb:${action}`),
          resources: [this.table.tableArn],
          conditions: {
            'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': items.map((kind) => ITEM_KEYS[kind]) },
            // "For all values" also holds when there are none, as in a scan.
            Null: { 'dynamodb:LeadingKeys': 'false' },
            ...(attributes && onlyAttributes(attributes)),
          },
        }),
      );
    }
    const writes = accesses.some(({ actions }) => actions.some((action) => WRITES.some((write) => write === action)));
    fn.addToRolePolicy(this.useOfKey(writes));
  }

  /**
   * Lets the function list owners by the index. Its partitions are of one kind, the shards of a client's owners, so there is nothing
   * that a condition on keys could keep apart; what they hold is the projection: keys and owners' ids.
   */
  bindOwnersIndex(fn: LambdaFunction): void {
    fn.addToRolePolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions: ['dynamodb:Query'],
        resources: [`${this.table.tableArn}/index/${OWNERS_INDEX.name}`],
      }),
    );
  }

  private count(metricName: string): Metric {
    const dimensionsMap = { TableName: this.table.tableName };
    return new Metric({ namespace: 'AWS/DynamoDB', metricName, dimensionsMap, statistic: 'Sum', period: FIVE_MINUTES });
  }

  /** DynamoDB uses the key in the name of the caller (DynamoDB developer guide, "Encryption at rest: usage notes"). */
  private useOfKey(writes: boolean): PolicyStatement {
    const reading = ['kms:Decrypt', 'kms:DescribeKey'];
    const writing = [
      'kms:Encrypt',
      'kms:GenerateDataKey',
      'kms:GenerateDataKeyWithoutPlaintext',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
    ];
    const { region, urlSuffix } = Stack.of(this);
    return new PolicyStatement({
      effect: Effect.ALLOW,
      actions: writes ? [...reading, ...writing] : reading,
      resources: [this.key.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `dynamodb.${region}.${urlSuffix}` } },
    });
  }
}
