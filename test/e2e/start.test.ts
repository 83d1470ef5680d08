/** Starting, stopping, starting again, and the command line beside it: what a user of a laptop does. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { type LoginServer, startLoginServer } from '../support/login-server.ts';
import { catalogueCommands } from './suites/catalogue-commands.ts';
import { commandLine } from './suites/command-line.ts';
import { LIMITS, limitsOfClients } from './suites/limits.ts';
import { COGNITO, peopleWhoSignIn } from './suites/sign-in.ts';
import { about, allOf, call, known } from './support/http.ts';
import { day, message, petAccount, smallest } from './support/messages.ts';
import { depthOf, drained, dynamoDbOf, send, sendAll } from './support/queues.ts';
import {
  launch,
  newDirectory,
  type Running,
  removeDirectory,
  START_WITHIN_MS,
  startService,
} from './support/service.ts';

const run = promisify(execFile);
const SAMPLE = 'anna-pl';
/** The limit is 5 s; a busy machine gets more before the test fails. */
const FAR_BEYOND_MS = 20_000;

const directory = newDirectory();
let service: Running;
let login: LoginServer;
beforeAll(async () => {
  [service, login] = await Promise.all([startService(directory), startLoginServer(Date.now)]);
}, START_WITHIN_MS);
afterAll(async () => {
  await service?.end('SIGKILL');
  await login?.close();
  removeDirectory(directory);
});

test('the profiles of the sample owners are printed before the line that begins with ready', async () => {
  const lines = service.stdout().split('\n');
  const ready = lines.findIndex((line) => line.startsWith('ready'));
  const owners = lines.slice(0, ready).filter((line) => /\b[a-z]+-[a-z]{2}\b/.test(line) && !line.includes('curl'));
  expect(owners.length).toBeGreaterThan(10);
  const anna = owners.find((line) => line.includes(SAMPLE))!;
  const { profiles } = (await about(service, 'owner-profiles', SAMPLE)).body;
  expect(profiles.length).toBeGreaterThan(0);
  for (const profile of profiles) expect(anna).toContain(profile);
  expect(service.stderr()).toBe('');
});

test('outputs.json has all that a stranger needs', async () => {
  const address = expect.stringMatching(/^http:\/\/(127\.0\.0\.1|localhost|\[::1\]):\d+/);
  const text = expect.stringMatching(/./);
  expect(service.outputs).toMatchObject({
    ApiUrl: address,
    ImportQueueUrl: address,
    ParkedQueueUrl: address,
    DeadLetterQueueUrl: address,
    TableName: text,
    SqsEndpoint: address,
    DynamoDbEndpoint: address,
    ClientId: 'demo',
    ApiKey: text,
    OperatorKey: expect.stringMatching(/^ops_/),
    Clients: [
      { ClientId: 'demo', ApiKey: service.outputs.ApiKey },
      { ClientId: text, ApiKey: text },
    ],
  });
  const { TableNames } = await dynamoDbOf(service).send(new ListTablesCommand({}));
  expect(TableNames).toContain(service.outputs.TableName);
  const queues = [service.outputs.ImportQueueUrl, service.outputs.ParkedQueueUrl, service.outputs.DeadLetterQueueUrl];
  for (const queue of queues) expect(await depthOf(service, queue)).toEqual({ visible: 0, hidden: 0 });
});

test('nobody else may read what it keeps', () => {
  const readable = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter(
    (name) => (statSync(join(directory, name), { throwIfNoEntry: false })?.mode ?? 0) & 0o077,
  );
  expect(readable).toEqual([]);
});

test('a page of another site is not answered by what holds the data', async () => {
  const endpoints = Object.entries(service.outputs).filter(([name]) => name.endsWith('Endpoint'));
  expect(endpoints.length).toBe(5);
  for (const [, endpoint] of endpoints) {
    const answer = await fetch(String(endpoint), { headers: { origin: 'https://example.com' } });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([403, null]);
  }
});

test('the printed curl line works in a shell', async () => {
  const line = service
    .stdout()
    .split('\n')
    .find((printed) => printed.includes('curl '))!;
  const { stdout } = await run('sh', ['-c', line.slice(line.indexOf('curl '))]);
  const { body } = await about(service, 'owner-profiles', SAMPLE);
  expect(JSON.parse(stdout)).toEqual(body);
});

/** The service and all processes below it. */
function family(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name): [number, number] => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8').replace(/^.*\) /s, '');
        return [Number(name), Number(stat.split(' ')[1])];
      } catch {
        return [Number(name), 0];
      }
    });
  const all = [pid];
  for (const ancestor of all) all.push(...parents.filter(([, parent]) => parent === ancestor).map(([child]) => child));
  return all;
}

