/** `segments`, `snapshots` and `export` with a service that gives prepared answers. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../cli/program.ts';
import { latestOfDays, overlapText, sizesText, snapshotsText, sparkline } from '../../cli/segments/view.ts';
import type { SnapshotView } from '../../functions/contracts/http/segments.ts';
import { type Answer, problem, type Seen, serving } from './command-line.ts';

const snapshot = (asOf: string, members: Record<string, number>, more: Partial<SnapshotView> = {}): SnapshotView => ({
  ...{ snapshotId: `snapshot-${asOf}`, status: 'finished', asOf, startedAt: `${asOf}T03:10:00.000Z` },
  ...{ finishedAt: null, catalogueVersion: 'c1', owners: 200, failed: 0, watermark: '', hash: 'h', features: [] },
  ...{ unlabelled: false, slices: { total: 1, done: 1 } },
  profiles: Object.entries(members).map(([profile, count]) => ({ profile, members: count, notJudged: 3 })),
  ...more,
});
const DAYS = [
  snapshot('2026-11-29', { parent: 50, tenant: 20, gambler: 0 }),
  snapshot('2026-11-29', { parent: 1 }, { snapshotId: 'earlier-that-day' }),
  snapshot('2026-11-28', { parent: 45, tenant: 20 }),
  snapshot('2026-11-27', {}, { status: 'failed' }),
  snapshot('2026-10-30', { parent: 60, tenant: 10 }),
];
const OWNERS = [
  { ownerExternalId: '=1+1', profiles: ['parent'] },
  { ownerExternalId: 'a,"b"', profiles: ['parent', 'tenant'] },
  { ownerExternalId: 'evil\u001b[2J', profiles: ['parent'] },
];

const ESTIMATE = { owners: 1200, estimated: false, estimatedCostUsd: 2.5 };
const answers = (request: Seen): Answer => {
  const { pathname, searchParams } = new URL(request.url, 'http://service');
  const path = pathname.replace('/v1/snapshots', '');
  if (request.body.includes('estimateOnly')) return { status: 200, body: ESTIMATE };
  if (request.method === 'POST') return { status: 202, body: { snapshotId: 'snapshot-new' } };
  if (path === '') return { status: 200, body: { snapshots: DAYS, cursor: null } };
  if (path === '/snapshot-new') return { status: 200, body: snapshot('2026-11-30', { parent: 2 }) };
  if (path.endsWith('/distributions')) return { status: 200, body: DISTRIBUTION };
  if (path.endsWith('/unlabelled')) {
    const merchants = [{ text: 'corner\u001b[2J shop #', owners: 40, transactions: 1234, total: '987.60 EUR' }];
    return { status: 200, body: { merchants } };
  }
  if (path.endsWith('/counts')) {
    const profiles = [
      { profile: 'parent', owners: 20 },
      { profile: 'tenant', owners: 5 },
    ];
    return { status: 200, body: { total: 20, profiles } };
  }
  if (path.endsWith('/owners')) {
    if (searchParams.get('where') !== 'parent') return problem(400, 'INVALID_PARAMETER', 'unknown profile');
    const from = Number(searchParams.get('cursor') ?? 0);
    return { status: 200, body: { total: 3, owners: OWNERS.slice(from, from + 2), cursor: from === 0 ? '2' : null } };
  }
  return problem(404, 'SNAPSHOT_NOT_FOUND', 'There is no such snapshot.');
};

const DISTRIBUTION = {
  owners: 190,
  missing: 10,
  quantiles: { 0: 0, 1: 12, '0.5': 4 },
  histogram: [
    { from: 0, to: 6, owners: 140 },
    { from: 6, to: 12, owners: 50 },
  ],
  atLeast: [
    { value: 0, owners: 190 },
    { value: 6, owners: 50 },
  ],
};

let service: Awaited<ReturnType<typeof serving>>;
beforeAll(async () => {
  service = await serving(answers);
});
afterAll(() => service.close());

async function owned(...args: string[]) {
  const [out, notes]: [string[], string[]] = [[], []];
  const code = await run(args, {
    ...{ out: (text) => out.push(text), note: (text) => notes.push(text), clock: () => 0, interactive: false },
    env: { OWNER_PROFILES_URL: service.url, OWNER_PROFILES_KEY: 'op_x', NO_COLOR: '1' },
    openClientStore: () => Promise.reject(new Error('not asked for here')),
  });
  return { code, out: out.join('\n'), notes: notes.join('\n') };
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .filter((line) => line.startsWith('│'))
    .map((line) =>
      line
        .slice(1, -1)
        .split('│')
        .map((cell) => cell.trim()),
    );

test('sizes are compared with the latest snapshot of the day before, and of a month ago', async () => {
  expect(latestOfDays(DAYS).map(({ snapshotId }) => snapshotId)).toEqual([
    'snapshot-2026-11-29',
    'snapshot-2026-11-28',
    'snapshot-2026-10-30',
  ]);
  const { code, out, notes } = await owned('segments');
  expect(code).toBe(0);
  expect(linesOf(out)).toEqual([
    ['profile', 'owners', 'share', '1 day', '30 days', 'too little data', '3 days'],
    ['parent', '50', '25.0 %', '+5', '-10', '3', '█▁▃'],
    ['tenant', '20', '10.0 %', '0', '+10', '3', '▁██'],
  ]);
  expect(notes).toBe('200 owners on 2026-11-29, snapshot-2026-11-29');
  expect(sizesText([], false)).toBe('there is no finished snapshot');
  expect([sparkline([1, 1, 1]), sparkline([0, 7])]).toEqual(['▄▄▄', '▁█']);
});

test('owners are listed safely, and written to a file as they are', async () => {
  const { out, notes } = await owned('segments', 'list', '--where', 'parent');
  expect([out, notes]).toEqual(['=1+1\na,"b"', '3 owners on 2026-11-29; all of them: --csv FILE']);
  const file = join(mkdtempSync(join(tmpdir(), 'segments-')), 'owners.csv');
  expect((await owned('segments', 'list', '--where', 'parent', '--csv', file)).notes).toBe(`3 owners in ${file}`);
  expect(readFileSync(file, 'utf8')).toBe(
    'ownerExternalId,profiles\r\n=1+1,parent\r\n"a,""b""",parent;tenant\r\nevil\u001b[2J,parent\r\n',
  );
  const wrong = `${file}.wrong`;
  expect((await owned('segments', 'list', '--where', 'x', '--csv', wrong)).code).toBe(1);
  expect(() => readFileSync(wrong)).toThrow('ENOENT');
  expect((await owned('segments', 'list')).code).toBe(2);
});

test('overlaps are shares of the profile in the row', async () => {
  const text = overlapText([
    { profile: 'parent', counts: { total: 20, profiles: [{ profile: 'tenant', owners: 5 }] } },
    { profile: 'tenant', counts: { total: 0, profiles: [] } },
  ]);
  expect(text).toMatch(/parent +│ +20 │ · +│ 25 %/);
  expect(text).toMatch(/tenant +│ +0 │ – +│ ·/);
  expect((await owned('segments', 'overlap')).out).toMatch(/parent +│ +20 │ · +│ 25 %/);
});

test('a distribution says of each threshold how many it would let in, from a snapshot that keeps the feature', async () => {
  service.seen.length = 0;
  const { code, out, notes } = await owned('catalogue', 'distribution', ' cafe.count   180d');
  expect(code).toBe(0);
  expect(linesOf(out)).toEqual([
    ['value', 'owners', 'or more', 'of all', ''],
    ['0 to under 6', '140', '190', '95.0 %', '█'.repeat(20)],
    ['6 to 12', '50', '50', '25.0 %', '█'.repeat(7)],
    ['least', 'median', 'most'],
    ['0', '4', '12'],
  ]);
  expect(notes).toContain('no snapshot keeps this yet: taking one of 1,200 owners, about 2.50 USD');
  expect(notes).toContain('190 owners with a value, 10 without a value on 2026-11-30, snapshot-2026-11-30');
  const posted = service.seen.filter(({ method }) => method === 'POST').map(({ body }) => JSON.parse(body));
  expect(posted).toEqual([{ features: ['cafe.count 180d'], estimateOnly: true }, { features: ['cafe.count 180d'] }]);
  expect(service.seen.at(-1)?.url).toContain('/snapshot-2026-11-30/distributions?feature=cafe.count&window=180d');
});

test('a distribution over a sample takes one, and says that it is one', async () => {
  service.seen.length = 0;
  const { out, notes } = await owned('catalogue', 'distribution', 'cafe.count 180d', '--sample', '2000', '--json');
  expect(JSON.parse(out)).toEqual({ snapshotId: 'snapshot-2026-11-30', ...DISTRIBUTION });
  expect(notes).toContain('no snapshot keeps this yet');
  const posted = service.seen.filter(({ method }) => method === 'POST').map(({ body }) => JSON.parse(body));
  expect(posted.at(-1)).toEqual({ features: ['cafe.count 180d'], sample: 2000 });
  expect(service.seen[0]?.url).toContain('samples=true');
  expect(snapshotsText([snapshot('2026-11-30', {}, { sample: 0.05 })])).toContain('a sample of 5 %');
  const wrong = await owned('snapshots', 'take', '--sample', '1');
  expect([wrong.code, wrong.notes]).toEqual([2, expect.stringContaining('a number of owners from 2')]);
});

test('nothing is taken that costs more than is allowed', async () => {
  service.seen.length = 0;
  const { code, notes } = await owned('segments', 'unlabelled', '--max-cost', '2');
  expect([code, notes]).toEqual([
    5,
    expect.stringContaining('it would cost about 2.50 USD, more than the 2 USD allowed'),
  ]);
  expect(service.seen.filter(({ method }) => method === 'POST').map(({ body }) => JSON.parse(body))).toEqual([
    { unlabelled: true, estimateOnly: true },
  ]);
});

test('merchants without a label are listed safely', async () => {
  const { code, out } = await owned('segments', 'unlabelled', '--snapshot', 'snapshot-new');
  expect(code).toBe(0);
  expect(linesOf(out)[1]?.slice(1)).toEqual(['40', '1,234', '987.60 EUR']);
  expect(out).not.toContain('\u001b[2J');
});

test('a snapshot is taken with what it shall keep, and waited for', async () => {
  service.seen.length = 0;
  const { code, out } = await owned('snapshots', 'take', '--feature', 'a|b.count 30d', '--definitions', '--unlabelled');
  expect([code, out]).toEqual([0, expect.stringContaining('snapshot-2026-11-30')]);
  expect(JSON.parse(service.seen[0]?.body ?? '')).toEqual({
    features: ['definitions', 'a|b.count 30d'],
    unlabelled: true,
  });
  expect((await owned('snapshots', 'take', '--no-wait')).out).toBe('snapshot-new');
  expect((await owned('snapshots')).out).toContain('snapshot-2026-10-30');
  expect((await owned('export', '--format', 'xml')).code).toBe(2);
  expect((await owned('export', '--snapshot', 'none')).code).toBe(3);
});
