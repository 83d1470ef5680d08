import { type Json, SYNTHESIS_TIMEOUT_MS, type Synthesized, synthesize } from './synthesized.ts';

type Statement = { readonly actions: string; readonly on: string; readonly when?: Json };

const TABLE = '{LedgerTable/Table.Arn}';
const PAYLOADS = '{PayloadBucket/Bucket.Arn}';
const OWNERS = ['*#owner#*'];

const onItems = (actions: string, keys: readonly string[]): Statement => ({
  actions,
  on: TABLE,
  when: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys }, Null: { 'dynamodb:LeadingKeys': 'false' } },
});

const onKey = (actions: string): Statement => ({
  actions,
  on: '{LedgerTable/Key.Arn}',
  when: { StringEquals: { 'kms:ViaService': 'dynamodb.{AWS::Region}.{AWS::URLSuffix}' } },
});
const READ_ENCRYPTED = onKey('kms:Decrypt kms:DescribeKey');
const WRITE_ENCRYPTED = onKey(
  'kms:Decrypt kms:DescribeKey kms:Encrypt kms:GenerateDataKey kms:GenerateDataKeyWithoutPlaintext kms:ReEncryptFrom kms:ReEncryptTo',
);
const READ_OWNERS = onItems('dynamodb:BatchGetItem dynamodb:GetItem dynamodb:Query', OWNERS);
const READ_HASH_KEY: readonly Statement[] = [
  { actions: 'secretsmanager:GetSecretValue', on: '{HashKey/Secret}' },
  {
    actions: 'kms:Decrypt',
    on: '{LedgerTable/Key.Arn}',
    when: { StringEquals: { 'kms:ViaService': 'secretsmanager.{AWS::Region}.{AWS::URLSuffix}' } },
  },
];

const ownLogAndTraces = (home: string): Statement[] => [
  { actions: 'logs:CreateLogStream logs:PutLogEvents', on: `{${home}/Logs.Arn}` },
  { actions: 'xray:PutTelemetryRecords xray:PutTraceSegments', on: '*' },
];

/** Everything any function may do, in full. */
const GRANTS: Readonly<Record<string, readonly Statement[]>> = {
  'ImportWorker/ImportWorker': [
    onItems('dynamodb:BatchGetItem dynamodb:DeleteItem dynamodb:GetItem dynamodb:PutItem dynamodb:Query', OWNERS),
    onItems('dynamodb:GetItem', ['*#client']),
    WRITE_ENCRYPTED,
    { actions: 'sqs:SendMessage', on: '{ImportQueue/Parked.Arn}' },
    { actions: 's3:ListBucket', on: PAYLOADS },
    { actions: 's3:GetObject', on: `${PAYLOADS}/imports/*` },
    ...READ_HASH_KEY,
    {
      actions:
        'sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:GetQueueAttributes sqs:GetQueueUrl sqs:ReceiveMessage',
      on: '{ImportQueue/Imports.Arn}',
    },
  ],
  'ApiFunctions/OwnerProfiles': [
    onItems('dynamodb:BatchGetItem dynamodb:GetItem dynamodb:PutItem dynamodb:Query', OWNERS),
    WRITE_ENCRYPTED,
    ...READ_HASH_KEY,
  ],
  'ApiFunctions/OwnerExplanation': [READ_OWNERS, READ_ENCRYPTED, ...READ_HASH_KEY],
  'ApiFunctions/OwnerFeatures': [READ_OWNERS, READ_ENCRYPTED, ...READ_HASH_KEY],
  'ApiFunctions/Profiles': [],
  'ApiFunctions/OwnerUpload': [
    { actions: 'sqs:SendMessage', on: '{ImportQueue/Imports.Arn}' },
    { actions: 's3:PutObject', on: `${PAYLOADS}/imports/*` },
  ],
  'ApiFunctions/OwnerErasure': [
    onItems('dynamodb:BatchGetItem dynamodb:DeleteItem dynamodb:GetItem dynamodb:PutItem dynamodb:Query', OWNERS),
    WRITE_ENCRYPTED,
    ...READ_HASH_KEY,
  ],
  'ApiFunctions/Openapi': [],
  'ApiFunctions/Authorizer': [onItems('dynamodb:GetItem', ['#key#*', '*#client']), READ_ENCRYPTED, ...READ_HASH_KEY],
};

let stack: Synthesized;
beforeAll(() => {
  stack = synthesize('prod');
}, SYNTHESIS_TIMEOUT_MS);

test('each function may do what is in the table above, and nothing else', () => {
  const granted = stack.ofType('AWS::IAM::Policy').map(({ path, properties }) => {
    expect(properties.Roles).toEqual([`{${path.replace('/DefaultPolicy', '')}}`]);
    return [path.replace('/Role/DefaultPolicy', ''), properties.PolicyDocument.Statement.map(statementOf)];
  });
  const expected = Object.entries(GRANTS).map(([home, own]) => [home, [...ownLogAndTraces(home), ...own]]);
  expect(Object.fromEntries(granted)).toEqual(Object.fromEntries(expected));
});

test('no role has more than its policy, but the one by which the gateway writes logs', () => {
  const withMore = stack
    .ofType('AWS::IAM::Role')
    .filter(({ properties }) => 'ManagedPolicyArns' in properties || 'Policies' in properties)
    .map(({ path, properties }) => [path, properties.ManagedPolicyArns, properties.Policies]);
  expect(withMore).toEqual([
    [
      'Api/RestApi/CloudWatchRole',
      ['arn:{AWS::Partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs'],
      undefined,
    ],
  ]);
});

test('only services may take on a role: Lambda those of functions, the gateway its own', () => {
  for (const { path, properties } of stack.ofType('AWS::IAM::Role')) {
    const service = path === 'Api/RestApi/CloudWatchRole' ? 'apigateway.amazonaws.com' : 'lambda.amazonaws.com';
    expect(properties.AssumeRolePolicyDocument.Statement).toEqual([
      { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: service } },
    ]);
  }
});

test('functions may be invoked by this API alone', () => {
  for (const { properties } of stack.ofType('AWS::Lambda::Permission')) {
    expect(properties).toMatchObject({ Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com' });
    expect(properties.SourceArn).toMatch(
      /^arn:\{AWS::Partition\}:execute-api:\{AWS::Region\}:\{AWS::AccountId\}:\{Api\/RestApi\}\//,
    );
  }
});

test('queues and buckets refuse whoever does not speak TLS', () => {
  const policies = [...stack.ofType('AWS::SQS::QueuePolicy'), ...stack.ofType('AWS::S3::BucketPolicy')];
  expect(policies.map(({ path }) => path.replace('/Policy', ''))).toEqual([
    'ImportQueue/DeadLetters',
    'ImportQueue/Parked',
    'ImportQueue/Imports',
    'PayloadBucket/AccessLogs',
    'PayloadBucket/Bucket',
  ]);
  for (const { properties } of policies) {
    expect(properties.PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    );
  }
});

test('the table refuses whoever does not speak TLS', () => {
  expect(stack.at('LedgerTable/Table').properties.ResourcePolicy.PolicyDocument.Statement).toEqual([
    {
      Sid: 'TlsOnly',
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 'dynamodb:*',
      Resource: '*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ]);
});

/** Fails on a statement that denies or has parts which `Statement` does not show. */
function statementOf({ Action, Resource, Condition, Effect, ...rest }: Json): Statement {
  expect({ Effect, ...rest }).toEqual({ Effect: 'Allow' });
  const actions = [Action].flat().join(' ');
  return { actions, on: Resource, ...(Condition && { when: Condition }) };
}
