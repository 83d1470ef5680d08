import { systemClock } from '../../runtime/clock.ts';
import { readConfiguration, SERVICE_VARIABLES } from '../../runtime/configuration.ts';
import { opened } from '../../runtime/lazy.ts';
import { ownerFeatures } from '../../use-cases/owners/features.ts';
import { openService } from '../../use-cases/service/open-service.ts';
import { makeOwnerFeatures } from './recipe.ts';

const configuration = readConfiguration(SERVICE_VARIABLES);
const service = opened(() => openService(configuration));

export const handler = makeOwnerFeatures({
  ownerFeatures: async (request) => ownerFeatures(await service(), request),
  now: systemClock,
});
