import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ENV } from '../functions/runtime/names.ts';
import { acknowledge, acknowledgeIn } from './acknowledge.ts';
import { publish } from './output.ts';
import { removalPolicyOf } from './removal-policy.ts';
import type { StageSettings } from './stages.ts';

const NO_SCHEDULE =
  'The secret is the key of hashes that are table keys: replacing it would orphan every owner. The part for API keys is rotated by hand (docs/explanation/security.md), with the old one beside the new until clients have moved.';

export type HashKeyProps = {
  readonly settings: StageSettings;
  /** The key of the table: the secret is as much worth as what is found by it. */
  readonly key: IKey;
};

/**
 * The key of every keyed hash: of owner ids in table keys, and of API keys. Made once, at the first deployment.
 *
 * Losing it orphans every owner and every API key, because their items can no longer be found: in stages that keep data it outlives the
 * stack. So the settings of its generation must not change either: CloudFormation would then generate a new one.
 */
export class HashKey extends Construct {
  readonly secret: Secret;

  private readonly key: IKey;

  constructor(scope: Construct, id: string, { settings, key }: HashKeyProps) {
    super(scope, id);
    this.key = key;
    this.secret = new Secret(this, 'Secret', {
      description:
        'Key of the keyed hashes of owner ids and API keys. Never replace it: every owner would be orphaned.',
      encryptionKey: key,
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: removalPolicyOf(settings),
    });
    acknowledge(this.secret, { SMG4: NO_SCHEDULE });
    acknowledgeIn(this.secret, ['nist', 'hipaa'], { SecretsManagerRotationEnabled: NO_SCHEDULE });
    publish(this, 'HashKeySecretArn', this.secret.secretArn, 'Secret whose value is the key of all keyed hashes');
  }

  /** Lets the function read the key, and gives it the secret's ARN. */
  bind(fn: LambdaFunction): void {
    fn.addEnvironment(ENV.hashKeySecret, this.secret.secretArn);
    fn.addToRolePolicy(
      new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [this.secret.secretArn] }),
    );
    const { region, urlSuffix } = Stack.of(this);
    fn.addToRolePolicy(
      new PolicyStatement({
        actions: ['kms:Decrypt'],
        resources: [this.key.keyArn],
        conditions: { StringEquals: { 'kms:ViaService': `secretsmanager.${region}.${urlSuffix}` } },
      }),
    );
  }
}
