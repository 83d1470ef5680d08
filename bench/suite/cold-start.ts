/** Cold starts: from the first line of a fresh process to its first answer, beside a bare function that only reads one item. */
import { cpSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { BuildOptions } from 'esbuild';
import { bundle, scratch } from '../support/bundle.ts';
import { type ColdStart, coldStart } from '../support/cold.ts';
import { type Bench, counted, type Figure, type Goal, ratio } from '../support/figures.ts';
import { number } from '../support/format.ts';
import { assertTaken, deployedFolder, lookUpEvent, queueEvent, startHost } from '../support/functions.ts';
import { type Spread, spreadOf } from '../support/measure.ts';
import { DAYS_READ, LAST_DAY, messageOf, NOW, SEED, transactionsOf } from '../support/owners.ts';
import { startWorld } from '../support/world.ts';
import { parts } from './bundle-parts.ts';

const ROUNDS = 15;
const ROWS = 1_000;
const ROWS_OF_IMPORT = 50;
const CATALOGUE = /^catalogue\./;
type Name = (typeof SERVICE)[number];
type World = Awaited<ReturnType<typeof startWorld>>;
/** The measurements of each, round by round. */
type Against = (name: string, base: string, what: 'ready' | 'answered' | 'cpu') => Spread;
type Started = {
  readonly file: string;
  /** A file with the event of a run. */
  readonly event: (run: number) => string;
  readonly env: Record<string, string>;
};

const ESM_BANNER = "import{createRequire as make}from'node:module';const require=make(import.meta.url);";
const VARIANTS: Readonly<Record<string, BuildOptions>> = {
  'not minified': { minify: false },
  'ES module': { format: 'esm', banner: { js: ESM_BANNER } },
};

const SERVICE = ['owner-profiles', 'import-worker'] as const;

export const bench: Bench = {
  name: 'cold-start',
  title: 'Cold starts',
  async run(progress) {
    const world = await startWorld();
    try {
      const bare = bundle('bench/children/bare-get.ts', 'bare-get');
      const contestants = await contestantsOf(world, bare.file);
      const told = new Map<string, ColdStart[]>(Object.keys(contestants).map((name) => [name, []]));
      let runs = 0;
      // One run is discarded: it brings the files into memory and fills the compile cache.
      for (let round = -1; round < ROUNDS; round++) {
        for (const [name, started] of Object.entries(contestants)) {
          const { file, event, env } = started;
          const one = await coldStart(name, {
            file,
            event: event(runs++),
            env: { ...world.environment(false), ...env },
          });
          if (round >= 0) told.get(name)?.push(one);
        }
        progress(`round ${Math.max(0, round + 1)} of ${ROUNDS}`);
      }
      const against: Against = (name, base, what) =>
        spreadOf((told.get(name) ?? []).map((one, round) => one[what] / (told.get(base) ?? [])[round]![what]));
      return {
        figures: [
          ...SERVICE.flatMap((name) => figuresOf(name, against)),
          counted('bare: size of the bundle', 'bytes', statSync(bare.file).size),
          ...SERVICE.flatMap(sizes),
        ],
        notes: [
          `${ROUNDS} fresh processes of each, in turns, against a table on this machine. The owner has ${number(ROWS)} rows in ${DAYS_READ} days; every import brings ${ROWS_OF_IMPORT} rows of the last 15 days and is a new one, so that it writes. Counted from the first line of the process, so without Node's own start. The service's functions read the secret of the hashes as well, which the bare one does not.`,
          'As deployed: CommonJS, minified, the S3 client loaded only when an import lies in a bucket. Lambda keeps no files between environments, so a compile cache would have to be built into the package.',
        ],
        charts: [
          {
            kind: 'bars',
            file: 'cold-start',
            title: 'Cold start until the first answer, processor time',
            axis: '× a bare function with one GetItem (median, min to max)',
            bars: Object.keys(contestants)
              .slice(1)
              .map((label) => {
                const { median, low, high } = against(label, 'bare', 'cpu');
                return { label, value: median, low, high, ours: !label.includes(',') };
              }),
          },
        ],
      };
    } finally {
      await world.close();
    }
  },
};

/** The bare function first, then the service's functions as deployed and in their variants, each with an event that it can answer. */
async function contestantsOf(world: World, bareFile: string): Promise<Record<string, Started>> {
  const folder = scratch('cold-start');
  const event = (name: string, value: unknown) => {
    const file = join(folder, `${name}.json`);
    writeFileSync(file, JSON.stringify(value));
    return file;
  };
  const importedAt = (second: number) => new Date(NOW - 3_600_000 + second * 1000).toISOString();
  const history = messageOf(transactionsOf({ rows: ROWS, seed: SEED }), {
    from: LAST_DAY - DAYS_READ + 1,
    importedAt: importedAt(0),
  });
  const worker = await startHost('import-worker', world.environment(false));
  assertTaken(await worker.run(queueEvent([JSON.stringify(history)])));
  worker.close();

  const { hash } = world.ownerKey('bench-owner');
  const fifty = transactionsOf({ rows: ROWS_OF_IMPORT, seed: SEED + 1, days: 15 });
  const importOf = (run: number) =>
    messageOf(fifty, { importId: `import-${run}`, from: LAST_DAY - 14, importedAt: importedAt(run + 1) });
  const always = (file: string) => () => file;
  const events = {
    bare: always(event('bare', { pk: `demo#owner#${hash}`, sk: 'answer' })),
    'owner-profiles': always(event('look-up', lookUpEvent('bench-owner'))),
    'import-worker': (run: number) => event('import', queueEvent([JSON.stringify(importOf(run))])),
  };
  const contestants: Record<string, Started> = { bare: { file: bareFile, event: events.bare, env: {} } };
  const cache = mkdtempSync(join(folder, 'compile-cache-'));
  for (const name of SERVICE) {
    const deployed = deployedFolder(name);
    const own = (file: string, env = {}): Started => ({
      file,
      event: events[name],
      env: { LAMBDA_TASK_ROOT: dirname(file), ...env },
    });
    contestants[name] = own(join(deployed, 'index.js'));
    for (const [variant, options] of Object.entries(VARIANTS)) {
      contestants[`${name}, ${variant}`] = own(bundledVariant(name, variant, options, deployed));
    }
    contestants[`${name}, compile cache`] = own(join(deployed, 'index.js'), { NODE_COMPILE_CACHE: cache });
  }
  return contestants;
}

/** A function bundled otherwise, beside a copy of its catalogue. */
function bundledVariant(name: Name, variant: string, options: BuildOptions, deployed: string): string {
  const entry = `functions/handlers/${name}/handler.ts`;
  const { file } = bundle(entry, `${name}-${variant.replaceAll(' ', '-')}`, options);
  cpSync(deployed, dirname(file), {
    recursive: true,
    filter: (path) => path === deployed || CATALOGUE.test(path.split('/').at(-1) ?? ''),
  });
  return file;
}

function figuresOf(name: Name, against: Against): Figure[] {
  const goals: Record<Name, Goal> = { 'owner-profiles': { atMost: 0.9 }, 'import-worker': { atMost: 1.6 } };
  const unit = '× a bare GetItem';
  return [
    ratio(`${name}: until the first answer`, unit, against(name, 'bare', 'answered')),
    ratio(`${name}: until the first answer, processor time`, unit, against(name, 'bare', 'cpu'), goals[name]),
    ratio(`${name}: until it is loaded`, unit, against(name, 'bare', 'ready')),
    ...[...Object.keys(VARIANTS), 'compile cache'].map((variant) =>
      ratio(`${name}, ${variant}: processor time`, '× as deployed', against(`${name}, ${variant}`, name, 'cpu')),
    ),
  ];
}

function sizes(name: Name): Figure[] {
  const folder = deployedFolder(name);
  const catalogue = statSync(join(folder, 'catalogue.json')).size;
  return [
    counted(`${name}: size of the bundle`, 'bytes', readFileSync(join(folder, 'index.js')).length),
    ...parts(name).map(([part, bytes]) => counted(`${name}: of it ${part}`, 'bytes', bytes)),
    counted(`${name}: size of the catalogue beside it`, 'bytes', catalogue),
  ];
}
