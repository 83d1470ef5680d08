import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { READERS } from '../../functions/readers/reader.ts';
import { type Answer, ownerProfiles, problem, type Seen, serving } from './command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'owner-profiles-'));
function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const message = (owner: string, amount = '-49.99', title = 'ZOOPLUS') =>
  `{"importId":"i-${owner}","ownerExternalId":"${owner}","source":"AIS","importedAt":"2026-11-21T10:00:00Z","extra":1,"accounts":[{"iban":"PL61109010140000071219812874","currencyName":"PLN","transactions":[{"bookedOn":"2026-11-19","currencyAmount":${amount},"title":"${title}"}]}]}`;
const STATEMENT = `:20:1
:25:DE89370400440532013000
:60F:C260531EUR10,00
:61:2606040604D1,50NTRFNONREF
:86:FUTTER
:62F:C260630EUR8,50
-
`;

/**
 * Answers like the queue and the API; `refusing` is how often an import whose id ends in `again` is refused by the
 * queue.
 */
let service: Awaited<ReturnType<typeof serving>>;
let refusing = 0;
let outputs: string;

function answer(request: Seen): Answer {
  if (request.headers['x-amz-target'] === 'AmazonSQS.SendMessageBatch') return sqs(JSON.parse(request.body));
  if (request.method === 'PUT') return { status: 200 };
  if (request.headers['x-api-key'] !== 'op_good') return problem(401, 'INVALID_API_KEY', 'The key is not known.');
  if (request.method === 'GET') return { status: 200, body: becameOf(request.url) };
  const { ownerExternalId } = JSON.parse(request.body);
  if (ownerExternalId === 'bad')
    return problem(400, 'INVALID_PAYLOAD', 'Nothing was taken.', {
      errors: [{ path: 'accounts', message: 'too odd' }],
    });
  return { status: 202, body: { requestId: 'r' } };
}

/** Joined at the second poll; `wrong` is refused, and `slow` stays unknown. */
const asked = new Map<string, number>();
function becameOf(url: string) {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const importId = decodeURIComponent(pathname.slice('/v1/imports/'.length));
  const times = (asked.get(importId) ?? 0) + 1;
  asked.set(importId, times);
  const owner = searchParams.get('ownerExternalId');
  const refused = owner === 'wrong';
  const status = refused ? 'refused' : owner === 'slow' || times < 2 ? 'unknown' : 'joined';
  return {
    importId,
    status,
    at: null,
    reason: refused ? 'UNKNOWN_CLIENT' : null,
    detail: refused ? 'no client' : null,
  };
}

type Batch = { Entries: { Id: string; MessageBody: string; MessageGroupId?: string }[] };

function sqs({ Entries }: Batch): Answer {
  const fails = ({ MessageBody }: { MessageBody: string }) =>
    MessageBody.includes('never') || (MessageBody.includes('again') && refusing-- > 0);
  const Failed: object[] = [];
  const Successful: object[] = [];
  for (const entry of Entries) {
    const { Id } = entry;
    if (fails(entry))
      Failed.push({ Id, Code: 'X', Message: 'not now', SenderFault: entry.MessageBody.includes('never') });
    else
      Successful.push({
        Id,
        MessageId: Id,
        MD5OfMessageBody: createHash('md5').update(entry.MessageBody).digest('hex'),
      });
  }
  return { status: 200, body: { Successful, Failed }, headers: { 'content-type': 'application/x-amz-json-1.0' } };
}

beforeAll(async () => {
  service = await serving(answer);
  const names = {
    ApiUrl: service.url,
    ApiKey: 'op_good',
    ClientId: 'demo',
    PayloadBucketName: 'payloads',
    S3Endpoint: service.url,
  };
  outputs = file(
    'outputs.json',
    JSON.stringify({ ...names, ImportQueueUrl: `${service.url}/0/imports`, SqsEndpoint: service.url }),
  );
});
afterAll(() => service.close());
afterEach(() => {
  service.seen.length = 0;
});

const run = (...args: string[]) => ownerProfiles(['import', ...args, '--outputs', outputs]);
const batches = () =>
  service.seen.filter(({ headers }) => headers['x-amz-target']).map(({ body }) => (JSON.parse(body) as Batch).Entries);
