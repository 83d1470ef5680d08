/**
 * The service of a client's catalogue for the command line: the functions of the API, over a real table.
 * A test decides when slices of a run are visited; time passes when a test, or a command that waits for a run, lets it.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { catalogueOf } from '../../../functions/adapters/catalogue/built-in-catalogue.ts';
import { openCatalogueStore } from '../../../functions/adapters/catalogue/catalogue-store.ts';
import { openChangeFeed } from '../../../functions/adapters/changes/change-feed.ts';
import { openClientStore } from '../../../functions/adapters/clients/client-store.ts';
import { hashKeyOf } from '../../../functions/adapters/hash-key.ts';
import { openRefusedImports } from '../../../functions/adapters/imports/refused-imports.ts';
import { openOwnerDirectory } from '../../../functions/adapters/owners/owner-directory.ts';
import { openOwnerStore } from '../../../functions/adapters/owners/owner-store.ts';
import type { RunPlace, RunResults } from '../../../functions/adapters/runs/run-results.ts';
import type { RunStart } from '../../../functions/adapters/runs/state-machine.ts';
import { amendmentJsonSchema } from '../../../functions/contracts/catalogue/amendment.ts';
import { ROUTES } from '../../../functions/contracts/http/routes.ts';
import { parseImportMessage } from '../../../functions/contracts/import/parse-import.ts';
import type { Catalogue } from '../../../functions/domain/catalogue/catalogue.ts';
import { settingsAt } from '../../../functions/domain/catalogue/client-settings.ts';
import { interpretImport } from '../../../functions/domain/ledger/import.ts';
import { dayOfInstant, formatDay } from '../../../functions/domain/values/day.ts';
import { makeCatalogue } from '../../../functions/handlers/catalogue/recipe.ts';
import { makeCatalogueDraft } from '../../../functions/handlers/catalogue-draft/recipe.ts';
import { makeCataloguePreviews } from '../../../functions/handlers/catalogue-previews/recipe.ts';
import { makeCataloguePublications } from '../../../functions/handlers/catalogue-publications/recipe.ts';
import type { HttpFunction } from '../../../functions/http/http-function.ts';
import { type Author, openDrafts } from '../../../functions/use-cases/catalogue/drafts.ts';
import { openPreviewOwners } from '../../../functions/use-cases/catalogue/preview-owners.ts';
import { openPreviews } from '../../../functions/use-cases/catalogue/previews.ts';
import { openPublications } from '../../../functions/use-cases/catalogue/publications.ts';
import { runKinds } from '../../../functions/use-cases/catalogue/run-kinds.ts';
import { openCatalogueViews } from '../../../functions/use-cases/catalogue/views.ts';
import { joinImports } from '../../../functions/use-cases/imports/join-imports.ts';
import { finishRun, planRun, visitSlice } from '../../../functions/use-cases/runs/run-tasks.ts';
import { openAskers } from '../../../functions/use-cases/segments/asker.ts';
import { openCatalogues } from '../../../functions/use-cases/service/catalogues.ts';
import type { Service } from '../../../functions/use-cases/service/service.ts';
import type { Account } from '../../e2e/support/messages.ts';
import { CALLER, CONTEXT, httpEvent } from '../../functions/support/http-event.ts';
import { openTable } from '../../functions/support/table.ts';

const CLIENT = 'demo';
export const KEYS = { analyst: 'op_analyst', colleague: 'op_colleague', reader: 'op_reader' } as const;
const CALLER_CACHE_SECONDS = 1;
const OWNERS_PER_SLICE = 2;
const NOW = Date.parse('2026-11-20T12:00:00Z');
/** The day this many days after the first one of every world. */
export const day = (offset: number): string => formatDay(dayOfInstant(NOW) + offset);

