import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openCatalogueStore } from '../../adapters/catalogue/catalogue-store.ts';
import { openAnnouncer } from '../../adapters/changes/announcer.ts';
import { leanClient } from '../../adapters/sdk/lean-client.ts';
import { openErasures } from '../../adapters/segments/erasures.ts';
import { openSnapshotFiles } from '../../adapters/segments/snapshot-files.ts';
import { readConfiguration, WRITER_VARIABLES } from '../../runtime/configuration.ts';
import { opened } from '../../runtime/lazy.ts';
import { eraseOwner } from '../../use-cases/owners/erase.ts';
import { forgetOwner } from '../../use-cases/segments/forget-owner.ts';
import { openService } from '../../use-cases/service/open-service.ts';
import { makeOwnerErasure } from './recipe.ts';

const configuration = readConfiguration([...WRITER_VARIABLES, 'snapshotsBucket']);
const { table, snapshotsBucket } = configuration;
const dynamo = leanClient(DynamoDBClient);
const service = opened(() => openService(configuration, dynamo, openAnnouncer(configuration.changeQueue)));
const snapshots = {
  store: openCatalogueStore(dynamo, table),
  files: openSnapshotFiles(snapshotsBucket),
  erasures: openErasures(dynamo, table),
};

export const handler = makeOwnerErasure({
  eraseOwner: async (owner) => {
    await eraseOwner(await service(), owner);
    await forgetOwner({ service: await service(), ...snapshots }, owner);
  },
});
