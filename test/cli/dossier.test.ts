/** The dossier of one person: requested page by page, and safe to read whatever the titles say. */
import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Dossier } from '../../cli/dossier/collect.ts';
import { renderDossier } from '../../cli/dossier/render.ts';
import { run } from '../../cli/program.ts';
import { type Answer, problem, type Seen, serving } from './command-line.ts';

const HEAD = {
  ...{ asOf: '2026-11-22', dataFrom: '2022-01-02', dataTo: '2026-11-20', lastImportedAt: '2026-11-21T06:00:00.000Z' },
  ...{ catalogueVersion: 'c1', profiles: ['pet-owner'], notJudged: ['saver'] },
};
const EVIL = "<script>alert(1)</script>\" onload='x' &amp; \u202eevil";
const listed = (bookedOn: string, title: string, account = '****2874') => ({
  ...{ bookedOn, currencyAmount: '-49.99', currencyName: 'PLN', title, party: 'ZOOPLUS SE', account },
  ...{ merchant: 'zooplus', country: null, labels: [{ label: 'pets', reason: 'brand zooplus' }] },
});
const ROWS = [listed('2026-11-19', EVIL), listed('2026-11-18', 'ZOOPLUS'), listed('2022-01-02', 'ZOOPLUS', '****1111')];
const EVIDENCE = {
  ...{ bookedOn: '2026-11-19', currencyAmount: '-49.99', currencyName: 'PLN', title: EVIL, party: null },
  ...{ labels: ['pets'], reasons: { pets: 'brand zooplus' } },
};
const condition = (part: string, verdict: boolean) => ({
  ...{ part, path: `${part}.all[0]`, feature: 'pets.months', window: '180d', operator: 'atLeast', threshold: '3' },
  ...{ value: verdict ? '4' : '0', verdict, on: '2026-11-22', transactions: [EVIDENCE], transactionsOmitted: 2 },
});
const EXPLANATIONS = [
  {
    ...{ profile: 'pet-owner', title: 'Keeps a pet', applies: true, judged: true, since: '2026-03-02', missing: [] },
    ...{
      endsOn: '2027-05-19',
      summary: 'Applies: its entry rule is met.',
      wouldChange: null,
      wouldKeep: '1 more',
    },
    conditions: [condition('enter', true), condition('stay', true)],
  },
  {
    ...{ profile: 'donor', title: 'Gives', applies: false, judged: true, since: null, endsOn: null, wouldKeep: null },
    ...{ summary: 'Does not apply.', missing: ['three months'], wouldChange: '2 more transactions', conditions: [] },
  },
];
const CAUSE = { cause: 'import' } as const;
const CHANGES = [{ at: '2026-11-01T00:00:00.000Z', sequence: 2, entered: ['pet-owner'], left: [], ...CAUSE }];
const REFUSED = { importId: 'i9', at: '2026-11-20T00:00:00.000Z', reason: 'INVALID_MESSAGE', detail: `is ${EVIL}` };
const DOSSIER: Dossier = {
  ...{ ownerExternalId: 'loan <1>', ...HEAD },
  accounts: [
    { account: '****2874', currencyName: 'PLN', transactions: 2, from: '2026-11-18', to: '2026-11-19' },
    { account: '****1111', currencyName: 'PLN', transactions: 1, from: '2022-01-02', to: '2022-01-02' },
  ],
  explanations: EXPLANATIONS,
  history: [
    { from: '2022-01-02', to: '2026-03-01', profiles: [] },
    { from: '2026-03-02', to: '2026-11-22', profiles: ['pet-owner'] },
  ],
  features: { 'pets.months/180d': 4, savings: null },
  changes: CHANGES,
  refusedImports: [REFUSED],
  transactions: ROWS,
};

function answer({ url, headers }: Seen): Answer {
  const { pathname, searchParams } = new URL(url, 'http://x');
  const owner = searchParams.get('ownerExternalId');
  const body = (value: object): Answer => ({ status: 200, body: value });
  const page = <Row>(rows: readonly Row[]) => {
    const from = Number(searchParams.get('cursor') ?? 0);
    return { rows: rows.slice(from, from + 2), cursor: from + 2 < rows.length ? String(from + 2) : null };
  };
  if (owner === 'nobody') return problem(404, 'OWNER_NOT_FOUND', 'No import of this owner was processed.');
  switch (pathname) {
    case '/v1/owner-profiles':
      return body({ ownerExternalId: owner, ...HEAD });
    case '/v1/profiles':
      return body({
        profiles: [...EXPLANATIONS.map(({ profile: id }) => ({ id, enabled: true })), { id: 'off', enabled: false }],
      });
    case '/v1/owner-profiles/explanation':
      return body({ explanations: EXPLANATIONS.filter(({ profile }) => profile === searchParams.get('profile')) });
    case '/v1/owner-profiles/history': {
      const [from, to] = [searchParams.get('from')!, searchParams.get('to')!];
      const within = DOSSIER.history.filter((span) => span.from <= to && span.to >= from);
      const cut = (span: (typeof within)[number]) => ({
        ...{ from: [span.from, from].sort()[1], to: [span.to, to].sort()[0], profiles: span.profiles },
      });
      return body({ spans: within.map(cut) });
    }
    case '/v1/owner-features':
      return body({ features: DOSSIER.features });
    case '/v1/owner-transactions': {
      const { rows, cursor } = page(ROWS);
      return body({ transactions: rows, cursor });
    }
    case '/v1/imports': {
      const { rows, cursor } = page([
        { ...REFUSED, ownerExternalId: 'other' },
        { ...REFUSED, ownerExternalId: null },
        { ...REFUSED, ownerExternalId: 'loan <1>' },
      ]);
      return body({ imports: rows, cursor });
    }
    case '/v1/changes': {
      if (headers['x-api-key'] === 'op_credit') return problem(403, 'FORBIDDEN', 'This key is for credit.');
      const all = [
        { ...CHANGES[0]!, ownerExternalId: 'other' },
        ...CHANGES.map((change) => ({ ...change, ownerExternalId: 'loan <1>' })),
      ];
      const after = Number(searchParams.get('after') ?? 0);
      return body({ changes: all.slice(after, after + 1), cursor: String(Math.min(after + 1, all.length)) });
    }
    default:
      return problem(404, 'ROUTE_NOT_FOUND', 'There is no such route.');
  }
}