export async function startWorld(builtIn: Catalogue) {
  const { dynamo, table, close } = await openTable();
  const time = openTime();
  const hashes = hashKeyOf('a key of the tests, of more than thirty-two letters');
  const store = openCatalogueStore(dynamo, table);
  const directory = openOwnerDirectory(dynamo, table);
  const clients = openClientStore({ dynamo, table, hashOf: hashes.apiKeyHash, now: time.now, random: randomBytes });
  await clients.createClient({ clientId: CLIENT });
  const keeping = { clock: time.now, retentionMonths: 144 };
  const service: Service = {
    ...keeping,
    store: openOwnerStore(dynamo, table, hashes.hashOf, keeping),
    announcer: { later: async () => {}, now: async () => {} },
    feed: openChangeFeed(dynamo, table),
    refused: openRefusedImports(dynamo, table),
    catalogues: openCatalogues(catalogueOf(builtIn), store.readAmendment),
    ownerKey: (clientId, externalId) => ({ clientId, hash: hashes.ownerKey(clientId, externalId), externalId }),
  };
  const results = resultsInMemory();
  const onFailure = (error: unknown) => {
    throw error;
  };
  const runParts = {
    kinds: runKinds({ files: {} as never, erasures: {} as never }),
    service,
    store,
    directory,
    results,
    getClient: clients.getClient,
    onFailure,
  };
  const machine = machineOf((run, held) =>
    perform({ ...runParts, ownersPerSlice: OWNERS_PER_SLICE, ownersPerSecond: 1e6 }, run, time, held),
  );
  const drafts = openDrafts({ store, builtIn: catalogueOf(builtIn), now: time.now });
  const parts = {
    ...runParts,
    machine,
    ownersPerSlice: OWNERS_PER_SLICE,
    builtIn: catalogueOf(builtIn),
    readDraft: drafts.read,
  };
  const previews = { ...openPreviews(parts), ...openPreviewOwners(parts) };
  const publications = openPublications({ ...parts, clients, callerCacheSeconds: CALLER_CACHE_SECONDS });
  const askers = openAskers(clients);
  const views = openCatalogueViews({ store, catalogues: service.catalogues });

  async function callerOf(key: string | undefined): Promise<Author> {
    const [keyId] = Object.entries(KEYS).find(([, text]) => text === key) ?? [];
    if (keyId === undefined) throw new Error('there is no such key');
    const client = await clients.getClient(CLIENT);
    return {
      clientId: CLIENT,
      keyId,
      settings: settingsAt(client?.enabledProfiles ?? [], client?.amendment, time.now()),
    };
  }

  const functions: Readonly<Record<string, HttpFunction>> = {
    catalogue: makeCatalogue({ ...views, schema: () => amendmentJsonSchema(builtIn.labelNames) }),
    'catalogue-draft': makeCatalogueDraft(drafts),
    'catalogue-previews': makeCataloguePreviews({ ...previews, ...askers }),
    'catalogue-publications': makeCataloguePublications({ ...publications, ...askers }),
  };

  /** What gateway and authorizer do with a request. */
  async function answer(request: IncomingMessage, url: URL) {
    const keyId = Object.keys(KEYS).find((id) => KEYS[id as keyof typeof KEYS] === request.headers['x-api-key']);
    const { route, parameters } = routeOf(request.method, url.pathname);
    const { amendment } = (await clients.getClient(CLIENT)) ?? {};
    const authorizer = {
      ...{ ...CALLER, clientId: CLIENT, keyId, enabledProfiles: '' },
      ...(keyId === 'reader' && { scopes: 'read catalogue:read' }),
      ...(amendment && {
        amendment: amendment.version,
        amendmentFrom: String(amendment.from),
        amendmentBefore: amendment.before,
      }),
    };
    const query = Object.fromEntries([...url.searchParams].map(([name, value]) => [name, [value]]));
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = chunks.length > 0 ? Buffer.concat(chunks).toString('utf8') : null;
    const headers = request.headers as Record<string, string>;
    const event = httpEvent({ method: route.method, path: route.path, parameters, query, headers, body, authorizer });
    event.requestContext.requestTimeEpoch = time.now();
    return functions[route.answeredBy]!(event, CONTEXT);
  }

  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '', 'http://local');
    asked.push(`${request.method} ${url.pathname}`);
    // A command that waits for a replay polls its publication.
    if (request.method === 'GET' && /\/publications\/./.test(url.pathname)) time.pass(1000);
    // A failure here must end the request, or the command line would wait for it.
    const { statusCode, headers, body, isBase64Encoded } = await answer(request, url).catch((error) => ({
      statusCode: 500,
      headers: {},
      body: String(error),
      isBase64Encoded: false,
    }));
    response.writeHead(statusCode, headers as Record<string, string>);
    response.end(Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  let imports = 0;
  return {
    /** The requests since the last call, as `PUT /v1/catalogue/draft`. */
    asked: () => asked.splice(0),
    machine,
    clock: time.now,
    /** Makes a publication take effect: the caches of all servers have expired. */
    pass: () => time.pass(CALLER_CACHE_SECONDS * 1000),
    as: (key: keyof typeof KEYS) => ({ OWNER_PROFILES_URL: url, OWNER_PROFILES_KEY: KEYS[key] }),
    drafts: { as: async (key: keyof typeof KEYS) => callerOf(KEYS[key]), ...drafts },
    async owner(ownerExternalId: string, accounts: readonly Account[]) {
      const importId = `import-${++imports}`;
      const head = { type: 'owner-import', version: 1, clientId: CLIENT, importId, ownerExternalId, source: 'AIS' };
      const parsed = parseImportMessage({ ...head, importedAt: new Date(time.now()).toISOString(), accounts });
      if (!parsed.value?.accounts) throw new Error(JSON.stringify(parsed.faults));
      const read = interpretImport({ ...parsed.value, accounts: parsed.value.accounts }, time.now());
      if (!read.import) throw new Error(JSON.stringify(read.faults));
      const { settings } = await callerOf(KEYS.analyst);
      await joinImports(service, service.ownerKey(CLIENT, ownerExternalId), settings, [read.import]);
    },
    close: async () => {
      time.pass(CALLER_CACHE_SECONDS * 1000);
      await machine.ended();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await close();
    },
  };
}

