import { settingsAt } from '../../domain/catalogue/client-settings.ts';
import { type Outcome, outcomeOf } from '../../runtime/batch.ts';
import type { Clock } from '../../runtime/clock.ts';
import { joinImports } from '../../use-cases/imports/join-imports.ts';
import type { Service } from '../../use-cases/service/service.ts';
import type { Delivery } from './admission.ts';
import { factsOf, recordAges, recordJoin } from './facts.ts';

export type JoinParts = { readonly service: () => Promise<Service>; readonly now: Clock };

/** Joins the imports of one owner by one read and one write. They share an outcome; each has facts of its own. */
export async function joinOwner(
  deliveries: readonly [Delivery, ...Delivery[]],
  { service: open, now }: JoinParts,
): Promise<readonly (readonly [messageId: string, outcome: Outcome])[]> {
  const [{ read, client }] = deliveries;
  const { clientId, ownerExternalId } = read;
  const start = now();
  const shared = () => ({ clientId, messagesOfOwner: deliveries.length, durationMs: now() - start });
  let outcome: Outcome;
  try {
    const service = await open();
    const joined = await joinImports(
      service,
      service.ownerKey(clientId, ownerExternalId),
      settingsAt(client.enabledProfiles, client.amendment, now()),
      deliveries.map((delivery) => delivery.read.import),
    );
    const facts = recordJoin(joined, now() - start);
    outcome = { kind: 'done', facts: { ...shared(), ...facts } };
  } catch (error) {
    outcome = outcomeOf(error, shared());
  }
  return deliveries.map(({ record, read: own }) => {
    const ages = outcome.kind === 'done' ? recordAges(record, own, now()) : {};
    return [record.messageId, { ...outcome, facts: { ...factsOf(own), ...outcome.facts, ...ages } }];
  });
}
