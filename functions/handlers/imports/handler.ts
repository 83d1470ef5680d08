import { readConfiguration, SERVICE_VARIABLES } from '../../runtime/configuration.ts';
import { opened } from '../../runtime/lazy.ts';
import { importStatus, refusedImports } from '../../use-cases/imports/import-status.ts';
import { openService } from '../../use-cases/service/open-service.ts';
import { makeImports } from './recipe.ts';

const configuration = readConfiguration(SERVICE_VARIABLES);
const service = opened(() => openService(configuration));

export const handler = makeImports({
  status: async (asked) => importStatus(await service(), asked),
  refused: async (clientId, page) => refusedImports(await service(), clientId, page),
});
