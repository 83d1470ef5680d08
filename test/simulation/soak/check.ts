/** The end of a soak: every stored row and every answer against one pass over the imports, in this process. */
import { isDeepStrictEqual } from 'node:util';
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { compileDocument } from '../../../catalogue/build/compile.ts';
import { catalogueOf } from '../../../functions/adapters/catalogue/built-in-catalogue.ts';
import { openChangeFeed } from '../../../functions/adapters/changes/change-feed.ts';
import { openRefusedImports } from '../../../functions/adapters/imports/refused-imports.ts';
import { openOwnerStore } from '../../../functions/adapters/owners/owner-store.ts';
import { decodePage } from '../../../functions/adapters/owners/page-codec.ts';
import { compileCatalogue } from '../../../functions/domain/catalogue/catalogue.ts';
import { accountKey, type Import } from '../../../functions/domain/ledger/ledger.ts';
import { joinPages, type Page } from '../../../functions/domain/ledger/page.ts';
import { dayOfInstant, formatDay } from '../../../functions/domain/values/day.ts';
import { readImport } from '../../../functions/handlers/import-worker/read-message.ts';
import type { AnswerHead } from '../../../functions/http/answers.ts';
import { joinImports } from '../../../functions/use-cases/imports/join-imports.ts';
import { ownerFeatures } from '../../../functions/use-cases/owners/features.ts';
import { lookUp } from '../../../functions/use-cases/owners/look-up.ts';
import { type Catalogues, openCatalogues } from '../../../functions/use-cases/service/catalogues.ts';
import type { Service } from '../../../functions/use-cases/service/service.ts';
import { openWorker, WELL } from '../faults.ts';
import { MemoryTable } from '../table.ts';
import { FREE_TURNS } from '../turns.ts';
import { hashOf, ownerKey } from '../world.ts';
import type { Planned } from './plan.ts';
import type { Outputs } from './service.ts';

export type Found = {
  readonly rows: number;
  readonly lost: number;
  readonly doubled: number;
  readonly wrongStatements: number;
  readonly answers: number;
  readonly wrongAnswers: number;
};

const RETENTION_MONTHS = 600;
const SETTINGS = { enabledProfiles: [] };
const SIDE_BY_SIDE = 8;
const EVERYTHING = { erasedAt: 0, firstMonth: -1970 * 12 };

export async function check(
  planned: readonly Planned[],
  outputs: Outputs,
  tell: (line: string) => void,
): Promise<Found> {
  const stored = await storedDays(outputs);
  const catalogues = openCatalogues(catalogueOf(compileCatalogue(compileDocument())));
  const tally = { rows: 0, lost: 0, doubled: 0, wrongStatements: 0, answers: 0, wrongAnswers: 0 };
  const owners = Object.entries(Object.groupBy(planned, ({ ownerExternalId }) => ownerExternalId));
  const next = owners.values();
  const lane = async () => {
    for (const [owner, messages = []] of next) {
      const imports = await Promise.all(messages.map(({ body }) => importOf(body)));
      compareRows(daysOf(joinPages([], imports, EVERYTHING).pages), stored, tally);
      const wrong = await wrongAnswers(owner, imports, catalogues, outputs);
      tally.answers += 2;
      tally.wrongAnswers += wrong.length;
      for (const line of wrong) tell(line);
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, lane));
  // No import accounts for what is left in the soak's own accounts.
  for (const [key, day] of stored) if (key.includes('id:soak-')) tally.doubled += day.rows.length;
  return tally;
}

type DayHeld = { readonly stamp: string; readonly rows: readonly string[] };

function daysOf(pages: readonly Page[]): Map<string, DayHeld> {
  return new Map(
    pages.flatMap(({ account, days }) =>
      [...days].map(([day, { stamp, rows }]) => [
        `${accountKey(account)} ${day}`,
        {
          stamp: JSON.stringify(Object.entries(stamp).sort()),
          rows: rows.map((row) => JSON.stringify(Object.entries(row).sort())),
        },
      ]),
    ),
  );
}

