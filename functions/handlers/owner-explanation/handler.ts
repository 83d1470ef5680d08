import { systemClock } from '../../runtime/clock.ts';
import { readConfiguration, SERVICE_VARIABLES } from '../../runtime/configuration.ts';
import { opened } from '../../runtime/lazy.ts';
import { profilesFor } from '../../use-cases/catalogue/profile-list.ts';
import { explain } from '../../use-cases/owners/explain.ts';
import { openService } from '../../use-cases/service/open-service.ts';
import { makeOwnerExplanation } from './recipe.ts';

const configuration = readConfiguration(SERVICE_VARIABLES);
const service = opened(() => openService(configuration));

export const handler = makeOwnerExplanation({
  explain: async (request) => explain(await service(), request),
  profilesFor: async (clientId, settings) => profilesFor(await service(), clientId, settings),
  now: systemClock,
});
