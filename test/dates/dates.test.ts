/** The run on other days: its clock reaches every process, every case has its turn, and no suite that it leaves out needs it. */
import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentOf } from '../../local/functions/environment.ts';
import type { FunctionSpec } from '../../local/template/wiring.ts';
import { CASES, caseOf, SUITES } from './cases.ts';

const ROOT = join(import.meta.dirname, '../..');
const YEAR_MS = 365 * 86_400_000;

test('a shifted clock moves every way to ask for the time, also in child processes, and nothing else', () => {
  const look = `[Date.now(), +new Date(), Date.parse(Date()), +new Date(0), new Date(2028, 0) instanceof Date,
    new (class extends Date {})() instanceof Date, performance.now() < 60000]`;
  const inChild = `execFileSync(process.execPath, ['-p', 'Date.now()']).toString()`;
  const script = `const { execFileSync } = require('node:child_process');
    console.log(JSON.stringify([...${look}, Number(${inChild})]))`;
  const before = Date.now() + YEAR_MS - 1000;
  const printed = execFileSync(process.execPath, ['-e', script], {
    env: { ...process.env, NODE_OPTIONS: `--import=${new URL('clock.mjs', import.meta.url)}?shift=${YEAR_MS}` },
  });
  const [now, created, called, epoch, ...rest] = JSON.parse(printed.toString());
  const child = rest.pop();
  const after = Date.now() + YEAR_MS;
  for (const time of [now, created, called, child]) expect([time >= before, time <= after]).toEqual([true, true]);
  expect([epoch, ...rest]).toEqual([0, true, true, true]);
});

test('functions have the clock of the process that runs them, beside the options that the stack gives them', () => {
  const clock = `--import=${new URL('clock.mjs', import.meta.url)}?shift=0`;
  const before = process.env['NODE_OPTIONS'];
  process.env['NODE_OPTIONS'] = clock;
  try {
    const spec = {
      name: 'f',
      handler: 'h',
      codePath: '.',
      memoryMb: 128,
      environment: () => ({ NODE_OPTIONS: '--enable-source-maps' }),
    };
    const endpoints = { dynamoDb: '', sqs: '', s3: '', secretsManager: '', states: '', events: '' };
    const { NODE_OPTIONS } = environmentOf(spec as unknown as FunctionSpec, 'eu-central-1', endpoints);
    expect(NODE_OPTIONS).toBe(`--enable-source-maps ${clock}`);
  } finally {
    if (before === undefined) delete process.env['NODE_OPTIONS'];
    else process.env['NODE_OPTIONS'] = before;
  }
});

test('every case has its turn', () => {
  const turns = Array.from({ length: 256 }, (_, at) => caseOf(`${at.toString(16).padStart(8, '0')}aaaa`).name);
  expect(new Set(turns)).toEqual(new Set(CASES.map(({ name }) => name)));
  expect(() => caseOf('')).toThrow('"" is no commit');
});

test('outside the suites that are run on other days nothing asks the machine for day, place or language', () => {
  const asks =
    /\bDate\.now\b|\bnew Date\(\)|\bDate\(\)|\.toLocale|localeCompare|\bIntl\.|\.(get|set)(Hours|Date|Day|Month|FullYear|Timezone)/;
  // The test of arrows names the words that it searches for; the others are tools, or parts that the suites run.
  const others = [
    'test/arrows.test.ts',
    'test/simulation/run.ts',
    ...[...SUITES, 'test/dates', 'test/fuzz', 'test/simulation/soak'].map((folder) => `${folder}/`),
  ];
  const files = globSync('test/**/*.ts', { cwd: ROOT }).filter((file) => !others.some((path) => file.startsWith(path)));
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter((file) => asks.test(readFileSync(join(ROOT, file), 'utf8')))).toEqual([]);
});
