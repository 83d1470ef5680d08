import { readConfiguration, SERVICE_VARIABLES } from '../../runtime/configuration.ts';
import { opened } from '../../runtime/lazy.ts';
import { eraseOwner } from '../../use-cases/owners/erase.ts';
import { openService } from '../../use-cases/service/open-service.ts';
import { makeOwnerErasure } from './recipe.ts';

const configuration = readConfiguration(SERVICE_VARIABLES);
const service = opened(() => openService(configuration));

export const handler = makeOwnerErasure({
  eraseOwner: async (owner) => eraseOwner(await service(), owner),
});
