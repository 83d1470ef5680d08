/** Asks the authorizer who is calling, or uses its cached answer. */
import type { Invoke } from '../functions/pool.ts';
import type { AuthorizerSpec } from '../template/api.ts';
import type { ResponseType } from './answers.ts';
import type { Scene } from './events.ts';
import { authorizerEvent, methodArnOf, tokenEvent } from './events.ts';
import { allows } from './policy.ts';
import { header } from './request.ts';

export type Verdict =
  | {
      readonly allowed: true;
      readonly context: Readonly<Record<string, string>>;
      /** What usage plans count its requests by. */
      readonly usageKey: string | undefined;
    }
  | { readonly allowed: false; readonly answer: ResponseType };

export type Authorize = (spec: AuthorizerSpec, scene: Scene) => Promise<Verdict>;

type Remembered = { readonly said: unknown; readonly until: number };

/** Entries that are never used again must not pile up. */
const MAX_REMEMBERED = 10_000;

export function createAuthorize(invoke: (functionName: string) => Invoke): Authorize {
  const remembered = new Map<string, Remembered>();

  return async (spec, scene) => {
    const identity = spec.identitySources.map((source) => identityOf(source, scene));
    if (identity.some((value) => value === undefined || value === ''))
      return { allowed: false, answer: 'UNAUTHORIZED' };
    const key = JSON.stringify([spec.id, ...identity]);
    const known = spec.ttlMs > 0 && identity.length > 0 ? remembered.get(key) : undefined;
    if (known && known.until > Date.now()) return judge(known.said, scene);

    const event = spec.kind === 'TOKEN' ? tokenEvent(scene, identity[0] ?? '') : authorizerEvent(scene);
    const outcome = await invoke(spec.functionName)(event);
    if (!outcome.ok)
      return {
        allowed: false,
        answer: outcome.error.errorMessage === 'Unauthorized' ? 'UNAUTHORIZED' : 'AUTHORIZER_FAILURE',
      };
    const said: unknown = JSON.parse(outcome.payload);
    const verdict = judge(said, scene);
    const understood = verdict.allowed || verdict.answer === 'ACCESS_DENIED';
    if (spec.ttlMs > 0 && identity.length > 0 && understood) {
      if (remembered.size >= MAX_REMEMBERED) remembered.clear();
      remembered.set(key, { said, until: Date.now() + spec.ttlMs });
    }
    return verdict;
  };
}

/** The policy is evaluated at every request: a cached one may allow this method but not another. */
function judge(said: unknown, scene: Scene): Verdict {
  const misconfigured: Verdict = { allowed: false, answer: 'AUTHORIZER_CONFIGURATION_ERROR' };
  if (typeof said !== 'object' || said === null) return misconfigured;
  const { principalId, policyDocument, context = {}, usageIdentifierKey } = said as Record<string, unknown>;
  if (typeof principalId !== 'string' || typeof policyDocument !== 'object' || policyDocument === null)
    return misconfigured;
  const entries = Object.entries((context ?? {}) as object);
  if (entries.some(([, value]) => !['string', 'number', 'boolean'].includes(typeof value))) return misconfigured;
  if (!allows(policyDocument, methodArnOf(scene))) return { allowed: false, answer: 'ACCESS_DENIED' };
  return {
    allowed: true,
    context: { ...Object.fromEntries(entries.map(([name, value]) => [name, String(value)])), principalId },
    usageKey: typeof usageIdentifierKey === 'string' ? usageIdentifierKey : undefined,
  };
}

/** `method.request.header.X-Api-Key`, `method.request.querystring.q` or `context.identity.sourceIp`. */
function identityOf(source: string, { request, api }: Scene): string | undefined {
  const [, kind, name = ''] = /^method\.request\.(header|querystring)\.(.+)$/.exec(source) ?? [];
  if (kind === 'header') return header(request.headers, name);
  if (kind === 'querystring') return request.query[name]?.at(-1);
  if (source === 'context.identity.sourceIp') return request.sourceIp;
  if (source === 'context.httpMethod') return request.method;
  if (source === 'context.path') return `/${api.stage}${request.path}`;
  throw new Error(`the local gateway does not know the identity source ${source}`);
}
