import type { ClientSettings } from '../../domain/catalogue/client-settings.ts';
import type { TransactionsPage, TransactionsRequest } from '../../domain/profiles/owner-answer.ts';
import { ownerNotFound } from '../../http/answers.ts';
import { answering, httpFunction, json } from '../../http/http-function.ts';
import { invalidCursor, readTransactionFilter, readTransactionsRequest } from '../../http/query.ts';
import type { Clock } from '../../runtime/clock.ts';

export type OwnerTransactionsParts = {
  /** `cursor`: there is no such page of this owner; undefined: the owner is not known. */
  readonly ownerTransactions: (request: TransactionsRequest) => Promise<TransactionsPage | 'cursor' | undefined>;
  /** The labels that transactions of the client may have. */
  readonly labelsFor: (clientId: string, settings: ClientSettings) => Promise<readonly string[]>;
  readonly now: Clock;
};

/** `GET /v1/owner-transactions`: the rows that profiles rest on, with their labels. */
export function makeOwnerTransactions({ ownerTransactions, labelsFor, now }: OwnerTransactionsParts) {
  return httpFunction(answering('owner-transactions'), async (event) => {
    const request = readTransactionsRequest(event, now());
    const filter = readTransactionFilter(event, await labelsFor(request.clientId, request.settings));
    const page = await ownerTransactions({ ...request, filter });
    if (page === 'cursor') throw invalidCursor();
    if (!page) throw ownerNotFound();
    return json(200, { ownerExternalId: request.ownerExternalId, ...page });
  });
}
