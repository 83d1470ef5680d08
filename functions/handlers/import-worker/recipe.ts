/**
 * Imports that are worked on together: the messages of one owner are joined by one read and one write; owners go side by side;
 * when the time left is short, no new owner is started.
 */
import type { Context } from 'aws-lambda';
import { type BatchRecipe, type Outcome, outcomeOf } from '../../runtime/batch.ts';
import { NotBegunError } from '../../runtime/errors.ts';
import { type AdmissionParts, admit, type Delivery } from './admission.ts';
import { TIME_TO_START_MS } from './cut-batch.ts';
import { factsOf } from './facts.ts';
import { type JoinParts, joinOwner } from './join-owner.ts';

export type ImportWorkerParts = AdmissionParts & JoinParts;

export const OWNERS_SIDE_BY_SIDE = 10;

export function makeImportRecipe(parts: ImportWorkerParts): BatchRecipe {
  return async (records, context) => {
    const outcomes = new Map<string, Outcome>();
    const owners = new Map<string, [Delivery, ...Delivery[]]>();
    for (const record of records) {
      const admitted = await admit(record, parts);
      if ('outcome' in admitted) outcomes.set(record.messageId, admitted.outcome);
      else addTo(owners, admitted);
    }
    const next = owners.values();
    const lane = async () => {
      for (const owner of next) {
        const ended = hasTime(context) ? await joinOwner(owner, parts) : owner.map(handedBack);
        for (const [messageId, outcome] of ended) outcomes.set(messageId, outcome);
      }
    };
    await Promise.all(Array.from({ length: OWNERS_SIDE_BY_SIDE }, lane));
    return outcomes;
  };
}

function addTo(owners: Map<string, [Delivery, ...Delivery[]]>, delivery: Delivery): void {
  const key = `${delivery.read.clientId}\0${delivery.read.ownerExternalId}`;
  const deliveries = owners.get(key);
  if (deliveries) deliveries.push(delivery);
  else owners.set(key, [delivery]);
}

function handedBack({ record, read }: Delivery): [messageId: string, outcome: Outcome] {
  const error = new NotBegunError('the batch ran out of time before this owner was started');
  return [record.messageId, outcomeOf(error, factsOf(read))];
}

function hasTime(context: Context): boolean {
  return context.getRemainingTimeInMillis() > TIME_TO_START_MS;
}
