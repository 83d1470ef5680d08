import { LambdaApplication, LambdaDeploymentConfig, LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledge, acknowledgeIn } from './acknowledge.ts';
import { RollBackAlarm } from './alarm.ts';
import type { ServiceFunction } from './service-function.ts';
import type { Shift } from './shift.ts';

export type GradualShiftProps = { readonly shift: Shift; readonly functions: readonly ServiceFunction[] };

/**
 * Moves the requests of functions to a new version little by little, and back if an alarm with `rollsBack` goes off
 * or the move is stopped. A deployment waits for it, and is rolled back with it.
 */
export class GradualShift extends Construct {
  constructor(scope: Construct, id: string, { shift, functions }: GradualShiftProps) {
    super(scope, id);
    const alarms = Stack.of(this)
      .node.findAll()
      .filter((node) => node instanceof RollBackAlarm);
    const role = this.role(functions);
    const application = new LambdaApplication(this, 'Application');
    const deploymentConfig = LambdaDeploymentConfig.fromLambdaDeploymentConfigName(
      this,
      'Config',
      `CodeDeployDefault.Lambda${shift}`,
    );
    for (const { node, alias } of functions) {
      new LambdaDeploymentGroup(this, node.scope?.node.id ?? node.id, {
        application,
        deploymentConfig,
        alias,
        alarms,
        // Without updates: it would get AWSCodeDeployRoleForLambdaLimited, which may move every function of the account.
        role: role.withoutPolicyUpdates(),
        autoRollback: { failedDeployment: true, stoppedDeployment: true, deploymentInAlarm: true },
      });
    }
  }

  private role(functions: readonly ServiceFunction[]): Role {
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('codedeploy.amazonaws.com', {
        // Not for deployments of other accounts.
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    const arns = functions.map(({ functionArn }) => functionArn);
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:GetAlias', 'lambda:UpdateAlias'], resources: arns }));
    role.addToPolicy(
      new PolicyStatement({
        actions: ['lambda:GetProvisionedConcurrencyConfig'],
        // Written out: the name of an alias would make it wait for its deployment group, and that for this role.
        resources: functions.map(({ functionArn, alias }) => `${functionArn}:${alias.aliasName}`),
      }),
    );
    role.addToPolicy(new PolicyStatement({ actions: ['cloudwatch:DescribeAlarms'], resources: ['*'] }));
    acknowledge(role, {
      'IAM5[Resource::*]':
        'CodeDeploy asks for the states of alarms by a list of names, which has no resource to name.',
    });
    acknowledgeIn(role, 'all', {
      IAMNoInlinePolicy:
        'A policy made for one role is inline on purpose: it cannot be attached to another, and goes when its functions go.',
    });
    return role;
  }
}
