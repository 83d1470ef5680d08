/** What must not compile does not: read by the type check alone. */
import { answerOf, type OwnerProfilesClient, verifyWebhook } from '../../client/index.ts';

export async function typed(client: OwnerProfilesClient) {
  const { profiles, asOf } = await answerOf(
    client.GET('/v1/owner-profiles', { params: { query: { ownerExternalId: 'anna' } } }),
  );
  const texts: readonly string[] = [...profiles, asOf];
  // @ts-expect-error the owner is missing
  await client.GET('/v1/owner-profiles', { params: { query: {} } });
  // @ts-expect-error there is no such route
  await client.GET('/v1/owner-profile', {});
  // @ts-expect-error ids are a list
  await client.POST('/v1/owner-profiles/batch', { body: { ownerExternalIds: 'anna' } });
  const event = verifyWebhook('whsec_', new Headers(), '');
  if (event.type === 'owner-profiles.changed') return [...texts, ...event.data.entered];
  if (event.type === 'snapshot.finished') return `${event.data.owners} ${event.data.sample ?? 'all'}`;
  // @ts-expect-error other events have no such list
  return event.data.entered;
}
