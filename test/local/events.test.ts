/** The local event bus, called by the SDK. */
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { openEventBus } from '../../functions/adapters/changes/event-bus.ts';
import { startEvents } from '../../local/events/server.ts';

test('takes events, ten at a time', async () => {
  const server = await startEvents({ port: 0 });
  const events = new EventBridgeClient({
    endpoint: server.endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  try {
    const details = Array.from({ length: 23 }, (_, sequence) => ({ clientId: 'demo', sequence }));
    await openEventBus('bus', events).put(details, 0);
  } finally {
    events.destroy();
    await server.close();
  }
});
