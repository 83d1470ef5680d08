/** The actions and resources of requests, in the words of policies (service authorization reference). */
import type { Place } from './access.ts';
import type { Request } from './statements.ts';

type Input = Readonly<Record<string, unknown>>;

const BATCHES = /Batch$/;

export function sqsRequests({ region, account }: Place, action: string, input: Input): Request[] {
  const name = String(input['QueueUrl'] ?? '').replace(/^.*\//, '');
  const resource = `arn:aws:sqs:${region}:${account}:${name}`;
  return [{ action: `sqs:${action.replace(BATCHES, '')}`, resource, context: {} }];
}

/** The key of a secret is used in the caller's name. */
export function secretRequests(
  { region }: Place,
  secret: { readonly arn: string; readonly keyArn?: string },
): Request[] {
  const read = { action: 'secretsmanager:GetSecretValue', resource: secret.arn, context: {} };
  return [read, ...keyRequests(secret.keyArn, ['kms:Decrypt'], `secretsmanager.${region}.amazonaws.com`)];
}

export function keyRequests(keyArn: string | undefined, actions: readonly string[], service: string): Request[] {
  if (keyArn === undefined) return [];
  return actions.map((action) => ({ action, resource: keyArn, context: { 'kms:ViaService': [service] } }));
}

export function eventRequests({ region, account }: Place, entries: readonly object[]): Request[] {
  return entries.map((entry) => ({
    action: 'events:PutEvents',
    resource: `arn:aws:events:${region}:${account}:event-bus/${(entry as { EventBusName?: string }).EventBusName ?? 'default'}`,
    context: {},
  }));
}

/** Starting and listing name a state machine, all other actions an execution. */
export function stateRequests(action: string, input: Input): Request[] {
  const resource = String(input['executionArn'] ?? input['stateMachineArn'] ?? '*');
  return [{ action: `states:${action}`, resource, context: {} }];
}

const S3_ACTIONS: Readonly<Record<string, string>> = {
  GET: 's3:GetObject',
  HEAD: 's3:GetObject',
  PUT: 's3:PutObject',
  DELETE: 's3:DeleteObject',
};

export function bucketRequest(bucket: string): Request {
  return { action: 's3:ListBucket', resource: `arn:aws:s3:::${bucket}`, context: {} };
}

export function objectRequest(method: string, bucket: string, key: string): Request {
  return { action: S3_ACTIONS[method] ?? `s3:${method}`, resource: `arn:aws:s3:::${bucket}/${key}`, context: {} };
}
