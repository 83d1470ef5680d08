// biome-ignore-all lint/suspicious/noTemplateCurlyInString: CloudFormation writes its variables like that.
/** The reading of a synthesized stack: a small template made by hand, with every intrinsic that the local service knows. */
import { readApi } from '../../local/template/api.ts';
import type { Assembly, Template } from '../../local/template/assembly.ts';
import type { Place } from '../../local/template/place.ts';
import { createResolver } from '../../local/template/resolve.ts';
import { readOutputs, readWiring } from '../../local/template/wiring.ts';

const place: Place = {
  region: 'eu-central-1',
  account: '000000000000',
  stackName: 'Test',
  sqsEndpoint: () => 'http://127.0.0.1:9',
};

const functionUri = {
  'Fn::Join': [
    '',
    [
      'arn:',
      { Ref: 'AWS::Partition' },
      ':apigateway:',
      { Ref: 'AWS::Region' },
      ':lambda:path/2015-03-31/functions/',
      { 'Fn::GetAtt': ['Worker', 'Arn'] },
      '/invocations',
    ],
  ],
};

const template: Template = {
  Parameters: { Size: { Type: 'Number', Default: 7 } },
  Mappings: { Sizes: { dev: { small: '3' } } },
  Conditions: { Yes: { 'Fn::Equals': ['a', 'a'] }, No: { 'Fn::Not': [{ Condition: 'Yes' }] } },
  Resources: {
    Dead: { Type: 'AWS::SQS::Queue' },
    Imports: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        VisibilityTimeout: 60,
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] }, maxReceiveCount: 5 },
      },
    },
    NotMade: { Type: 'AWS::SQS::Queue', Condition: 'No' },
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        TimeToLiveSpecification: { Enabled: true },
      },
    },
    Key: { Type: 'AWS::SecretsManager::Secret', Properties: { GenerateSecretString: { PasswordLength: 12 } } },
    Odd: { Type: 'AWS::Odd::Thing' },
    Runs: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        DefinitionString: {
          'Fn::Join': [
            '',
            [
              '{"StartAt":"Plan","States":{"Plan":{"Type":"Task","TimeoutSeconds":9,"End":true,"Resource":"arn:',
              { Ref: 'AWS::Partition' },
              ':states:::lambda:invoke","Parameters":{"FunctionName":"',
              { Ref: 'Live' },
              '"}}}}',
            ],
          ],
        },
      },
    },
    Worker: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Code: { S3Bucket: { 'Fn::Sub': 'assets-${AWS::AccountId}' }, S3Key: 'abc.zip' },
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Timeout: 20,
        MemorySize: 512,
        Environment: {
          Variables: {
            QUEUE: { Ref: 'Imports' },
            TABLE: { Ref: 'Table' },
            SECRET: { Ref: 'Key' },
            RUNS: { Ref: 'Runs' },
            POWERTOOLS_SERVICE_NAME: 'worker',
          },
        },
      },
    },
    Version: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Worker' } } },
    Live: {
      Type: 'AWS::Lambda::Alias',
      Properties: {
        Name: 'live',
        FunctionName: { Ref: 'Worker' },
        FunctionVersion: { 'Fn::GetAtt': ['Version', 'Version'] },
      },
    },
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        BatchSize: 10,
        EventSourceArn: { 'Fn::GetAtt': ['Imports', 'Arn'] },
        // As the CDK names an alias.
        FunctionName: {
          'Fn::Join': ['', [{ 'Fn::Select': [6, { 'Fn::Split': [':', { Ref: 'Live' }] }] }, ':live']],
        },
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        MaximumBatchingWindowInSeconds: 1,
        ScalingConfig: { MaximumConcurrency: 50 },
      },
    },
    Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { BinaryMediaTypes: ['Application/JSON'] } },
    V1: {
      Type: 'AWS::ApiGateway::Resource',
      Properties: { ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] }, PathPart: 'v1' },
    },
    Owner: { Type: 'AWS::ApiGateway::Resource', Properties: { ParentId: { Ref: 'V1' }, PathPart: 'owner' } },
    Auth: {
      Type: 'AWS::ApiGateway::Authorizer',
      Properties: {
        Type: 'REQUEST',
        AuthorizerUri: functionUri,
        IdentitySource: 'method.request.header.X-Api-Key,context.identity.sourceIp',
        AuthorizerResultTtlInSeconds: 60,
      },
    },
    Method: {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        HttpMethod: 'ANY',
        ResourceId: { Ref: 'Owner' },
        AuthorizationType: 'CUSTOM',
        AuthorizerId: { Ref: 'Auth' },
        Integration: { Type: 'AWS_PROXY', Uri: functionUri },
      },
    },
    Denied: {
      Type: 'AWS::ApiGateway::GatewayResponse',
      Properties: {
        ResponseType: 'ACCESS_DENIED',
        StatusCode: '401',
        ResponseParameters: { 'gatewayresponse.header.X-Request-Id': 'context.requestId' },
        ResponseTemplates: { 'application/json': '{}' },
      },
    },
    Stage: {
      Type: 'AWS::ApiGateway::Stage',
      Properties: {
        StageName: 'live',
        MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 5, ThrottlingBurstLimit: 9 }],
      },
    },
  },
  Outputs: { ImportQueueUrl: { Value: { Ref: 'Imports' } }, Hidden: { Value: 'x', Condition: 'No' } },
};
const assembly: Assembly = { stackName: 'Test', template, assets: new Map([['abc.zip', '/assets/abc']]) };

