import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openBuiltInCatalogue } from '../../adapters/catalogue/built-in-catalogue.ts';
import { openCatalogueStore } from '../../adapters/catalogue/catalogue-store.ts';
import { openClients } from '../../adapters/clients/clients.ts';
import { openOwnerDirectory } from '../../adapters/owners/owner-directory.ts';
import { openRunResults } from '../../adapters/runs/run-results.ts';
import { openStateMachine } from '../../adapters/runs/state-machine.ts';
import { leanClient } from '../../adapters/sdk/lean-client.ts';
import { systemClock } from '../../runtime/clock.ts';
import { readConfiguration, SERVICE_VARIABLES } from '../../runtime/configuration.ts';
import { opened } from '../../runtime/lazy.ts';
import { openDrafts } from '../../use-cases/catalogue/drafts.ts';
import { openPreviewOwners } from '../../use-cases/catalogue/preview-owners.ts';
import { openPreviews } from '../../use-cases/catalogue/previews.ts';
import { openAskers } from '../../use-cases/segments/asker.ts';
import { openService } from '../../use-cases/service/open-service.ts';
import { makeCataloguePreviews } from './recipe.ts';

const configuration = readConfiguration([...SERVICE_VARIABLES, 'stateMachine', 'resultsBucket', 'ownersPerSlice']);
const { table, stateMachine, resultsBucket, ownersPerSlice } = configuration;
const dynamo = leanClient(DynamoDBClient);
const store = openCatalogueStore(dynamo, table);
const drafts = openDrafts({ store, builtIn: openBuiltInCatalogue(), now: systemClock });
const clients = openClients(dynamo, table);
const previews = opened(async () => {
  const parts = {
    service: await openService(configuration),
    store,
    directory: openOwnerDirectory(dynamo, table),
    machine: openStateMachine(stateMachine),
    results: openRunResults(resultsBucket),
    getClient: clients.getClient,
    readDraft: drafts.read,
    ownersPerSlice,
  };
  return { ...openPreviews(parts), ...openPreviewOwners(parts) };
});

export const handler = makeCataloguePreviews({
  ...openAskers(clients),
  estimate: async (caller) => (await previews()).estimate(caller),
  start: async (caller) => (await previews()).start(caller),
  list: async (caller) => (await previews()).list(caller),
  read: async (caller, previewId) => (await previews()).read(caller, previewId),
  cancel: async (caller, previewId) => (await previews()).cancel(caller, previewId),
  owners: async (caller, previewId, page) => (await previews()).owners(caller, previewId, page),
  nearMisses: async (caller, previewId, profile) => (await previews()).nearMisses(caller, previewId, profile),
  owner: async (caller, previewId, ownerExternalId) => (await previews()).owner(caller, previewId, ownerExternalId),
});
