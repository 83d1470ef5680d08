/**
 * One whole run on this machine: samples, good and bad requests, good and bad messages, retried failures. Afterwards no
 * line that any part of the service has printed contains a title, a party, an account number, an owner id or a key.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { ownerProfiles } from '../cli/command-line.ts';
import { allOf, call, known, ownerPath } from '../e2e/support/http.ts';
import { day, message, petAccount, row } from '../e2e/support/messages.ts';
import { drained, s3Of, sendAll, takeParked } from '../e2e/support/queues.ts';
import { oneService, type Running } from '../e2e/support/service.ts';
import { found, type Needle, sampleNeedles } from './needles.ts';

const service = oneService();

/** The service gets each of these in some way below. */
const TELL = {
  owner: 'telltale-owner-4711',
  title: 'TELLTALE ŻABKA Łódź "quoted" 17',
  party: 'TELLTALE PARTY SE',
  iban: 'PL10105000997603123456789123',
  key: `op_${'Telltale'.repeat(5)}`,
  path: 'telltale-path',
  object: 'telltale-object',
};
const account = (more: Record<string, unknown> = {}) =>
  petAccount(99, {
    iban: TELL.iban,
    transactions: [-10, -40, -70].map((offset) => row(day(offset), { title: TELL.title, party: TELL.party })),
    ...more,
  });
const told = (more: Record<string, unknown> = {}, ofAccount: Record<string, unknown> = {}) =>
  message(TELL.owner, [account(ofAccount)], more);

let startup = '';
let logged: Map<string, string>;
let messages = 0;
let parkedReasons: string[] = [];

const send = async (...bodies: (string | object)[]) => {
  messages += bodies.length;
  await sendAll(service(), bodies);
};
const cli = async (...args: string[]) => {
  const outcome = await ownerProfiles([...args, '--outputs', join(service().directory, 'outputs.json')]);
  expect({ args, code: outcome.code, stderr: outcome.stderr }).toEqual({ args, code: 0, stderr: expect.any(String) });
  return outcome.stdout.trim();
};

async function requests(running: Running): Promise<void> {
  const upload = { 'Content-Type': 'application/json' };
  const post = (body: string | Uint8Array, headers: object = upload) =>
    call(running, '/v1/owner', { method: 'POST', headers: { ...headers }, body });
  const { type: _, version: __, clientId: ___, source: ____, ...import_ } = told();
  const statuses: number[] = [];
  const ask = async (answer: Promise<{ readonly status: number }>) => void statuses.push((await answer).status);
  await ask(call(running, ownerPath('owner-profiles', 'anna-pl')));
  await ask(call(running, ownerPath('owner-profiles', 'anna-pl', '&asOf=2026-05-31')));
  await ask(call(running, ownerPath('owner-features', 'anna-pl')));
  await ask(call(running, ownerPath('owner-profiles/explanation', 'anna-pl')));
  await ask(post(JSON.stringify(import_)));
  messages += 1;
  await ask(post(`{"ownerExternalId":"${TELL.owner}","accounts":[{"title":"TELLTALE PARTY SE`));
  await ask(post(JSON.stringify({ ...import_, accounts: [account({ iban: 17 })], importedAt: TELL.title })));
  await ask(post(gzipSync(JSON.stringify(import_)).subarray(0, 40), { ...upload, 'Content-Encoding': 'gzip' }));
  await ask(call(running, ownerPath('owner-profiles', TELL.owner, `&asOf=${encodeURIComponent(TELL.title)}`)));
  await ask(call(running, ownerPath('owner-profiles', 'nobody'), { key: TELL.key }));
  await ask(call(running, ownerPath('owner-profiles', TELL.owner), { key: null }));
  await ask(call(running, ownerPath('owner-profiles', `${TELL.owner}-unknown`)));
  await ask(call(running, `/v1/owner-profiles/${TELL.path}?ownerExternalId=${TELL.owner}`));
  await ask(call(running, ownerPath('owner', TELL.owner), { method: 'PUT', body: JSON.stringify(import_) }));
  await ask(call(running, ownerPath('owner', `${TELL.owner}-erased`), { method: 'DELETE' }));
  expect(statuses).toEqual([200, 200, 200, 200, 202, 400, 400, 400, 400, 401, 401, 404, 404, 405, 204]);
}

