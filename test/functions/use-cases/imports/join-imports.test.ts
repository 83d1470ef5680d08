import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { fc, test as property } from '@fast-check/jest';
import type { Import, Row } from '../../../../functions/domain/ledger/ledger.ts';
import { formatDay, monthOf, startOfDay } from '../../../../functions/domain/values/day.ts';
import { joinImports } from '../../../../functions/use-cases/imports/join-imports.ts';
import { explain } from '../../../../functions/use-cases/owners/explain.ts';
import { ownerFeatures } from '../../../../functions/use-cases/owners/features.ts';
import { lookUp } from '../../../../functions/use-cases/owners/look-up.ts';
import type { Service } from '../../../../functions/use-cases/service/service.ts';
import { ACCOUNTS, asReference, imports, split, TODAY } from '../../../support/ledgers.ts';
import {
  CATALOGUE,
  CLIENT,
  NOW,
  newOwner,
  onePass,
  onePassAnswer,
  ownerOf,
  ownTable,
  requestFor,
  SETTINGS,
  serviceOver,
  storedPages,
} from '../../../support/service.ts';
import { tries } from '../../../support/tries.ts';

const table = ownTable();
let service: Service;
/** Commands by name since the last call. */
const sent = new Map<string, number>();

beforeAll(() => {
  service = serviceOver(table);
  table.dynamo.middlewareStack.add(
    (next, context) => (args) => {
      const name = String(context.commandName);
      sent.set(name, (sent.get(name) ?? 0) + 1);
      return next(args);
    },
    { step: 'initialize' },
  );
});

const join = (owner: string, given: readonly Import[], by = service) =>
  joinImports(by, ownerOf(owner), SETTINGS, given);
/** Recent imports, which conflict with each other, and old ones, before all that a derivation reads. */
const recent = imports(TODAY - 5);
const old = imports(TODAY - 800).map((given) =>
  given
    .slice(0, 2)
    .map((one) => ({ ...one, stamp: { ...one.stamp, importedAt: one.stamp.importedAt + 800 * 86_400_000 } })),
);
const mixed = fc.tuple(recent, old).map((parts) => parts.flat());

/** All answers about an owner equal the result of one pass over the imports. */
async function expectOnePass(owner: string, given: readonly Import[], by: Service = service, asOf = TODAY) {
  const expected = onePassAnswer(by, given, 0, asOf);
  const { validUntil: _, ...answer } = { ...expected, asOf };
  expect(asReference(await storedPages(by, owner))).toEqual(asReference(onePass(by, given)));
  expect((await lookUp(by, requestFor(owner, asOf)))?.answer).toEqual(answer);
  const explained = await explain(by, requestFor(owner, asOf));
  expect({ ...explained, explanations: explained?.explanations.filter(({ applies }) => applies).length }).toEqual({
    ...answer,
    explanations: answer.profiles.length,
  });
  return expected;
}

property.prop([mixed.filter((given) => given.length > 0), fc.infiniteStream(fc.nat())], { numRuns: tries(30) })(
  'any order, repetition and split of imports ends as one pass does',
  async (given, random) => {
    const draw = (most: number) => (random.next().value as number) % most;
    const pieces = given
      .flatMap((one) => (draw(2) === 0 ? [one] : split(one, (from, to) => from + draw(to - from + 1))))
      .flatMap((one) => Array.from({ length: 1 + draw(2) }, () => ({ one, at: draw(1e6) })))
      .sort((a, b) => a.at - b.at)
      .map(({ one }) => one);
    const owner = newOwner();
    while (pieces.length > 0) await join(owner, pieces.splice(0, 1 + draw(3)));
    const expected = await expectOnePass(owner, given);
    const {
      revision: _,
      basis: __,
      // The last joined import follows the order of joining.
      joined: ___,
      announced: ____,
      ...stored
    } = (await service.store.readAnswer(ownerOf(owner), { consistent: true })) ?? {
      revision: 0,
      basis: '',
      joined: [],
      announced: undefined,
    };
    expect(stored).toEqual({ ...expected, known: true, erasedAt: 0, derivedFor: TODAY });
  },
);

property.prop([mixed.filter((given) => given.length > 0)], { numRuns: tries(15) })(
  'workers side by side end as one pass does',
  async (given) => {
    const owner = newOwner();
    await Promise.all([...given, ...given].map((one) => join(owner, [one])));
    await expectOnePass(owner, given);
  },
);

