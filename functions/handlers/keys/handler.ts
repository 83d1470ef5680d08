import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openClients } from '../../adapters/clients/clients.ts';
import { openKeyStore } from '../../adapters/clients/key-store.ts';
import { openHashKey } from '../../adapters/hash-key.ts';
import { leanClient } from '../../adapters/sdk/lean-client.ts';
import { systemClock } from '../../runtime/clock.ts';
import { readConfiguration } from '../../runtime/configuration.ts';
import { openKeys } from '../../use-cases/clients/keys.ts';
import { makeKeys } from './recipe.ts';

const { table, hashKeySecret } = readConfiguration(['table', 'hashKeySecret']);
const dynamo = leanClient(DynamoDBClient);
const clients = openClients(dynamo, table);
const hashKey = openHashKey(hashKeySecret);
const hashOf = async (apiKey: string) => (await hashKey()).apiKeyHash(apiKey);
const store = openKeyStore({ dynamo, table, hashOf, now: systemClock, random: randomBytes }, clients);

export const handler = makeKeys(openKeys(store, clients.getClient));