async function badMessages(running: Running): Promise<void> {
  const at = (name: string) => {
    const { accounts: _, ...envelope } = told();
    return { ...envelope, accountsAt: { bucket: running.outputs.PayloadBucketName, key: `imports/${name}` } };
  };
  const Body = `[{"iban":"${TELL.iban}","title":"TELLTALE PARTY SE`;
  const object = { Bucket: running.outputs.PayloadBucketName, Key: `imports/${TELL.object}`, Body };
  await s3Of(running).send(new PutObjectCommand(object));
  const torn = JSON.stringify(told()).slice(0, -9);
  await send(
    ...[torn, TELL.title, JSON.stringify(TELL.party)],
    ...[told({ source: TELL.party }), told({ ownerExternalId: '' }), told({}, { iban: TELL.party })],
    ...[told({}, { covers: { from: TELL.title, to: day(-2) } }), told({ clientId: `${TELL.owner}-client` })],
    ...[at(`${TELL.object}-missing`), at(TELL.object), told({ importedAt: '2999-01-01T00:00:00Z' })],
  );
}

beforeAll(async () => {
  const running = service();
  startup = running.stdout();
  await requests(running);
  await badMessages(running);
  await drained(running);
  parkedReasons = (await takeParked(running)).map(({ reason }) => reason).sort();
});

describe('what failed and is sent back', () => {
  test('has the effect that it would have had at first, however often', async () => {
    const sameOwner = `${TELL.owner}-late`;
    const { importedAt } = message(sameOwner, []);
    const import_ = (clientId: string) =>
      message(sameOwner, [account()], { clientId, importId: 'telltale-import', importedAt });
    await send(import_('demo'), import_('latecomer'));
    await known(service(), sameOwner);
    await drained(service());

    const key = await cli('clients', 'create', 'latecomer');
    const [parked] = JSON.parse(await cli('failures', 'list', '--client', 'latecomer', '--json')).failures;
    expect(parked).toMatchObject({ queue: 'parked', reason: 'UNKNOWN_CLIENT', clientId: 'latecomer', source: 'AIS' });
    expect(found(await cli('failures', 'show', parked.id), tellTales())).toEqual([]);
    expect(await cli('failures', 'retry', '--reason', 'UNKNOWN_CLIENT', '--yes')).toBe(
      'sent 1 back to the import queue',
    );
    messages += 1;

    const late = { ...service(), outputs: { ...service().outputs, ApiKey: key } };
    await known(late, sameOwner);
    const atFirst = await allOf(service(), sameOwner);
    expect(await allOf(late, sameOwner)).toEqual(atFirst);

    await send(import_('latecomer'), import_('latecomer'));
    await drained(service());
    expect(await allOf(late, sameOwner)).toEqual(atFirst);
  });
});

