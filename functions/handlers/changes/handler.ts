import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openChangeFeed } from '../../adapters/changes/change-feed.ts';
import { leanClient } from '../../adapters/sdk/lean-client.ts';
import { systemClock } from '../../runtime/clock.ts';
import { readConfiguration } from '../../runtime/configuration.ts';
import { listChanges } from '../../use-cases/changes/list.ts';
import { makeChanges } from './recipe.ts';

const { table } = readConfiguration(['table']);
const parts = { feed: openChangeFeed(leanClient(DynamoDBClient), table), clock: systemClock };

export const handler = makeChanges({ list: (caller, page) => listChanges(parts, caller, page) });
