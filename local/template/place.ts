/**
 * What the cloud decides when it creates a resource: its name, its ARN, its URL. Here they follow from the template and the
 * addresses of the local servers, so that they are the same at every start.
 */
import { createHash } from 'node:crypto';
import type { Resource } from './assembly.ts';

export type Place = {
  readonly region: string;
  readonly account: string;
  readonly stackName: string;
  /** Known once the queue server listens. */
  readonly sqsEndpoint: () => string;
};

export type Identity = { readonly ref: string; readonly attributes: Readonly<Record<string, string>> };

/** The property in which a type has a given name, and how long a generated one may be. */
const NAMES: Readonly<Record<string, readonly [property: string, length: number]>> = {
  'AWS::SQS::Queue': ['QueueName', 80],
  'AWS::DynamoDB::Table': ['TableName', 255],
  'AWS::DynamoDB::GlobalTable': ['TableName', 255],
  'AWS::S3::Bucket': ['BucketName', 63],
  'AWS::SecretsManager::Secret': ['Name', 256],
  'AWS::Lambda::Function': ['FunctionName', 64],
  'AWS::StepFunctions::StateMachine': ['StateMachineName', 80],
  'AWS::Logs::LogGroup': ['LogGroupName', 512],
  'AWS::Events::EventBus': ['Name', 256],
  'AWS::SNS::Topic': ['TopicName', 256],
  'AWS::IAM::Role': ['RoleName', 64],
};

type Resolve = (value: unknown) => unknown;

export function nameOf(place: Place, logicalId: string, resource: Resource, resolve: Resolve): string {
  const [property, length] = NAMES[resource.Type] ?? ['', 255];
  const given = resource.Properties?.[property];
  if (given !== undefined) return String(resolve(given));
  const made = `${place.stackName}-${logicalId}`;
  const short =
    made.length <= length
      ? made
      : `${made.slice(0, length - 9)}-${createHash('sha256').update(made).digest('hex').slice(0, 8)}`;
  return resource.Type === 'AWS::S3::Bucket' ? short.toLowerCase() : short;
}

/** @throws for a type whose reference is unknown here: the caller adds who referenced it */
export function identityOf(place: Place, logicalId: string, resource: Resource, resolve: Resolve): Identity {
  const name = nameOf(place, logicalId, resource, resolve);
  const arn = (service: string, rest: string) => `arn:aws:${service}:${place.region}:${place.account}:${rest}`;
  switch (resource.Type) {
    case 'AWS::SQS::Queue': {
      // The ARN is needed before the server listens, the URL only after.
      const url = () => `${place.sqsEndpoint()}/${place.account}/${name}`;
      return {
        get ref() {
          return url();
        },
        attributes: {
          Arn: arn('sqs', name),
          QueueName: name,
          get QueueUrl() {
            return url();
          },
        },
      };
    }
    case 'AWS::DynamoDB::Table':
    case 'AWS::DynamoDB::GlobalTable':
      return { ref: name, attributes: { Arn: arn('dynamodb', `table/${name}`) } };
    case 'AWS::S3::Bucket':
      return { ref: name, attributes: { Arn: `arn:aws:s3:::${name}` } };
    case 'AWS::SecretsManager::Secret': {
      const ref = arn('secretsmanager', `secret:${name}`);
      return { ref, attributes: { Id: ref } };
    }
    case 'AWS::Lambda::Function':
      return { ref: name, attributes: { Arn: functionArn(place, name) } };
    case 'AWS::Lambda::Version': {
      // There is one version of each function here, at each start that of the template.
      const ref = `${ofFunction(place, resource, resolve)}:1`;
      return { ref, attributes: { FunctionArn: ref, Version: '1' } };
    }
    case 'AWS::Lambda::Alias': {
      const ref = `${ofFunction(place, resource, resolve)}:${String(resolve(resource.Properties?.['Name']))}`;
      return { ref, attributes: { AliasArn: ref } };
    }
    case 'AWS::StepFunctions::StateMachine': {
      const ref = arn('states', `stateMachine:${name}`);
      return { ref, attributes: { Arn: ref, Name: name } };
    }
    case 'AWS::ApiGateway::RestApi':
      return { ref: 'local', attributes: { RootResourceId: '/', RestApiId: 'local' } };
    case 'AWS::ApiGateway::Stage':
      return { ref: String(resolve(resource.Properties?.['StageName'] ?? 'local')), attributes: {} };
    case 'AWS::ApiGateway::Resource':
    case 'AWS::ApiGateway::Authorizer':
    case 'AWS::ApiGateway::Deployment':
    case 'AWS::ApiGateway::UsagePlan':
    case 'AWS::ApiGateway::ApiKey':
      return {
        ref: logicalId,
        attributes: { ResourceId: logicalId, AuthorizerId: logicalId, DeploymentId: logicalId },
      };
    case 'AWS::Events::EventBus':
      return { ref: name, attributes: { Arn: arn('events', `event-bus/${name}`), Name: name } };
    case 'AWS::Logs::LogGroup':
      return { ref: name, attributes: { Arn: arn('logs', `log-group:${name}:*`) } };
    case 'AWS::SNS::Topic':
      return { ref: arn('sns', name), attributes: { TopicArn: arn('sns', name), TopicName: name } };
    case 'AWS::KMS::Key':
      return { ref: logicalId, attributes: { Arn: arn('kms', `key/${logicalId}`), KeyId: logicalId } };
    case 'AWS::CloudFront::Distribution':
      return { ref: logicalId, attributes: { DomainName: 'localhost' } };
    case 'AWS::Cognito::UserPool': {
      const id = `${place.region}_${createHash('sha256').update(name).digest('hex').slice(0, 9)}`;
      return { ref: id, attributes: { UserPoolId: id, Arn: arn('cognito-idp', `userpool/${id}`) } };
    }
    case 'AWS::Cognito::UserPoolClient':
    case 'AWS::Cognito::UserPoolDomain':
      return { ref: logicalId.toLowerCase(), attributes: {} };
    case 'AWS::IAM::Role':
      return { ref: name, attributes: { Arn: `arn:aws:iam::${place.account}:role/${name}` } };
    default:
      throw new Error(`the local service does not know what a reference to ${logicalId} (${resource.Type}) is`);
  }
}

/** The ARN of the function that an alias or a version is of. */
function ofFunction(place: Place, resource: Resource, resolve: Resolve): string {
  const named = String(resolve(resource.Properties?.['FunctionName']));
  return named.startsWith('arn:') ? named : functionArn(place, named);
}

const functionArn = (place: Place, name: string): string =>
  `arn:aws:lambda:${place.region}:${place.account}:function:${name}`;
