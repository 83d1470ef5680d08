/** Guards the arrows between the rooms of the house: who may import whom, read from the sources. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Arrow, arrowsFrom, ROOT, sourcesOf } from '../tools/drawing/imports.ts';

const textOf = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const linesOf = (file: string) => textOf(file).trimEnd().split('\n').length;

const arrowsOf = (folder: string) => sourcesOf(folder).flatMap(arrowsFrom);
const text = ({ from, to }: Arrow) => `${from} → ${to}`;
const breaking = (folder: string, isAllowed: (arrow: Arrow) => boolean) =>
  arrowsOf(folder)
    .filter((arrow) => !isAllowed(arrow))
    .map(text);
const within =
  (...beginnings: string[]) =>
  ({ to }: Pick<Arrow, 'to'>) =>
    beginnings.some((beginning) => to.startsWith(beginning));

/** Rooms of `functions/`, lowest first: each may import those before it, and itself. */
const DOMAIN = [
  'values',
  'ledger',
  'labels/matching',
  'labels',
  'features',
  'catalogue',
  'profiles',
  'segments',
  'costs',
].map((room) => `functions/domain/${room}`);
const CONTRACTS = ['import', 'catalogue', 'http', 'openapi', 'runs'].map((room) => `functions/contracts/${room}`);
const USE_CASES = [
  'service',
  'owners',
  'webhooks',
  'changes',
  'imports',
  'runs',
  'segments',
  'catalogue',
  'clients',
  'failures',
].map((room) => `functions/use-cases/${room}`);
const HANDLERS = readdirSync(join(ROOT, 'functions/handlers'));
const FOLDERS = [
  'bin',
  'lib',
  'functions',
  'catalogue',
  'cli',
  'client',
  'local',
  'console',
  'evaluation',
  'bench',
  'tools',
  'samples',
];

test('the sources are there to be read', () => {
  expect(HANDLERS).toContain('import-worker');
  for (const folder of ['functions/domain', 'functions/contracts', 'functions/use-cases', 'lib', 'cli']) {
    expect(arrowsOf(folder).length).toBeGreaterThan(10);
  }
  expect(arrowsOf('functions/adapters').map(text)).toContain(
    'functions/adapters/hash-key.ts → @aws-sdk/client-secrets-manager',
  );
});

test('functions/ has these rooms and no others', () => {
  const rooms = (folder: string) => readdirSync(join(ROOT, folder)).sort();
  const names = (paths: readonly string[]) => [...new Set(paths.map((path) => path.split('/')[2]))].sort();
  expect(rooms('functions')).toEqual(
    ['adapters', 'contracts', 'domain', 'handlers', 'http', 'readers', 'runtime', 'use-cases'].sort(),
  );
  expect(rooms('functions/domain')).toEqual(names(DOMAIN));
  expect(rooms('functions/contracts')).toEqual(names(CONTRACTS));
  expect(rooms('functions/use-cases')).toEqual(names(USE_CASES));
});

test.each([['domain', DOMAIN] as const, ['contracts', CONTRACTS] as const, ['use-cases', USE_CASES] as const])(
  'in %s, each room imports only lower ones',
  (_, rooms) => {
    const roomOf = (file: string) =>
      rooms.filter((room) => file.startsWith(`${room}/`)).sort((a, b) => b.length - a.length)[0];
    const upwards = rooms.flatMap((room) =>
      breaking(room, ({ from, to }) => {
        const [own, other] = [roomOf(from), roomOf(to)];
        return own === undefined || other === undefined || rooms.indexOf(other) <= rooms.indexOf(own);
      }),
    );
    expect([...new Set(upwards)]).toEqual([]);
  },
);

test('no files import one another in a circle', () => {
  const graph = new Map(
    FOLDERS.flatMap(sourcesOf).map((file) => [file, arrowsFrom(file).map(({ to }) => to)] as const),
  );
  expect(circlesIn(graph)).toEqual([]);
});

test('domain imports only itself', () => {
  expect(breaking('functions/domain', within('functions/domain/'))).toEqual([]);
});

test('domain and readers know no clock, no environment and no chance', () => {
  const impure = /\b(Date\.now|new Date\(\)|process\.|Math\.random|performance\.|console\.|localeCompare|Intl\.)/;
  const files = [...sourcesOf('functions/domain'), ...sourcesOf('functions/readers')];
  expect(files.filter((file) => impure.test(textOf(file)))).toEqual([]);
});

test('contracts import only domain, themselves and zod', () => {
  expect(breaking('functions/contracts', within('functions/domain/', 'functions/contracts/', 'zod'))).toEqual([]);
});

test('readers import only domain, themselves and what parses', () => {
  const parsers = ['saxes', 'csv-parse', 'iconv-lite', 'ibantools', 'fflate', 'zod', 'node:zlib'];
  expect(breaking('functions/readers', within('functions/domain/', 'functions/readers/', ...parsers))).toEqual([]);
});

test('use cases know neither handlers, HTTP nor the AWS SDK', () => {
  // open-service.ts assembles the service at cold start: only it opens a client.
  const isRoot = ({ from, to }: Arrow) =>
    from === 'functions/use-cases/service/open-service.ts' && to === '@aws-sdk/client-dynamodb';
  const rooms = ['use-cases', 'domain', 'contracts', 'adapters', 'readers', 'runtime'].map(
    (room) => `functions/${room}/`,
  );
  expect(breaking('functions/use-cases', (arrow) => isRoot(arrow) || within(...rooms, 'node:')(arrow))).toEqual([]);
});

