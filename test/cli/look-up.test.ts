import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bars } from '../../cli/commands/history.ts';
import { basis } from '../../cli/commands/look-up.ts';
import { run as runProgram } from '../../cli/program.ts';
import { type Answer, ownerProfiles, problem, type Seen, serving } from './command-line.ts';

const DATES = { asOf: '2026-11-22', dataFrom: '2026-01-02', dataTo: '2026-11-20', catalogueVersion: 'c1' };
const LISTS = { profiles: ['parent', 'traveller'], notJudged: ['saver', 'tenant'] };
const SPANS = [
  { from: '2025-11-20', to: '2025-12-31', profiles: ['parent'] },
  { from: '2026-01-01', to: '2026-03-30', profiles: ['pet-owner'] },
  { from: '2026-03-31', to: '2026-04-30', profiles: [] },
  { from: '2026-05-01', to: '2026-05-02', profiles: ['parent'] },
];
const PURCHASE = {
  bookedOn: '2026-11-19',
  currencyAmount: '-49.99',
  currencyName: 'PLN',
  title: 'ZOOPLUS\u001b[2J \u202eevil',
  party: 'ZOOPLUS SE',
  labels: ['pets'],
  reasons: { pets: 'brand zooplus' },
};
const listed = (bookedOn: string, title: string) => ({
  ...{ bookedOn, currencyAmount: '-49.99', currencyName: 'PLN', title, party: 'ZOOPLUS, SE', account: '****2874' },
  ...{ merchant: 'zooplus', country: null, labels: [{ label: 'pets', reason: 'brand zooplus' }] },
});
const ROWS = [listed('2026-11-19', 'ZOOPLUS\u001b[2J'), listed('2026-11-18', '=cmd()'), listed('2026-11-17', 'Żabka')];
const condition = (part: string, feature: string, verdict: boolean) => ({
  ...{
    part,
    path: 'all[0]',
    feature,
    window: '180d',
    operator: 'atLeast',
    threshold: '3',
    value: verdict ? '4' : '1',
    verdict,
  },
  ...{ on: '2026-11-22', transactions: [PURCHASE], transactionsOmitted: 2 },
});
const EXPLANATIONS = [
  {
    profile: 'gambler',
    applies: false,
    judged: true,
    missing: ['two more months with bets'],
    conditions: [condition('enter', 'bets.months', false)],
  },
  {
    ...{
      profile: 'pet-owner',
      title: 'Keeps a pet',
      applies: true,
      judged: true,
      enteredOn: '2026-10-01',
      summary: 'Four months.',
    },
    conditions: [condition('enter', 'pets.months', true), condition('stay', 'pets.months', true)],
  },
  { profile: 'parent', judged: false },
];

let service: Awaited<ReturnType<typeof serving>>;
beforeAll(async () => {
  service = await serving(answer);
});
afterAll(() => service.close());

let busy = 0;

function answer({ method, url, headers, body }: Seen): Answer {
  const { pathname, searchParams } = new URL(url, 'http://x');
  if (headers['x-api-key'] !== 'op_good') return problem(401, 'INVALID_API_KEY', 'The key is not known.');
  const owner = searchParams.get('ownerExternalId');
  if (owner === 'nobody') return problem(404, 'OWNER_NOT_FOUND', 'No import of this owner was processed.');
  if (owner === 'forbidden') return problem(403, 'FORBIDDEN', 'Not from this address.');
  if (owner === 'moved') return { status: 302, headers: { location: 'https://example.org/' } };
  if (owner === 'odd\u202e')
    return problem(400, 'INVALID_PARAMETER', 'bad\u001b[31m', {
      errors: [{ path: 'asOf', message: 'is in the future' }],
    });
  if (owner === 'busy' && busy++ === 0) return problem(429, 'RATE_LIMITED', 'Slowly.', {});
  if (method === 'DELETE') return { status: 204 };
  if (pathname === '/v1/owner-profiles/batch') return batch(JSON.parse(body).ownerExternalIds);
  if (pathname === '/v1/owner-profiles')
    return {
      status: 200,
      body:
        owner === 'new'
          ? { ownerExternalId: owner, profiles: [], notJudged: [], ...DATES, dataTo: '2026-10-17' }
          : { ownerExternalId: owner, ...LISTS, ...DATES, lastImportedAt: '2026-11-21T23:00:00.000Z' },
    };
  if (pathname === '/v1/owner-profiles/history') return { status: 200, body: { ...DATES, spans: SPANS } };
  if (pathname === '/v1/owner-profiles/explanation')
    return { status: 200, body: { ownerExternalId: owner, ...DATES, explanations: EXPLANATIONS } };
  if (pathname === '/v1/owner-transactions') {
    const from = Number(searchParams.get('cursor') ?? 0);
    const shown = ROWS.slice(from, from + 2);
    return { status: 200, body: { transactions: shown, cursor: from + 2 < ROWS.length ? String(from + 2) : null } };
  }
  if (pathname === '/v1/owner-features')
    return { status: 200, body: { ...DATES, features: { 'pets.months/180d': 4, savings: null } } };
  if (pathname === '/v1/profiles') {
    return {
      status: 200,
      body: {
        profiles: [{ id: 'gambler', title: 'Gambles', description: 'Bets often.', sensitive: true, enabled: false }],
      },
    };
  }
  return problem(404, 'ROUTE_NOT_FOUND', 'There is no such route.');
}

