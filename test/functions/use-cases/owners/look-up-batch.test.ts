/** A batch gives for each owner the same as a look-up of that owner alone, over a real table. */
import type { BatchGetItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startOfDay } from '../../../../functions/domain/values/day.ts';
import { joinImports } from '../../../../functions/use-cases/imports/join-imports.ts';
import { eraseOwner } from '../../../../functions/use-cases/owners/erase.ts';
import { lookUp } from '../../../../functions/use-cases/owners/look-up.ts';
import { lookUpBatch } from '../../../../functions/use-cases/owners/look-up-batch.ts';
import { TODAY } from '../../../support/ledgers.ts';
import {
  CLIENT,
  NOW,
  newOwner,
  ownerOf,
  ownTable,
  requestFor,
  SETTINGS,
  serviceOver,
} from '../../../support/service.ts';

const table = ownTable();
const PLENTY = () => 60_000;
const account = { iban: 'PL61109010140000071219812874', currency: 'PLN' };

/** Purchases on this many of the last days. */
async function imported(days: number): Promise<string> {
  const id = newOwner();
  const rows = new Map(
    Array.from({ length: days }, (_, back) => [TODAY - 1 - back, [{ amount: -5000, title: 'LIDL' }]]),
  );
  await joinImports(serviceOver(table), ownerOf(id), SETTINGS, [
    {
      stamp: { importId: 'i', importedAt: NOW - 1000, source: 'AIS' },
      accounts: [{ account, from: TODAY - 40, to: TODAY - 1, rows }],
    },
  ]);
  return id;
}

/** Counts the requests that go through. */
function counting() {
  const sent: string[] = [];
  const dynamo = new Proxy(table.dynamo, {
    get: (target, name) =>
      name === 'send'
        ? (command: BatchGetItemCommand) => {
            sent.push(command.constructor.name);
            return target.send(command);
          }
        : Reflect.get(target, name),
  }) as DynamoDBClient;
  return { sent, over: { dynamo, table: table.table } };
}

test('the same answers, in the requested order; fresh ones by one request', async () => {
  const owners = [await imported(4), await imported(0), await imported(12)];
  const erased = await imported(3);
  await eraseOwner(serviceOver(table), { clientId: CLIENT, ownerExternalId: erased });
  const ownerExternalIds = [owners[2]!, erased, owners[0]!, 'never met', owners[1]!];
  const request = { clientId: CLIENT, settings: SETTINGS, ownerExternalIds };
  const one = async (id: string) => ({
    ownerExternalId: id,
    found: (await lookUp(serviceOver(table), requestFor(id))) ?? 'unknown',
  });
  const singles = await Promise.all(ownerExternalIds.map(one));
  expect(singles.map(({ found }) => typeof found)).toEqual(['object', 'string', 'object', 'string', 'object']);
  expect(await lookUpBatch(serviceOver(table), request, PLENTY)).toEqual(singles);

  const { sent, over } = counting();
  await lookUpBatch(serviceOver(over), { ...request, ownerExternalIds: owners }, PLENTY);
  expect(sent).toEqual(['BatchGetItemCommand']);

  const other = await lookUpBatch(serviceOver(table), { ...request, clientId: 'other' }, PLENTY);
  expect(other.map(({ found }) => found)).toEqual(ownerExternalIds.map(() => 'unknown'));
});

test('answers of another day are derived within the time, and the rest is reported as pending', async () => {
  const owners = await Promise.all(Array.from({ length: 12 }, (_, days) => imported(days)));
  const later = { now: startOfDay(TODAY + 30) };
  const request = { clientId: CLIENT, settings: SETTINGS, ownerExternalIds: owners };
  let asked = 0;
  const short = await lookUpBatch(serviceOver(table, later), request, () => (++asked > 6 ? 0 : 60_000));
  const late = short.filter(({ found }) => found === 'later');
  expect(late.length).toBeGreaterThan(0);
  expect(late.length).toBeLessThan(owners.length);
  const whole = await lookUpBatch(serviceOver(table, later), request, PLENTY);
  expect(whole.map(({ found }) => typeof found)).toEqual(owners.map(() => 'object'));
  for (const { ownerExternalId, found } of whole) {
    const single = await lookUp(serviceOver(table, later), requestFor(ownerExternalId, TODAY + 30));
    expect(typeof found === 'object' && found.answer).toEqual(single?.answer);
  }
});
