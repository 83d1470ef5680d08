/** Slices of a client's owners, counts and names, over a real index. */
import { BatchGetItemCommand, type DynamoDBClient, type QueryCommand } from '@aws-sdk/client-dynamodb';
import { openOwnerDirectory, sliceOf } from '../../../../functions/adapters/owners/owner-directory.ts';
import { openOwnerStore } from '../../../../functions/adapters/owners/owner-store.ts';
import { NOTHING_ANNOUNCED } from '../../../../functions/domain/profiles/change.ts';
import { NOW, ownTable } from '../../../support/service.ts';

const table = ownTable();
const DIGITS = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
/** Hashes at the edges of slices and shards, and between them. */
const HASHES = [
  ...[
    '---',
    '--0',
    '-zz',
    '0--',
    '2zz',
    '3--',
    '3zz',
    'A--',
    'Fzz',
    'G--',
    'V-z',
    'W--',
    '_--',
    '_zz',
    'a--',
    'kzz',
    'yzz',
    'z--',
    'zzz',
  ],
  ...Array.from({ length: 41 }, (_, index) =>
    [0, 7, 29].map((step) => DIGITS[(index * 13 + step * index) % 64]).join(''),
  ),
].map((beginning, index) => `${beginning}${DIGITS[(index * 5) % 64]}rest`);
const OWNERS = [...new Set(HASHES)].sort();
const answer = {
  revision: 1,
  known: true,
  erasedAt: 0,
  profiles: [],
  notJudged: [],
  catalogueVersion: 'v',
  derivedFor: 20_000,
  validUntil: null,
  dataFrom: null,
  dataTo: null,
  lastImportedAt: null,
  basis: '',
  joined: [],
  announced: NOTHING_ANNOUNCED,
};
const owner = (clientId: string, hash: string) => ({ clientId, hash, externalId: `${clientId} ${hash}` });

beforeAll(async () => {
  const store = openOwnerStore(table.dynamo, table.table, (text) => text, { clock: () => NOW, retentionMonths: 24 });
  for (const hash of OWNERS) await store.writeAnswer(owner('c', hash), answer, undefined);
  await store.writeAnswer(owner('d', 'A--of-another'), answer, undefined);
});
const directory = (dynamo: Pick<DynamoDBClient, 'send'> = table.dynamo) =>
  openOwnerDirectory(dynamo as DynamoDBClient, table.table);

test.each([1, 2, 3, 7, 16, 17, 64])('%i slices hold every owner once, in the order of hashes', async (of) => {
  const found = [];
  for (let number = 0; number < of; number++) {
    for await (const one of directory().owners('c', { number, of })) found.push(one);
  }
  expect(found).toEqual(OWNERS.map((hash) => owner('c', hash)));
});

test.each([0.000002, 0.0001, 0.03, 0.25, 0.5, 0.77, 0.99])(
  'slices of the share %f hold its owners, each in its own',
  async (share) => {
    const first = Math.ceil(64 ** 3 * share);
    const index = (hash: string) => [...hash.slice(0, 3)].reduce((sum, digit) => sum * 64 + DIGITS.indexOf(digit), 0);
    const expected = OWNERS.filter((hash) => index(hash) < first);
    for (const many of [1, 3, 16, 31]) {
      const found: string[] = [];
      for (let number = 0; number < many; number++) {
        for await (const { hash } of directory().owners('c', { number, of: many, share })) {
          expect(sliceOf({ hash }, { of: many, share })).toBe(number);
          found.push(hash);
        }
      }
      expect(found).toEqual(expected);
      const others = OWNERS.filter((hash) => !expected.includes(hash));
      expect(others.map((hash) => sliceOf({ hash }, { of: many, share }))).toEqual(others.map(() => undefined));
    }
  },
);

test('owners are counted, up to a number exactly, above it from a sixteenth of them', async () => {
  expect(await directory().count('c', 500_000)).toEqual({ owners: OWNERS.length, estimated: false });
  const inFirst = OWNERS.filter((hash) => DIGITS.indexOf(hash.charAt(0)) < 4).length;
  expect(await directory().count('c', 16 * inFirst)).toEqual({ owners: OWNERS.length, estimated: false });
  expect(await directory().count('c', 16 * inFirst - 1)).toEqual({ owners: 16 * inFirst, estimated: true });
  expect(await directory().count('nobody', 10)).toEqual({ owners: 0, estimated: false });
});

test('a count goes on to the last page', async () => {
  const paged = {
    send: async (command: QueryCommand) =>
      command.input.ExclusiveStartKey ? { Count: 3 } : { Count: 5, LastEvaluatedKey: { pk: { S: 'x' } } },
  } as unknown as DynamoDBClient;
  expect(await directory(paged).count('c', 500_000)).toEqual({ owners: 16 * 8, estimated: false });
});

test('names come in the order asked, in as many requests as it takes, and of those who are there', async () => {
  const asked: number[] = [];
  /** Answers half of the requested keys, as a busy table does. */
  const busy = {
    send: async (command: BatchGetItemCommand) => {
      const keys = command.input.RequestItems?.[table.table]?.Keys ?? [];
      asked.push(keys.length);
      const some = keys.slice(0, Math.ceil(keys.length / 2));
      const { Responses } = await table.dynamo.send(
        new BatchGetItemCommand({
          RequestItems: { [table.table]: { ...command.input.RequestItems?.[table.table], Keys: some } },
        }),
      );
      const left = keys.slice(some.length);
      return { Responses, UnprocessedKeys: left.length > 0 ? { [table.table]: { Keys: left } } : {} };
    },
  } as unknown as DynamoDBClient;
  const hashes = [...OWNERS].reverse().flatMap((hash) => [hash, `${hash}-nobody`, `${hash}-none`]);
  expect(await directory(busy).externalIds('c', hashes)).toEqual([...OWNERS].reverse().map((hash) => `c ${hash}`));
  expect(Math.max(...asked)).toBe(100);
  expect(await directory().externalIds('c', [])).toEqual([]);
});
