import { SYNTHESIS_TIMEOUT_MS } from '../support/stack.ts';
import { functionOfGroup, type Json, type Synthesized, synthesized } from './synthesized.ts';

type Statement = { readonly actions: string; readonly on: string | readonly string[]; readonly when?: Json };

const TABLE = '{LedgerTable/Table.Arn}';
const PAYLOADS = '{PayloadBucket/Bucket.Arn}';
const RESULTS = '{RunResults/Bucket.Arn}';
const SNAPSHOTS = '{Snapshots/Bucket.Arn}';
const RUNS = '{ProfileRuns/StateMachine}';
const EXECUTIONS =
  'arn:{AWS::Partition}:states:{AWS::Region}:{AWS::AccountId}:execution:{part 6 of {ProfileRuns/StateMachine}}:*';
const OWNERS = ['*#owner#*'];

const onItems = (actions: string, keys: readonly string[]): Statement => ({
  actions,
  on: TABLE,
  when: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys }, Null: { 'dynamodb:LeadingKeys': 'false' } },
});

const onAttributes = (actions: string, keys: string, attribute: string): Statement => {
  const { when, ...statement } = onItems(actions, [keys]);
  const named = { 'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['pk', 'sk', attribute] } };
  const answered = { StringEqualsIfExists: { 'dynamodb:ReturnValues': ['NONE', 'UPDATED_OLD', 'UPDATED_NEW'] } };
  return { ...statement, when: { ...when, ...named, ...answered } };
};

const READ_AMENDMENTS = onItems('dynamodb:GetItem', ['*#catalogue']);
const READ_CLIENT = onItems('dynamodb:GetItem', ['*#client']);
const LIST_OWNERS: Statement = { actions: 'dynamodb:Query', on: `${TABLE}/index/owners` };

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

const LIST_WEBHOOKS = onItems('dynamodb:Query', ['*#webhooks']);
const SEND_DELIVERIES: Statement = { actions: 'sqs:SendMessage', on: '{Webhooks/Deliveries.Arn}' };
const OPEN_SECRETS: readonly Statement[] = READ_HASH_KEY.map((statement, index) =>
  index === 0 ? { ...statement, on: '{Webhooks/Key}' } : statement,
);
const ASK_FOR_LOOKS: Statement = { actions: 'sqs:SendMessage', on: '{ChangeQueue/Looks.Arn}' };

const ownLogAndTraces = (home: string): Statement[] => [
  { actions: 'logs:CreateLogStream logs:PutLogEvents', on: `{${home}/Logs.Arn}` },
  { actions: 'xray:PutTelemetryRecords xray:PutTraceSegments', on: '*' },
];

/** What Step Functions does for a run: it calls the one function, and starts, watches and stops an execution for each slice. */
const STATE_MACHINE: Readonly<Record<string, readonly Json[]>> = {
  'ProfileRuns/StateMachine/Role/DefaultPolicy': [
    { actions: 'lambda:InvokeFunction', on: '{ProfileRuns/ProfileRun/Function/Live}' },
    {
      actions:
        'logs:CreateLogDelivery logs:DeleteLogDelivery logs:DescribeLogGroups logs:DescribeResourcePolicies logs:GetLogDelivery logs:ListLogDeliveries logs:PutResourcePolicy logs:UpdateLogDelivery xray:GetSamplingRules xray:GetSamplingTargets xray:PutTelemetryRecords xray:PutTraceSegments',
      on: '*',
    },
  ],
  'ProfileRuns/StateMachine/DistributedMapPolicy': [
    { actions: 'states:StartExecution', on: RUNS },
    { actions: 'states:DescribeExecution states:StopExecution', on: EXECUTIONS },
    { actions: 'states:RedriveExecution', on: EXECUTIONS.replace(/:\*$/, '/Visit:*') },
  ],
};

/** Everything any function may do, in full. */
const GRANTS: Readonly<Record<string, readonly Statement[]>> = {
  'ImportWorker/ImportWorker': [
    onItems('dynamodb:BatchGetItem dynamodb:DeleteItem dynamodb:GetItem dynamodb:PutItem dynamodb:Query', OWNERS),
    onItems('dynamodb:DeleteItem dynamodb:PutItem', ['*#refused']),
    READ_CLIENT,
    READ_AMENDMENTS,
    WRITE_ENCRYPTED,
    {
      actions: 'sqs:SendMessage',
      on: ['{ChangeQueue/Looks.Arn}', '{ImportQueue/Parked.Arn}', '{Webhooks/Deliveries.Arn}'],
    },
    LIST_WEBHOOKS,
    { actions: 's3:ListBucket', on: PAYLOADS },
    { actions: 's3:GetObject', on: `${PAYLOADS}/imports/*` },
    ...READ_HASH_KEY,
    {
      actions:
        'sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:GetQueueAttributes sqs:GetQueueUrl sqs:ReceiveMessage',
      on: '{ImportQueue/Imports.Arn}',
    },
  ],
  'ChangePublisher/ChangePublisher': [
    onItems('dynamodb:GetItem dynamodb:PutItem dynamodb:Query', OWNERS),
    onItems('dynamodb:GetItem dynamodb:PutItem dynamodb:Query', ['*#changes']),
    WRITE_ENCRYPTED,
    LIST_WEBHOOKS,
    SEND_DELIVERIES,
    { actions: 'events:PutEvents', on: '{ChangePublisher/Bus.Arn}' },
    {
      actions:
        'sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:GetQueueAttributes sqs:GetQueueUrl sqs:ReceiveMessage',
      on: '{ChangeQueue/Looks.Arn}',
    },
  ],
  'WebhookSender/WebhookSender': [
    onItems('dynamodb:DeleteItem dynamodb:GetItem dynamodb:PutItem', ['*#webhooks']),
    onItems('dynamodb:GetItem', ['*#changes']),
    onItems('dynamodb:GetItem', OWNERS),
    WRITE_ENCRYPTED,
    {
      actions:
        'sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:GetQueueAttributes sqs:GetQueueUrl sqs:ReceiveMessage sqs:SendMessage',
      on: '{Webhooks/Deliveries.Arn}',
    },
    ...OPEN_SECRETS,
  ],
  'ApiFunctions/Webhooks': [
    onItems('dynamodb:DeleteItem dynamodb:GetItem dynamodb:PutItem dynamodb:Query', ['*#webhooks']),
    WRITE_ENCRYPTED,
    SEND_DELIVERIES,
    ...OPEN_SECRETS,
  ],
  'ApiFunctions/Keys': [
    onItems('dynamodb:GetItem dynamodb:Query', ['*#client']),
    onAttributes('dynamodb:PutItem', '*#client', 'hash'),
    onItems('dynamodb:GetItem dynamodb:PutItem', ['#key#*']),
    onAttributes('dynamodb:UpdateItem', '#key#*', 'revokedAt'),
    WRITE_ENCRYPTED,
    ...READ_HASH_KEY,
  ],
  'ApiFunctions/Failures': [
    {
      actions: 'sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:GetQueueAttributes sqs:ReceiveMessage',
      on: [
        '{ChangeQueue/DeadLetters.Arn}',
        '{ErasureQueue/DeadLetters.Arn}',
        '{ImportQueue/DeadLetters.Arn}',
        '{ImportQueue/Parked.Arn}',
        '{StatementUploads/DeadLetters.Arn}',
        '{Webhooks/DeadLetters.Arn}',
      ],
    },
    {
      actions: 'sqs:SendMessage',
      on: [
        '{ChangeQueue/Looks.Arn}',
        '{ErasureQueue/Erasures.Arn}',
        '{ImportQueue/Imports.Arn}',
        '{StatementUploads/Arrivals.Arn}',
        '{Webhooks/Deliveries.Arn}',
      ],
    },
  ],
  'ApiFunctions/Changes': [onItems('dynamodb:GetItem dynamodb:Query', ['*#changes']), READ_ENCRYPTED],
  'ApiFunctions/OwnerProfiles': [
    onItems('dynamodb:BatchGetItem dynamodb:GetItem dynamodb:PutItem dynamodb:Query', OWNERS),
    READ_AMENDMENTS,
    WRITE_ENCRYPTED,
    ASK_FOR_LOOKS,
    ...READ_HASH_KEY,
  ],
  'ApiFunctions/OwnerExplanation': [READ_OWNERS, READ_AMENDMENTS, READ_ENCRYPTED, ...READ_HASH_KEY],
  'ApiFunctions/OwnerFeatures': [READ_OWNERS, READ_AMENDMENTS, READ_ENCRYPTED, ...READ_HASH_KEY],
  'ApiFunctions/OwnerHistory': [READ_OWNERS, READ_AMENDMENTS, READ_ENCRYPTED, ...READ_HASH_KEY],
  'ApiFunctions/OwnerTransactions': [READ_OWNERS, READ_AMENDMENTS, READ_ENCRYPTED, ...READ_HASH_KEY],
  'ApiFunctions/Profiles': [READ_AMENDMENTS, READ_ENCRYPTED],
  'ApiFunctions/Catalogue': [onItems('dynamodb:GetItem dynamodb:Query', ['*#catalogue']), READ_ENCRYPTED],
  'ApiFunctions/CatalogueDraft': [
    onItems('dynamodb:GetItem dynamodb:PutItem dynamodb:Query', ['*#catalogue']),
    WRITE_ENCRYPTED,
  ],
  'ApiFunctions/CataloguePreviews': [
    onItems('dynamodb:GetItem dynamodb:PutItem dynamodb:Query', ['*#catalogue']),
    READ_CLIENT,
    READ_OWNERS,
    WRITE_ENCRYPTED,
    LIST_OWNERS,
    { actions: 's3:ListBucket', on: RESULTS },
    { actions: 's3:GetObject', on: `${RESULTS}/*` },
    { actions: 'states:StartExecution', on: RUNS },
    { actions: 'states:DescribeExecution', on: EXECUTIONS },
    { actions: 'states:StopExecution', on: EXECUTIONS },
    ...READ_HASH_KEY,
  ],
  'ApiFunctions/CataloguePublications': [
    onItems('dynamodb:DeleteItem dynamodb:GetItem dynamodb:PutItem dynamodb:Query', ['*#catalogue']),
    READ_CLIENT,
    onAttributes('dynamodb:UpdateItem', '*#client', 'amendment'),
    WRITE_ENCRYPTED,
    LIST_OWNERS,
    { actions: 's3:ListBucket', on: RESULTS },
    { actions: 'states:StartExecution', on: RUNS },
    { actions: 'states:DescribeExecution', on: EXECUTIONS },
  ],
  'NightlySnapshots/NightlySnapshots': [
    onItems('dynamodb:PutItem dynamodb:Query', ['*#snapshots']),
    onItems('dynamodb:Query', ['#clients']),
    READ_CLIENT,
    READ_AMENDMENTS,
    WRITE_ENCRYPTED,
    LIST_OWNERS,
    { actions: 'states:StartExecution', on: RUNS },
    { actions: 'states:DescribeExecution', on: EXECUTIONS },
  ],
  'ProfileRuns/ProfileRun': [
    onItems('dynamodb:GetItem dynamodb:PutItem', ['*#catalogue', '*#snapshots']),
    onItems('dynamodb:Query', ['*#snapshots']),
    READ_CLIENT,
    onItems('dynamodb:BatchGetItem dynamodb:GetItem dynamodb:PutItem dynamodb:Query', OWNERS),
    WRITE_ENCRYPTED,
    LIST_OWNERS,
    { actions: 'sqs:SendMessage', on: ['{ChangeQueue/Looks.Arn}', '{Webhooks/Deliveries.Arn}'] },
    LIST_WEBHOOKS,
    { actions: 's3:ListBucket', on: [RESULTS, SNAPSHOTS] },
    { actions: 's3:GetObject s3:PutObject', on: [`${RESULTS}/*`, `${SNAPSHOTS}/*`] },
    ...READ_HASH_KEY,
  ],
  'ApiFunctions/OwnerUpload': [
    { actions: 'sqs:SendMessage', on: '{ImportQueue/Imports.Arn}' },
    { actions: 's3:PutObject', on: `${PAYLOADS}/imports/*` },
  ],
  'ApiFunctions/OwnerStatements': [
    { actions: 'sqs:SendMessage', on: '{ImportQueue/Imports.Arn}' },
    { actions: 's3:PutObject', on: [`${PAYLOADS}/imports/*`, `${PAYLOADS}/uploads/*`] },
    onItems('dynamodb:PutItem', ['*#uploads']),
    WRITE_ENCRYPTED,
    ...READ_HASH_KEY,
  ],
  'StatementReader/StatementReader': [
    onItems('dynamodb:DeleteItem dynamodb:UpdateItem', ['*#uploads']),
    onItems('dynamodb:DeleteItem dynamodb:PutItem', ['*#refused', '*#owner#*']),
    WRITE_ENCRYPTED,
    { actions: 'sqs:SendMessage', on: ['{ImportQueue/Imports.Arn}', '{Webhooks/Deliveries.Arn}'] },
    { actions: 's3:PutObject', on: `${PAYLOADS}/imports/*` },
    { actions: 's3:ListBucket', on: PAYLOADS },
    { actions: 's3:DeleteObject s3:GetObject', on: `${PAYLOADS}/uploads/*` },
    LIST_WEBHOOKS,
    {
      actions:
        'sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:GetQueueAttributes sqs:GetQueueUrl sqs:ReceiveMessage',
      on: '{StatementUploads/Arrivals.Arn}',
    },
  ],
  'ApiFunctions/OwnerErasure': [
    onItems('dynamodb:BatchGetItem dynamodb:DeleteItem dynamodb:GetItem dynamodb:PutItem dynamodb:Query', OWNERS),
    onItems('dynamodb:DeleteItem', ['*#refused']),
    onItems('dynamodb:PutItem dynamodb:Query', ['*#snapshots', '*#changes']),
    onItems('dynamodb:DeleteItem dynamodb:Query', ['*#uploads']),
    WRITE_ENCRYPTED,
    { actions: 's3:ListBucket', on: SNAPSHOTS },
    { actions: 's3:GetObject s3:PutObject', on: `${SNAPSHOTS}/*` },
    { actions: 's3:DeleteObject', on: `${PAYLOADS}/uploads/*` },
    { actions: 'sqs:SendMessage', on: ['{ChangeQueue/Looks.Arn}', '{ErasureQueue/Erasures.Arn}'] },
    {
      actions:
        'sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:GetQueueAttributes sqs:GetQueueUrl sqs:ReceiveMessage',
      on: '{ErasureQueue/Erasures.Arn}',
    },
    ...READ_HASH_KEY,
  ],
  'ApiFunctions/Snapshots': [
    onItems('dynamodb:GetItem dynamodb:PutItem dynamodb:Query', ['*#snapshots']),
    READ_CLIENT,
    READ_AMENDMENTS,
    WRITE_ENCRYPTED,
    LIST_OWNERS,
    { actions: 's3:ListBucket', on: SNAPSHOTS },
    { actions: 's3:GetObject', on: `${SNAPSHOTS}/*` },
    { actions: 'states:StartExecution', on: RUNS },
    { actions: 'states:DescribeExecution', on: EXECUTIONS },
    { actions: 'states:StopExecution', on: EXECUTIONS },
  ],
  'ApiFunctions/Imports': [
    onItems('dynamodb:DeleteItem dynamodb:GetItem', OWNERS),
    onItems('dynamodb:DeleteItem dynamodb:Query', ['*#refused']),
    onItems('dynamodb:GetItem', ['*#uploads']),
    WRITE_ENCRYPTED,
    ...READ_HASH_KEY,
  ],
  'ApiFunctions/Openapi': [],
  'ApiFunctions/Authorizer': [
    onItems('dynamodb:GetItem', ['#key#*', '*#client', '#operators']),
    READ_ENCRYPTED,
    ...READ_HASH_KEY,
  ],
};

const SCHEDULE = 'NightlySnapshots/SchedulerRole/DefaultPolicy';
const SHIFT = 'GradualShift/Role/DefaultPolicy';

let stack: Synthesized;
beforeAll(async () => {
  stack = await synthesized('prod');
}, SYNTHESIS_TIMEOUT_MS);

test('each function may do what is in the table above, and nothing else', () => {
  const ofFunctions = stack
    .ofType('AWS::IAM::Policy')
    .filter(({ path }) => !(path in STATE_MACHINE || path === SCHEDULE || path === SHIFT));
  const granted = ofFunctions.map(({ path, properties }) => {
    expect(properties.Roles).toEqual([`{${path.replace('/DefaultPolicy', '')}}`]);
    return [path.replace('/Role/DefaultPolicy', ''), properties.PolicyDocument.Statement.map(statementOf)];
  });
  const expected = Object.entries(GRANTS).map(([home, own]) => [home, [...ownLogAndTraces(home), ...own]]);
  expect(Object.fromEntries(granted)).toEqual(Object.fromEntries(expected));
});

test('the state machine may do what is in its table, and nothing else', () => {
  const granted = Object.keys(STATE_MACHINE).map((path) => {
    const { Roles, PolicyDocument } = stack.at(path).properties;
    expect(Roles).toEqual(['{ProfileRuns/StateMachine/Role}']);
    return [path, PolicyDocument.Statement.map(statementOf)];
  });
  expect(Object.fromEntries(granted)).toEqual(STATE_MACHINE);
});

test('the schedule may invoke the function of the night, and nothing else', () => {
  const { Roles, PolicyDocument } = stack.at(SCHEDULE).properties;
  expect(Roles).toEqual(['{NightlySnapshots/SchedulerRole}']);
  expect(PolicyDocument.Statement.map(statementOf)).toEqual([
    { actions: 'lambda:InvokeFunction', on: '{NightlySnapshots/NightlySnapshots/Function/Live}' },
  ]);
  expect(stack.at('NightlySnapshots/Schedule').properties).toMatchObject({
    ScheduleExpression: 'cron(10 3 * * ? *)',
    ScheduleExpressionTimezone: 'Europe/Warsaw',
    Target: { Arn: '{NightlySnapshots/NightlySnapshots/Function/Live}' },
  });
});

test('CodeDeploy may move the aliases of the functions, and nothing else', () => {
  const { Roles, PolicyDocument } = stack.at(SHIFT).properties;
  expect(Roles).toEqual(['{GradualShift/Role}']);
  const functions = stack
    .ofType('AWS::CodeDeploy::DeploymentGroup')
    .map(({ path }) => `{${functionOfGroup(stack, path)}.Arn}`);
  const [move, ask, look] = PolicyDocument.Statement.map(statementOf);
  expect({ ...move, on: new Set(move.on) }).toEqual({
    actions: 'lambda:GetAlias lambda:UpdateAlias',
    on: new Set(functions),
  });
  expect({ ...ask, on: new Set(ask.on) }).toEqual({
    actions: 'lambda:GetProvisionedConcurrencyConfig',
    on: new Set(functions.map((arn) => `${arn}:live`)),
  });
  expect(look).toEqual({ actions: 'cloudwatch:DescribeAlarms', on: '*' });
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

test('only services may take on a role: Lambda those of functions, the gateway and the state machine their own', () => {
  const own: Readonly<Record<string, Json>> = {
    'Api/RestApi/CloudWatchRole': { Principal: { Service: 'apigateway.amazonaws.com' } },
    'GradualShift/Role': {
      Principal: { Service: 'codedeploy.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': '{AWS::AccountId}' } },
    },
    'NightlySnapshots/SchedulerRole': {
      Principal: { Service: 'scheduler.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': '{AWS::AccountId}' } },
    },
    'ProfileRuns/StateMachine/Role': {
      Principal: { Service: 'states.amazonaws.com' },
      // Not for other state machines.
      Condition: {
        ArnLike: { 'aws:SourceArn': 'arn:{AWS::Partition}:states:{AWS::Region}:{AWS::AccountId}:stateMachine:*' },
        StringEquals: { 'aws:SourceAccount': '{AWS::AccountId}' },
      },
    },
  };
  const ofFunctions = { Principal: { Service: 'lambda.amazonaws.com' } };
  for (const { path, properties } of stack.ofType('AWS::IAM::Role')) {
    expect(properties.AssumeRolePolicyDocument.Statement).toEqual([
      { Action: 'sts:AssumeRole', Effect: 'Allow', ...(own[path] ?? ofFunctions) },
    ]);
  }
});

test('functions may be invoked by this API alone', () => {
  for (const { properties } of stack.ofType('AWS::Lambda::Permission')) {
    expect(properties).toMatchObject({ Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com' });
    expect(properties.FunctionName).toMatch(/^\{.+\/Function(\/Live|\.Arn)\}$/);
    expect(properties.SourceArn).toMatch(
      /^arn:\{AWS::Partition\}:execute-api:\{AWS::Region\}:\{AWS::AccountId\}:\{Api\/RestApi\}\//,
    );
  }
});

test('queues and buckets refuse callers without TLS', () => {
  const policies = [...stack.ofType('AWS::SQS::QueuePolicy'), ...stack.ofType('AWS::S3::BucketPolicy')];
  expect(policies.map(({ path }) => path.replace('/Policy', ''))).toEqual([
    'StatementUploads/DeadLetters',
    'StatementUploads/Arrivals',
    'ImportQueue/DeadLetters',
    'ImportQueue/Imports',
    'ImportQueue/Parked',
    'ChangeQueue/DeadLetters',
    'ChangeQueue/Looks',
    'ErasureQueue/DeadLetters',
    'ErasureQueue/Erasures',
    'Webhooks/DeadLetters',
    'Webhooks/Deliveries',
    'PayloadBucket/AccessLogs',
    'PayloadBucket/Bucket',
    'RunResults/AccessLogs',
    'RunResults/Bucket',
    'Snapshots/AccessLogs',
    'Snapshots/Bucket',
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

test('the table refuses callers without TLS', () => {
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
