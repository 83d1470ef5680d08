import { gzipSync } from 'node:zlib';
import { jest } from '@jest/globals';
import type { Context, SQSRecord } from 'aws-lambda';
import { openPayloadBucket } from '../../../../functions/adapters/imports/payload-bucket.ts';
import { makeImportRecipe } from '../../../../functions/handlers/import-worker/recipe.ts';
import { batchFunction } from '../../../../functions/runtime/batch.ts';
import { TransientError } from '../../../../functions/runtime/errors.ts';
import { PAYLOAD_PREFIX } from '../../../../functions/runtime/names.ts';
import { lookUp } from '../../../../functions/use-cases/owners/look-up.ts';
import type { Service } from '../../../../functions/use-cases/service/service.ts';
import { TODAY } from '../../../support/ledgers.ts';
import { CLIENT, NOW, newOwner, ownTable, requestFor, SETTINGS, serviceOver } from '../../../support/service.ts';
import { captureLog } from '../../support/log.ts';
import { openStandIns } from '../../support/stand-ins.ts';

const log = captureLog();
const table = ownTable();
let standIns: Awaited<ReturnType<typeof openStandIns>>;
let service: Service;
let parked: { id: string; reason: string; detail: string }[] = [];
let counted: string[] = [];

beforeAll(async () => {
  standIns = await openStandIns();
  service = serviceOver(table);
});
afterAll(() => standIns.close());
beforeEach(() => {
  parked = [];
  counted = [];
  log.counted.splice(0);
  log.lines.splice(0);
});

const account = {
  iban: 'PL61109010140000071219812874',
  currencyName: 'PLN',
  covers: { from: '2026-11-01', to: '2026-11-20' },
  transactions: [
    { bookedOn: '2026-11-18', currencyAmount: '-49.99', title: 'ZOOPLUS' },
    { bookedOn: '2026-11-19', currencyAmount: -20, title: 'LIDL' },
  ],
};
const message = (ownerExternalId: string, more: object = {}) => ({
  type: 'owner-import',
  version: 1,
  clientId: CLIENT,
  importId: '01',
  ownerExternalId,
  source: 'AIS',
  importedAt: '2026-11-22T10:00:00Z',
  accounts: [account],
  ...more,
});
const recordOf = (messageId: string, body: unknown): SQSRecord =>
  ({
    messageId,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: { ApproximateReceiveCount: '1' },
  }) as unknown as SQSRecord;

type Parts = Partial<Parameters<typeof makeImportRecipe>[0]>;
async function run(messages: Record<string, unknown>, parts: Parts = {}, remaining = () => 60_000) {
  const recipe = makeImportRecipe({
    service: async () => service,
    getClient: async (clientId) => {
      if (clientId === 'slow') throw new TransientError('the table is throttled');
      const client = {
        clientId,
        name: clientId,
        enabled: clientId !== 'off',
        ...SETTINGS,
        addresses: [],
        createdAt: '',
      };
      return ['demo', 'off'].includes(clientId) ? client : undefined;
    },
    accountsAt: openPayloadBucket('payloads', standIns.s3).getAccounts,
    now: () => NOW,
    ...parts,
  });
  const handler = batchFunction(recipe, {
    park: async ({ messageId: id }, reason, detail) => {
      parked.push({ id, reason, detail });
    },
    count: (kind, reason) => counted.push(reason ? `${kind} ${reason}` : kind),
  });
  const context = { getRemainingTimeInMillis: remaining } as unknown as Context;
  const Records = Object.entries(messages).map(([id, body]) => recordOf(id, body));
  const { batchItemFailures } = await handler({ Records }, context);
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}
const profilesOf = async (owner: string) => (await lookUp(service, requestFor(owner)))?.answer.profiles;

