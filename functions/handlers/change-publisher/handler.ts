import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openChangeFeed } from '../../adapters/changes/change-feed.ts';
import { openOwnerStore } from '../../adapters/owners/owner-store.ts';
import { systemClock } from '../../runtime/clock.ts';
import { readConfiguration } from '../../runtime/configuration.ts';
import { publishChanges } from '../../use-cases/changes/publish.ts';
import { makeChangePublisher } from './recipe.ts';

const { table, retentionMonths } = readConfiguration(['table', 'retentionMonths']);
const dynamo = new DynamoDBClient();
const keeping = { clock: systemClock, retentionMonths };
/** Pages are neither read nor written here, and no account is named. */
const noHash = (): never => {
  throw new Error('changes name no accounts');
};
const parts = {
  clock: systemClock,
  store: openOwnerStore(dynamo, table, noHash, keeping),
  feed: openChangeFeed(dynamo, table),
  tell: async () => {},
};

export const handler = makeChangePublisher({ publish: (notice) => publishChanges(parts, notice) });
