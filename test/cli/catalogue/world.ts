/**
 * The service of a client's catalogue for the command line to talk to: the functions of the service themselves over a real table,
 * behind the routes of the API. Slices of a run are visited when a test lets them.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { catalogueOf } from '../../../functions/adapters/built-in-catalogue.ts';
import { openCatalogueStore } from '../../../functions/adapters/catalogue-store.ts';
import { openClientStore } from '../../../functions/adapters/client-store.ts';
import { hashKeyOf } from '../../../functions/adapters/hash-key.ts';
import { openOwnerDirectory } from '../../../functions/adapters/owner-directory.ts';
import { openOwnerStore } from '../../../functions/adapters/owner-store.ts';
import type { RunPlace, RunResults } from '../../../functions/adapters/run-results.ts';
import type { RunStart } from '../../../functions/adapters/state-machine.ts';
import { amendmentJsonSchema, readAmendment } from '../../../functions/contracts/amendment.ts';
import { interpret } from '../../../functions/contracts/import-message.ts';
import { parseImportMessage } from '../../../functions/contracts/in-pieces.ts';
import { PROBLEMS, type Problem, problem } from '../../../functions/contracts/problems.ts';
import type { Catalogue } from '../../../functions/domain/catalogue.ts';
import { settingsAt } from '../../../functions/domain/client.ts';
import { RefusedError } from '../../../functions/runtime/errors.ts';
import { openCatalogueViews } from '../../../functions/service/catalogue-views.ts';
import { openCatalogues } from '../../../functions/service/catalogues.ts';
import { type Author, openDrafts } from '../../../functions/service/drafts.ts';
import { joinImports } from '../../../functions/service/join-imports.ts';
import { openPreviews } from '../../../functions/service/previews.ts';
import { openPublications } from '../../../functions/service/publications.ts';
import { finishRun, planRun, visitSlice } from '../../../functions/service/runs.ts';
import type { Service } from '../../../functions/service/service.ts';
import type { Account } from '../../e2e/support/messages.ts';
import { openTable } from '../../functions/support/table.ts';

const CLIENT = 'demo';
export const KEYS = { analyst: 'op_analyst', colleague: 'op_colleague', reader: 'op_reader' } as const;
const CALLER_CACHE_SECONDS = 1;
const OWNERS_PER_SLICE = 2;

export async function startWorld(builtIn: Catalogue) {
  const { dynamo, table, close } = await openTable();
  const hashes = hashKeyOf('a key of the tests, of more than thirty-two letters');
  const store = openCatalogueStore(dynamo, table);
  const directory = openOwnerDirectory(dynamo, table);
  const clients = openClientStore({ dynamo, table, hashOf: hashes.apiKeyHash, now: Date.now, random: randomBytes });
  await clients.createClient({ clientId: CLIENT });
  const service: Service = {
    store: openOwnerStore(dynamo, table, hashes.hashOf, 144),
    catalogues: openCatalogues(catalogueOf(builtIn), store.readAmendment),
    clock: Date.now,
    ownerKey: (clientId, externalId) => ({ clientId, hash: hashes.ownerKey(clientId, externalId), externalId }),
    retentionMonths: 144,
  };
  const results = resultsInMemory();
  const onFailure = (error: unknown) => {
    throw error;
  };
  const runParts = { service, store, directory, results, getClient: clients.getClient, onFailure };
  const machine = machineOf((run, held) =>
    perform({ ...runParts, ownersPerSlice: OWNERS_PER_SLICE, ownersPerSecond: 1e6 }, run, held),
  );
  const drafts = openDrafts({ store, builtIn: catalogueOf(builtIn), now: Date.now });
  const parts = {
    ...runParts,
    machine,
    ownersPerSlice: OWNERS_PER_SLICE,
    builtIn: catalogueOf(builtIn),
    readDraft: drafts.read,
  };
  const previews = openPreviews(parts);
  const publications = openPublications({ ...parts, clients, callerCacheSeconds: CALLER_CACHE_SECONDS });
  const views = openCatalogueViews({ store, catalogues: service.catalogues });

  async function callerOf(key: string | undefined): Promise<Author> {
    const [keyId] = Object.entries(KEYS).find(([, text]) => text === key) ?? [];
    if (keyId === undefined) throw new RefusedError('INVALID_API_KEY', 'The API key is not known.');
    const client = await clients.getClient(CLIENT);
    return {
      clientId: CLIENT,
      keyId,
      settings: settingsAt(client?.enabledProfiles ?? [], client?.amendment, Date.now()),
    };
  }

  // biome-ignore lint/suspicious/noExplicitAny: a body has the form that the command line gives it
  async function answer({ method, path, query, body, caller, ifMatch }: Asked & { body: any }) {
    const [area = '', id = '', ...rest] = path;
    const page = () => ({
      profile: query.get('profile') ?? '',
      change: query.get('change') as 'entered',
      limit: Number(query.get('limit')),
    });
    const cursor = query.get('cursor');
    switch (`${method} ${[area, id && '*', rest[0], rest[1] && '*'].filter(Boolean).join('/')}`) {
      case 'GET ':
        return views.view(caller);
      case 'GET versions':
        return views.versions(caller);
      case 'GET versions/*':
        return views.version(caller, id);
      case 'GET schema.json':
        return amendmentJsonSchema(builtIn.labelNames);
      case 'GET draft':
        return drafts.read(caller);
      case 'PUT draft': {
        const read = readAmendment(body);
        if (!read.value) throw new RefusedError('INVALID_PAYLOAD', 'It has faults.', read.faults);
        return drafts.replace(caller, read.value, ifMatch === undefined ? undefined : [ifMatch.replaceAll('"', '')]);
      }
      case 'POST previews':
        return body.estimateOnly ? previews.estimate(caller) : previews.start(caller);
      case 'GET previews':
        return previews.list(caller);
      case 'GET previews/*':
        return previews.read(caller, id);
      case 'DELETE previews/*':
        return previews.cancel(caller, id);
      case 'GET previews/*/owners':
        return previews.owners(caller, id, { ...page(), ...(cursor && { cursor }) });
      case 'GET previews/*/owners/*':
        return previews.owner(caller, id, rest[1] ?? '');
      case 'POST publications':
        return publications.publish(caller, { force: false, ...body });
      case 'GET publications':
        return publications.list(caller);
      case 'GET publications/*':
        return publications.read(caller, id);
      default:
        throw new RefusedError('ROUTE_NOT_FOUND', 'There is no such route.');
    }
  }

  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '', 'http://local');
    asked.push(`${request.method} ${url.pathname}`);
    const path = url.pathname.split('/').slice(3).map(decodeURIComponent);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    try {
      const caller = await callerOf(request.headers['x-api-key']?.toString());
      const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString('utf8')) : {};
      const method = request.method ?? '';
      const given = await answer({
        method,
        path,
        query: url.searchParams,
        body,
        caller,
        ifMatch: request.headers['if-match'],
      });
      const etag = path[0] === 'draft' ? { etag: `"${(given as { version: string }).version}"` } : {};
      response.writeHead(200, { 'content-type': 'application/json', ...etag }).end(JSON.stringify(given));
    } catch (error) {
      const told = refusal(error);
      response.writeHead(told.status, { 'content-type': 'application/problem+json' }).end(JSON.stringify(told));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  let imports = 0;
  return {
    /** What was asked since the last time, as `PUT /v1/catalogue/draft`. */
    asked: () => asked.splice(0),
    machine,
    as: (key: keyof typeof KEYS) => ({ OWNER_PROFILES_URL: url, OWNER_PROFILES_KEY: KEYS[key] }),
    drafts: { as: async (key: keyof typeof KEYS) => callerOf(KEYS[key]), ...drafts },
    async owner(ownerExternalId: string, accounts: readonly Account[]) {
      const importId = `import-${++imports}`;
      const head = { type: 'owner-import', version: 1, clientId: CLIENT, importId, ownerExternalId, source: 'AIS' };
      const parsed = parseImportMessage({ ...head, importedAt: new Date().toISOString(), accounts });
      if (!parsed.value?.accounts) throw new Error(JSON.stringify(parsed.faults));
      const read = interpret(parsed.value, parsed.value.accounts, Date.now());
      if (!read.import) throw new Error(JSON.stringify(read.faults));
      const { settings } = await callerOf(KEYS.analyst);
      await joinImports(service, service.ownerKey(CLIENT, ownerExternalId), settings, [read.import]);
    },
    close: async () => {
      await machine.ended();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await close();
    },
  };
}

type Asked = {
  readonly method: string;
  /** Below `/v1/catalogue`. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly caller: Author;
  readonly ifMatch: string | undefined;
};

function refusal(error: unknown): Problem {
  if (!(error instanceof RefusedError)) return problem('INTERNAL_ERROR', String((error as Error).stack), 'req-1');
  return { ...problem(error.code, error.message, 'req-1', error.errors), status: PROBLEMS[error.code].status };
}

type Held = () => Promise<void>;

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

async function perform(parts: Parameters<typeof planRun>[0], { clientId, runId, from }: RunStart, held: Held) {
  const name = { clientId, runId };
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, Date.parse(from) - Date.now())));
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