const bodies = () =>
  batches()
    .flat()
    .map(({ MessageBody }) => JSON.parse(MessageBody));

describe('through the queue', () => {
  test('messages of several files, in batches of ten, with amounts as they are written', async () => {
    const lines = file(
      'many.ndjson.gz',
      gzipSync(Array.from({ length: 11 }, (_, i) => message(`o${i}`, '-12.10')).join('\n')),
    );
    const single = file('one.json', message('single', '"-0.30"', '😀'));
    expect(await run(lines, single)).toEqual({
      code: 0,
      stdout: 'sent 12 imports of 12 owners (12 accounts, 12 transactions) through the queue\n',
      stderr: '',
    });
    expect(batches().map((batch) => batch.length)).toEqual([10, 2]);
    expect(
      batches()
        .flat()
        .every(({ MessageGroupId }) => MessageGroupId === 'demo'),
    ).toBe(true);
    expect(bodies()[0]).toEqual({
      type: 'owner-import',
      version: 1,
      clientId: 'demo',
      ...JSON.parse(message('o0', '"-12.10"')),
    });
    expect(bodies()[11].accounts[0].transactions[0]).toMatchObject({ currencyAmount: '-0.30', title: '😀' });
    expect(service.seen[1]?.body).toContain('\\\\ud83d\\\\ude00');
  });

  test('a statement, from standard input, for the owner that is named', async () => {
    const args = [
      'import',
      '-',
      '--owner',
      'loan-1',
      '--imported-at',
      '2026-11-21T10:00:00+01:00',
      '--outputs',
      outputs,
    ];
    expect((await ownerProfiles(args, { input: STATEMENT })).code).toBe(0);
    expect(bodies()).toEqual([
      {
        ...{
          type: 'owner-import',
          version: 1,
          clientId: 'demo',
          importId: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/),
        },
        ...{ ownerExternalId: 'loan-1', source: 'PDF', importedAt: '2026-11-21T10:00:00+01:00' },
        accounts: [
          {
            ...{
              iban: 'DE89370400440532013000',
              currencyName: 'EUR',
              covers: { from: '2026-06-01', to: '2026-06-30' },
            },
            transactions: [
              {
                ...{ bookedOn: '2026-06-04', transactionOn: '2026-06-04', currencyAmount: '-1.50', title: 'FUTTER' },
                ...{ status: 'DONE', bankTransactionCode: 'NTRF' },
              },
            ],
          },
        ],
      },
    ]);
  });

  test('what the queue refuses for now is retried; what it refuses for good is reported', async () => {
    refusing = 2;
    const outcome = await run(
      file('refused.json', `[${['one', 'never', 'again'].map((owner) => message(owner)).join(',')}]`),
    );
    expect(outcome).toEqual({
      code: 1,
      stdout: 'sent 2 imports of 2 owners (2 accounts, 2 transactions) through the queue\n',
      stderr:
        'not sent: import i-never: not now\nerror: 1 of 3 imports were not sent\n  the same command sends the rest; what was sent may be sent again without harm\n',
    });
    expect(batches().map((batch) => batch.length)).toEqual([3, 1, 1]);
  });

  test('a message beyond 1,048,576 bytes goes through the bucket', async () => {
    const rows = Array.from({ length: 260 }, () => ({
      bookedOn: '2026-11-19',
      currencyAmount: '-1',
      title: 'x'.repeat(4000),
    }));
    const large = {
      ...JSON.parse(message('large')),
      accounts: [{ iban: 'PL61109010140000071219812874', currencyName: 'PLN', transactions: rows }],
    };
    expect((await run(file('large.json', JSON.stringify(large)))).code).toBe(0);
    const put = service.seen.find(({ method }) => method === 'PUT');
    const [sent] = bodies();
    expect(sent).toMatchObject({
      ownerExternalId: 'large',
      accountsAt: { bucket: 'payloads', key: expect.stringMatching(/^imports\/demo\/[0-9a-f-]+\.json\.gz$/) },
    });
    expect(sent.accounts).toBeUndefined();
    expect(put?.url).toContain(`/payloads/${sent.accountsAt.key}`);
  });
});