test('intrinsics', () => {
  const { resolve } = createResolver(template, place);
  const cases: readonly [unknown, unknown][] = [
    [{ Ref: 'AWS::Region' }, 'eu-central-1'],
    [{ Ref: 'Size' }, 7],
    [{ Ref: 'Imports' }, 'http://127.0.0.1:9/000000000000/Test-Imports'],
    [{ 'Fn::GetAtt': ['Table', 'Arn'] }, 'arn:aws:dynamodb:eu-central-1:000000000000:table/Test-Table'],
    [{ 'Fn::GetAtt': 'Imports.QueueName' }, 'Test-Imports'],
    [{ Ref: 'Live' }, 'arn:aws:lambda:eu-central-1:000000000000:function:Test-Worker:live'],
    [{ 'Fn::GetAtt': ['Version', 'Version'] }, '1'],
    [
      { 'Fn::Sub': '${AWS::StackName}/${Table}/${Imports.Arn}/${!Literal}' },
      'Test/Test-Table/arn:aws:sqs:eu-central-1:000000000000:Test-Imports/${Literal}',
    ],
    [{ 'Fn::Sub': ['${a}-${AWS::Region}', { a: { Ref: 'Size' } }] }, '7-eu-central-1'],
    [{ 'Fn::Select': [1, { 'Fn::Split': [',', 'a,b,c'] }] }, 'b'],
    [{ 'Fn::If': ['No', 1, { Ref: 'AWS::NoValue' }] }, undefined],
    [{ kept: { 'Fn::If': ['Yes', 'y', 'n'] }, gone: { Ref: 'AWS::NoValue' } }, { kept: 'y' }],
    [{ 'Fn::FindInMap': ['Sizes', 'dev', 'small'] }, '3'],
    [{ 'Fn::Base64': 'x' }, 'eA=='],
  ];
  for (const [value, expected] of cases) expect(resolve(value, 'here')).toEqual(expected);
});

