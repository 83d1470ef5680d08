import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, buildSync, type Metafile } from 'esbuild';
import { preparedCatalogue } from '../catalogue/build/prepared.ts';
import { filesOf } from '../functions/adapters/catalogue/built-in-catalogue.ts';
import { ROUTES, type RouteFunction } from '../functions/contracts/http/routes.ts';
import { openCatalogue } from '../functions/domain/catalogue/catalogue.ts';
import { hashOfSources } from '../tools/sources/hash.ts';

/** Folder below `functions/handlers/` that exports a `handler`. */
export type FunctionName =
  | RouteFunction
  | 'authorizer'
  | 'change-publisher'
  | 'import-worker'
  | 'profile-run'
  | 'nightly-snapshots'
  | 'statement-reader'
  | 'webhook-sender';

export const FUNCTION_NAMES: readonly FunctionName[] = [
  ...new Set(ROUTES.map(({ answeredBy }) => answeredBy)),
  'authorizer',
  'change-publisher',
  'import-worker',
  'profile-run',
  'nightly-snapshots',
  'statement-reader',
  'webhook-sender',
];

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OUTPUT = join(ROOT, 'dist/functions');

/** Why each byte of a bundle is there: `npx esbuild --analyze`, or https://esbuild.github.io/analyze/. */
const METAFILE = join(ROOT, 'dist/functions.meta.json');

/** A function whose bundle has this module reads the catalogue from its own folder. */
const CATALOGUE_READER = 'functions/adapters/catalogue/built-in-catalogue.ts';

/** The nearest package.json says how Node reads `.js`; on a developer's machine that would be the repository's: ES modules. */
const COMMONJS = Buffer.from('{"type":"commonjs"}\n');

/** What the bundles are made of, besides the packages that the lockfile names. */
const SOURCES = ['functions', 'catalogue', 'lib/bundle.ts', 'package-lock.json'];
/** Says which sources the bundles are from. Written last: incomplete bundles have none, or that of others. */
const STAMP = join(ROOT, 'dist/functions.sources');

/** Bundles all functions if their sources changed since they were last bundled. @returns the folder of a function's code */
export function bundleFunctions(): (name: FunctionName) => string {
  const stamp = Buffer.from(`${hashOfSources(ROOT, SOURCES)}\n`);
  const isThere = FUNCTION_NAMES.every((name) => existsSync(join(OUTPUT, name, 'index.js')));
  if (!isThere || !readOrNothing(STAMP)?.equals(stamp)) {
    writeBundles();
    writeWhenChanged(STAMP, stamp);
  }
  return (name) => join(OUTPUT, name);
}

/**
 * How the functions are bundled.
 *
 * CommonJS, because it loads 15 to 25 % faster than an ES module; `mainFields` with `module` first, because it takes a third off the AWS
 * SDK; `import()` as `require`, because the SDK imports `node:http` so, and an import of that loads the whole of `fetch` with it. The same
 * sources give the same bytes, so that a deployment uploads only what changed.
 */
export const AS_DEPLOYED = {
  absWorkingDir: ROOT,
  bundle: true,
  minify: true,
  // Positions suffice for a readable stack; the sources themselves would only make the package bigger.
  sourcemap: 'linked',
  sourcesContent: false,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  supported: { 'dynamic-import': false },
  mainFields: ['module', 'main'],
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
} satisfies BuildOptions;

/** Lambda gives credentials by the environment: the SDK's search for others stays out of the bundles. */
const CREDENTIALS = { '@aws-sdk/credential-provider-node': './functions/adapters/sdk/environment-credentials.ts' };

const BUNDLING = { ...AS_DEPLOYED, outdir: OUTPUT, write: false, alias: CREDENTIALS } satisfies BuildOptions;

/**
 * Packages that a function seldom needs, and loads when it does: files of their own beside its code. Within the code they would be
 * read at every cold start, and with them all that they share with others would be wrapped up for later.
 */
