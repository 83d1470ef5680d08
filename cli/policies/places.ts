/** Where a service is on AWS, as policies name it: ARNs, from the outputs of its stack. */
import type { Outputs } from '../connection.ts';
import { usage } from '../errors.ts';
import { plansIn } from '../usage-keys.ts';

export type Places = {
  readonly table: string;
  /** Of the key that encrypts table and secret. */
  readonly key: string;
  /** The service through which a key may be used: `dynamodb.eu-central-1.amazonaws.com`. */
  readonly via: (service: string) => string;
  readonly secret: string;
  readonly imports: string;
  readonly parked: string;
  readonly deadLetters: string;
  readonly payloads: string;
  readonly results: string;
  readonly stateMachine: string;
  /** A path of API Gateway's control plane: `/apikeys`. */
  readonly gateway: (path: string) => string;
  /** Ids of the plans of clients; none: the stage has no `limits`. */
  readonly plans: readonly string[];
};

/** A secret is named by its whole ARN, which has partition, region and account of all the others. */
const SECRET = /^arn:([\w-]+):secretsmanager:([\w-]+):(\d{12}):/;

/** @throws {CliError} that names what the outputs do not have */
export function placesOf(outputs: Outputs): Places {
  const given = (name: string): string => {
    const value = outputs[name];
    if (value === undefined) throw usage(`the outputs name no ${name}`, 'give --outputs FILE of this release');
    return value;
  };
  const secret = given('HashKeySecretArn');
  const [, partition, region, account] = SECRET.exec(secret) ?? [];
  if (account === undefined) throw usage(`HashKeySecretArn is not the ARN of a secret: ${secret}`);
  const arn = (service: string, rest: string) => `arn:${partition}:${service}:${region}:${account}:${rest}`;
  const queue = (name: string) => arn('sqs', given(name).replace(/^.*\//, ''));
  const bucket = (name: string) => `arn:${partition}:s3:::${given(name)}`;
  return {
    table: arn('dynamodb', `table/${given('TableName')}`),
    key: given('TableKeyArn'),
    via: (service) => `${service}.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}`,
    secret,
    imports: queue('ImportQueueUrl'),
    parked: queue('ParkedQueueUrl'),
    deadLetters: queue('DeadLetterQueueUrl'),
    payloads: bucket('PayloadBucketName'),
    results: bucket('ResultsBucketName'),
    stateMachine: given('StateMachineArn'),
    gateway: (path) => `arn:${partition}:apigateway:${region}::${path}`,
    plans: [...plansIn(outputs).values()],
  };
}
