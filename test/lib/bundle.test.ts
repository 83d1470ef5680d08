import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { FUNCTION_NAMES, writeBundles } from '../../lib/bundle.ts';

const OUTPUT = new URL('../../dist/functions/', import.meta.url);

beforeAll(() => {
  writeBundles();
});

test('there is a folder for each function and no other', () => {
  expect(readdirSync(OUTPUT).sort()).toEqual([...FUNCTION_NAMES].sort());
});

test.each(FUNCTION_NAMES)('%s is CommonJS wherever it is run, and its stacks can be read', (name) => {
  const files = readdirSync(new URL(name, OUTPUT));
  expect(files.filter((file) => !file.startsWith('catalogue.')).sort()).toEqual([
    'index.js',
    'index.js.map',
    'package.json',
  ]);
  expect(readFileSync(new URL(`${name}/package.json`, OUTPUT), 'utf8')).toBe('{"type":"commonjs"}\n');
  expect(readFileSync(new URL(`${name}/index.js`, OUTPUT), 'utf8')).toMatch(/sourceMappingURL=index\.js\.map\n$/);
  expect(JSON.parse(readFileSync(new URL(`${name}/index.js.map`, OUTPUT), 'utf8'))).not.toHaveProperty(
    'sourcesContent',
  );
});

test('the catalogue lies beside the code of those that open it, and of no others', () => {
  const readers = FUNCTION_NAMES.filter((name) => readdirSync(new URL(name, OUTPUT)).includes('catalogue.json'));
  expect(FUNCTION_NAMES.filter((name) => !readers.includes(name))).toEqual(['owner-upload', 'openapi', 'authorizer']);
  for (const name of readers) {
    const read = (file: string) => readFileSync(new URL(`${name}/${file}`, OUTPUT), 'utf8');
    expect(JSON.parse(read('catalogue.json')).version).toBe(read('catalogue.version').trim());
  }
});

test('bundling again writes nothing, but removes what is no function any more', () => {
  const bundle = new URL('profiles/index.js', OUTPUT);
  const former = new URL('former-function/', OUTPUT);
  const { mtimeMs } = statSync(bundle);
  mkdirSync(former);
  writeFileSync(new URL('index.js', former), '');
  writeBundles();
  expect(statSync(bundle).mtimeMs).toBe(mtimeMs);
  expect(statSync(former, { throwIfNoEntry: false })).toBeUndefined();
});