test('a batch of several owners, with bad messages between them', async () => {
  const [first, second] = [newOwner(), newOwner()];
  const later = {
    covers: { from: '2026-11-21', to: '2026-11-22' },
    transactions: [{ bookedOn: '2026-11-21', currencyAmount: 1, title: '' }],
  };
  const failed = await run({
    a: message(first),
    bad: '{"type":',
    b: message(second, { accounts: [{ ...account, iban: 'PL00109010140000071219812874' }] }),
    worse: message(first, { source: 'FAX' }),
    c: message(first, { importId: '02', accounts: [{ ...account, ...later }] }),
  });
  expect(failed).toEqual([]);
  expect(parked.map(({ id, reason }) => [id, reason])).toEqual([
    ['bad', 'NOT_JSON'],
    ['worse', 'INVALID_MESSAGE'],
  ]);
  expect(counted).toEqual(['done', 'parked NOT_JSON', 'done', 'parked INVALID_MESSAGE', 'done']);
  expect((await lookUp(service, requestFor(first)))?.answer).toEqual({
    profiles: ['busy', 'pets', 'sensitive'],
    notJudged: ['waged'],
    lastImportedAt: Date.UTC(2026, 10, 22, 10),
    asOf: TODAY,
    dataFrom: TODAY - 4,
    dataTo: TODAY,
    catalogueVersion: 'tiny+sensitive',
  });
  expect(await profilesOf(second)).toEqual(['pets', 'sensitive']);
  expect(log.counted.map(({ name }) => name).sort()).toEqual([
    'IbanCheckDigitsWrong',
    'ImportAge',
    'ImportAge',
    'ImportAge',
    'JoinTime',
    'JoinTime',
    'ProfilesEntered',
    'ProfilesEntered',
    'ProfilesEntered',
  ]);
  const entered = log.counted.filter(({ name }) => name === 'ProfilesEntered');
  expect(entered.map(({ value, dimensions }) => ({ value, ...dimensions }))).toEqual(
    expect.arrayContaining([
      { value: 2, profile: 'pets' },
      { value: 2, profile: 'sensitive' },
      { value: 1, profile: 'busy' },
    ]),
  );
  const facts = { clientId: CLIENT, result: 'changed', conflicts: 0, left: 0, durationMs: 0 };
  expect(log.lines.filter(({ outcome }) => outcome === 'joined')).toMatchObject([
    { messageId: 'a', ...facts, entered: 3, messagesOfOwner: 2 },
    { messageId: 'b', ...facts, entered: 2, messagesOfOwner: 1 },
    { messageId: 'c', ...facts, entered: 3, messagesOfOwner: 2 },
  ]);
  expect(JSON.stringify(log.lines)).not.toMatch(/owner-\d|ZOOPLUS|PL61/);
});

test('a byte order mark counts for nothing, an empty optional text as absent; misspelt names are counted and logged', async () => {
  const [marked, blank, typo] = [newOwner(), newOwner(), newOwner()];
  const blanks = { party: '', partyIban: '', kind: '', status: '', merchantCategoryCode: '', transactionOn: '' };
  const transactions = account.transactions.map((row) => ({ ...row, ...blanks, bankTransactionCode: '' }));
  const failed = await run({
    marked: `\uFEFF${JSON.stringify(message(marked))}`,
    blank: message(blank, { accounts: [{ ...account, accountId: '', transactions }] }),
    typo: message(typo, { accounts: [{ ...account, covers: undefined, cover: { from: 'LIDL' } }] }),
  });
  expect([failed, parked]).toEqual([[], []]);
  const profiles = await Promise.all([marked, blank, typo].map(profilesOf));
  expect(profiles).toEqual(Array(3).fill(['pets', 'sensitive']));
  expect(log.counted.filter(({ name }) => name === 'NamesMisspelt')).toMatchObject([{ value: 1 }]);
  expect(log.lines.filter(({ misspelt }) => misspelt !== undefined)).toMatchObject([
    { messageId: 'typo', outcome: 'joined', misspelt: 'cover' },
  ]);
});

