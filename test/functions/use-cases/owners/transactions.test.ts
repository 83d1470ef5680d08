import { fc, test as property } from '@fast-check/jest';
import { bytesInAnswer } from '../../../../functions/contracts/http/answer-bytes.ts';
import type { Import } from '../../../../functions/domain/ledger/ledger.ts';
import { formatDay } from '../../../../functions/domain/values/day.ts';
import { joinImports } from '../../../../functions/use-cases/imports/join-imports.ts';
import { eraseOwner } from '../../../../functions/use-cases/owners/erase.ts';
import { explain } from '../../../../functions/use-cases/owners/explain.ts';
import { ownerTransactions } from '../../../../functions/use-cases/owners/transactions.ts';
import type { PagingService } from '../../../../functions/use-cases/service/service.ts';
import { imports, TODAY } from '../../../support/ledgers.ts';
import { NOW, newOwner, ownerOf, ownTable, requestFor, SETTINGS, serviceOver } from '../../../support/service.ts';

const table = ownTable();
let service: PagingService;
beforeAll(() => {
  service = serviceOver(table);
});

const join = (owner: string, given: readonly Import[]) => joinImports(service, ownerOf(owner), SETTINGS, given);
const base = { from: undefined, to: TODAY, filter: undefined, limit: 100, cursor: undefined };
type Asked = Partial<Omit<typeof base, 'from' | 'filter' | 'cursor'>> & {
  readonly from?: number;
  readonly filter?: { readonly label: string } | 'unlabelled';
  readonly cursor?: string | undefined;
};
async function page(owner: string, asked: Asked = {}) {
  const answer = await ownerTransactions(service, { ...requestFor(owner), ...base, ...asked });
  if (!answer || answer === 'cursor') throw new Error(`no page: ${answer}`);
  return answer;
}
async function everyPage(owner: string, asked: Asked, between: (pages: number) => Promise<void> = async () => {}) {
  const listed = [];
  for (let cursor: string | undefined, pages = 0; ; pages++) {
    const answer = await page(owner, { ...asked, cursor });
    listed.push(...answer.transactions);
    if (answer.cursor === null) return listed;
    ({ cursor } = answer);
    await between(pages);
  }
}

const told = fc
  .tuple(imports(TODAY - 5), imports(TODAY - 90), imports(TODAY - 700))
  .map((parts) =>
    parts.flat().map((one) => ({ ...one, stamp: { ...one.stamp, importedAt: Math.min(one.stamp.importedAt, NOW) } })),
  )
  .filter((given) => given.length > 0);

property.prop([told, fc.integer({ min: 1, max: 4 })], { numRuns: 6, seed: 16 })(
  'pages of any size say what one page says, with the labels of the explanations, the newest day first',
  async (given, limit) => {
    const owner = newOwner();
    await join(owner, given);
    const from = TODAY - 1100;
    const all = (await page(owner, { from, limit: 1000 })).transactions;
    expect(await everyPage(owner, { from, limit })).toEqual(all);
    expect(all.map(({ bookedOn }) => bookedOn)).toEqual(
      all
        .map(({ bookedOn }) => bookedOn)
        .sort()
        .reverse(),
    );
    for (const label of ['pets', 'internal', 'grocery']) {
      expect(await everyPage(owner, { from, limit, filter: { label } })).toEqual(
        all.filter(({ labels }) => labels.some((one) => one.label === label)),
      );
    }
    expect(await everyPage(owner, { from, limit, filter: 'unlabelled' })).toEqual(
      all.filter(({ labels }) => labels.length === 0),
    );
    const explained = (await explain(service, requestFor(owner)))?.explanations ?? [];
    const behind = explained.flatMap(({ conditions }) => conditions.flatMap(({ transactions }) => transactions));
    const shown = (row: { bookedOn: string; title: string; party: string | null; currencyAmount: string }) =>
      [row.bookedOn, row.currencyAmount, row.title, row.party].join();
    for (const transaction of behind) {
      const labels = all
        .filter((row) => shown(row) === shown(transaction))
        .map((row) => row.labels.map((one) => one.label));
      expect(labels).toContainEqual([...transaction.labels]);
    }
  },
);

const ACCOUNT = { iban: 'PL61109010140000071219812874', currency: 'PLN' };
const statement = (importId: string, days: Record<number, readonly { amount: number; title: string }[]>): Import => ({
  stamp: { importedAt: NOW + Number(importId), importId, source: 'AIS' },
  accounts: Object.entries(days).map(([day, rows]) => ({
    account: ACCOUNT,
    from: Number(day),
    to: Number(day),
    rows: new Map([[Number(day), rows]]),
  })),
});
const row = (title: string) => ({ amount: -100, title });
const titles = (listed: readonly { title: string }[]) => listed.map(({ title }) => title);

