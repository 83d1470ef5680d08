import { systemClock } from '../adapters/clock.ts';
import { readConfiguration, SERVICE_VARIABLES } from '../runtime/configuration.ts';
import { opened } from '../runtime/once.ts';
import { lookUp } from '../service/look-up.ts';
import { openService } from '../service/open-service.ts';
import { makeOwnerProfiles } from './recipe.ts';

const configuration = readConfiguration(SERVICE_VARIABLES);
const service = opened(() => openService(configuration));

export const handler = makeOwnerProfiles({
  lookUp: async (request) => lookUp(await service(), request),
  now: systemClock,
});