test('every message that can never be processed is parked with a stable reason', async () => {
  standIns.objects.set(`/payloads/${PAYLOAD_PREFIX}torn.json.gz`, gzipSync('[]').subarray(0, 12));
  standIns.objects.set(`/payloads/${PAYLOAD_PREFIX}text.json`, Buffer.from('[{'));
  standIns.objects.set(`/payloads/${PAYLOAD_PREFIX}form.json`, Buffer.from('[{"currencyName":"pln"}]'));
  const at = (key: string, bucket = 'payloads') => ({ accounts: undefined, accountsAt: { bucket, key } });
  const bad: Record<string, [unknown, string, string?]> = {
    empty: ['', 'NOT_JSON', 'the body is not JSON (SyntaxError)'],
    secret: ['{"title":"LIDL', 'NOT_JSON', 'the body is not JSON (SyntaxError)'],
    pdf: [
      '%PDF-1.7\n1 0 obj',
      'NOT_JSON',
      'the body is a PDF; ask the bank for camt.053, MT940 or CSV, and send it to ' +
        'POST /v1/owner/statements, or read it with `owner-profiles import`',
    ],
    envelope: [
      { Type: 'Notification', Message: '{}' },
      'INVALID_MESSAGE',
      'the body: must be an import message, and is an SNS envelope; send the content of its field "Message" (raw message delivery of the subscription does so); ' +
        'type: must be given; version: must be given; ' +
        ['clientId', 'importId'].map((name) => `${name}: must be given; `).join('') +
        'source: must be given; ' +
        'importedAt: must be given; ' +
        'ownerExternalId: must be given',
    ],
    null: ['null', 'INVALID_MESSAGE'],
    list: ['[]', 'INVALID_MESSAGE'],
    version: [message('o', { version: 2 }), 'INVALID_MESSAGE'],
    noOwner: [message(''), 'INVALID_MESSAGE', 'ownerExternalId: must have 1 to 256 characters'],
    control: [message('a\u0000'), 'INVALID_MESSAGE', 'ownerExternalId: must not contain control characters'],
    neither: [
      message('o', { accounts: undefined }),
      'INVALID_MESSAGE',
      'accounts: must be given, or `accountsAt` in its place, and not both',
    ],
    both: [message('o', { accountsAt: { bucket: 'b', key: 'k' } }), 'INVALID_MESSAGE'],
    twice: [
      message('o', { accounts: [account, account] }),
      'INVALID_MESSAGE',
      'accounts[1]: must not be the same account as accounts[0]: send its days together',
    ],
    outside: [
      message('o', { accounts: [{ ...account, covers: { from: '2026-11-19', to: '2026-11-20' } }] }),
      'INVALID_MESSAGE',
      'accounts[0].transactions[0].bookedOn: must be one of the days that `covers` names, and is 2026-11-18',
    ],
    ahead: [
      message('o', { importedAt: '2026-11-22T12:10:00.001Z' }),
      'INVALID_MESSAGE',
      'importedAt: must not be more than 10 minutes ahead of the clock',
    ],
    unknown: [message('o', { clientId: 'nobody' }), 'UNKNOWN_CLIENT', 'clientId: is not an enabled client'],
    off: [message('o', { clientId: 'off' }), 'UNKNOWN_CLIENT', 'clientId: is not an enabled client'],
    missing: [message('o', at(`${PAYLOAD_PREFIX}nothing`)), 'ACCOUNTS_AT_MISSING'],
    elsewhere: [message('o', at(`${PAYLOAD_PREFIX}x`, 'other')), 'ACCOUNTS_AT_FORBIDDEN'],
    above: [message('o', at('secrets/x')), 'ACCOUNTS_AT_FORBIDDEN'],
    torn: [message('o', at(`${PAYLOAD_PREFIX}torn.json.gz`)), 'NOT_JSON'],
    text: [message('o', at(`${PAYLOAD_PREFIX}text.json`)), 'NOT_JSON'],
    form: [
      message('o', at(`${PAYLOAD_PREFIX}form.json`)),
      'INVALID_MESSAGE',
      'accounts[0].currencyName: must be a currency code of three capital letters',
    ],
  };
  const failed = await run(Object.fromEntries(Object.entries(bad).map(([id, [body]]) => [id, body])));
  expect(failed).toEqual([]);
  expect(parked.map(({ id, reason }) => [id, reason])).toEqual(
    Object.entries(bad).map(([id, [, reason]]) => [id, reason]),
  );
  for (const { id, detail } of parked) {
    expect(detail).toBe(bad[id]?.[2] ?? detail);
    expect(detail).not.toMatch(/LIDL|ZOOPLUS/);
    expect(detail.length).toBeLessThanOrEqual(2000);
  }
});

