import { randomBytes, randomUUID } from 'node:crypto';
import { DeleteItemCommand, type DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { type Answer, answerItem, answerOf } from '../../../../functions/adapters/owners/answer-item.ts';
import type { OwnerKey } from '../../../../functions/adapters/owners/owner-key.ts';
import { NOTICED_DAYS, openOwnerStore } from '../../../../functions/adapters/owners/owner-store.ts';
import type { Page } from '../../../../functions/domain/ledger/page.ts';
import { dayOf, firstDayOf, monthOf } from '../../../../functions/domain/values/day.ts';
import { TransientError } from '../../../../functions/runtime/errors.ts';
import { hashOf, NOW, ownTable } from '../../../support/service.ts';

const KEEPING = { clock: () => NOW, retentionMonths: 24 };
const DAY = dayOf(2026, 11, 3);
const MONTH = monthOf(DAY);
const account = { iban: 'PL61109010140000071219812874', currency: 'PLN' };
const table = ownTable();
let store: ReturnType<typeof openOwnerStore>;
let owner: OwnerKey;

beforeAll(() => {
  store = openOwnerStore(table.dynamo, table.table, hashOf, KEEPING);
});
beforeEach(() => {
  owner = { clientId: 'demo', hash: randomUUID(), externalId: 'loan-1' };
});

const pageWith = (titles: readonly string[], month = MONTH): Page => ({
  account,
  month,
  days: new Map([
    [
      firstDayOf(month) + 2,
      { stamp: { importedAt: 1, importId: 'i', source: 'AIS' }, rows: titles.map((title) => ({ amount: -1, title })) },
    ],
  ]),
});
/** Text that does not compress, of more than one item. */
const large = (items: number) => Array.from({ length: items * 100 }, () => randomBytes(4200).toString('base64'));
const empty = (month = MONTH): Page => ({ account, month, days: new Map() });
const contents = (pages: readonly Page[]) => pages.map(({ account, month, days }) => ({ account, month, days }));
const sorts = async (prefix = '') => {
  const { Items = [] } = await table.dynamo.send(
    new QueryCommand({
      TableName: table.table,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: `demo#owner#${owner.hash}` } },
      ProjectionExpression: 'sk',
    }),
  );
  return Items.map(({ sk }) => String(sk?.S)).filter((sort) => sort.startsWith(prefix));
};

const answer: Answer = {
  revision: 1,
  known: true,
  erasedAt: 0,
  profiles: ['parent', 'traveller'],
  catalogueVersion: 'v1+a',
  derivedFor: DAY,
  notJudged: ['saver'],
  lastImportedAt: 1_700_000_000_000,
  validUntil: DAY + 9,
  dataFrom: DAY - 400,
  dataTo: DAY - 1,
  joined: [],
  basis: 'b',
  announced: {
    profiles: ['parent'],
    sequence: 3,
    pending: [],
    erased: { upTo: 2, kept: 1 },
  },
};

describe('the answer', () => {
  test('is read as it was written, nulls too', async () => {
    expect(await store.readAnswer(owner, { consistent: true })).toBeUndefined();
    expect(await store.writeAnswer(owner, answer, undefined)).toBe(true);
    expect(await store.readAnswer(owner, { consistent: false })).toEqual(answer);
    const none = { ...answer, revision: 2, known: false, profiles: [], validUntil: null, dataFrom: null, dataTo: null };
    expect(await store.writeAnswer(owner, none, 1)).toBe(true);
    expect(await store.readAnswer(owner, { consistent: true })).toEqual(none);
  });

  test('of before what is not judged was kept is of no catalogue, so that a look-up derives it again', async () => {
    const { notJudged: _, lastImportedAt: __, ...old } = answerItem(answer);
    expect(answerOf(old)).toEqual({ ...answer, catalogueVersion: '', notJudged: [], lastImportedAt: null });
  });

  test('is conditional on the revision that was read', async () => {
    await store.writeAnswer(owner, answer, undefined);
    expect(await store.writeAnswer(owner, { ...answer, profiles: [] }, undefined)).toBe(false);
    expect(await store.writeAnswer(owner, { ...answer, revision: 3, profiles: [] }, 2)).toBe(false);
    expect(await store.readAnswer(owner, { consistent: true })).toEqual(answer);
    const writes = Array.from({ length: 8 }, (_, at) => store.writeAnswer(owner, { ...answer, revision: 10 + at }, 1));
    expect((await Promise.all(writes)).filter(Boolean).length).toBe(1);
  });
});