property.prop([mixed.filter((given) => given.length > 0), fc.integer({ min: 0, max: 900 })], { numRuns: tries(30) })(
  'a past day is answered from what is known now',
  async (given, back) => {
    const owner = newOwner();
    await join(owner, given);
    await expectOnePass(owner, given, service, TODAY - back);
  },
);

property.prop([mixed.filter((given) => given.length > 0)], { numRuns: tries(20) })(
  'a repeated import costs no write',
  async (given) => {
    const owner = newOwner();
    const first = await join(owner, given);
    expect(first.entered).toEqual((await lookUp(service, requestFor(owner)))?.answer.profiles);
    sent.clear();
    expect(await join(owner, given)).toEqual({ outcome: 'unchanged', conflicts: 0, entered: [], left: [] });
    expect([...sent.keys()].sort()).toEqual(['GetItemCommand', 'QueryCommand']);
    sent.clear();
    expect((await lookUp(service, requestFor(owner)))?.from).toBe('stored');
    expect(Object.fromEntries(sent)).toEqual({ GetItemCommand: 1 });
  },
);

const [POLISH] = ACCOUNTS as [(typeof ACCOUNTS)[number]];
const telling = (importId: string, from: number, to: number, rows: Record<number, readonly Row[]>): Import => ({
  stamp: { importedAt: NOW - 1000 + Number(importId), importId, source: 'AIS' },
  accounts: [
    { account: POLISH, from, to, rows: new Map(Object.entries(rows).map(([day, list]) => [Number(day), list])) },
  ],
});
const shop = (title: string): Row => ({ amount: -5000, title });

test('an import of fifty rows into one month costs one query, one read and two writes', async () => {
  const owner = newOwner();
  const held = Array.from({ length: 20 }, (_, index) => [TODAY - 20 * index - 30, [shop(`LIDL ${index}`)]] as const);
  await join(owner, [telling('1', TODAY - 420, TODAY - 25, Object.fromEntries(held))]);
  sent.clear();
  const rows = { [TODAY - 3]: Array.from({ length: 50 }, (_, index) => shop(`ZOOPLUS ${index}`)) };
  expect(await join(owner, [telling('2', TODAY - 10, TODAY - 1, rows)])).toMatchObject({
    outcome: 'changed',
    conflicts: 0,
  });
  expect(Object.fromEntries(sent)).toEqual({ GetItemCommand: 1, QueryCommand: 1, PutItemCommand: 2 });
});

describe('the first and the last day of data', () => {
  const dates = async (owner: string, asked = requestFor(owner), by = service) => {
    const found = (await lookUp(by, asked))?.answer;
    return [found?.dataFrom, found?.dataTo].map((day) => (typeof day === 'number' ? formatDay(day) : day));
  };

  test('follow rows that are withdrawn, come earlier, or lie outside of what is read', async () => {
    const owner = newOwner();
    const early = TODAY - 1500;
    await join(owner, [telling('1', early, early + 200, { [early]: [shop('a')], [early + 70]: [shop('b')] })]);
    expect(await dates(owner)).toEqual([formatDay(early), formatDay(early + 200)]);
    await join(owner, [telling('2', TODAY - 9, TODAY - 2, { [TODAY - 5]: [shop('c')] })]);
    expect(await dates(owner)).toEqual([formatDay(early), formatDay(TODAY - 2)]);
    await join(owner, [telling('3', early, early, {})]);
    expect(await dates(owner)).toEqual([formatDay(early + 70), formatDay(TODAY - 2)]);
    await join(owner, [telling('4', early + 60, early + 80, { [early + 75]: [{ ...shop('p'), pending: true }] })]);
    expect(await dates(owner)).toEqual([formatDay(TODAY - 5), formatDay(TODAY - 2)]);
    await join(owner, [telling('5', early - 900, early - 890, { [early - 895]: [shop('d')] })]);
    expect(await dates(owner)).toEqual([formatDay(early - 895), formatDay(TODAY - 2)]);
    await join(owner, [telling('6', early - 900, early - 890, {}), telling('7', TODAY - 5, TODAY - 5, {})]);
    expect(await dates(owner)).toEqual([null, formatDay(TODAY - 2)]);
    expect((await lookUp(service, requestFor(owner)))?.answer.profiles).toEqual([]);
  });

  test('an import that says nothing makes the owner known', async () => {
    const owner = newOwner();
    expect(await lookUp(service, requestFor(owner))).toBeUndefined();
    await join(owner, [{ stamp: { importedAt: NOW, importId: 'a', source: 'PDF' }, accounts: [] }]);
    expect(await dates(owner)).toEqual([null, null]);
  });
});

