/** The event bus that the stack publishes changes to, for other systems of the operator's account. */
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { TransientError } from '../../runtime/errors.ts';
import { CHANGED_EVENT, EVENT_SOURCE } from '../../runtime/names.ts';
import { leanClient } from '../sdk/lean-client.ts';

/** EventBridge API reference, "PutEvents". */
const MOST_ENTRIES = 10;

export function openEventBus(EventBusName: string, events = leanClient(EventBridgeClient)) {
  /** @throws TransientError when some were not taken; those that were are then sent again */
  async function put(details: readonly object[], at: number): Promise<void> {
    for (let first = 0; first < details.length; first += MOST_ENTRIES) {
      const Entries = details.slice(first, first + MOST_ENTRIES).map((detail) => ({
        EventBusName,
        Source: EVENT_SOURCE,
        DetailType: CHANGED_EVENT,
        Detail: JSON.stringify(detail),
        Time: new Date(at),
      }));
      const { FailedEntryCount = 0 } = await events.send(new PutEventsCommand({ Entries }));
      if (FailedEntryCount > 0) throw new TransientError(`the event bus did not take ${FailedEntryCount} events`);
    }
  }
  return { put };
}