(process.platform === 'linux' ? test : test.skip)('it listens on loopback addresses only', () => {
  const sockets = new Set<string>();
  for (const pid of family(service.pid)) {
    for (const name of readdirSync(`/proc/${pid}/fd`)) {
      try {
        sockets.add(/^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${name}`))?.[1] ?? '');
      } catch {
        // Closed in the meantime.
      }
    }
  }
  const LISTEN = '0A';
  const addresses = ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/net/${table}`, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[3] === LISTEN && sockets.has(fields[9]!))
      .map((fields) => fields[1]!.split(':')[0]!),
  );
  expect(addresses.length).toBeGreaterThanOrEqual(3);
  // 127.x.x.x and ::1 as the kernel writes them on little-endian machines.
  const loopback = /^([0-9A-F]{6}7F|0{24}01000000|0{16}FFFF0000[0-9A-F]{6}7F)$/;
  for (const address of addresses) expect(address).toMatch(loopback);
});

test('a second service on the same store is refused with a clear message, and the first one goes on', async () => {
  const second = launch(directory);
  const refused = await Promise.race([second.ended, pause(30_000, undefined, { ref: false })]);
  second.child.kill('SIGKILL');
  expect(refused?.code).toBeGreaterThan(0);
  expect(second.printed.stderr).toMatch(/in use|already|running/i);
  expect(second.printed.stderr).not.toMatch(/\n\s+at /);
  expect(second.printed.stdout).not.toMatch(/^ready/m);
  expect((await about(service, 'owner-profiles', SAMPLE)).status).toBe(200);
  expect(JSON.parse(readFileSync(join(directory, 'outputs.json'), 'utf8'))).toEqual(service.outputs);
});

describe('the command line', () => commandLine(() => service));
describe('the commands of the catalogue', () => catalogueCommands(() => service));

test(
  'stopped by SIGTERM and started again it goes on where it was, and nothing acknowledged is lost',
  async () => {
    await send(service, message('stays', [petAccount(80)]));
    await known(service, 'stays');
    const before = [await allOf(service, SAMPLE), await allOf(service, 'stays')];
    const { TableName, Clients } = service.outputs;
    const late = Array.from({ length: 30 }, (_, at) => `late ${at}`);
    await sendAll(
      service,
      late.map((owner) => smallest(owner)),
    );
    const stopped = await service.end('SIGTERM');
    expect({ code: stopped.code, signal: stopped.signal }).toEqual({ code: 0, signal: null });
    expect(stopped.ms).toBeLessThan(FAR_BEYOND_MS);

    const settings = join(directory, 'settings.json');
    writeFileSync(settings, JSON.stringify({ ...LIMITS, ...COGNITO }));
    service = await startService(directory, { SETTINGS: settings, LOGIN_URL: login.url });
    expect(service.outputs).toMatchObject({ TableName, Clients });
    expect(service.stdout()).not.toMatch(/sample owners|anna-pl\s/);
    for (const owner of late) expect((await known(service, owner)).body.dataFrom).toBe(day(-5));
    await drained(service);
    expect([await allOf(service, SAMPLE), await allOf(service, 'stays')]).toEqual(before);
    expect(await depthOf(service, service.outputs.DeadLetterQueueUrl)).toEqual({ visible: 0, hidden: 0 });
  },
  START_WITHIN_MS,
);

describe('people who sign in', () =>
  peopleWhoSignIn(
    () => service,
    () => login,
  ));
describe('limits for each client', () => limitsOfClients(() => service));

test('no owner id and no key is written to any log', async () => {
  const secret = 'secret-owner-name-4711';
  await send(service, message(secret, [petAccount(81)]));
  await known(service, secret);
  for (const method of ['GET', 'DELETE']) await call(service, `/v1/owner?ownerExternalId=${secret}`, { method });
  await about(service, 'owner-features', `${secret}%`);
  const logs = join(directory, 'logs');
  const written = readdirSync(logs)
    .map((name) => readFileSync(join(logs, name), 'utf8'))
    .concat(service.stdout(), service.stderr());
  expect(written.length).toBeGreaterThan(2);
  for (const text of written) {
    expect(text).not.toContain(secret);
    expect(text.replace(/^.*(curl|sign in with) .*$/gm, '')).not.toContain(service.outputs.ApiKey);
  }
});

test('stopped by Ctrl-C it ends, too', async () => {
  const stopped = await service.end('SIGINT');
  expect({ code: stopped.code, signal: stopped.signal }).toEqual({ code: 0, signal: null });
  expect(stopped.ms).toBeLessThan(FAR_BEYOND_MS);
});