describe('pages', () => {
  test('of a range of months come in the order of time, and no other owner’s', async () => {
    const months = [MONTH + 1, MONTH - 13, MONTH, MONTH - 14];
    for (const month of months) await store.writePage(owner, pageWith(['a'], month), undefined);
    await store.writePage({ ...owner, hash: `${owner.hash}x` }, pageWith(['b']), undefined);
    await store.writePage({ ...owner, clientId: 'other' }, pageWith(['b']), undefined);
    const read = async (from: number, to: number) => contents(await store.readPages(owner, from, to));
    const inOrder = [...months].sort((a, b) => a - b).map((month) => pageWith(['a'], month));
    expect(await read(-1970 * 12, MONTH + 5)).toEqual(inOrder);
    expect(await read(MONTH - 13, MONTH)).toEqual(inOrder.slice(1, 3));
    expect(await read(MONTH - 12, MONTH - 1)).toEqual([]);
  });

  test('are conditional on the revision that was read', async () => {
    const first = await store.writePage(owner, pageWith(['a']), undefined);
    expect(first).toMatchObject({ ...pageWith(['a']), parts: undefined });
    expect(await store.writePage(owner, pageWith(['b']), undefined)).toBeUndefined();
    const second = await store.writePage(owner, pageWith(['b']), first);
    expect(second?.revision).toBe((first?.revision ?? 0) + 1);
    expect(await store.writePage(owner, pageWith(['c']), first)).toBeUndefined();
    expect(await store.writePage(owner, empty(), first)).toBeUndefined();
    expect(await store.readPages(owner, MONTH, MONTH)).toEqual([second]);
  });

  test('without a day are removed, and one that comes again is another one', async () => {
    const first = await store.writePage(owner, pageWith(['a']), undefined);
    expect((await store.writePage(owner, empty(), first))?.days.size).toBe(0);
    expect(await sorts()).toEqual([]);
    expect(await store.writePage(owner, empty(), undefined)).toBeUndefined();
    const again = await store.writePage(owner, pageWith(['b']), undefined);
    expect(again?.revision).not.toBe(first?.revision);
    expect(await store.writePage(owner, pageWith(['late']), first)).toBeUndefined();
    expect(contents(await store.readPages(owner, MONTH, MONTH))).toEqual([pageWith(['b'])]);
  });
});

