import { catalogueAnswer } from '../../../../functions/contracts/http/owners.ts';
import { makeProfiles } from '../../../../functions/handlers/profiles/recipe.ts';
import { ask, JSON_HEADERS } from '../../support/http-event.ts';
import { captureLog } from '../../support/log.ts';

captureLog();
const texts = { title: 'Title', description: 'What it means.' };

test('answers the catalogue as it holds for the client, and no more of it', async () => {
  const profiles = makeProfiles({
    profilesFor: async (_clientId, { enabledProfiles }) => ({
      version: '2026-11-01',
      profiles: ['gambler', 'debtor'].map((id) => ({
        id,
        ...texts,
        sensitive: true,
        enabled: enabledProfiles.includes(id),
        origin: 'built-in' as const,
        enter: 'how it is judged',
      })),
    }),
  });
  const answer = await ask(profiles, { path: '/v1/profiles' });
  expect(answer).toEqual({
    status: 200,
    headers: JSON_HEADERS,
    json: {
      profiles: [
        { id: 'gambler', ...texts, sensitive: true, enabled: true, origin: 'built-in' },
        { id: 'debtor', ...texts, sensitive: true, enabled: false, origin: 'built-in' },
      ],
      catalogueVersion: '2026-11-01',
    },
  });
  expect(catalogueAnswer.strict().parse(answer.json)).toEqual(answer.json);
});