describe('through the API', () => {
  test('without client, type, version and source; faults of one import do not stop the others', async () => {
    const outcome = await run(
      '--via',
      'api',
      file('api.ndjson', `${message('good')}\n${message('bad')}\n${message('large', '1', 'x'.repeat(4000))}`),
    );
    expect(outcome).toMatchObject({
      code: 1,
      stdout: 'sent 2 imports of 2 owners (2 accounts, 2 transactions) through the API\n',
    });
    expect(outcome.stderr).toContain(
      'not sent: import i-bad: Nothing was taken. (INVALID_PAYLOAD, request req-1)   accounts: too odd',
    );
    expect(Object.keys(JSON.parse(service.seen[0]?.body ?? '')).sort()).toEqual([
      'accounts',
      'importId',
      'importedAt',
      'ownerExternalId',
    ]);
  });

  test('another source than the upload cannot be claimed; a refused key stops everything', async () => {
    const path = file('two.ndjson', `${message('a')}\n${message('b')}`);
    const [claimed, refused] = await Promise.all([
      run(path, '--via', 'api', '--source', 'AIS'),
      run(path, '--via', 'api', '--key', 'op_bad'),
    ]);
    expect(claimed).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('through the API the source is OWNER_UPLOAD, not AIS'),
    });
    expect(refused).toMatchObject({ code: 4, stdout: '' });
    expect(service.seen).toHaveLength(1);
  });
});

describe('nothing is sent when a file has a fault, and each fault is reported with its place', () => {
  test('all files are read first', async () => {
    const outcome = await run(
      file('right.json', message('right')),
      file('json.ndjson', `${message('a')}\n{"broken":`),
      file('schema.ndjson', `${message('a')}\n\n${message('b', '"12,10"').replace('2026-11-19', '19.11.2026')}`),
      file(
        'days.json',
        `[${message('a')},${message('b').replace('"transactions"', '"covers":{"from":"2026-11-20","to":"2026-11-20"},"transactions"')}]`,
      ),
      file('statement.sta', STATEMENT.replace('D1,50', 'D1;50')),
      file('odd.txt', 'hello'),
      join(folder, 'missing.json'),
    );
    const told = outcome.stderr.replaceAll(`${folder}/`, '').split('\n');
    expect(told).toEqual([
      expect.stringMatching(/^json\.ndjson: line 2: is not JSON: /),
      'schema.ndjson: line 3: accounts[0].transactions[0].bookedOn: must be a day written YYYY-MM-DD',
      'schema.ndjson: line 3: accounts[0].transactions[0].currencyAmount: must be a decimal number such as "-49.99"',
      'days.json: message 2: accounts[0].transactions[0].bookedOn must be one of the days that `covers` names, and is 2026-11-19',
      'statement.sta: line 4: :61: is not a statement line (value date, D or C, amount with a comma)',
      `odd.txt: line 1: is not in a known format (${READERS.map(({ title }) => title).join(', ')}); for a table of another form give format csv and a mapping`,
      'missing.json: there is no such file',
      'error: 6 of 7 files cannot be imported; nothing was sent',
      '',
    ]);
    expect(outcome).toMatchObject({ code: 1, stdout: '' });
    expect(service.seen).toEqual([]);
  });

  test('a statement needs an owner', async () => {
    const outcome = await run(file('ownerless.sta', STATEMENT));
    expect(outcome.stderr).toContain('names no owner; give one by --owner ID');
  });

  test('--dry-run shows what would be sent', async () => {
    const path = file('dry.sta', STATEMENT);
    const [people, json] = await Promise.all([
      run(path, '--owner', 'o1', '--dry-run'),
      run(path, '--owner', 'o1', '--dry-run', '--json'),
    ]);
    expect(people.stdout).toMatch(
      /│ o1\s+│ PDF\s+│ DE89370400440532013000 │ EUR {6}│ 2026-06-01 to 2026-06-30 │ 1\s+│\n/,
    );
    expect(people.stdout).toContain('1 import of 1 owner (1 account, 1 transaction) would be sent');
    expect(JSON.parse(json.stdout)).toMatchObject({
      messages: 1,
      sent: 0,
      files: [{ file: path, format: 'mt940', rows: 1, leftOut: 0 }],
      imports: [{ ownerExternalId: 'o1' }],
    });
    expect(service.seen).toEqual([]);
  });

  test('a misspelt optional field is named, once', async () => {
    const text = message('typo').replace(
      '"transactions"',
      '"cover":{"from":"2026-11-01","to":"2026-11-20"},"transactions"',
    );
    const outcome = await run(file('typo.json', text), '--dry-run');
    expect(outcome.stderr).toBe(
      `warning: ${join(folder, 'typo.json')}: \`cover\`: unknown, did you mean \`covers\`?\n`,
    );
  });
});