describe('after all this', () => {
  beforeAll(() => {
    const directory = join(service().directory, 'logs');
    const files = readdirSync(directory, { recursive: true, encoding: 'utf8' });
    logged = new Map(files.map((file) => [file, readFileSync(join(directory, file), 'utf8')]));
  });

  const needles = (): Needle[] => [
    ...sampleNeedles(),
    ...tellTales(),
    ...service().outputs.Clients.map(({ ApiKey }) => ({ what: 'API key', text: ApiKey })),
  ];

  test('every bad message was parked for its reason', () => {
    const times = (reason: string, count: number) => Array<string>(count).fill(reason);
    const expected = [...times('INVALID_MESSAGE', 6), ...times('NOT_JSON', 3), 'ACCOUNTS_AT_MISSING', 'UNKNOWN_CLIENT'];
    expect(parkedReasons).toEqual(expected.sort());
  });

  test('each message is one line, with outcome, source, times and counts', () => {
    const lines = linesOf('import-worker').filter(({ message }) => message === 'import');
    expect(lines.length).toBeGreaterThanOrEqual(messages + 1);
    const joined = lines.filter(({ outcome }) => outcome === 'joined');
    for (const line of joined) {
      expect(line).toEqual(
        expect.objectContaining({
          ...{
            messageId: expect.any(String),
            receives: expect.any(Number),
            source: expect.stringMatching(/^[A-Z_]+$/),
          },
          ...{ function_request_id: expect.any(String), durationMs: expect.any(Number), queuedMs: expect.any(Number) },
          ...{ accounts: expect.any(Number), days: expect.any(Number), transactions: expect.any(Number) },
        }),
      );
    }
    const parked = lines.filter(({ outcome }) => outcome === 'parked');
    expect(parked.map(({ reason }) => reason).sort()).toEqual([...parkedReasons, 'UNKNOWN_CLIENT'].sort());
    for (const { durationMs } of parked) expect(durationMs).toEqual(expect.any(Number));
  });

  test('each request that reached a function is one line, with outcome, time and request id', () => {
    const lines = [...logged.keys()].flatMap((file) => linesOf(file.replace('.log', '')));
    const requests = lines.filter(({ message }) => message === 'request');
    const ids = requests.map(({ requestId }) => requestId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const request of requests) {
      expect(request).toMatchObject({
        outcome: expect.any(String),
        status: expect.any(Number),
        durationMs: expect.any(Number),
      });
    }
  });

  test('metrics count imports by source and outcome, and entries by profile', () => {
    const metrics = linesOf('import-worker').filter(({ _aws }) => _aws);
    expect(metrics).toContainEqual(
      expect.objectContaining({ source: 'AIS', outcome: 'joined', Imports: expect.any(Number) }),
    );
    expect(metrics).toContainEqual(expect.objectContaining({ source: 'UNKNOWN', outcome: 'parked' }));
    expect(metrics).toContainEqual(
      expect.objectContaining({ profile: 'pet-owner', ProfilesEntered: expect.any(Number) }),
    );
    expect(metrics.some(({ ImportToAnswer }) => ImportToAnswer !== undefined)).toBe(true);
  });

  test('no log holds a title, a party, an account number, an owner id or a key', () => {
    const all = needles();
    expect(all.length).toBeGreaterThan(300);
    expect([...logged.keys()]).toEqual(
      expect.arrayContaining(['authorizer.log', 'import-worker.log', 'owner-upload.log']),
    );
    // The search does find existing text.
    expect(found(logged.get('import-worker.log') ?? '', [{ what: 'client', text: 'latecomer' }])).toHaveLength(1);
    const told = [...logged].flatMap(([file, text]) =>
      found(text, all).map(({ what, text }) => `${file}: ${what} ${text}`),
    );
    expect(told).toEqual([]);
  });

  test('nor does the output of the process, except for the table of sample owners at its start', () => {
    const all = needles();
    const greeting = all.filter(({ what }) => what !== 'ownerExternalId' && what !== 'API key');
    expect(found(startup, greeting)).toEqual([]);
    expect(found(service().stdout().slice(startup.length), all)).toEqual([]);
    expect(found(service().stderr(), all)).toEqual([]);
  });
});

test('the search would find what it looks for, however it is written', () => {
  const all = tellTales();
  expect(found(JSON.stringify({ line: JSON.stringify({ title: TELL.title }) }), all).map(({ what }) => what)).toEqual([
    'title',
  ]);
  expect(found(`/v1/owner-profiles?ownerExternalId=${encodeURIComponent(TELL.owner)}`, all)).toHaveLength(1);
});

function tellTales(): Needle[] {
  return Object.entries(TELL).map(([what, text]) => ({ what, text }));
}

// biome-ignore lint/suspicious/noExplicitAny: a log line has the form that the test asks of it
function linesOf(title: string): any[] {
  const text = logged.get(`${title}.log`) ?? '';
  return text.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []));
}