/** Compares, and removes what was compared. */
function compareRows(
  expected: ReadonlyMap<string, DayHeld>,
  stored: Map<string, DayHeld>,
  tally: { rows: number; lost: number; doubled: number; wrongStatements: number },
): void {
  for (const [key, { stamp, rows }] of expected) {
    const held = stored.get(key);
    stored.delete(key);
    const surplus = [...(held?.rows ?? [])];
    for (const row of rows) {
      const at = surplus.indexOf(row);
      if (at < 0) tally.lost++;
      else surplus.splice(at, 1);
    }
    tally.rows += rows.length;
    tally.doubled += surplus.length;
    if (held?.stamp !== stamp) tally.wrongStatements++;
  }
}

/** Every day of every page in the table, by account. */
async function storedDays({ DynamoDbEndpoint, TableName }: Outputs): Promise<Map<string, DayHeld>> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint: DynamoDbEndpoint, region: 'eu-central-1', credentials });
  const all = new Map<string, DayHeld>();
  for await (const { Items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true })) {
    for (const { sk, body } of Items) {
      if (!sk?.S?.startsWith('page#') || !body?.B) continue;
      for (const [key, day] of daysOf([decodePage(body.B)])) all.set(key, day);
    }
  }
  client.destroy();
  return all;
}

async function importOf(body: string): Promise<Import> {
  return (await readImport(body, Date.now(), async () => [])).import;
}

async function wrongAnswers(
  ownerExternalId: string,
  imports: readonly Import[],
  catalogues: Catalogues,
  { ApiUrl, ApiKey, ClientId }: Outputs,
): Promise<string[]> {
  const service = serviceOver(catalogues);
  await joinImports(service, ownerKey(ownerExternalId), SETTINGS, imports);
  const request = { clientId: ClientId, ownerExternalId, settings: SETTINGS, asOf: dayOfInstant(Date.now()) };
  const profiles = (await lookUp(service, request))?.answer;
  const features = await ownerFeatures(service, request);
  const wrong: string[] = [];
  for (const [route, expected] of [
    ['owner-profiles', profiles],
    ['owner-features', features],
  ] as const) {
    const response = await fetch(`${ApiUrl}/v1/${route}?ownerExternalId=${ownerExternalId}`, {
      headers: { 'X-Api-Key': ApiKey },
    });
    const body = await response.json();
    if (!expected || !isDeepStrictEqual(body, { ownerExternalId, ...expected, ...dates(expected) })) {
      wrong.push(`${route} of ${ownerExternalId}: ${response.status} ${JSON.stringify(body).slice(0, 300)}`);
    }
  }
  return wrong;
}

const dates = ({ asOf, dataFrom, dataTo, lastImportedAt }: AnswerHead) => ({
  asOf: formatDay(asOf),
  dataFrom: dataFrom === null ? null : formatDay(dataFrom),
  dataTo: dataTo === null ? null : formatDay(dataTo),
  lastImportedAt: lastImportedAt === null ? null : new Date(lastImportedAt).toISOString(),
});

function serviceOver(catalogues: Catalogues): Service {
  const table = new MemoryTable();
  const surroundings = { table, turns: FREE_TURNS, tick: () => {}, behind: () => 0, watch: () => {} };
  const { client } = openWorker('reference', surroundings, WELL, () => 0);
  const keeping = { clock: Date.now, retentionMonths: RETENTION_MONTHS };
  return {
    ...keeping,
    store: openOwnerStore(client, 'table', hashOf, keeping),
    announcer: { later: async () => {}, now: async () => {} },
    feed: openChangeFeed(client, 'table'),
    refused: openRefusedImports(client, 'table'),
    catalogues,
    ownerKey: (_, ownerExternalId) => ownerKey(ownerExternalId),
  };
}
