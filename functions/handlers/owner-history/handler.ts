import { systemClock } from '../../runtime/clock.ts';
import { readConfiguration, SERVICE_VARIABLES } from '../../runtime/configuration.ts';
import { opened } from '../../runtime/lazy.ts';
import { ownerHistory } from '../../use-cases/owners/history.ts';
import { openService } from '../../use-cases/service/open-service.ts';
import { makeOwnerHistory } from './recipe.ts';

const configuration = readConfiguration(SERVICE_VARIABLES);
const service = opened(() => openService(configuration));

export const handler = makeOwnerHistory({
  ownerHistory: async (request) => ownerHistory(await service(), request),
  now: systemClock,
});
