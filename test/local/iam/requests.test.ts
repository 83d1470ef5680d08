import {
  bucketRequest,
  eventRequests,
  objectRequest,
  sqsRequests,
  stateRequests,
} from '../../../local/iam/requests.ts';
import { tableRequests } from '../../../local/iam/table-requests.ts';

const PLACE = { region: 'eu-central-1', account: '000000000000' };
const TABLE = 'arn:aws:dynamodb:eu-central-1:000000000000:table/ledger';
const TABLES = [{ name: 'ledger', partition: 'pk', indexes: { owners: 'listedIn' }, keyArn: 'arn:key' }];
const asked = (action: string, input: Readonly<Record<string, unknown>>) => tableRequests(PLACE, TABLES, action, input);
const VIA = { 'kms:ViaService': ['dynamodb.eu-central-1.amazonaws.com'] };
const READ = [{ action: 'kms:Decrypt', resource: 'arn:key', context: VIA }];
const WRITTEN = ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'].map((action) => ({
  action,
  resource: 'arn:key',
  context: VIA,
}));

test('a request by key names the value of the partition key and the attributes of the key', () => {
  const input = { TableName: 'ledger', Key: { pk: { S: 'a#client' }, sk: { S: 'client' } } };
  const context = { 'dynamodb:LeadingKeys': ['a#client'], 'dynamodb:Attributes': ['pk', 'sk'] };
  expect(asked('GetItem', input)).toEqual([{ action: 'dynamodb:GetItem', resource: TABLE, context }, ...READ]);
});

test('an update names the attributes of its expressions, by their names, without functions and paths', () => {
  const input = {
    TableName: 'ledger',
    Key: { pk: { S: 'a#client' } },
    UpdateExpression: 'SET #a.inner = if_not_exists(other, :zero) REMOVE third[0]',
    ConditionExpression: 'attribute_exists(pk) AND #a = :was',
    ExpressionAttributeNames: { '#a': 'amendment' },
    ReturnValues: 'NONE',
  };
  expect(asked('UpdateItem', input)[0]?.context).toEqual({
    'dynamodb:LeadingKeys': ['a#client'],
    'dynamodb:Attributes': ['pk', 'amendment', 'other', 'third'],
    'dynamodb:ReturnValues': ['NONE'],
  });
  expect(asked('UpdateItem', input).slice(1)).toEqual(WRITTEN);
});

test('a query of an index names the index, and the value of its own partition key', () => {
  const [request] = asked('Query', {
    TableName: 'ledger',
    IndexName: 'owners',
    KeyConditionExpression: '#l = :shard AND #p > :after',
    ExpressionAttributeNames: { '#l': 'listedIn', '#p': 'pk' },
    ExpressionAttributeValues: { ':shard': { S: 'a#0' }, ':after': { S: 'z' } },
  });
  expect(request?.resource).toBe(`${TABLE}/index/owners`);
  expect(request?.context['dynamodb:LeadingKeys']).toEqual(['a#0']);
});

test('a batch names all keys, of reading and of writing', () => {
  const keys = (request: { context: object } | undefined) => request?.context;
  const Keys = [{ pk: { S: 'a' } }, { pk: { S: 'b' } }, { pk: { S: 'a' } }];
  expect(keys(asked('BatchGetItem', { RequestItems: { ledger: { Keys } } })[0])).toEqual({
    'dynamodb:LeadingKeys': ['a', 'b'],
  });
  const writes = [{ PutRequest: { Item: { pk: { S: 'c' } } } }, { DeleteRequest: { Key: { pk: { S: 'd' } } } }];
  expect(keys(asked('BatchWriteItem', { RequestItems: { ledger: writes } })[0])).toEqual({
    'dynamodb:LeadingKeys': ['c', 'd'],
  });
});

test('a scan names no key', () => {
  expect(asked('Scan', { TableName: 'ledger' })[0]?.context).toEqual({});
});

test('queues, buckets, buses and executions', () => {
  const queue = 'arn:aws:sqs:eu-central-1:000000000000:imports';
  const QueueUrl = 'http://127.0.0.1:1/000000000000/imports';
  expect(sqsRequests(PLACE, 'DeleteMessageBatch', { QueueUrl })).toEqual([
    { action: 'sqs:DeleteMessage', resource: queue, context: {} },
  ]);
  expect(objectRequest('HEAD', 'b', 'imports/1')).toEqual({
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::b/imports/1',
    context: {},
  });
  expect(bucketRequest('b').action).toBe('s3:ListBucket');
  expect(eventRequests(PLACE, [{ EventBusName: 'bus' }])).toEqual([
    {
      action: 'events:PutEvents',
      resource: 'arn:aws:events:eu-central-1:000000000000:event-bus/bus',
      context: {},
    },
  ]);
  expect(stateRequests('StopExecution', { executionArn: 'arn:e' })[0]?.resource).toBe('arn:e');
});
