/** Guards the arrows of the design: who may import whom, read from the sources. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const IMPORT = /^(?:import|export)\s(?:[^'";]*\sfrom\s)?'([^']+)'|\bimport\('([^']+)'\)/gm;

type Arrow = { readonly from: string; readonly to: string };

function sourcesOf(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.[mc]?ts$/.test(name))
    .map((name) => `${folder}/${name}`)
    .sort();
}

/** What the sources of a folder import: paths from the root of the repository, or names of packages. */
function arrowsOf(folder: string): Arrow[] {
  return sourcesOf(folder).flatMap((from) =>
    [...readFileSync(join(ROOT, from), 'utf8').matchAll(IMPORT)].map(([, name = '', dynamic = '']) => {
      const to = name || dynamic;
      return { from, to: to.startsWith('.') ? relative(ROOT, join(ROOT, dirname(from), to)) : to };
    }),
  );
}

const text = ({ from, to }: Arrow) => `${from} → ${to}`;
const breaking = (folder: string, isAllowed: (arrow: Arrow) => boolean) =>
  arrowsOf(folder)
    .filter((arrow) => !isAllowed(arrow))
    .map(text);
const startsWith =
  (...beginnings: string[]) =>
  (arrow: Arrow) =>
    beginnings.some((beginning) => arrow.to.startsWith(beginning));

const SHARED = ['domain', 'contracts', 'adapters', 'service', 'runtime'];
const HANDLERS = readdirSync(join(ROOT, 'functions')).filter((name) => !SHARED.includes(name));

test('the sources are there to be read', () => {
  expect(HANDLERS).toContain('import-worker');
  for (const folder of ['functions/domain', 'functions/contracts', 'functions/service', 'lib']) {
    expect(arrowsOf(folder).length).toBeGreaterThan(10);
  }
  expect(arrowsOf('functions/adapters').map(text)).toContain(
    'functions/adapters/hash-key.ts → @aws-sdk/client-secrets-manager',
  );
});

test('domain imports only itself', () => {
  expect(breaking('functions/domain', startsWith('functions/domain/'))).toEqual([]);
});

test('domain knows no clock, no environment and no chance', () => {
  const impure = /\b(Date\.now|new Date\(\)|process\.|Math\.random|performance\.|console\.|localeCompare|Intl\.)/;
  expect(sourcesOf('functions/domain').filter((file) => impure.test(readFileSync(join(ROOT, file), 'utf8')))).toEqual(
    [],
  );
});

test('contracts import only domain, themselves and zod', () => {
  expect(breaking('functions/contracts', startsWith('functions/domain/', 'functions/contracts/', 'zod'))).toEqual([]);
});

test('service knows neither handlers, HTTP nor the AWS SDK', () => {
  // open-service.ts puts the service together at cold start: it alone opens a client.
  const isRoot = ({ from, to }: Arrow) =>
    from === 'functions/use-cases/service/open-service.ts' && to === '@aws-sdk/client-dynamodb';
  const isFine = (arrow: Arrow) =>
    isRoot(arrow) ||
    (startsWith(
      'functions/service/',
      'functions/domain/',
      'functions/adapters/',
      'functions/runtime/',
      'node:',
    )(arrow) &&
      !startsWith('functions/runtime/http')(arrow));
  expect(breaking('functions/service', isFine)).toEqual([]);
});

test('adapters and runtime know neither handlers nor what they serve', () => {
  const handlers = HANDLERS.map((name) => `functions/${name}/`);
  for (const folder of ['adapters', 'runtime', 'service', 'domain', 'contracts']) {
    expect(breaking(`functions/${folder}`, (arrow) => !startsWith(...handlers)(arrow))).toEqual([]);
  }
  expect(breaking('functions/adapters', (arrow) => !startsWith('functions/service/')(arrow))).toEqual([]);
});

test.each(HANDLERS)('%s imports no other handler', (handler) => {
  const others = HANDLERS.filter((name) => name !== handler).map((name) => `functions/${name}/`);
  expect(breaking(`functions/${handler}`, (arrow) => !startsWith(...others)(arrow))).toEqual([]);
});

test('a handler is a recipe of sixty lines at most', () => {
  const files = sourcesOf('functions').filter((name) => name.endsWith('/handler.ts'));
  const long = files.filter((name) => readFileSync(join(ROOT, name), 'utf8').split('\n').length > 61);
  expect([files.length >= HANDLERS.length, long]).toEqual([true, []]);
});

test('the stack knows names, contracts and the catalogue’s files, and no code of the functions', () => {
  const bundling = [
    'functions/domain/catalogue/catalogue.ts',
    'functions/adapters/catalogue/built-in-catalogue.ts',
    'catalogue/build/',
  ];
  const isFine = ({ from, to }: Arrow) => {
    if (!/^(functions|catalogue|evaluation|local|cli|bin|test)\//.test(to)) return true;
    if (to.startsWith('functions/contracts/') || to === 'functions/runtime/names.ts') return true;
    return from === 'lib/bundle.ts' && startsWith(...bundling)({ from, to });
  };
  expect(breaking('lib', isFine)).toEqual([]);
});

test('what is deployed needs nothing that is not', () => {
  const isLocal = startsWith(
    'local/',
    'cli/',
    'test/',
    'bin/',
    'lib/',
    'samples/',
    'bench/',
    'catalogue/',
    'evaluation/',
  );
  expect(breaking('functions', (arrow) => !isLocal(arrow))).toEqual([]);
});

test('no folder is called utils, helpers or common', () => {
  const folders = ['bin', 'lib', 'functions', 'catalogue', 'evaluation', 'cli', 'local'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name),
  );
  expect(folders.filter((name) => /^(utils?|helpers?|common|misc)$/.test(name))).toEqual([]);
});