property.prop(
  [mixed.filter((given) => given.length > 0), fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 500 })],
  { numRuns: tries(20) },
)(
  'months past retention are ignored, also those that were kept when they came',
  async (given, retentionMonths, later) => {
    const owner = newOwner();
    await join(owner, given, serviceOver(table, { retentionMonths }));
    const then = serviceOver(table, { retentionMonths, now: NOW + later * 86_400_000 });
    const expected = onePassAnswer(then, given);
    const asked = requestFor(owner, TODAY + later);
    const explained = await explain(then, asked);
    const found = await lookUp(then, asked);
    if (expected.dataTo === null) return;
    const { validUntil: _, ...answer } = { ...expected, asOf: TODAY + later };
    expect(found?.answer).toEqual(answer);
    expect({ ...explained, explanations: [] }).toEqual({ ...answer, explanations: [] });
  },
);

test('answers change by themselves on the day they say, also to a look-up', async () => {
  const owner = newOwner();
  await join(owner, [telling('1', TODAY - 40, TODAY, { [TODAY - 1]: [shop('a'), shop('b'), shop('c')] })]);
  const until = onePassAnswer(service, [
    telling('1', TODAY - 40, TODAY, { [TODAY - 1]: [shop('a'), shop('b'), shop('c')] }),
  ]).validUntil as number;
  const on = async (day: number) => lookUp(serviceOver(table, { now: startOfDay(day) }), requestFor(owner, day));
  expect(await on(TODAY)).toMatchObject({ from: 'stored', answer: { profiles: ['busy'] } });
  expect(await on(until - 1)).toMatchObject({ from: 'stored' });
  expect(await on(until)).toMatchObject({ from: 'derived' });
  expect(await on(until)).toMatchObject({ from: 'stored' });
  expect(monthOf(until)).toBeGreaterThanOrEqual(monthOf(TODAY));
});

test('an item from before it listed what is not judged is derived again, with the last import of the whole ledger', async () => {
  const owner = newOwner();
  const given = [
    telling('1', TODAY - 9, TODAY, { [TODAY - 9]: [shop('a')] }),
    telling('2', TODAY - 900, TODAY - 900, {}),
  ];
  await join(owner, given);
  const { validUntil: _, ...answer } = { ...onePassAnswer(service, given), asOf: TODAY };
  expect(answer).toMatchObject({ notJudged: [], lastImportedAt: NOW - 998 });
  const makeOld = async () =>
    table.dynamo.send(
      new UpdateItemCommand({
        TableName: table.table,
        Key: { pk: { S: `${CLIENT}#owner#${ownerOf(owner).hash}` }, sk: { S: 'answer' } },
        UpdateExpression: 'REMOVE notJudged, lastImportedAt',
      }),
    );
  await makeOld();
  expect((await lookUp(service, requestFor(owner, TODAY - 1)))?.answer).toMatchObject({
    lastImportedAt: NOW - 998,
    notJudged: ['waged'],
  });
  expect(await lookUp(service, requestFor(owner))).toEqual({ from: 'derived', answer });
  expect(await lookUp(service, requestFor(owner))).toEqual({ from: 'stored', answer });
  await makeOld();
  await join(owner, [telling('0', TODAY - 9, TODAY - 9, {})]);
  expect(await lookUp(service, requestFor(owner))).toEqual({ from: 'stored', answer });
});

test('features are the numbers that the definitions read', async () => {
  const owner = newOwner();
  await join(owner, [
    telling('1', TODAY - 40, TODAY, { [TODAY - 20]: [shop('LIDL')], [TODAY - 1]: [shop('zooplus')] }),
  ]);
  expect(await ownerFeatures(service, requestFor(owner))).toEqual({
    asOf: TODAY,
    dataFrom: TODAY - 20,
    dataTo: TODAY,
    catalogueVersion: `${CATALOGUE.version}+sensitive`,
    lastImportedAt: NOW - 999,
    rates: { asOf: '2026-01-01', source: 'test' },
    features: {
      'all.count/30d': 2,
      'all.count/7d': 1,
      'income.months/180d': 0,
      'owner.history': 21,
      'pets|grocery.total/90d': '25.00 EUR',
      'spending.days/365d': 2,
    },
  });
  expect(await ownerFeatures(service, requestFor('nobody'))).toBeUndefined();
  expect(await explain(service, requestFor('nobody'))).toBeUndefined();
});