const APART: Partial<Record<FunctionName, readonly string[]>> = {
  'import-worker': ['@aws-sdk/client-s3', '@aws-sdk/client-sqs', 'zod'],
  'owner-profiles': ['@aws-sdk/client-sqs'],
  'owner-erasure': ['@aws-sdk/client-sqs'],
  'profile-run': ['@aws-sdk/client-sqs'],
  'owner-upload': ['@aws-sdk/client-s3'],
  'owner-statements': [
    '@aws-sdk/client-dynamodb',
    '@aws-sdk/client-s3',
    '@aws-sdk/client-secrets-manager',
    '@aws-sdk/s3-request-presigner',
  ],
};

/** Bundles all functions. */
export function writeBundles(): void {
  const whole = FUNCTION_NAMES.filter((name) => !APART[name]);
  const split = Object.entries(APART).flatMap(([name, packages]) => [
    bundle([name], packages),
    bundlePackages(name, packages),
  ]);
  const builds = [bundle(whole), ...split];
  const metafile: Metafile = {
    inputs: Object.assign({}, ...builds.map((build) => build.metafile.inputs)),
    outputs: Object.assign({}, ...builds.map((build) => build.metafile.outputs)),
  };
  const files = new Map<string, Uint8Array>(
    builds.flatMap(({ outputFiles }) => outputFiles.map(({ path, contents }) => [path, contents] as const)),
  );
  for (const name of FUNCTION_NAMES) files.set(join(OUTPUT, name, 'package.json'), COMMONJS);
  for (const [path, contents] of catalogueFiles(metafile)) files.set(path, contents);
  files.set(METAFILE, Buffer.from(JSON.stringify(metafile)));
  for (const [path, contents] of files) writeWhenChanged(path, contents);
  removeStale(files);
}

function bundle(names: readonly string[], apart: readonly string[] = []) {
  return buildSync({
    ...BUNDLING,
    entryPoints: names.map((name) => ({ in: `functions/handlers/${name}/handler.ts`, out: `${name}/index` })),
    alias: { ...CREDENTIALS, ...Object.fromEntries(apart.map((name) => [name, `./${basename(name)}.js`])) },
    external: apart.map((name) => `./${basename(name)}.js`),
  });
}

function bundlePackages(folder: string, packages: readonly string[]) {
  return buildSync({
    ...BUNDLING,
    entryPoints: packages.map((name) => ({ in: name, out: `${folder}/${basename(name)}` })),
  });
}

/**
 * The built-in catalogue, beside the code of every function that opens it. A catalogue with a fault stops the bundling: it
 * must not be deployed.
 */
function catalogueFiles({ outputs }: Metafile): Map<string, Uint8Array> {
  const prepared = preparedCatalogue();
  openCatalogue(prepared);
  const contents = [...filesOf(prepared)];
  const readers = Object.entries(outputs).filter(([, { inputs }]) => CATALOGUE_READER in inputs);
  return new Map(
    readers.flatMap(([output]) =>
      contents.map(([name, content]): [string, Uint8Array] => [join(ROOT, dirname(output), name), content]),
    ),
  );
}

/** Whole or not at all, and not when nothing changed: tests and the local service bundle at the same time. */
function writeWhenChanged(path: string, contents: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  if (readOrNothing(path)?.equals(contents)) return;
  const unfinished = join(dirname(OUTPUT), `${basename(dirname(path))}-${basename(path)}.${process.pid}`);
  writeFileSync(unfinished, contents);
  renameSync(unfinished, path);
}

function readOrNothing(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** What no function has any more must not be deployed, or mistaken for one. */
function removeStale(current: ReadonlyMap<string, unknown>): void {
  const names: readonly string[] = FUNCTION_NAMES;
  for (const folder of readdirSync(OUTPUT)) {
    if (!names.includes(folder)) rmSync(join(OUTPUT, folder), { recursive: true, force: true });
  }
  for (const name of names) {
    for (const file of readdirSync(join(OUTPUT, name))) {
      const path = join(OUTPUT, name, file);
      if (!current.has(path)) rmSync(path, { recursive: true, force: true });
    }
  }
}
