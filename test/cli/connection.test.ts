import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { queueConnection, tableConnection } from '../../cli/connection.ts';

const folder = mkdtempSync(join(tmpdir(), 'owner-profiles-connection-'));
afterAll(() => rmSync(folder, { recursive: true }));
const outputs = join(folder, 'outputs.json');
const ImportQueueUrl = 'https://sqs.eu-central-1.amazonaws.com/123456789012/imports';
writeFileSync(
  outputs,
  JSON.stringify({ 'OwnerProfiles-prod': { Region: 'eu-west-1', TableName: 'ledger', ImportQueueUrl } }),
);

describe("the region is the option's, then that of what is worked on, then the environment's", () => {
  const env = { AWS_REGION: 'us-east-1' };

  test.each([
    ['an option', { outputs, region: 'eu-south-1' }, 'eu-south-1'],
    ['outputs', { outputs }, 'eu-west-1'],
    ['the URL of a queue', { queueUrl: ImportQueueUrl }, 'eu-central-1'],
    ['the environment', { queueUrl: 'https://queues.example.com/imports' }, 'us-east-1'],
  ])('of a queue: %s', (_, options, region) => {
    expect(queueConnection(options, env)?.region).toBe(region);
  });

  test.each([
    ['outputs', { outputs }, 'eu-west-1'],
    [
      'the ARN of the secret',
      { table: 'ledger', hashKeySecret: 'arn:aws:secretsmanager:eu-north-1:1:secret:key' },
      'eu-north-1',
    ],
    ['the environment', { table: 'ledger' }, 'us-east-1'],
  ])('of a table: %s', (_, options, region) => {
    expect(tableConnection(options, env).region).toBe(region);
  });
});