describe('a command that breaks off', () => {
  test('sends only the rest the next time, and leaves nothing once all is sent', async () => {
    const sub = join(folder, 'broken');
    mkdirSync(sub, { recursive: true });
    const path = join(sub, 'all.json');
    writeFileSync(path, `[${['first', 'first', 'never'].map((owner) => message(owner)).join(',')}]`);
    const once = () => run(path);
    expect((await once()).code).toBe(1);
    const kept = join(sub, '.owner-profiles-import');
    expect(readFileSync(kept, 'utf8')).toMatch(/^[\d:.TZ-]{24} [0-9a-f]{64} 1\n[\d:.TZ-]{24} [0-9a-f]{64} 2\n$/);
    service.seen.length = 0;
    expect((await once()).stderr).toContain(`2 of 3 imports were sent before; to send them again, remove ${kept}\n`);
    expect(bodies().map(({ ownerExternalId }) => ownerExternalId)).toEqual(['never']);
    writeFileSync(path, `[${['first', 'first', 'other'].map((owner) => message(owner)).join(',')}]`);
    service.seen.length = 0;
    expect((await once()).code).toBe(0);
    expect(bodies().map(({ ownerExternalId }) => ownerExternalId)).toEqual(['other']);
    expect(existsSync(kept)).toBe(false);
  });

  test('says once where it cannot keep what was sent, and sends it all the same', async () => {
    const sub = join(folder, 'unkept');
    const kept = join(sub, '.owner-profiles-import');
    mkdirSync(kept, { recursive: true });
    const path = join(sub, 'all.json');
    writeFileSync(path, `[${['one', 'two'].map((owner) => message(owner)).join(',')}]`);
    const { code, stderr } = await run(path);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: `${kept} cannot be written: should this break off, the same command sends everything again\n`,
    });
  });
});

describe('--wait', () => {
  const lines = (...owners: string[]) =>
    file(`wait-${owners.join('-')}.ndjson`, owners.map((o) => message(o)).join('\n'));

  test('ends when every import has an answer', async () => {
    const outcome = await run(lines('w1', 'w2'), '--wait', '20', '--json');
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    const joined = { status: 'joined', reason: null, detail: null };
    expect(JSON.parse(outcome.stdout)).toMatchObject({
      sent: 2,
      became: [
        { importId: 'i-w1', ownerExternalId: 'w1', ...joined },
        { importId: 'i-w2', ownerExternalId: 'w2', ...joined },
      ],
    });
  });

  test('reports what was refused, and what has no answer when the time is over', async () => {
    const [refused, slow] = await Promise.all([
      run(lines('wrong', 'w3'), '--wait', '20'),
      run(lines('slow'), '--wait', '0'),
    ]);
    expect(refused).toMatchObject({ code: 1, stderr: 'error: 1 of 2 imports were refused\n' });
    expect(refused.stdout).toMatch(/│ i-wrong │ wrong │ refused │ UNKNOWN_CLIENT: no client │/);
    expect(slow).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^error: 1 of 1 imports have no answer yet\n/),
    });
  });
});