/** Has time for the owner `slow` only when no other owner is requested. */
function batch(ids: readonly string[]): Answer {
  const isLater = (id: string) => id === 'slow' && ids.length > 1;
  const known = ids.filter((id) => id !== 'nobody' && !isLater(id));
  const answers = known.map((id) => ({ ownerExternalId: id, ...LISTS, ...DATES }));
  const later = ids.filter(isLater);
  return {
    status: 200,
    body: { answers, unknown: ids.filter((id) => id === 'nobody'), ...(later.length > 0 && { later }) },
  };
}

const run = (...args: string[]) =>
  ownerProfiles(args, { env: { OWNER_PROFILES_URL: `${service.url}/v1/`, OWNER_PROFILES_KEY: 'op_good' } });

/** The same without a separate process, which would take most of the time. */
async function inProcess(...args: string[]) {
  const out: string[] = [];
  const notes: string[] = [];
  const code = await runProgram(args, {
    out: (text) => out.push(text),
    note: (text) => notes.push(text),
    clock: () => 0,
    env: { OWNER_PROFILES_URL: `${service.url}/v1/`, OWNER_PROFILES_KEY: 'op_good' },
    interactive: false,
    openClientStore: () => Promise.reject(new Error('not opened here')),
  });
  return { code, stdout: out.join('\n'), stderr: notes.join('\n') };
}