describe('pages near the item limit', () => {
  test('split, come back, shrink and go with all their parts', async () => {
    const page = pageWith(large(3));
    const first = await store.writePage(owner, page, undefined);
    expect(first?.parts?.count).toBeGreaterThan(2);
    expect(contents(await store.readPages(owner, MONTH, MONTH))).toEqual([page]);
    const second = await store.writePage(owner, pageWith(large(2)), first);
    expect((await sorts('part#')).length).toBe(second?.parts?.count);
    const third = await store.writePage(owner, pageWith(['small']), second);
    expect(await sorts('part#')).toEqual([]);
    const fourth = await store.writePage(owner, page, third);
    await store.writePage(owner, empty(), fourth);
    expect(await sorts()).toEqual([]);
  });

  test('a writer that is too late leaves no parts and harms nobody’s', async () => {
    const page = pageWith(large(1));
    const first = await store.writePage(owner, page, undefined);
    const parts = await sorts('part#');
    expect(await store.writePage(owner, pageWith(large(1)), undefined)).toBeUndefined();
    expect(await sorts('part#')).toEqual(parts);
    expect(await store.readPages(owner, MONTH, MONTH)).toEqual([first]);
  });

  test('a page that is rewritten while its parts are read is read again', async () => {
    const first = await store.writePage(owner, pageWith(large(1)), undefined);
    let second: unknown;
    const during = async (name: string) => {
      if (name === 'BatchGetItemCommand' && !second) second = await store.writePage(owner, pageWith(['new']), first);
    };
    const reader = openOwnerStore(interrupted(table.dynamo, during), table.table, hashOf, KEEPING);
    expect(contents(await reader.readPages(owner, MONTH, MONTH))).toEqual([pageWith(['new'])]);
  });

  test('a page that is removed while its parts are read is not there', async () => {
    const first = await store.writePage(owner, pageWith(large(1)), undefined);
    const during = async (name: string) => {
      if (name === 'BatchGetItemCommand') await store.writePage(owner, empty(), first);
    };
    const reader = openOwnerStore(interrupted(table.dynamo, during), table.table, hashOf, KEEPING);
    expect(await reader.readPages(owner, MONTH, MONTH)).toEqual([]);
  });

  test('parts that are gone for good are an error that may pass', async () => {
    await store.writePage(owner, pageWith(large(1)), undefined);
    for (const sk of await sorts('part#')) {
      const Key = { pk: { S: `demo#owner#${owner.hash}` }, sk: { S: sk } };
      await table.dynamo.send(new DeleteItemCommand({ TableName: table.table, Key }));
    }
    await expect(store.readPages(owner, MONTH, MONTH)).rejects.toThrow(TransientError);
  });

  test('a write whose answer got lost and that is sent again keeps its parts', async () => {
    const twice = {
      send: async (command: PutItemCommand) => {
        const answer = await table.dynamo.send(command);
        const isPage = command instanceof PutItemCommand && command.input.Item?.['sk']?.S?.startsWith('page#');
        return isPage ? table.dynamo.send(command) : answer;
      },
    } as unknown as DynamoDBClient;
    const page = pageWith(large(1));
    const written = await openOwnerStore(twice, table.table, hashOf, KEEPING).writePage(owner, page, undefined);
    expect(written?.parts?.count).toBeGreaterThan(1);
    expect(await store.readPages(owner, MONTH, MONTH)).toEqual([written]);
  });

  test('parts that no page names are swept, the others stay', async () => {
    const kept = await store.writePage(owner, pageWith(large(1)), undefined);
    const dying = async (name: string, input: PutItemCommand['input']) => {
      if (name === 'PutItemCommand' && input.Item?.['sk']?.S?.startsWith('page#')) throw new Error('died');
    };
    const worker = openOwnerStore(interrupted(table.dynamo, dying), table.table, hashOf, KEEPING);
    await expect(worker.writePage(owner, pageWith(large(2)), kept)).rejects.toThrow('died');
    await expect(worker.writePage(owner, pageWith(large(1), MONTH - 1), undefined)).rejects.toThrow('died');
    expect((await sorts('part#')).length).toBeGreaterThan(kept?.parts?.count ?? 0);
    await store.sweepParts(owner);
    expect((await sorts('part#')).length).toBe(kept?.parts?.count);
    // A sweep gives the page a new revision, so that no writer gets in between.
    expect(await store.readPages(owner, MONTH - 1, MONTH)).toEqual([{ ...kept, revision: (kept?.revision ?? 0) + 1 }]);
  });
});