describe('columns of an unknown table', () => {
  const TABLE = 'When,Datum,Betrag,Text,Name\nx,10.06.2026,"-42,50",Zoo,Tierpark\nx,11.06.2026,"1.000,00",Pay,ACME\n';

  test('--map writes a guess beside it, and --mapping takes the file', async () => {
    const path = file('table.csv', TABLE);
    const account = ['--owner', 'o', '--account', 'DE89370400440532013000', '--currency', 'EUR', '--dry-run'];
    expect((await run(path, ...account)).stderr).toContain('is a CSV that no preset knows');
    expect(await run(path, '--map')).toEqual({
      code: 0,
      stdout: `wrote ${path}.mapping.json: look at it, then import by --mapping ${path}.mapping.json\n`,
      stderr: '',
    });
    expect(JSON.parse(readFileSync(`${path}.mapping.json`, 'utf8'))).toEqual({
      columns: { bookedOn: 'Datum', amount: 'Betrag', title: 'Text', party: 'Name' },
      dates: 'DMY',
      decimal: ',',
    });
    expect((await run(path, ...account, '--mapping', `${path}.mapping.json`)).stdout).toContain(
      '1 import of 1 owner (1 account, 2 transactions) would be sent',
    );
    expect((await run(path, '--map')).stderr).toContain(`${path}.mapping.json exists`);
  });

  test('what is not a table, no mapping or known anyway is said', async () => {
    const known = file(
      'revolut.csv',
      'Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\n',
    );
    const broken = file('broken.mapping.json', '{"columns":{"bookedOn":"Datum"},"dates":"DMY","decimal":","}');
    const outcomes = await Promise.all([
      run(known, '--map'),
      run(file('text.txt', 'hello\n'), '--map'),
      run(known, '--mapping', 'nowhere.json'),
      run(known, '--mapping', broken),
    ]);
    expect(outcomes.map(({ stdout, stderr }) => (stdout + stderr).replaceAll(`${folder}/`, ''))).toEqual([
      'revolut.csv is an export that the preset "revolut" knows: it needs no mapping\n',
      'error: text.txt: is not a table: no line of it has two cells\n',
      expect.stringMatching(/^error: --mapping: "nowhere.json" is neither a file, JSON nor a preset \(/),
      'error: --mapping broken.mapping.json: the mapping is wrong: columns: names neither amount nor debit and credit\n',
    ]);
  });
});

describe('folders and accounts', () => {
  const PAGES = [
    ':20:1\n:25:DE89370400440532013000\n:28C:6/1\n:60F:C260531EUR10,00\n:61:2606040604D1,50NTRFNONREF\n:86:EINS\n:62M:C260604EUR8,50\n-\n',
    ':20:1\n:25:DE89370400440532013000\n:28C:6/2\n:60M:C260604EUR8,50\n:61:2606040604D1,50NTRFNONREF\n:86:ZWEI\n:62F:C260630EUR7,00\n-\n',
  ];

  test('the pages in a folder join, and what is no bank data is passed over', async () => {
    const sub = join(folder, 'bank');
    mkdirSync(join(sub, 'june'), { recursive: true });
    writeFileSync(join(sub, 'june', 'b.sta'), PAGES[0]!);
    writeFileSync(join(sub, 'a.sta'), PAGES[1]!);
    writeFileSync(join(sub, 'readme.pdf'), '%PDF-1.7');
    for (const name of [sub, join(sub, '**', '*.*')]) {
      const outcome = await run(name, '--owner', 'o1', '--dry-run', '--json');
      expect(outcome.code).toBe(0);
      const { imports, files } = JSON.parse(outcome.stdout);
      expect(imports[0].accounts).toEqual([
        {
          iban: 'DE89370400440532013000',
          currencyName: 'EUR',
          covers: { from: '2026-06-01', to: '2026-06-30' },
          transactions: 2,
        },
      ]);
      expect(
        files.map(({ rows, leftOut, warnings }: { rows: number; leftOut: number; warnings: string[] }) => [
          rows,
          leftOut,
          warnings.length,
        ]),
      ).toEqual([
        [1, 0, 0],
        [1, 0, 0],
        [0, 0, 1],
      ]);
    }
  });

  test('--accounts gives accounts the ids that last', async () => {
    const feed = (id: string) =>
      message('feed').replace('"iban":"PL61109010140000071219812874"', `"accountId":"${id}"`);
    const table = file('accounts.csv', 'consent-1;current\nconsent-2;PL61109010140000071219812874\n');
    const outcome = await run(
      file('feed.ndjson', `${feed('consent-1')}\n${feed('consent-2')}`),
      '--accounts',
      table,
      '--dry-run',
      '--json',
    );
    const { imports } = JSON.parse(outcome.stdout);
    expect(imports.map(({ accounts }: { accounts: object[] }) => accounts[0])).toMatchObject([
      { accountId: 'current' },
      { iban: 'PL61109010140000071219812874' },
    ]);
  });
});