describe('answers for people', () => {
  test('get', async () => {
    const [some, none] = await Promise.all([run('get', 'loan 1/ä', '--as-of', '2026-11-22'), run('get', 'new')]);
    expect(some).toEqual({
      code: 0,
      stdout: 'parent\ntraveller\n',
      stderr:
        'too little data to judge: saver, tenant\nas of 2026-11-22, data 2026-01-02 to 2026-11-20, imported 2026-11-21, catalogue c1\n',
    });
    expect(none).toEqual({
      code: 0,
      stdout: 'no profile applies\n',
      stderr:
        'as of 2026-11-22, data 2026-01-02 to 2026-10-17, catalogue c1\nthe data ends 36 days before that day: what happened since is not known\n',
    });
    expect(service.seen.map(({ url }) => url)).toContain(
      '/v1/owner-profiles?ownerExternalId=loan%201%2F%C3%A4&asOf=2026-11-22',
    );
  });

  test('get of several: by batches of a hundred, and again what the service had no time for', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'owner-profiles-')), 'owners.txt');
    const ids = Array.from({ length: 150 }, (_, number) => `loan ${number}`);
    writeFileSync(file, `${ids.join('\n')}\n`);
    const before = service.seen.length;
    const { code, stdout } = await inProcess('get', 'slow', 'nobody', 'slow', '--file', file, '--json');
    const { answers, unknown } = JSON.parse(stdout);
    expect([code, unknown]).toEqual([0, ['nobody']]);
    expect(answers.map(({ ownerExternalId }: { ownerExternalId: string }) => ownerExternalId)).toEqual([
      'slow',
      ...ids,
    ]);
    const asked = service.seen.slice(before).map(({ body }) => JSON.parse(body).ownerExternalIds.length);
    expect(asked).toEqual([100, 1, 52]);

    const shown = await inProcess('get', 'loan-1', 'nobody');
    expect(shown).toMatchObject({ code: 0, stderr: 'not known: 1 of 2' });
    expect(shown.stdout).toMatch(/loan-1 +│ parent, traveller +│ saver, tenant/);
    expect(shown.stdout).toMatch(/nobody +│ not known/);
  });

  test('history: bars over months', async () => {
    const { code, stdout, stderr } = await run('history', 'loan-1', '--from', '2025-11-20', '--to', '2026-05-02');
    expect({ code, lines: stdout.trimEnd().split('\n') }).toEqual({
      code: 0,
      lines: ['             2026', '           NDJFMAM', 'parent       ····█', 'pet-owner    ██▒··'],
    });
    expect(stderr).toBe(
      '█ every day of the month, ▒ some days, · none, blank before the data begins\nas of 2026-05-02, data 2026-01-02 to 2026-11-20, catalogue c1\n',
    );
    expect(service.seen.map(({ url }) => url)).toContain(
      '/v1/owner-profiles/history?ownerExternalId=loan-1&from=2025-11-20&to=2026-05-02',
    );
  });

  test('history: what nobody knows is no "none", and old data says so', () => {
    expect(bars([{ from: '2025-11-20', to: '2026-05-02', profiles: [] }], '2026-01-02')).toBe('no profile applied');
    expect(bars([{ from: '2025-11-20', to: '2025-12-02', profiles: [] }], '2026-01-02')).toBe(
      'not known: the data begins later',
    );
    expect(bars([{ from: '2025-11-20', to: '2025-12-02', profiles: [] }], null)).toBe(
      'not known: the data begins later',
    );
    expect(basis({ asOf: '2026-12-31', dataTo: '2026-11-20' }).at(-1)).toBe(
      'the data ends 41 days before that day: what happened since is not known',
    );
  });

  test('explain: the verdict, each condition and the transactions behind it, nothing that drives a terminal', async () => {
    const { code, stdout } = await run('explain', 'loan-1');
    expect(code).toBe(0);
    expect(stdout).toContain(
      '✓ pet-owner (Keeps a pet): applies, last qualified on 2026-10-01\n  Four months.\n  to get it\n',
    );
    expect(stdout).toContain('✓ pets.months over 180d: 4 ≥ 3 on 2026-11-22');
    expect(stdout).toMatch(
      /│ 2026-11-19 │\s+-49\.99 PLN │ ZOOPLUS\ufffd\[2J \ufffdevil · ZOOPLUS SE\s+│ pets \(brand zooplus\) │/,
    );
    expect(stdout).toContain('and 2 more');
    expect(stdout).toContain('the same transactions as above');
    expect(stdout).toContain('✗ gambler: does not apply\n  to get it\n    ✗ bets.months over 180d: 1, needs 3 or more');
    expect(stdout).toContain('missing: two more months with bets');
    expect(stdout).toContain('? parent: not judged, too little data');
    expect(stdout.indexOf('pet-owner')).toBeLessThan(stdout.indexOf('gambler'));
    expect(stdout.match(/2026-11-19/g)).toHaveLength(1);
    expect(stdout).not.toContain('\u001b');
    expect(stdout).not.toContain('\u202e');
  });

  test('transactions: a table, a text looked for, CSV that a spreadsheet does not run', async () => {
    const [shown, found, csv] = await Promise.all([
      inProcess('transactions', 'loan-1', '--label', 'pets', '--limit', '2'),
      inProcess('transactions', 'loan-1', '--text', 'żABKA', '--json'),
      inProcess('transactions', 'loan-1', '--unlabelled', '--from', '2026-01-01', '--csv'),
    ]);
    expect(
      shown.stdout
        .split('\n')
        .slice(1, 5)
        .filter((line) => line.includes('zooplus')),
    ).toHaveLength(2);
    expect(shown.stdout).toContain('pets (brand zooplus)');
    expect(shown.stderr).toBe('there are more than 2: --limit shows them');
    expect(JSON.parse(found.stdout).transactions).toEqual([ROWS[2]]);
    const rest = '-49.99,PLN,TITLE,"ZOOPLUS, SE",****2874,zooplus,,pets,brand zooplus';
    expect(csv.stdout.split('\r\n')).toEqual([
      'bookedOn,currencyAmount,currencyName,title,party,account,merchant,country,labels,reasons',
      `2026-11-19,${rest.replace('TITLE', 'ZOOPLUS\ufffd[2J')}`,
      `2026-11-18,${rest.replace('TITLE', "'=cmd()")}`,
      `2026-11-17,${rest.replace('TITLE', 'Żabka')}`,
    ]);
    expect(service.seen.map(({ url }) => url)).toContain(
      '/v1/owner-transactions?ownerExternalId=loan-1&from=2026-01-01&unlabelled=true&limit=101',
    );
  });

  test('features and profiles', async () => {
    const [features, profiles] = await Promise.all([run('features', 'loan-1'), run('profiles')]);
    expect(features.stdout).toMatch(/│ pets\.months │ 180d\s+│ 4\s+│\n.*\n?│ savings/);
    expect(profiles.stdout).toMatch(/│ gambler │ Gambles │ Bets often\. │ sensitive │ ✗\s+│/);
  });

  test('--json is the answer itself, with unsafe characters escaped', async () => {
    const { stdout } = await run('explain', 'loan-1', '--json');
    expect(JSON.parse(stdout)).toEqual({ ownerExternalId: 'loan-1', ...DATES, explanations: EXPLANATIONS });
    expect(stdout).not.toContain('\u001b');
    expect(stdout).not.toContain('\u202e');
  });

  test('--json of a problem is its document', async () => {
    const { code, stdout } = await run('get', 'nobody', '--json');
    expect([code, JSON.parse(stdout).code]).toEqual([3, 'OWNER_NOT_FOUND']);
  });

  test('erase: asks a person, and without one wants --yes', async () => {
    const [bare, sure] = await Promise.all([run('erase', 'loan-2'), run('erase', 'loan-3', '--yes')]);
    expect(bare).toEqual({ code: 2, stdout: '', stderr: 'error: erasing cannot be undone\n  confirm it with --yes\n' });
    expect(sure).toEqual({ code: 0, stdout: 'loan-3 is erased\n', stderr: '' });
    const erased = service.seen.filter(({ method }) => method === 'DELETE').map(({ url }) => url);
    expect(erased).toEqual(['/v1/owner?ownerExternalId=loan-3']);
  });

  test('an answer that asks for patience is asked for again', async () => {
    expect((await run('get', 'busy')).code).toBe(0);
    expect(busy).toBe(2);
  });
});

