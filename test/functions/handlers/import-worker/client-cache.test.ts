import type { Client } from '../../../../functions/adapters/clients/client-items.ts';
import { cacheClients } from '../../../../functions/handlers/import-worker/client-cache.ts';

const client = { clientId: 'demo' } as Client;

test('a client is asked for once a minute, one that is not known or failed each time', async () => {
  let now = 0;
  const asked: string[] = [];
  const getClient = cacheClients(
    async (clientId) => {
      asked.push(clientId);
      if (clientId === 'broken') throw new Error('throttled');
      return clientId === 'demo' ? client : undefined;
    },
    () => now,
  );
  expect(await Promise.all([getClient('demo'), getClient('demo')])).toEqual([client, client]);
  now = 59_999;
  expect(await getClient('demo')).toBe(client);
  now = 60_000;
  expect(await getClient('demo')).toBe(client);
  expect(asked).toEqual(['demo', 'demo']);
  for (let time = 0; time < 2; time++) {
    expect(await getClient('nobody')).toBeUndefined();
    await expect(getClient('broken')).rejects.toThrow('throttled');
  }
  expect(asked.slice(2)).toEqual(['nobody', 'broken', 'nobody', 'broken']);
});
