import { FUNCTION_NAMES } from '../../lib/bundle.ts';
import { type StageName, stageNamed } from '../../lib/stages.ts';
import { SYNTHESIS_TIMEOUT_MS } from '../support/stack.ts';
import { type Synthesized, synthesized } from './synthesized.ts';

let dev: Synthesized;
let prod: Synthesized;
beforeAll(async () => {
  dev = await synthesized('dev');
  prod = await synthesized('prod');
}, SYNTHESIS_TIMEOUT_MS);
const of = (stage: StageName) => (stage === 'dev' ? dev : prod);
const STAGES = ['dev', 'prod'] as const;

describe.each(STAGES)('%s', (stage) => {
  const settings = stageNamed(stage);

  test('an import stays invisible for six times the time its worker has, and the batching window', () => {
    const { timeoutSeconds, batchingWindowSeconds } = settings.worker;
    expect(of(stage).at('ImportQueue/Imports').properties).toMatchObject({
      VisibilityTimeout: 6 * timeoutSeconds + batchingWindowSeconds,
      MaximumMessageSize: 1_048_576,
      MessageRetentionPeriod: 14 * 86_400,
      RedrivePolicy: { deadLetterTargetArn: '{ImportQueue/DeadLetters.Arn}', maxReceiveCount: 5 },
    });
    expect(of(stage).at('ImportWorker/ImportWorker/Function').properties.Timeout).toBe(timeoutSeconds);
  });

  test.each(['Imports', 'Parked', 'DeadLetters'])(
    'queue %s takes the largest messages, keeps them 14 days, encrypted',
    (queue) => {
      expect(of(stage).at(`ImportQueue/${queue}`).properties).toMatchObject({
        MaximumMessageSize: 1_048_576,
        MessageRetentionPeriod: 14 * 86_400,
        SqsManagedSseEnabled: true,
      });
      expect(of(stage).at(`ImportQueue/${queue}`).properties).not.toHaveProperty('FifoQueue');
    },
  );

  test('the worker takes batches, and reports which of their imports failed', () => {
    const mappings = of(stage).ofType('AWS::Lambda::EventSourceMapping');
    expect(mappings.map(({ properties }) => properties.EventSourceArn)).toEqual([
      '{ImportQueue/Imports.Arn}',
      '{ChangeQueue/Looks.Arn}',
      '{StatementUploads/Arrivals.Arn}',
      '{Webhooks/Deliveries.Arn}',
      '{ErasureQueue/Erasures.Arn}',
    ]);
    const [mapping] = mappings;
    expect(mapping?.properties).toMatchObject({
      EventSourceArn: '{ImportQueue/Imports.Arn}',
      FunctionName: '{part 6 of {ImportWorker/ImportWorker/Function/Live}}:live',
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: settings.worker.batchingWindowSeconds,
      ScalingConfig: { MaximumConcurrency: settings.worker.maxConcurrency },
    });
  });

  test('large files are announced to a queue that waits for their reader', () => {
    const { timeoutSeconds, memoryMb, maxConcurrency } = settings.reading;
    expect(of(stage).at('StatementUploads/Arrivals').properties).toMatchObject({
      VisibilityTimeout: 6 * timeoutSeconds,
      MessageRetentionPeriod: 14 * 86_400,
      RedrivePolicy: { deadLetterTargetArn: '{StatementUploads/DeadLetters.Arn}', maxReceiveCount: 5 },
    });
    expect(of(stage).at('PayloadBucket/Bucket').properties.NotificationConfiguration).toEqual({
      QueueConfigurations: [
        {
          Event: 's3:ObjectCreated:*',
          Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'uploads/' }] } },
          Queue: '{StatementUploads/Arrivals.Arn}',
        },
      ],
    });
    expect(of(stage).at('StatementUploads/Arrivals/Policy').properties.PolicyDocument.Statement).toContainEqual({
      Action: 'sqs:SendMessage',
      Condition: { StringEquals: { 'aws:SourceAccount': '{AWS::AccountId}' } },
      Effect: 'Allow',
      Principal: { Service: 's3.amazonaws.com' },
      Resource: '{StatementUploads/Arrivals.Arn}',
    });
    expect(of(stage).at('StatementReader/StatementReader/Function').properties).toMatchObject({
      MemorySize: memoryMb,
      Timeout: timeoutSeconds,
    });
    const mapping = of(stage)
      .ofType('AWS::Lambda::EventSourceMapping')
      .find(({ properties }) => properties.EventSourceArn === '{StatementUploads/Arrivals.Arn}');
    // One at a time: each may take all the memory.
    expect(mapping?.properties).toMatchObject({
      BatchSize: 1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: maxConcurrency },
    });
  });

  test('the table has string keys, expires items, can be restored, and is encrypted with a key of its own', () => {
    expect(of(stage).at('LedgerTable/Table').properties).toMatchObject({
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
        { AttributeName: 'listedIn', AttributeType: 'S' },
      ],
      BillingMode: 'PAY_PER_REQUEST',
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      PointInTimeRecoverySpecification: {
        PointInTimeRecoveryEnabled: true,
        RecoveryPeriodInDays: settings.pointInTimeRecoveryDays,
      },
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: '{LedgerTable/Key.Arn}' },
    });
    expect(of(stage).at('LedgerTable/Key').properties.EnableKeyRotation).toBe(true);
  });

  test("an index lists a client's owners by shard, sorted by their hashes, and holds their ids alone", () => {
    expect(of(stage).at('LedgerTable/Table').properties.GlobalSecondaryIndexes).toEqual([
      {
        IndexName: 'owners',
        KeySchema: [
          { AttributeName: 'listedIn', KeyType: 'HASH' },
          { AttributeName: 'pk', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['owner'] },
      },
    ]);
  });

  test('results of runs are gone after 30 days, as the list of previews is', () => {
    expect(of(stage).at('RunResults/Bucket').properties.LifecycleConfiguration.Rules).toEqual([
      { Status: 'Enabled', ExpirationInDays: 30, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
    ]);
  });

  test('snapshots are gone after 400 days, as their list is', () => {
    expect(of(stage).at('Snapshots/Bucket').properties.LifecycleConfiguration.Rules).toEqual([
      { Status: 'Enabled', ExpirationInDays: 400, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
    ]);
  });

  test('payloads are private, encrypted, and gone a day after the message that points to them; files sooner', () => {
    const { properties } = of(stage).at('PayloadBucket/Bucket');
    expect(properties.LifecycleConfiguration.Rules).toEqual([
      { Status: 'Enabled', ExpirationInDays: 15, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
      { Status: 'Enabled', ExpirationInDays: 3, Prefix: 'uploads/' },
    ]);
    for (const { properties } of of(stage).ofType('AWS::S3::Bucket')) {
      expect(properties).toMatchObject({
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      });
    }
  });

  test('the hash key is generated, never typed', () => {
    expect(of(stage).at('HashKey/Secret').properties.GenerateSecretString).toEqual({
      PasswordLength: 64,
      ExcludePunctuation: true,
    });
  });

  test('every function runs as all do', () => {
    const functions = of(stage).ofType('AWS::Lambda::Function');
    expect(functions.map(({ properties }) => properties.Environment.Variables.POWERTOOLS_SERVICE_NAME).sort()).toEqual(
      [...FUNCTION_NAMES].sort(),
    );
    for (const { path, properties } of functions) {
      expect(properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        TracingConfig: { Mode: 'Active' },
        LoggingConfig: { LogGroup: `{${path.replace(/Function$/, 'Logs')}}` },
        Environment: {
          Variables: {
            POWERTOOLS_METRICS_NAMESPACE: `OwnerProfiles-${stage}`,
            STAGE: stage,
          },
        },
      });
    }
  });

  test('every log has a retention', () => {
    const logs = of(stage).ofType('AWS::Logs::LogGroup');
    expect(logs).toHaveLength(FUNCTION_NAMES.length + 2);
    for (const { properties } of logs) expect(properties.RetentionInDays).toBe(settings.logRetentionDays);
  });

  test('ledger pages are kept longer than derivation and past days reach back', () => {
    expect(settings.retentionMonths).toBeGreaterThanOrEqual(24);
  });

  test('the outputs have the names that are relied on', () => {
    const outputs = Object.entries<{ Value: unknown }>(of(stage).template.Outputs);
    expect(Object.fromEntries(outputs.map(([name, { Value }]) => [name, of(stage).readable(Value)]))).toEqual({
      ApiUrl: 'https://{Api/RestApi}.execute-api.{AWS::Region}.{AWS::URLSuffix}/live',
      ImportQueueUrl: '{ImportQueue/Imports}',
      ParkedQueueUrl: '{ImportQueue/Parked}',
      DeadLetterQueueUrl: '{ImportQueue/DeadLetters}',
      TableName: '{LedgerTable/Table}',
      TableKeyArn: '{LedgerTable/Key.Arn}',
      PayloadBucketName: '{PayloadBucket/Bucket}',
      HashKeySecretArn: '{HashKey/Secret}',
      EventBusName: '{ChangePublisher/Bus}',
      StateMachineArn: '{ProfileRuns/StateMachine}',
      StageName: stage,
      ImportWorkers: String(settings.worker.maxConcurrency),
      ...(stage === 'prod' && { UsagePlans: 'standard={Api/UsagePlans/standard}' }),
      Region: '{AWS::Region}',
      ResultsBucketName: '{RunResults/Bucket}',
      SnapshotsBucketName: '{Snapshots/Bucket}',
    });
  });

  test('there is nothing that a plain reader of the template could not run', () => {
    const services = new Set(Object.values<{ Type: string }>(of(stage).template.Resources).map(({ Type }) => Type));
    expect([...services].filter((type) => type.startsWith('Custom::') || type.includes('CustomResource'))).toEqual([]);
  });
});

test('the environment of each function names its own resources, and no others', () => {
  const common = ['NODE_OPTIONS', 'POWERTOOLS_SERVICE_NAME', 'POWERTOOLS_METRICS_NAMESPACE', 'STAGE'];
  const told = dev.ofType('AWS::Lambda::Function').map(({ properties }) => {
    const { POWERTOOLS_SERVICE_NAME: name, ...variables } = properties.Environment.Variables;
    return [name, Object.fromEntries(Object.entries(variables).filter(([variable]) => !common.includes(variable)))];
  });
  const table = { TABLE_NAME: '{LedgerTable/Table}' };
  const hashKey = { HASH_KEY_SECRET_ID: '{HashKey/Secret}' };
  const owners = { ...table, ...hashKey, RETENTION_MONTHS: String(stageNamed('dev').retentionMonths) };
  const payloads = { PAYLOAD_BUCKET_NAME: '{PayloadBucket/Bucket}' };
  const results = { RESULTS_BUCKET_NAME: '{RunResults/Bucket}' };
  const snapshots = { SNAPSHOTS_BUCKET_NAME: '{Snapshots/Bucket}' };
  const slices = { OWNERS_PER_SLICE: '50' };
  const answers = { ANSWERS_PER_SLICE: '100' };
  const runs = { STATE_MACHINE_ARN: '{ProfileRuns/StateMachine}', ...slices };
  const writers = { ...owners, CHANGE_QUEUE_URL: '{ChangeQueue/Looks}' };
  const deliveries = { WEBHOOK_QUEUE_URL: '{Webhooks/Deliveries}' };
  const webhooks = { ...table, ...deliveries, WEBHOOK_KEY_SECRET_ID: '{Webhooks/Key}' };
  const { RETENTION_MONTHS } = owners;
  expect(Object.fromEntries(told)).toEqual({
    changes: table,
    webhooks,
    'webhook-sender': { ...webhooks, RETENTION_MONTHS },
    'change-publisher': { ...table, ...deliveries, RETENTION_MONTHS, EVENT_BUS_NAME: '{ChangePublisher/Bus}' },
    'import-worker': {
      ...writers,
      ...deliveries,
      ...payloads,
      IMPORT_QUEUE_URL: '{ImportQueue/Imports}',
      PARKED_QUEUE_URL: '{ImportQueue/Parked}',
    },
    'owner-profiles': writers,
    'owner-explanation': owners,
    'owner-features': owners,
    'owner-history': owners,
    'owner-transactions': owners,
    'owner-erasure': { ...writers, ...snapshots, ...payloads, ERASURE_QUEUE_URL: '{ErasureQueue/Erasures}' },
    snapshots: { ...table, ...snapshots, ...runs, ...answers },
    imports: owners,
    'owner-upload': { ...payloads, IMPORT_QUEUE_URL: '{ImportQueue/Imports}' },
    'owner-statements': { ...table, ...hashKey, ...payloads, IMPORT_QUEUE_URL: '{ImportQueue/Imports}' },
    'statement-reader': {
      ...table,
      ...deliveries,
      ...payloads,
      RETENTION_MONTHS,
      IMPORT_QUEUE_URL: '{ImportQueue/Imports}',
    },
    profiles: table,
    catalogue: table,
    'catalogue-draft': table,
    'catalogue-previews': { ...owners, ...results, ...runs },
    'catalogue-publications': { ...table, ...results, ...runs, CALLER_CACHE_SECONDS: '0' },
    'profile-run': {
      ...writers,
      ...deliveries,
      ...results,
      ...snapshots,
      ...slices,
      ...answers,
      OWNERS_PER_SECOND: '1000',
    },
    'nightly-snapshots': { ...table, ...runs, ...answers },
    keys: { ...table, ...hashKey },
    failures: {
      ...deliveries,
      IMPORT_QUEUE_URL: '{ImportQueue/Imports}',
      PARKED_QUEUE_URL: '{ImportQueue/Parked}',
      IMPORT_DEAD_LETTERS_URL: '{ImportQueue/DeadLetters}',
      UPLOAD_QUEUE_URL: '{StatementUploads/Arrivals}',
      UPLOAD_DEAD_LETTERS_URL: '{StatementUploads/DeadLetters}',
      CHANGE_QUEUE_URL: '{ChangeQueue/Looks}',
      CHANGE_DEAD_LETTERS_URL: '{ChangeQueue/DeadLetters}',
      ERASURE_QUEUE_URL: '{ErasureQueue/Erasures}',
      ERASURE_DEAD_LETTERS_URL: '{ErasureQueue/DeadLetters}',
      WEBHOOK_DEAD_LETTERS_URL: '{Webhooks/DeadLetters}',
    },
    authorizer: { ...table, ...hashKey },
    openapi: {},
  });
});

test('prod keeps its data whatever happens to the stack, dev leaves nothing behind', () => {
  const holding = [
    'AWS::DynamoDB::Table',
    'AWS::KMS::Key',
    'AWS::SecretsManager::Secret',
    'AWS::SQS::Queue',
    'AWS::S3::Bucket',
  ];
  for (const type of holding) {
    expect(new Set(prod.ofType(type).map(({ deletionPolicy }) => deletionPolicy))).toEqual(
      new Set(['RetainExceptOnCreate']),
    );
    expect(new Set(dev.ofType(type).map(({ deletionPolicy }) => deletionPolicy))).toEqual(new Set(['Delete']));
  }
  expect(prod.at('LedgerTable/Table').properties.DeletionProtectionEnabled).toBe(true);
  expect(dev.at('LedgerTable/Table').properties.DeletionProtectionEnabled).toBe(false);
});

test('a stage that does not exist is refused by name', () => {
  expect(() => stageNamed('staging')).toThrow(
    new Error('There is no stage "staging". Choose one with -c stage=dev|prod.'),
  );
});