describe('a sweep while a page is written', () => {
  const page = pageWith(large(1));
  /** Writes a split page; others get in when its parts are written and it does not name them yet. */
  const writing = (between: () => Promise<void>) => {
    let puts = 0;
    const before = async (name: string, { Item }: PutItemCommand['input']) => {
      // The first is the fence.
      if (name === 'PutItemCommand' && Item?.['sk']?.S?.startsWith('page#') && ++puts === 2) await between();
    };
    return openOwnerStore(interrupted(table.dynamo, before), table.table, hashOf, KEEPING);
  };
  const expectWhole = async (written: Awaited<ReturnType<typeof store.writePage>>) => {
    expect(await store.readPages(owner, MONTH, MONTH)).toEqual([written]);
    expect(contents([written as Page])).toEqual([page]);
    expect((await sorts('part#')).length).toBe(written?.parts?.count);
  };

  test('that comes before the page names its parts makes the writer begin again', async () => {
    const worker = writing(() => store.sweepParts(owner));
    expect(await worker.writePage(owner, page, undefined)).toBeUndefined();
    expect([await sorts('part#'), await store.readPages(owner, MONTH, MONTH)]).toEqual([[], []]);
    await expectWhole(await worker.writePage(owner, page, undefined));
  });

  test('leaves a fence for a day, on which a small page can be written as well', async () => {
    const worker = writing(() => store.sweepParts(owner));
    await worker.writePage(owner, page, undefined);
    expect(await expiries()).toEqual([String(NOW / 1000 + 86_400)]);
    const written = await store.writePage(owner, pageWith(['a']), undefined);
    expect(await store.readPages(owner, MONTH, MONTH)).toEqual([written]);
  });

  test.each(['page#', 'part#'])('that looks before and removes after (stopped at %s) harms nothing', async (place) => {
    let release = () => {};
    const isWritten = new Promise<void>((resolve) => {
      release = resolve;
    });
    let arrived = () => {};
    const hasArrived = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const slow = interrupted(table.dynamo, async (name, { Item, ...input }) => {
      const sort = Item?.['sk']?.S ?? (input as { Key?: { sk?: { S?: string } } }).Key?.sk?.S ?? '';
      if (name === 'GetItemCommand' || !sort.startsWith(place)) return;
      arrived();
      await isWritten;
    });
    let sweep = Promise.resolve();
    const worker = writing(async () => {
      sweep = openOwnerStore(slow, table.table, hashOf, KEEPING).sweepParts(owner);
      await hasArrived;
    });
    const written = await worker.writePage(owner, page, undefined);
    expect(written === undefined).toBe(place === 'part#');
    release();
    await sweep;
    await expectWhole(written ?? (await worker.writePage(owner, page, undefined)));
  });
});

test('a page in parts does not come back by a write that is sent once more after its end', async () => {
  const resent: PutItemCommand[] = [];
  const worker = openOwnerStore(
    interrupted(table.dynamo, async (name, input) => {
      if (name === 'PutItemCommand' && input.Item?.['parts']) resent.push(new PutItemCommand(input));
    }),
    table.table,
    hashOf,
    KEEPING,
  );
  const written = await worker.writePage(owner, pageWith(large(1)), undefined);
  await store.writePage(owner, empty(), written);
  for (const put of resent) await expect(table.dynamo.send(put)).rejects.toThrow('conditional');
  expect([resent.length, await sorts()]).toEqual([1, []]);
});

test('items expire after their retention, an answer some nights later; the date of an erasure never', async () => {
  const day = firstDayOf(MONTH + 1 + KEEPING.retentionMonths);
  const [ofPages, ofAnswer] = [day, day + NOTICED_DAYS].map((each) => String(each * 86_400));
  await store.writeAnswer(owner, answer, undefined);
  await store.writePage(owner, pageWith(large(1)), undefined);
  expect(new Set(await expiries())).toEqual(new Set([ofPages, ofAnswer]));
  await store.writeAnswer(owner, { ...answer, revision: 2, erasedAt: 5 }, 1);
  expect((await expiries())[0]).toBeUndefined();
});

/** When each item of the owner expires, in seconds since 1970; undefined: never. */
async function expiries(): Promise<(string | undefined)[]> {
  const { Items = [] } = await table.dynamo.send(
    new QueryCommand({
      TableName: table.table,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: `demo#owner#${owner.hash}` } },
    }),
  );
  return Items.map(({ ttl }) => ttl?.N);
}

/** A client that does something before each command. */
function interrupted(dynamo: DynamoDBClient, before: (name: string, input: PutItemCommand['input']) => Promise<void>) {
  return {
    send: async (command: PutItemCommand) => {
      await before(command.constructor.name, command.input);
      return dynamo.send(command);
    },
  } as unknown as DynamoDBClient;
}