describe('what goes wrong has a sentence, a remedy and an exit code', () => {
  test.each([
    [
      ['get', 'nobody'],
      3,
      'error: No import of this owner was processed. (OWNER_NOT_FOUND, request req-1)\n  import bank data',
    ],
    [
      ['get', 'x', '--key', 'op_bad'],
      4,
      'error: The key is not known. (INVALID_API_KEY, request req-1)\n  give a valid key',
    ],
    [['get', 'forbidden'], 4, 'error: Not from this address. (FORBIDDEN, request req-1)'],
    [['get', 'moved'], 1, 'redirects are not followed'],
    [['get', 'odd\u202e'], 1, 'error: bad\ufffd[31m (INVALID_PARAMETER, request req-1)\n  asOf: is in the future'],
    [
      ['get', 'x', '--as-of', '2026-02-30'],
      2,
      "option '--as-of <day>' argument '2026-02-30' is invalid. write a day as YYYY-MM-DD.",
    ],
    [['get'], 2, 'error: no owner is named\n  name one or more, or give --file FILE'],
    [['get', 'a', 'b', '--as-of', '2026-11-20'], 2, 'error: --as-of is of one owner'],
    [['frobnicate'], 2, "unknown command 'frobnicate'"],
    [['get', 'x', '--url', 'http://example.com'], 2, 'is not https: the API key would travel in clear'],
    [['get', 'x', '--url', 'http://127.0.0.1:1'], 1, 'error: cannot reach http://127.0.0.1:1'],
    [['keys', 'create', 'demo', '--scopes', 'read,admin'], 2, '"admin" is not one of read, write, erase'],
    [['keys', 'create', 'demo', '--allow', '10.0.0.0/40'], 2, '"10.0.0.0/40" is neither an address nor a block'],
  ] as [string[], number, string][])('%j', async (args, code, text) => {
    const outcome = await inProcess(...args);
    expect(outcome.stderr).toContain(text);
    expect(outcome).toMatchObject({ code, stdout: '' });
  });
});

describe('which service', () => {
  const bare = (args: string[], env: Record<string, string> = {}) => ownerProfiles(args, { env });
  const folder = mkdtempSync(join(tmpdir(), 'owner-profiles-'));

  test('none: says how to start one', async () => {
    expect(await bare(['get', 'x'], { DATA_DIR: '/nowhere' })).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'error: no service is known: /nowhere/outputs.json does not exist\n  start it with `npm start`, or give --url and --key\n',
    });
  });

  test('the local one, by its outputs; its key goes nowhere else', async () => {
    writeFileSync(
      join(folder, 'outputs.json'),
      JSON.stringify({ ApiUrl: service.url, ApiKey: 'op_good', ClientId: 'demo' }),
    );
    const env = { DATA_DIR: folder };
    const [local, other] = await Promise.all([
      bare(['profiles'], env),
      bare(['profiles', '--url', 'https://example.org'], env),
    ]);
    expect(local.code).toBe(0);
    expect(other).toMatchObject({ code: 2, stderr: expect.stringContaining('no API key for https://example.org') });
  });

  test('a deployed one, by the outputs of cdk deploy', async () => {
    const file = join(folder, 'cdk.json');
    writeFileSync(file, JSON.stringify({ A: { ApiUrl: service.url }, B: { ApiUrl: 'https://example.org' } }));
    const env = { OWNER_PROFILES_KEY: 'op_good' };
    const [chosen, unclear] = await Promise.all([
      bare(['profiles', '--outputs', file, '--stack', 'A'], env),
      bare(['profiles', '--outputs', file], env),
    ]);
    expect(chosen.code).toBe(0);
    expect(unclear).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('contains the stacks A, B\n  choose one by --stack NAME'),
    });
  });
});
