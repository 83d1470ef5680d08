import { systemClock } from '../adapters/clock.ts';
import { readConfiguration, SERVICE_VARIABLES } from '../runtime/configuration.ts';
import { opened } from '../runtime/once.ts';
import { explain } from '../service/explain.ts';
import { openService } from '../service/open-service.ts';
import { profilesFor } from '../service/profile-list.ts';
import { makeOwnerExplanation } from './recipe.ts';

const configuration = readConfiguration(SERVICE_VARIABLES);
const service = opened(() => openService(configuration));

export const handler = makeOwnerExplanation({
  explain: async (request) => explain(await service(), request),
  profilesFor: async (clientId, settings) => profilesFor(await service(), clientId, settings),
  now: systemClock,
});
