/** The functions' bundles behind the local gateway's own modules, all in this process: what a stranger reaches, without the network. */
import { ROUTES } from '../../functions/contracts/http/routes.ts';
import type { ApiSpec, MethodSpec } from '../../local/template/api.ts';
import { type Answer, askInProcess } from '../fuzz/ask.ts';
import { type Functions, openFunctions } from '../fuzz/functions.ts';

const authorizer = {
  id: 'keys',
  functionName: 'authorizer',
  kind: 'REQUEST',
  identitySources: ['method.request.header.X-Api-Key'],
  ttlMs: 0,
} as const;

/** The routes as the stack makes them, without synthesizing it: each path answers any method. */
function apiOfRoutes(): ApiSpec {
  const routes = [...Map.groupBy(ROUTES, ({ path }) => path)].map(([path, those]) => {
    const method = (functionName: string, scopes: readonly unknown[]): MethodSpec => ({
      functionName,
      timeoutMs: 25_000,
      authorizer: scopes.length === 0 ? undefined : authorizer,
    });
    const methods = new Map(
      those.map(({ method: name, answeredBy, scopes }) => [name as string, method(answeredBy, scopes)]),
    );
    const [first] = those;
    if (first) methods.set('ANY', method(first.answeredBy, first.scopes));
    return { path, methods };
  });
  return {
    id: 'api',
    stage: 'live',
    binaryTypes: ['*/*'],
    routes,
    responses: new Map(),
    throttle: undefined,
  };
}

export type Call = {
  readonly method?: string;
  readonly key?: string | null;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string | Buffer;
};

export type Service = Functions & {
  readonly call: Functions['call'];
  readonly ask: (target: string, call?: Call) => Promise<Answer & { readonly json: Record<string, unknown> }>;
  /** Sends an import message and returns its outcome: `joined`, `retried` or the reason for parking. */
  readonly send: (message: object | string, senderId?: string) => Promise<string>;
};

export async function openService(): Promise<Service> {
  const functions = await openFunctions();
  const askRaw = askInProcess(apiOfRoutes(), functions, (name) => name);
  const ask: Service['ask'] = async (
    target,
    { method = 'GET', key = functions.keys.demo, headers = [], body = '' } = {},
  ) => {
    const all = key === null ? headers : [['X-Api-Key', key] as const, ...headers];
    const answer = await askRaw({ method, target, headers: all, body: Buffer.from(body) });
    // One route answers a page.
    return { ...answer, json: /^[[{]/.test(answer.body) ? JSON.parse(answer.body) : {} };
  };
  const send: Service['send'] = async (message, SenderId = 'AROAPUBLISHER00000001:session') => {
    const body = typeof message === 'string' ? message : JSON.stringify(message);
    const attributes = { ApproximateReceiveCount: '1', SenderId, SentTimestamp: String(Date.now()) };
    const said = await functions.call('import-worker', { Records: [{ messageId: 'm', body, attributes }] });
    const [parked] = functions.aws.sent.splice(0);
    if ((said as { batchItemFailures: unknown[] }).batchItemFailures.length > 0) return 'retried';
    return parked?.MessageAttributes?.['reason']?.StringValue ?? 'joined';
  };
  return { ...functions, ask, send };
}

/** An import that makes its owner known; `title` is its visible text. */
export function importOf(clientId: string, ownerExternalId: string, title: string, more: object = {}): object {
  const transactions = ['2026-09-10', '2026-10-10', '2026-11-10'].map((bookedOn) => ({
    bookedOn,
    currencyAmount: '-49.99',
    title,
  }));
  return {
    type: 'owner-import',
    version: 1,
    clientId,
    importId: 'first',
    ownerExternalId,
    source: 'AIS',
    importedAt: '2026-11-20T12:00:00Z',
    accounts: [{ iban: 'PL61109010140000071219812874', currencyName: 'PLN', transactions }],
    ...more,
  };
}
