import { systemClock } from '../adapters/clock.ts';
import { readConfiguration, SERVICE_VARIABLES } from '../runtime/configuration.ts';
import { opened } from '../runtime/once.ts';
import { ownerFeatures } from '../service/features.ts';
import { openService } from '../service/open-service.ts';
import { makeOwnerFeatures } from './recipe.ts';

const configuration = readConfiguration(SERVICE_VARIABLES);
const service = opened(() => openService(configuration));

export const handler = makeOwnerFeatures({
  ownerFeatures: async (request) => ownerFeatures(await service(), request),
  now: systemClock,
});
