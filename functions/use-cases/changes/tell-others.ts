import { changeView } from '../../contracts/http/change-view.ts';
import type { Clock } from '../../runtime/clock.ts';
import { changeNotice } from '../webhooks/notices.ts';
import { type NotifyParts, notifyWebhooks } from '../webhooks/notify.ts';
import type { Tell } from './publish.ts';

export type TellParts = {
  readonly bus: { readonly put: (details: readonly object[], at: number) => Promise<void> };
  readonly webhooks: NotifyParts;
  readonly clock: Clock;
};

/** Sends changes that are in the feed to the event bus and to the client's webhooks. */
export function tellOthers({ bus, webhooks, clock }: TellParts): Tell {
  return async (clientId, changes) => {
    const details = changes.map(({ change }) => ({ clientId, ...changeView(change) }));
    await Promise.all([bus.put(details, clock()), notifyWebhooks(webhooks, clientId, changes.map(changeNotice))]);
  };
}
