/**
 * Clients as the service uses them: looked up, identified by their keys, given an amendment of the catalogue. Operators create and change
 * them with client-store.ts.
 *
 * Clients and keys are read consistently: the gateway caches verdicts for minutes, so a read must not miss a new or a revoked key.
 */
import { type DynamoDBClient, GetItemCommand, paginateScan, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { AmendmentInForce } from '../../domain/catalogue/client-settings.ts';
import { conditionHeld } from '../dynamodb/condition-held.ts';
import { everyItem } from '../dynamodb/every-item.ts';
import {
  type ApiKey,
  amendmentValue,
  type Client,
  clientPlace,
  keyHashAt,
  keyPlace,
  LISTED,
  readClient,
  readKey,
} from './client-items.ts';

/** A key as it was found, with its keyed hash. */
export type FoundKey = ApiKey & { readonly hash: string };

/** The client as of now; a caller's verdict may be a minute old. */
export type GetClient = (clientId: string) => Promise<Client | undefined>;

export type Clients = ReturnType<typeof openClients>;

export function openClients(dynamo: DynamoDBClient, TableName: string) {
  async function getClient(clientId: string): Promise<Client | undefined> {
    const Key = clientPlace(clientId);
    const { Item } = await dynamo.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
    return Item && readClient(Item);
  }

  /**
   * Reads the whole table: for operators, who ask seldom. No function that answers requests may scan. A client made within the last second
   * may be missing.
   */
  async function listClients(): Promise<readonly Client[]> {
    const clients: Client[] = [];
    const ofClients = { FilterExpression: 'sk = :client', ExpressionAttributeValues: { ':client': { S: 'client' } } };
    for await (const { Items = [] } of paginateScan({ client: dynamo }, { TableName, ...ofClients })) {
      clients.push(...Items.map(readClient));
    }
    return clients.sort((a, b) => (a.clientId < b.clientId ? -1 : 1));
  }

  /** The ids of all clients, by the list of them. */
  async function clientIds(): Promise<string[]> {
    const listed = everyItem(dynamo, {
      TableName,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :listed',
      ExpressionAttributeValues: { ':listed': { S: LISTED } },
    });
    return Array.fromAsync(listed, ({ sk }) => sk?.S ?? '');
  }

  /** Puts an amendment in force, if the client's is still the one that was read. False: a conflict. */
  async function setAmendment(
    clientId: string,
    amendment: AmendmentInForce,
    read: AmendmentInForce | undefined,
  ): Promise<boolean> {
    const command = new UpdateItemCommand({
      TableName,
      Key: clientPlace(clientId),
      UpdateExpression: 'SET amendment = :amendment',
      ConditionExpression: `attribute_exists(pk) AND ${read ? 'amendment.publicationId = :read' : 'attribute_not_exists(amendment)'}`,
      ExpressionAttributeValues: {
        ':amendment': amendmentValue(amendment),
        ...(read && { ':read': { S: read.publicationId } }),
      },
    });
    return conditionHeld(dynamo.send(command));
  }

  /** The key with this hash, with the hash that it was found under. */
  async function findKey(apiKeyHash: string): Promise<FoundKey | undefined> {
    const Key = keyPlace(apiKeyHash);
    const { Item } = await dynamo.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
    return Item && { ...readKey(Item), hash: keyHashAt(Item) };
  }

  return { getClient, listClients, clientIds, setAmendment, findKey };
}