test('adapters, runtime and http know nothing above them', () => {
  const above = within('functions/handlers/', 'functions/use-cases/');
  for (const folder of ['adapters', 'runtime', 'http', 'domain', 'contracts', 'readers']) {
    expect(breaking(`functions/${folder}`, (arrow) => !above(arrow))).toEqual([]);
  }
  for (const folder of ['adapters', 'runtime']) {
    expect(breaking(`functions/${folder}`, (arrow) => !within('functions/http/')(arrow))).toEqual([]);
  }
  expect(breaking('functions/runtime', (arrow) => !within('functions/adapters/')(arrow))).toEqual([]);
});

test.each(HANDLERS)('%s imports no other handler', (handler) => {
  const isOther = ({ to }: Arrow) =>
    within('functions/handlers/')({ to }) && !within(`functions/handlers/${handler}/`)({ to });
  expect(breaking(`functions/handlers/${handler}`, (arrow) => !isOther(arrow))).toEqual([]);
});

test('no source has more than three hundred lines', () => {
  expect(FOLDERS.flatMap(sourcesOf).filter((file) => linesOf(file) > 300)).toEqual([]);
});

test('handlers and recipes have sixty lines at most', () => {
  const files = sourcesOf('functions/handlers').filter((name) => /\/(handler|recipe)\.ts$/.test(name));
  expect(files.filter((name) => name.endsWith('/handler.ts')).length).toBe(HANDLERS.length);
  expect(files.filter((name) => linesOf(name) > 60)).toEqual([]);
});

test('the stack knows names, contracts and the catalogue’s files, and no code of the functions', () => {
  const bundling = [
    'functions/domain/catalogue/catalogue.ts',
    'functions/adapters/catalogue/built-in-catalogue.ts',
    'catalogue/build/',
  ];
  const isFine = ({ from, to }: Arrow) => {
    if (!/^(functions|catalogue|local|cli|bin|test|evaluation|bench)\//.test(to)) return true;
    if (to.startsWith('functions/contracts/') || to === 'functions/runtime/names.ts') return true;
    return from === 'lib/bundle.ts' && within(...bundling)({ to });
  };
  expect(breaking('lib', isFine)).toEqual([]);
});

test('what is deployed needs nothing that is not', () => {
  expect(
    breaking(
      'functions',
      (arrow) => !within(...FOLDERS.filter((name) => name !== 'functions').map((name) => `${name}/`), 'test/')(arrow),
    ),
  ).toEqual([]);
});

test('the page of the console knows the domain’s rules and what the browser loads; those who serve it know how it is built alone', () => {
  const packages = ['preact', '@preact/signals', 'preact-iso', 'openapi-fetch'];
  expect(breaking('console/page', within('console/page/', 'client/', 'functions/domain/', ...packages))).toEqual([]);
  // The client is a package of its own.
  expect(breaking('client', within('client/', 'openapi-fetch', 'standardwebhooks'))).toEqual([]);
  expect(breaking('console/build', within('console/build/', 'tools/sources/', 'esbuild', 'node:'))).toEqual([]);
  const isPage = within('console/page/');
  for (const folder of FOLDERS.filter((name) => name !== 'console')) {
    expect(breaking(folder, (arrow) => !isPage(arrow))).toEqual([]);
  }
});

test('the command line needs neither benchmarks, evaluation nor tests; nothing but tests needs tests', () => {
  expect(breaking('cli', (arrow) => !within('bench/', 'evaluation/', 'test/')(arrow))).toEqual([]);
  for (const folder of ['tools', 'evaluation', 'catalogue', 'local', 'console', 'lib', 'bin', 'samples']) {
    expect(breaking(folder, (arrow) => !within('test/')(arrow))).toEqual([]);
  }
});

test('no folder is called utils, helpers or common', () => {
  const folders = FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      // The benchmarks install their packages in a folder of their own.
      .filter((entry) => entry.isDirectory() && !join(entry.parentPath, entry.name).includes('node_modules'))
      .map(({ name }) => name),
  );
  expect(folders.filter((name) => /^(utils?|helpers?|common|misc)$/.test(name))).toEqual([]);
});

/** The circles of a graph: its strongly connected components of more than one node (Tarjan 1972). */
function circlesIn(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const [order, lowest, open, circles] = [
    new Map<string, number>(),
    new Map<string, number>(),
    [] as string[],
    [] as string[][],
  ];
  const visit = (node: string) => {
    order.set(node, order.size);
    let low = order.get(node)!;
    open.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!graph.has(next)) continue;
      if (!order.has(next)) visit(next);
      if (open.includes(next)) low = Math.min(low, lowest.get(next) ?? order.get(next)!);
    }
    lowest.set(node, low);
    if (low !== order.get(node)) return;
    const circle = open.splice(open.indexOf(node));
    if (circle.length > 1) circles.push(circle.sort());
  };
  for (const node of graph.keys()) if (!order.has(node)) visit(node);
  return circles;
}