test('accounts of a large import are read from their object, gzipped or not', async () => {
  for (const pack of [(text: string) => gzipSync(text), (text: string) => Buffer.from(text)]) {
    const owner = newOwner();
    const key = `${PAYLOAD_PREFIX}${owner}`;
    standIns.objects.set(`/payloads/${key}`, pack(JSON.stringify([account])));
    expect(await run({ a: message(owner, { accounts: undefined, accountsAt: { bucket: 'payloads', key } }) })).toEqual(
      [],
    );
    expect(await profilesOf(owner)).toEqual(['pets', 'sensitive']);
  }
});

test('a failure that may pass is retried and harms no other message', async () => {
  const [good, other] = [newOwner(), newOwner()];
  standIns.failing.status = 503;
  const failed = await run({
    slow: message(other, { clientId: 'slow' }),
    good: message(good),
    s3: message(other, { accounts: undefined, accountsAt: { bucket: 'payloads', key: `${PAYLOAD_PREFIX}x` } }),
  });
  delete standIns.failing.status;
  expect([failed, parked, counted]).toEqual([['slow', 's3'], [], ['retried', 'done', 'retried']]);
  expect(await profilesOf(good)).toEqual(['pets', 'sensitive']);
  expect(await profilesOf(other)).toBeUndefined();
});

test('an owner whose table fails is retried whole; the others are joined', async () => {
  const [bad, good] = [newOwner(), newOwner()];
  const readAnswer = jest.fn<Service['store']['readAnswer']>(async (owner, read) => {
    if (owner.hash === service.ownerKey(CLIENT, bad).hash) throw new Error('boom');
    return service.store.readAnswer(owner, read);
  });
  const failing = { ...service, store: { ...service.store, readAnswer } };
  const parts = { service: async () => failing };
  expect(await run({ a: message(bad), b: message(good), c: message(bad, { importId: '02' }) }, parts)).toEqual([
    'a',
    'c',
  ]);
  expect(await profilesOf(good)).toEqual(['pets', 'sensitive']);
  expect(await run({ a: message(bad), c: message(bad, { importId: '02' }) })).toEqual([]);
});

test('when time runs out, what was not started is retried', async () => {
  const names = Array.from({ length: 8 }, newOwner);
  let asked = 0;
  const remaining = () => (++asked > 3 ? 5000 : 60_000);
  const failed = await run(Object.fromEntries(names.map((owner) => [owner, message(owner)])), {}, remaining);
  expect(failed).toEqual(names.slice(3));
  expect(await Promise.all(names.map(profilesOf))).toEqual(
    names.map((_, at) => (at < 3 ? ['pets', 'sensitive'] : undefined)),
  );
});

test('a message that cannot be parked is not gone', async () => {
  const recipe = makeImportRecipe({
    service: async () => service,
    getClient: async () => undefined,
    accountsAt: async () => [],
    now: () => NOW,
  });
  const park = () => Promise.reject(new Error('the parked queue is away'));
  const handler = batchFunction(recipe, { park, count: (kind) => counted.push(kind) });
  const context = { getRemainingTimeInMillis: () => 60_000 } as unknown as Context;
  expect(await handler({ Records: [recordOf('a', 'x')] }, context)).toEqual({
    batchItemFailures: [{ itemIdentifier: 'a' }],
  });
  expect(counted).toEqual(['retried']);
});
