import { openAnnouncer } from '../../adapters/changes/announcer.ts';
import { systemClock } from '../../runtime/clock.ts';
import { readConfiguration, WRITER_VARIABLES } from '../../runtime/configuration.ts';
import { opened } from '../../runtime/lazy.ts';
import { lookUp } from '../../use-cases/owners/look-up.ts';
import { lookUpBatch } from '../../use-cases/owners/look-up-batch.ts';
import { openService } from '../../use-cases/service/open-service.ts';
import { makeOwnerProfiles } from './recipe.ts';

const configuration = readConfiguration(WRITER_VARIABLES);
const service = opened(() => openService(configuration, undefined, openAnnouncer(configuration.changeQueue)));

export const handler = makeOwnerProfiles({
  lookUp: async (request) => lookUp(await service(), request),
  lookUpBatch: async (request, timeLeft) => lookUpBatch(await service(), request, timeLeft),
  now: systemClock,
});
