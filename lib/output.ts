import { CfnOutput } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/** Outputs that operators, the command line and the local service read by name. */
export type OutputName =
  | 'ApiUrl'
  | 'ApiDomainTarget'
  | 'Region'
  | 'StageName'
  | 'ImportWorkers'
  | 'ImportQueueUrl'
  | 'ParkedQueueUrl'
  | 'DeadLetterQueueUrl'
  | 'TableName'
  | 'TableKeyArn'
  | 'PayloadBucketName'
  | 'HashKeySecretArn'
  | 'StateMachineArn'
  | 'EventBusName'
  | 'ResultsBucketName'
  | 'SnapshotsBucketName'
  | 'AthenaDatabaseName'
  | 'UsagePlans'
  | 'ConsoleUrl'
  | 'ConsoleDomainTarget'
  | 'UserPoolId'
  | 'UserPoolClientId';

/** Publishes an output under exactly this name, however deep in the tree its construct is. */
export function publish(scope: Construct, name: OutputName, value: string, description: string): void {
  new CfnOutput(scope, name, { value, description }).overrideLogicalId(name);
}
