import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openClients } from '../../adapters/clients/clients.ts';
import { openFindOperatorKey } from '../../adapters/clients/operator-keys.ts';
import { openUserTokens } from '../../adapters/clients/user-tokens.ts';
import { openHashKey } from '../../adapters/hash-key.ts';
import { leanClient } from '../../adapters/sdk/lean-client.ts';
import { readConfiguration, usagePlans, userPool } from '../../runtime/configuration.ts';
import { makeAuthorizer } from './verdict.ts';

const { table, hashKeySecret } = readConfiguration(['table', 'hashKeySecret']);
const hashKey = openHashKey(hashKeySecret);
const hashesOf = async (apiKey: string) => (await hashKey()).apiKeyHashes(apiKey);
const dynamo = leanClient(DynamoDBClient);
const clients = openClients(dynamo, table);
const pool = userPool();

/** Identifies who calls by the `X-Api-Key` header: the key of a client or of an operator, or the token of a person who signed in. */
export const handler = makeAuthorizer({
  hashesOf,
  findKey: clients.findKey,
  findOperatorKey: openFindOperatorKey(dynamo, table),
  getClient: clients.getClient,
  plans: usagePlans(),
  userOf: pool && openUserTokens(pool),
});
