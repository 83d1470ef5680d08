/**
 * A batch of imports: the messages of one owner are joined by one read and one write; owners go side by side, a few at a time;
 * and when the time left is short, no new owner is begun.
 */
import type { Context, SQSRecord } from 'aws-lambda';
import type { Client } from '../../adapters/clients/client-items.ts';
import type { PayloadPlace } from '../../adapters/imports/payload-bucket.ts';
import { settingsAt } from '../../domain/catalogue/client-settings.ts';
import { type BatchRecipe, type Facts, type Fate, fateOf } from '../../runtime/batch.ts';
import type { Clock } from '../../runtime/clock.ts';
import { PassingError, PermanentError } from '../../runtime/errors.ts';
import { count, countBy, measureTime } from '../../runtime/metrics.ts';
import { METRICS, PAYLOAD_PREFIX } from '../../runtime/names.ts';
import { joinImports } from '../../use-cases/imports/join-imports.ts';
import type { Service } from '../../use-cases/service/service.ts';
import { type ReadImport, readImport } from './read-message.ts';

export type ImportWorkerParts = {
  readonly service: () => Promise<Service>;
  readonly getClient: (clientId: string) => Promise<Client | undefined>;
  readonly accountsAt: (place: PayloadPlace) => Promise<unknown>;
  readonly now: Clock;
};

type Delivery = { readonly record: SQSRecord; readonly read: ReadImport; readonly client: Client };

const OWNERS_SIDE_BY_SIDE = 4;
/** An owner with a long history may take seconds: one that is begun with less than this left might be cut off. */
const TIME_TO_BEGIN_MS = 5000;

export function makeImportRecipe(parts: ImportWorkerParts): BatchRecipe {
  return async (records, context) => {
    const fates = new Map<string, Fate>();
    // One after the other: ten objects of full size at once would be more than the memory holds.
    const deliveries: (Delivery | undefined)[] = [];
    for (const record of records) deliveries.push(await read(record, parts, fates));
    const owners = Object.values(
      Object.groupBy(
        deliveries.filter((delivery) => delivery !== undefined),
        ({ read: { clientId, ownerExternalId } }) => `${clientId}\0${ownerExternalId}`,
      ),
    ) as Delivery[][];
    const next = owners.values();
    const lane = async () => {
      for (const owner of next) {
        if (hasTime(context)) await joinOwner(owner, parts, fates);
        else for (const { record, read } of owner) fates.set(record.messageId, fateOf(outOfTime(), factsOf(read)));
      }
    };
    await Promise.all(Array.from({ length: OWNERS_SIDE_BY_SIDE }, lane));
    return fates;
  };
}

async function read(
  record: SQSRecord,
  parts: ImportWorkerParts,
  fates: Map<string, Fate>,
): Promise<Delivery | undefined> {
  const begun = parts.now();
  let facts: Facts = {};
  try {
    const message = await readImport(record.body, parts.now(), async (place, clientId) => {
      // Before anything is read for it: an object may be large.
      await clientOf(clientId, record, parts);
      await refuseForeign(place, clientId, parts);
      return parts.accountsAt(place);
    });
    facts = factsOf(message);
    const client = await clientOf(message.clientId, record, parts);
    if (message.ibansWithWrongCheckDigits > 0) count(METRICS.ibanCheckDigitsWrong, message.ibansWithWrongCheckDigits);
    return { record, read: message, client };
  } catch (error) {
    fates.set(record.messageId, fateOf(error, { ...facts, durationMs: parts.now() - begun }));
    return undefined;
  }
}

/** The client that a message names, when this sender may send for it. */
async function clientOf(clientId: string, record: SQSRecord, { getClient }: ImportWorkerParts): Promise<Client> {
  const client = await getClient(clientId);
  if (!client?.enabled) throw new PermanentError('UNKNOWN_CLIENT', 'clientId: names no client that is enabled');
  const { senders = [] } = client;
  const { SenderId = '' } = record.attributes;
  // A sender is named as a whole, or by its role: then every session of that role may send.
  if (senders.length > 0 && !senders.some((sender) => SenderId === sender || SenderId.startsWith(`${sender}:`))) {
    throw new PermanentError('SENDER_NOT_ALLOWED', 'clientId: names a client that this sender may not send for');
  }
  return client;
}

/** Objects below `imports/<client>/` are that client's: nobody else's message may have them read. */
async function refuseForeign({ key }: PayloadPlace, clientId: string, { getClient }: ImportWorkerParts): Promise<void> {
  const folder = key.startsWith(PAYLOAD_PREFIX) ? key.slice(PAYLOAD_PREFIX.length).split('/', 1)[0] : undefined;
  if (!folder || folder === clientId || !key.startsWith(`${PAYLOAD_PREFIX}${folder}/`)) return;
  if (await getClient(folder)) {
    throw new PermanentError('ACCOUNTS_AT_FORBIDDEN', 'accountsAt: names an object of another client');
  }
}

/** Counts only: neither owner nor contents. */
function factsOf({ import: { stamp, accounts } }: ReadImport): Facts {
  const days = accounts.flatMap(({ rows }) => [...rows.values()]);
  return {
    source: stamp.source,
    accounts: accounts.length,
    days: accounts.reduce((sum, { from, to }) => sum + to - from + 1, 0),
    transactions: days.reduce((sum, rows) => sum + rows.length, 0),
  };
}

async function joinOwner(
  owner: readonly Delivery[],
  parts: ImportWorkerParts,
  fates: Map<string, Fate>,
): Promise<void> {
  const first = owner[0] as Delivery;
  const begun = parts.now();
  const { clientId, ownerExternalId } = first.read;
  const common = () => ({ clientId, messagesOfOwner: owner.length, durationMs: parts.now() - begun });
  let fate: Fate;
  try {
    const service = await parts.service();
    const imports = owner.map(({ read }) => read.import);
    const { outcome, conflicts, entered, left } = await joinImports(
      service,
      service.ownerKey(clientId, ownerExternalId),
      settingsAt(first.client.enabledProfiles, first.client.amendment, parts.now()),
      imports,
    );
    if (conflicts > 0) count(METRICS.answerConflicts, conflicts);
    for (const profile of entered) countBy(METRICS.profilesEntered, { profile });
    for (const profile of left) countBy(METRICS.profilesLeft, { profile });
    measureTime(METRICS.joinTime, parts.now() - begun);
    const facts = { result: outcome, conflicts, entered: entered.length, left: left.length };
    fate = { fate: 'done', facts: { ...common(), ...facts } };
  } catch (error) {
    fate = fateOf(error, common());
  }
  for (const { record, read } of owner) {
    const ages = fate.fate === 'done' ? measureAges(record, read, parts.now()) : {};
    fates.set(record.messageId, { ...fate, facts: { ...factsOf(read), ...fate.facts, ...ages } });
  }
}

function measureAges({ attributes }: SQSRecord, { import: { stamp } }: ReadImport, now: number): Facts {
  const ageMs = Math.max(0, now - stamp.importedAt);
  measureTime(METRICS.importAge, ageMs);
  const queuedMs = Math.max(0, now - Number(attributes.SentTimestamp));
  if (Number.isNaN(queuedMs)) return { ageMs };
  measureTime(METRICS.importToAnswer, queuedMs);
  return { ageMs, queuedMs };
}

function hasTime(context: Context): boolean {
  return context.getRemainingTimeInMillis() > TIME_TO_BEGIN_MS;
}

function outOfTime(): PassingError {
  return new PassingError('the batch ran out of time before this owner was begun');
}