function routeOf(method: string | undefined, path: string) {
  for (const route of ROUTES) {
    const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => String(name));
    const values = new RegExp(`^${route.path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '([^/]+)')}$`)
      .exec(path)
      ?.slice(1);
    if (values && route.method === method)
      return { route, parameters: Object.fromEntries(names.map((name, at) => [name, values[at] ?? ''])) };
  }
  throw new Error(`there is no route ${method} ${path}`);
}

type Held = () => Promise<void>;

/** A clock that moves only when a test moves it. */
function openTime() {
  let now = NOW;
  let waiting: { readonly until: number; readonly go: () => void }[] = [];
  return {
    now: () => now,
    pass(milliseconds: number) {
      now += milliseconds;
      const due = waiting.filter(({ until }) => until <= now);
      waiting = waiting.filter(({ until }) => until > now);
      for (const { go } of due) go();
    },
    reached: (until: number) =>
      new Promise<void>((go) => {
        if (until <= now) go();
        else waiting.push({ until, go });
      }),
  };
}

/** Starts runs at once, and holds each slice while `hold` is set. */
function machineOf(run: (start: RunStart, held: Held) => Promise<void>) {
  const runs: Promise<void>[] = [];
  let gate: { readonly opened: Promise<void>; readonly open: () => void } | undefined;
  return {
    start: async (start: RunStart) => void runs.push(run(start, async () => gate?.opened)),
    ended: () => Promise.all(runs),
    stop: async () => {},
    conditionOf: async () => 'under way' as const,
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>();
      gate = { opened: promise, open: resolve };
    },
    release() {
      gate?.open();
      gate = undefined;
    },
  };
}

async function perform(
  parts: Parameters<typeof planRun>[0],
  { clientId, runId, from }: RunStart,
  time: ReturnType<typeof openTime>,
  held: Held,
) {
  const name = { clientId, runId };
  await time.reached(Date.parse(from));
  for (const slice of await planRun(parts, name)) {
    await held();
    await visitSlice(parts, { ...name, slice });
  }
  await finishRun(parts, name);
}

function resultsInMemory(): RunResults {
  const kept = new Map<string, object>();
  const key = ({ clientId, runId }: RunPlace, name: string | number) => `${clientId}/${runId}/${name}`;
  return {
    getSlice: async <Value>(place: RunPlace, slice: number) => kept.get(key(place, slice)) as Value | undefined,
    putSlice: async (place, slice, value) => void kept.set(key(place, slice), value),
    getSummary: async <Value>(place: RunPlace) => kept.get(key(place, 'summary')) as Value | undefined,
    putSummary: async (place, value) => void kept.set(key(place, 'summary'), value),
    countSlices: async (place) =>
      [...kept.keys()].filter((name) => /\/\d+$/.test(name) && name.startsWith(key(place, ''))).length,
  };
}
