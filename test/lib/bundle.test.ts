import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { ENV } from '../../functions/runtime/names.ts';
import { FUNCTION_NAMES, type FunctionName, writeBundles } from '../../lib/bundle.ts';
import { bundled, SYNTHESIS_TIMEOUT_MS } from '../support/stack.ts';

const OUTPUT = new URL('../../dist/functions/', import.meta.url);

beforeAll(async () => {
  await bundled();
}, SYNTHESIS_TIMEOUT_MS);

test('there is a folder for each function and no other', () => {
  expect(readdirSync(OUTPUT).sort()).toEqual([...FUNCTION_NAMES].sort());
});

/** Files stored apart from the code of a function. */
const APART: Partial<Record<FunctionName, readonly string[]>> = {
  'import-worker': ['client-s3', 'client-sqs', 'zod'],
  'owner-profiles': ['client-sqs'],
  'owner-erasure': ['client-sqs'],
  'profile-run': ['client-sqs'],
  'owner-upload': ['client-s3'],
  'owner-statements': ['client-dynamodb', 'client-s3', 'client-secrets-manager', 's3-request-presigner'],
};

test.each(FUNCTION_NAMES)('%s is CommonJS wherever it is run, and its stacks can be read', (name) => {
  const files = readdirSync(new URL(name, OUTPUT));
  const code = ['index', ...(APART[name] ?? [])].flatMap((file) => [`${file}.js`, `${file}.js.map`]);
  expect(files.filter((file) => !file.startsWith('catalogue.')).sort()).toEqual([...code, 'package.json'].sort());
  expect(readFileSync(new URL(`${name}/package.json`, OUTPUT), 'utf8')).toBe('{"type":"commonjs"}\n');
  expect(readFileSync(new URL(`${name}/index.js`, OUTPUT), 'utf8')).toMatch(/sourceMappingURL=index\.js\.map\n$/);
  expect(JSON.parse(readFileSync(new URL(`${name}/index.js.map`, OUTPUT), 'utf8'))).not.toHaveProperty(
    'sourcesContent',
  );
});

test.each(Object.entries(APART))('%s loads what is kept apart only when it needs it', (name, packages) => {
  const code = readFileSync(new URL(`${name}/index.js`, OUTPUT), 'utf8');
  for (const file of packages) expect(code).toContain(`require("./${file}.js")`);
  const env = {
    ...Object.fromEntries(Object.values(ENV).map((variable) => [variable, '1'])),
    AWS_REGION: 'eu-central-1',
  };
  const load = "require('./index.js'); process.stdout.write(Object.keys(require.cache).join()); process.exit()";
  const loaded = execFileSync(process.execPath, ['-e', load], { cwd: new URL(name, OUTPUT), env, encoding: 'utf8' });
  expect(loaded).toMatch(/^[^,]*index\.js$/);
});

test('the catalogue is beside the code of functions that open it, and of no others', () => {
  const readers = FUNCTION_NAMES.filter((name) => readdirSync(new URL(name, OUTPUT)).includes('catalogue.json'));
  expect(FUNCTION_NAMES.filter((name) => !readers.includes(name))).toEqual([
    'owner-upload',
    'owner-statements',
    'changes',
    'webhooks',
    'keys',
    'failures',
    'openapi',
    'authorizer',
    'change-publisher',
    'statement-reader',
    'webhook-sender',
  ]);
  for (const name of readers) {
    const read = (file: string) => readFileSync(new URL(`${name}/${file}`, OUTPUT), 'utf8');
    expect(JSON.parse(read('catalogue.json')).version).toBe(read('catalogue.version').trim());
  }
});

test('bundling again writes nothing, but removes former functions', () => {
  const bundle = new URL('profiles/index.js', OUTPUT);
  const former = new URL('former-function/', OUTPUT);
  const { mtimeMs } = statSync(bundle);
  mkdirSync(former);
  writeFileSync(new URL('index.js', former), '');
  writeBundles();
  expect(statSync(bundle).mtimeMs).toBe(mtimeMs);
  expect(statSync(former, { throwIfNoEntry: false })).toBeUndefined();
});
