import { readConfiguration, SERVICE_VARIABLES } from '../runtime/configuration.ts';
import { opened } from '../runtime/once.ts';
import { eraseOwner } from '../service/erase.ts';
import { openService } from '../service/open-service.ts';
import { makeOwnerErasure } from './recipe.ts';

const configuration = readConfiguration(SERVICE_VARIABLES);
const service = opened(() => openService(configuration));

export const handler = makeOwnerErasure({
  eraseOwner: async (owner) => eraseOwner(await service(), owner),
});
