/**
 * `npm run soak:slice`: the memory that a slice of a snapshot needs, by its number of owners: the least heap in which a separate process
 * visits it and writes its tables. How far a heap without such a limit grows says little: it is collected only when it must be.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Answer } from '../../../functions/adapters/owners/answer-item.ts';
import type { OwnerKey } from '../../../functions/adapters/owners/owner-key.ts';
import type { Run } from '../../../functions/adapters/runs/run-store.ts';
import type { TableForm } from '../../../functions/adapters/segments/tables.ts';
import { joinPages } from '../../../functions/domain/ledger/page.ts';
import { NOTHING_ANNOUNCED } from '../../../functions/domain/profiles/change.ts';
import { basisOf } from '../../../functions/use-cases/owners/answer.ts';
import { snapshotWork } from '../../../functions/use-cases/segments/snapshot-slices.ts';
import { CATALOGUES, SETTINGS } from '../catalogue.ts';
import { CLIENT } from '../imports.ts';
import { getClient, NOON, ownerKey, TODAY } from '../world.ts';

const SIZES = [500, 5000, 20_000];
const FEATURES = [0, 1, 60];
/** Megabytes of old space; V8 has some more for new objects. */
const HEAPS = [16, 20, 24, 28, 32, 40, 48, 56, 64, 80, 96, 128, 160, 192, 256, 384, 512];
const MB = 1_048_576;

const [many, features] = process.argv.slice(2).map(Number);
if (many === undefined || features === undefined) compare();
else process.stdout.write(`${JSON.stringify(await visit(many, features))}\n`);

function compare(): void {
  process.stdout.write('| Features | Owners | Heap | Slice | Parquet | CSV |\n|---|---|---|---|---|---|\n');
  for (const kept of FEATURES) for (const owners of SIZES) process.stdout.write(`${lineOf(owners, kept)}\n`);
}

function lineOf(owners: number, kept: number): string {
  for (const heap of HEAPS) {
    const words = [`--max-old-space-size=${heap}`, fileURLToPath(import.meta.url), `${owners}`, `${kept}`];
    const { status, stdout } = spawnSync(process.execPath, words, { encoding: 'utf8' });
    if (status !== 0) continue;
    const { slice, parquet, csv } = JSON.parse(stdout) as Awaited<ReturnType<typeof visit>>;
    const sizes = [slice, parquet, csv].map((bytes) => `${(bytes / MB).toFixed(2)} MB`);
    return `| ${[kept, owners.toLocaleString('en'), `${heap} MB`, ...sizes].join(' | ')} |`;
  }
  throw new Error(`${owners} owners with ${kept} features need more than ${HEAPS.at(-1)} MB`);
}

/** A slice of this many owners, read from a table that generates them, into a bucket that keeps nothing. */
async function visit(owners: number, kept: number) {
  const sizes = { slice: 0, parquet: 0, csv: 0, sql: 0 };
  const client = (await getClient(CLIENT))!;
  const known: Answer = {
    ...{ revision: 1, known: true, erasedAt: 0, profiles: ['busy', 'one', 'pets'], notJudged: ['long'] },
    ...{
      catalogueVersion: CATALOGUES.versionFor(SETTINGS),
      derivedFor: TODAY,
      validUntil: null,
      dataFrom: TODAY - 30,
      dataTo: TODAY,
    },
    ...{ lastImportedAt: NOON, joined: [], basis: '', announced: NOTHING_ANNOUNCED },
  };
  const { pages } = joinPages(
    [],
    [
      {
        stamp: { importId: 'i', importedAt: NOON, source: 'AIS' },
        accounts: [
          {
            ...{ account: { accountId: 'a', currency: 'PLN' }, from: TODAY - 20, to: TODAY },
            rows: new Map([[TODAY - 3, [{ amount: -5000, title: 'LIDL' }]]]),
          },
        ],
      },
    ],
    { erasedAt: 0, firstMonth: 0 },
  );
  const stored = pages.map((page) => ({ ...page, revision: 1, parts: undefined, erasedAt: 0 }));
  const answer = { ...known, basis: basisOf(stored) };
  const service = {
    ...{ clock: () => NOON, retentionMonths: 120, catalogues: CATALOGUES },
    ownerKey: (_: string, id: string) => ownerKey(id),
    announcer: { now: async () => {}, later: async () => {} },
    store: {
      readAnswers: async (asked: readonly OwnerKey[]) => new Map(asked.map(({ hash }) => [hash, { ...answer }])),
      readAnswer: async () => ({ ...answer }),
      readPages: async () => stored.map((page) => ({ ...page })),
    },
  };
  const files = {
    putTable: async (_: unknown, __: number, format: TableForm, { body }: { readonly body: Uint8Array }) => {
      sizes[format] = body.byteLength;
    },
  };
  const directory = {
    owners: async function* () {
      for (let number = 0; number < owners; number++) {
        const externalId = `loan-${String(number * 7919).padStart(12, '0')}`;
        yield { clientId: CLIENT, hash: externalId, externalId };
      }
    },
  };
  const run: Run = {
    ...{ runId: 'snapshot-1', kind: 'snapshot', status: 'running', createdAt: NOON, keyId: 'k', asOf: TODAY },
    ...{ builtIn: CATALOGUES.builtIn, from: 'built-in', to: 'built-in', enabledProfiles: [], owners, estimated: false },
    ...{ estimatedCostUsd: 0, slices: 1, result: null },
    keeps: {
      features: Array.from({ length: kept }, (_, index) => ({
        name: 'all.count',
        window: index + 1,
        unit: 'transactions' as const,
      })),
      unlabelled: false,
    },
  };
  const parts = { service, directory, ownersPerSecond: Number.POSITIVE_INFINITY, onFailure: () => {} };
  // biome-ignore lint/suspicious/noExplicitAny: of all that a visit may need, this one needs but these.
  const work = snapshotWork({ files, erasures: {} } as any);
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  const found = await work.visit(parts as any, client, run, { number: 0, of: 1 });
  sizes.slice = JSON.stringify(found).length;
  return sizes;
}