test('an unknown reference is an error that names its source', () => {
  const { resolve } = createResolver(template, place);
  expect(() => resolve({ 'Fn::Cidr': [] }, 'Worker.X')).toThrow(
    'Worker.X: the local service does not know the intrinsic function Fn::Cidr',
  );
  expect(() => resolve({ Ref: 'Odd' }, 'Worker.X')).toThrow(/Worker\.X: .*Odd \(AWS::Odd::Thing\)/);
  expect(() => resolve({ Ref: 'Nobody' }, 'Worker.X')).toThrow(
    'Worker.X: refers to Nobody, which is not in the template',
  );
  expect(() => resolve({ 'Fn::GetAtt': ['Table', 'Odd'] }, 'Worker.X')).toThrow(/attribute Odd of Table/);
});

test('what is wired', () => {
  const wiring = readWiring(assembly, place);
  expect(wiring.queues).toEqual([
    { name: 'Test-Dead', arn: 'arn:aws:sqs:eu-central-1:000000000000:Test-Dead', attributes: {} },
    {
      name: 'Test-Imports',
      arn: 'arn:aws:sqs:eu-central-1:000000000000:Test-Imports',
      attributes: {
        VisibilityTimeout: '60',
        RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:eu-central-1:000000000000:Test-Dead","maxReceiveCount":5}',
      },
    },
  ]);
  expect(wiring.tables).toMatchObject([
    { name: 'Test-Table', input: { TableName: 'Test-Table', BillingMode: 'PAY_PER_REQUEST' } },
  ]);
  expect(wiring.tables[0]?.input).not.toHaveProperty('TimeToLiveSpecification');
  expect(wiring.functions).toMatchObject([
    { name: 'Test-Worker', title: 'worker', codePath: '/assets/abc', timeoutMs: 20_000, memoryMb: 512 },
  ]);
  expect(wiring.functions[0]?.environment()).toEqual({
    QUEUE: 'http://127.0.0.1:9/000000000000/Test-Imports',
    TABLE: 'Test-Table',
    SECRET: 'arn:aws:secretsmanager:eu-central-1:000000000000:secret:Test-Key',
    RUNS: 'arn:aws:states:eu-central-1:000000000000:stateMachine:Test-Runs',
    POWERTOOLS_SERVICE_NAME: 'worker',
  });
  expect(wiring.mappings).toEqual([
    {
      functionName: 'Test-Worker',
      queueName: 'Test-Imports',
      queueArn: 'arn:aws:sqs:eu-central-1:000000000000:Test-Imports',
      batchSize: 10,
      windowMs: 1000,
      partial: true,
      maxConcurrency: 50,
    },
  ]);
  expect(wiring.stateMachines).toEqual([
    {
      name: 'Test-Runs',
      arn: 'arn:aws:states:eu-central-1:000000000000:stateMachine:Test-Runs',
      definition: {
        StartAt: 'Plan',
        States: {
          Plan: {
            Type: 'Task',
            Resource: 'arn:aws:states:::lambda:invoke',
            Parameters: { FunctionName: `${wiring.functions[0]?.arn}:live` },
            TimeoutSeconds: 9,
            End: true,
          },
        },
      },
    },
  ]);
  expect(readOutputs(assembly, place)).toEqual({ ImportQueueUrl: 'http://127.0.0.1:9/000000000000/Test-Imports' });
});

test('the API', () => {
  const api = readApi(assembly, place);
  expect(api).toMatchObject({ stage: 'live', binaryTypes: ['application/json'], throttle: { rate: 5, burst: 9 } });
  expect(api.routes.map(({ path, methods }) => [path, [...methods.keys()]])).toEqual([['/v1/owner', ['ANY']]]);
  expect(api.routes[0]?.methods.get('ANY')).toEqual({
    functionName: 'Test-Worker',
    timeoutMs: 29_000,
    authorizer: {
      id: 'Auth',
      functionName: 'Test-Worker',
      kind: 'REQUEST',
      identitySources: ['method.request.header.X-Api-Key', 'context.identity.sourceIp'],
      ttlMs: 60_000,
    },
  });
  expect(api.responses.get('ACCESS_DENIED')).toEqual({
    status: 401,
    headers: { 'X-Request-Id': 'context.requestId' },
    templates: { 'application/json': '{}' },
  });
});
