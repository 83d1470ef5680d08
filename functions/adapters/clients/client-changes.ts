/** Changes by operators to an existing client. */
import { type AttributeValue, type DynamoDBClient, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Purpose } from '../../domain/catalogue/client-settings.ts';
import { PermanentError } from '../../runtime/errors.ts';
import { unless } from '../dynamodb/condition-held.ts';
import {
  clientPlace,
  listingPlace,
  type Nightly,
  nightlyValue,
  purposeValue,
  type Usage,
  usageValue,
} from './client-items.ts';

const LARGEST_SMALLEST_GROUP = 1_000_000;

export function openClientChanges(dynamo: DynamoDBClient, TableName: string) {
  /** Which sensitive profiles the client has turned on, from now on. */
  async function setEnabledProfiles(clientId: string, profiles: readonly string[]): Promise<void> {
    const enabled = [...new Set(profiles)].sort().map((S) => ({ S }));
    await changeClient(clientId, 'enabledProfiles', { L: enabled });
  }

  /** What the client may use answers for; undefined: any purpose. */
  async function setPurpose(clientId: string, purpose: Purpose | undefined): Promise<void> {
    await changeClient(clientId, 'purpose', purposeValue(purpose));
  }

  /** All keys of a client that is not enabled are refused. */
  async function setEnabled(clientId: string, enabled: boolean): Promise<void> {
    await changeClient(clientId, 'enabled', { BOOL: enabled });
  }

  /** Groups of fewer owners are hidden from keys that must learn no individual. @throws PermanentError INVALID_GROUP, CLIENT_NOT_FOUND */
  async function setSmallestGroup(clientId: string, owners: number): Promise<void> {
    if (!Number.isInteger(owners) || owners < 1 || owners > LARGEST_SMALLEST_GROUP) {
      throw new PermanentError('INVALID_GROUP', `the smallest group has 1 to ${LARGEST_SMALLEST_GROUP} owners`);
    }
    await changeClient(clientId, 'smallestGroup', { N: String(owners) });
  }

  /** Whether a snapshot is taken every night, and what it keeps besides answers. */
  async function setNightly(clientId: string, nightly: Nightly): Promise<void> {
    await changeClient(clientId, 'nightly', nightlyValue(nightly));
    await listClient(clientId);
  }

  /** The plan that limits its requests. */
  async function setUsage(clientId: string, usage: Usage): Promise<void> {
    await changeClient(clientId, 'usage', usageValue(usage));
  }

  async function changeClient(clientId: string, attribute: string, value: AttributeValue): Promise<void> {
    await unless(
      'CLIENT_NOT_FOUND',
      `there is no client "${clientId}"`,
      dynamo.send(
        new UpdateItemCommand({
          TableName,
          Key: clientPlace(clientId),
          UpdateExpression: 'SET #attribute = :value',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeNames: { '#attribute': attribute },
          ExpressionAttributeValues: { ':value': value },
        }),
      ),
    );
  }

  /** Going over all clients finds it from now on. */
  async function listClient(clientId: string): Promise<void> {
    await dynamo.send(new PutItemCommand({ TableName, Item: listingPlace(clientId) }));
  }

  return { setPurpose, setEnabledProfiles, setEnabled, setSmallestGroup, setNightly, setUsage, listClient };
}