const folder = mkdtempSync(join(tmpdir(), 'dossier-'));
let service: Awaited<ReturnType<typeof serving>>;
beforeAll(async () => {
  process.env['NO_COLOR'] = '1';
  service = await serving(answer);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  return service.close();
});

async function dossier(owner: string, key = 'op_good') {
  const [out, notes]: [string[], string[]] = [[], []];
  const code = await run(['dossier', owner, '--out', join(folder, 'new')], {
    out: (line) => out.push(line),
    note: (line) => notes.push(line),
    clock: () => 0,
    env: { OWNER_PROFILES_URL: service.url, OWNER_PROFILES_KEY: key },
    interactive: true,
    openClientStore: () => Promise.reject(new Error('nothing is asked of the table')),
  });
  return { code, out, notes };
}

test('everything is in both files, which nobody else may read', async () => {
  const { code, out, notes } = await dossier(DOSSIER.ownerExternalId);
  expect({ code, notes: notes.at(-1) }).toEqual({ code: 0, notes: '3 transactions, 2 profiles explained' });
  expect(notes).toContain('profiles: 2');
  const [html = '', json = ''] = out;
  expect(out.map((file) => file.slice(folder.length))).toEqual([
    expect.stringMatching(/^\/new\/dossier-loan_1_-[0-9a-f]{8}\.html$/),
    expect.stringMatching(/^\/new\/dossier-loan_1_-[0-9a-f]{8}\.json$/),
  ]);
  expect(JSON.parse(readFileSync(json, 'utf8'))).toEqual(DOSSIER);
  expect(readFileSync(html, 'utf8')).toBe(renderDossier(DOSSIER));
  expect([html, json].map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600]);
  expect(statSync(join(folder, 'new')).mode & 0o777).toBe(0o700);
  expect(service.seen.filter(({ url }) => url.includes('/history'))).toHaveLength(2);
});

test('an existing file is replaced, a link is not followed', async () => {
  const [html = '', json = ''] = (await dossier(DOSSIER.ownerExternalId)).out;
  const elsewhere = join(folder, 'elsewhere');
  writeFileSync(elsewhere, 'mine', { mode: 0o644 });
  rmSync(html);
  symlinkSync(elsewhere, html);
  writeFileSync(json, 'old');
  expect((await dossier(DOSSIER.ownerExternalId)).code).toBe(0);
  expect(readFileSync(elsewhere, 'utf8')).toBe('mine');
  expect(JSON.parse(readFileSync(json, 'utf8'))).toEqual(DOSSIER);
});

test('of an owner whom nobody knows it says so', async () => {
  const { code, out, notes } = await dossier('nobody');
  expect([code, out]).toEqual([3, []]);
  expect(notes.join('\n')).toContain('No import of this owner was processed');
});

test('a key that may not see changes gets all else', async () => {
  const [html = '', json = ''] = (await dossier(DOSSIER.ownerExternalId, 'op_credit')).out;
  expect(JSON.parse(readFileSync(json, 'utf8'))).toEqual({ ...DOSSIER, changes: null });
  expect(readFileSync(html, 'utf8')).toContain('The key that was used may not see them.');
});

test('a title is text and nothing else', () => {
  const html = renderDossier(DOSSIER);
  expect(html).not.toMatch(/<script|onload='|\u202e/);
  expect(
    html.match(
      /<(?!\/?(html|head|meta|title|style|body|h1|h2|p|table|thead|tbody|tr|th|td|section|h3|strong|!doctype)\b)/g,
    ),
  ).toBeNull();
});

test('as a whole', () => {
  const small = {
    ...DOSSIER,
    ...{ accounts: [], changes: [], refusedImports: [], history: [], features: {}, transactions: ROWS.slice(0, 1) },
  };
  expect(renderDossier(small)).toBe(readFileSync(join(import.meta.dirname, 'dossier.expected.html'), 'utf8'));
});
