import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openClientStore } from '../adapters/client-store.ts';
import { systemClock } from '../adapters/clock.ts';
import { openHashKey } from '../adapters/hash-key.ts';
import { readConfiguration } from '../runtime/configuration.ts';
import { makeAuthorizer } from './verdict.ts';

const { table, hashKeySecret } = readConfiguration(['table', 'hashKeySecret']);
const hashKey = openHashKey(hashKeySecret);
const hashOf = async (apiKey: string) => (await hashKey()).apiKeyHash(apiKey);
const hashesOf = async (apiKey: string) => (await hashKey()).apiKeyHashes(apiKey);
const clients = openClientStore({
  dynamo: new DynamoDBClient(),
  table,
  hashOf,
  now: systemClock,
  random: randomBytes,
});

/** Tells the client by the `X-Api-Key` header. */
export const handler = makeAuthorizer({ hashesOf, findKey: clients.findKey, getClient: clients.getClient });