test('what is imported between two pages moves no row', async () => {
  const owner = newOwner();
  await join(owner, [statement('1', { [TODAY - 3]: ['a', 'b', 'b', 'd'].map(row), [TODAY - 4]: ['e', 'f'].map(row) })]);
  const late = [
    statement('2', { [TODAY - 1]: ['new'].map(row) }),
    // The second page has shown the second of two equal rows: one of them is removed, and others are added before and after it.
    statement('3', { [TODAY - 3]: ['a', 'aa', 'b', 'c', 'd'].map(row) }),
    // The last row of the page is removed.
    statement('4', { [TODAY - 3]: ['a', 'aa', 'b', 'cc', 'd'].map(row) }),
  ];
  const listed = await everyPage(owner, { limit: 1 }, async (pages) => {
    const next = late[pages];
    if (next) await join(owner, [next]);
  });
  expect(titles(listed)).toEqual(['a', 'b', 'c', 'cc', 'd', 'e', 'f']);
});

test('equal rows and long ones that begin alike are on one page each', async () => {
  const owner = newOwner();
  const long = ['1', '2', '2', '3'].map((end) => row(`${'x'.repeat(3000)}${end}`));
  await join(owner, [statement('1', { [TODAY - 3]: long })]);
  expect(titles(await everyPage(owner, { limit: 1 }))).toEqual(long.map(({ title }) => title));
});

test('the default range is the last 365 days, and a second page keeps it', async () => {
  const owner = newOwner();
  await join(owner, [
    statement('1', { [TODAY]: [row('today')], [TODAY - 364]: [row('first')], [TODAY - 365]: [row('before')] }),
  ]);
  expect(titles(await everyPage(owner, { limit: 1 }))).toEqual(['today', 'first']);
  expect(titles((await page(owner, { to: TODAY - 1 })).transactions)).toEqual(['first', 'before']);
  expect(titles((await page(owner, { from: TODAY - 900 })).transactions)).toEqual(['today', 'first', 'before']);
});

test('a row as it is listed', async () => {
  const owner = newOwner();
  const bought = { amount: -4999, title: 'ZOOPLUS.PL LISBOA PT', party: 'Zooplus SE', labels: ['own words'] };
  await join(owner, [statement('1', { [TODAY - 3]: [bought] })]);
  expect((await page(owner)).transactions).toEqual([
    {
      bookedOn: formatDay(TODAY - 3),
      currencyAmount: '-49.99',
      currencyName: 'PLN',
      title: 'ZOOPLUS.PL LISBOA PT',
      party: 'Zooplus SE',
      account: '************************2874',
      merchant: 'zooplus',
      country: 'PT',
      labels: [
        { label: 'pets', reason: 'brand zooplus' },
        { label: 'own words', reason: 'publisher' },
      ],
    },
  ]);
});

test('a cursor opens for its owner alone, and one that was made up opens nothing', async () => {
  const [owner, other] = [newOwner(), newOwner()];
  await join(owner, [statement('1', { [TODAY - 3]: ['a', 'b'].map(row) })]);
  await join(other, [statement('1', { [TODAY - 3]: ['a', 'b'].map(row) })]);
  const { cursor } = await page(owner, { limit: 1 });
  const ask = (of: string, given: string) => ownerTransactions(service, { ...requestFor(of), ...base, cursor: given });
  for (const made of [cursor?.slice(1), `${cursor}AAAA`, 'eA', 'x'.repeat(80)])
    expect(await ask(owner, made!)).toBe('cursor');
  expect(await ask(other, cursor!)).toBe('cursor');
  expect(await ask(owner, cursor!)).toMatchObject({ transactions: [{ title: 'b' }], cursor: null });
  await eraseOwner(service, { clientId: 'demo', ownerExternalId: owner });
  expect(await ask(owner, cursor!)).toBeUndefined();
  expect(await ownerTransactions(service, { ...requestFor('nobody'), ...base })).toBeUndefined();
});

test('a page of the largest texts fits into an answer', async () => {
  const owner = newOwner();
  const text = '"\u0001'.repeat(2048);
  const row = (amount: number) => ({ amount, title: text, party: text, kind: text, transactionId: text });
  const rows = new Map([[TODAY - 5, Array.from({ length: 300 }, (_, at) => row(at + 1))]]);
  await join(owner, [
    {
      stamp: { importedAt: NOW - 1, importId: 'large', source: 'AIS' },
      accounts: [{ account: { accountId: 'a', currency: 'PLN' }, from: TODAY - 5, to: TODAY - 5, rows }],
    },
  ]);
  const { transactions, cursor } = await page(owner, { limit: 1000 });
  const bytes = bytesInAnswer(transactions);
  expect([bytes > 4_900_000, bytes < 5_500_000, cursor !== null]).toEqual([true, true, true]);
  expect((await everyPage(owner, { limit: 1000 })).length).toBe(300);
});
