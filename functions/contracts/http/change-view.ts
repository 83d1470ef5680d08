/** A change as the API, webhooks and the event bus show it. Apart from the schemas: its senders need not load them. */
import type { Change } from '../../domain/profiles/change.ts';
import { formatDay } from '../../domain/values/day.ts';

export function changeView({ at, asOf, ...rest }: Change) {
  const { id, sequence, ownerExternalId, entered, left, profiles, catalogueVersion, cause } = rest;
  return {
    id,
    sequence,
    ownerExternalId,
    at: new Date(at).toISOString(),
    asOf: formatDay(asOf),
    entered,
    left,
    profiles,
    catalogueVersion,
    cause,
  };
}
