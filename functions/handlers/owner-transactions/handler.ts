import { systemClock } from '../../runtime/clock.ts';
import { readConfiguration, SERVICE_VARIABLES } from '../../runtime/configuration.ts';
import { opened } from '../../runtime/lazy.ts';
import { ownerTransactions } from '../../use-cases/owners/transactions.ts';
import { openService } from '../../use-cases/service/open-service.ts';
import { makeOwnerTransactions } from './recipe.ts';

const configuration = readConfiguration(SERVICE_VARIABLES);
const service = opened(() => openService(configuration));

export const handler = makeOwnerTransactions({
  ownerTransactions: async (request) => ownerTransactions(await service(), request),
  labelsFor: async (clientId, settings) => [
    ...(await (await service()).catalogues.of(clientId, settings)).labels.keys(),
  ],
  now: systemClock,
});
