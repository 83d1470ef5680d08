/**
 * Who calls, by the API key, or by the token of a person who signed in (REQUEST authorizer of a REST API). Both come in `X-Api-Key`: the
 * gateway keys its cache of verdicts by headers that every request must have, so with a header of its own for tokens nothing could be cached.
 *
 * - no key: `Unauthorized` is thrown, which the gateway answers with 401 MISSING_API_KEY;
 * - a key that is unknown, revoked or of a disabled client, a token that is not valid: a Deny policy, answered with 401 INVALID_API_KEY;
 * - a person whose groups name no client: an Allow policy without any scope, and the reason, which every function answers with 403;
 * - an operator's key, by its form: an Allow policy, with a context that names no client;
 * - else an Allow policy for the whole stage, because the gateway caches verdicts and asks again neither for other routes nor
 *   methods. Scopes and addresses are judged here or by the function and answered there, with 403.
 *
 * The gateway must cache verdicts by key *and* source address, because `addressAllowed` is for one address.
 */
import { timingSafeEqual } from 'node:crypto';
import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { contains } from '../../adapters/clients/addresses.ts';
import { hasApiKeyForm, hasOperatorKeyForm } from '../../adapters/clients/api-key.ts';
import type { ApiKey, Client } from '../../adapters/clients/client-items.ts';
import type { FoundKey } from '../../adapters/clients/clients.ts';
import type { FoundOperatorKey, OperatorKey } from '../../adapters/clients/operator-keys.ts';
import { rightsOf } from '../../adapters/clients/user-groups.ts';
import { hasTokenForm, type UserOf } from '../../adapters/clients/user-tokens.ts';
import type { CallerContext, OperatorContext } from '../../http/caller.ts';
import { fieldValue } from '../../http/field-value.ts';
import type { UsagePlans } from '../../runtime/configuration.ts';
import { logger } from '../../runtime/logging.ts';
import { USER_PREFIX } from '../../runtime/names.ts';

export type AuthorizerParts = {
  /** What may be stored of the key: one hash, or several while the secret is being replaced. */
  readonly hashesOf: (apiKey: string) => Promise<readonly string[]>;
  readonly findKey: (hash: string) => Promise<FoundKey | undefined>;
  readonly findOperatorKey: (hash: string) => Promise<FoundOperatorKey | undefined>;
  readonly getClient: (clientId: string) => Promise<Client | undefined>;
  /** Absent: this stage has no limits for single clients. */
  readonly plans?: UsagePlans | undefined;
  /** Absent: nobody signs in to this stage. */
  readonly userOf?: UserOf | undefined;
};

/** What decides for a caller. A person has no addresses of their own. */
type Rights = Pick<ApiKey, 'clientId' | 'keyId' | 'scopes' | 'addresses' | 'purpose'>;

const HEADER = 'x-api-key';

export function makeAuthorizer({ hashesOf, findKey, findOperatorKey, getClient, plans, userOf }: AuthorizerParts) {
  async function judgeToken(event: APIGatewayRequestAuthorizerEvent, token: string, of: UserOf) {
    const user = await of(token);
    if (!user) return deny(event, 'token');
    const keyId = USER_PREFIX + user.subject;
    const rights = rightsOf(user.groups);
    if ('refusal' in rights) return refuse(event, keyId, rights.refusal, plans);
    const client = await getClient(rights.clientId);
    if (client?.enabled) return allow(event, { ...rights, keyId, addresses: [] }, client, plans);
    const refusal = `The client "${rights.clientId}" of your groups does not exist, or is disabled.`;
    return refuse(event, keyId, refusal, plans);
  }

  return async (event: APIGatewayRequestAuthorizerEvent): Promise<APIGatewayAuthorizerResult> => {
    const given = keysIn(event);
    const apiKey = given[0];
    // The gateway knows this text, and no other, as "no credentials".
    if (apiKey === undefined) throw new Error('Unauthorized');
    if (given.length > 1) return deny(event, 'malformed');
    if (userOf && hasTokenForm(apiKey)) return judgeToken(event, apiKey, userOf);
    if (hasOperatorKeyForm(apiKey)) {
      const key = await firstFound(await hashesOf(apiKey), findOperatorKey);
      if (!key) return deny(event, 'unknown');
      return key.revokedAt === undefined ? allowOperator(event, key, plans) : deny(event, 'revoked', key);
    }
    if (!hasApiKeyForm(apiKey)) return deny(event, 'malformed');

    const key = await firstFound(await hashesOf(apiKey), findKey);
    if (!key) return deny(event, 'unknown');
    if (key.revokedAt !== undefined) return deny(event, 'revoked', key);
    const client = await getClient(key.clientId);
    if (!client?.enabled) return deny(event, 'client disabled', key);
    return allow(event, key, client, plans);
  };
}

/** Every different value of the header; names of headers have no case. */
function keysIn({ headers, multiValueHeaders }: APIGatewayRequestAuthorizerEvent): readonly string[] {
  const single = Object.entries(headers ?? {}).map(([name, value]) => [name, [value]] as const);
  const several = Object.entries(multiValueHeaders ?? {});
  const values = [...single, ...several]
    .filter(([name]) => name.toLowerCase() === HEADER)
    .flatMap(([, texts]) => texts ?? []);
  return [...new Set(values.map((text) => fieldValue(text ?? '')))].filter((text) => text !== '');
}

/** One after the other: nearly always the first is the one. */
async function firstFound<Found extends { readonly hash: string }>(
  hashes: readonly string[],
  findKey: (hash: string) => Promise<Found | undefined>,
): Promise<Found | undefined> {
  for (const hash of hashes) {
    const key = await findKey(hash);
    if (key && sameText(key.hash, hash)) return key;
  }
  return undefined;
}

/** What the gateway counts the client's requests by, and up to which limits. */
function usageOf({ usage }: Pick<Client, 'usage'>, { limits, sharedKey }: UsagePlans): { key: string; limits: string } {
  const own = usage && limits.get(usage.plan);
  if (own !== undefined) return { key: usage!.key, limits: own };
  const [shared = ''] = limits.values();
  return { key: sharedKey, limits: shared };
}

function allow(
  event: APIGatewayRequestAuthorizerEvent,
  key: Rights,
  client: Client,
  plans: UsagePlans | undefined,
): APIGatewayAuthorizerResult {
  const usage = plans && usageOf(client, plans);
  const addressAllowed = isAllowed(event, [client.addresses, key.addresses]);
  const context: CallerContext = {
    clientId: client.clientId,
    keyId: key.keyId,
    scopes: key.scopes.join(' '),
    addressAllowed: addressAllowed ? 'true' : 'false',
    enabledProfiles: client.enabledProfiles.join(','),
    purposeOfKey: key.purpose ?? '',
    amendment: client.amendment?.version ?? '',
    amendmentFrom: String(client.amendment?.from ?? ''),
    amendmentBefore: client.amendment?.before ?? '',
    limits: usage?.limits ?? '',
  };
  logger.info('key', { verdict: 'allow', clientId: client.clientId, keyId: key.keyId, addressAllowed });
  return letPass(event, client.clientId, context, usage?.key);
}

function letPass(
  event: APIGatewayRequestAuthorizerEvent,
  principalId: string,
  context: CallerContext | OperatorContext,
  usageIdentifierKey: string | undefined,
): APIGatewayAuthorizerResult {
  const counted = usageIdentifierKey === undefined ? {} : { usageIdentifierKey };
  return { principalId, policyDocument: policy('Allow', event.methodArn), context, ...counted };
}

/** The gateway answers a Deny with one text for all: so the person passes, without a right, and the function says why. */
function refuse(
  event: APIGatewayRequestAuthorizerEvent,
  keyId: string,
  refusal: string,
  plans: UsagePlans | undefined,
): APIGatewayAuthorizerResult {
  logger.info('key', { verdict: 'refuse', keyId, refusal });
  return letPass(event, NOBODY.clientId, { ...NOBODY, keyId, refusal }, plans?.sharedKey);
}

/** No client has this id. */
const NOBODY: CallerContext = {
  clientId: '-',
  keyId: '',
  scopes: '',
  addressAllowed: 'false',
  enabledProfiles: '',
  purposeOfKey: '',
  amendment: '',
  amendmentFrom: '',
  amendmentBefore: '',
  limits: '',
};

function allowOperator(
  event: APIGatewayRequestAuthorizerEvent,
  key: OperatorKey,
  plans: UsagePlans | undefined,
): APIGatewayAuthorizerResult {
  const usage = plans && usageOf({}, plans);
  const addressAllowed = isAllowed(event, [key.addresses]);
  const context: OperatorContext = {
    operator: 'true',
    keyId: key.keyId,
    addressAllowed: addressAllowed ? 'true' : 'false',
    limits: usage?.limits ?? '',
  };
  logger.info('key', { verdict: 'allow', operator: true, keyId: key.keyId, addressAllowed });
  return letPass(event, 'operator', context, usage?.key);
}

/** By every list that names an address at all. */
function isAllowed(
  { requestContext }: APIGatewayRequestAuthorizerEvent,
  lists: readonly (readonly string[])[],
): boolean {
  return lists.every((list) => list.length === 0 || contains(list, requestContext.identity.sourceIp));
}

type Named = { readonly clientId?: string; readonly keyId: string };

function deny(event: APIGatewayRequestAuthorizerEvent, reason: string, key?: Named): APIGatewayAuthorizerResult {
  logger.info('key', {
    verdict: 'deny',
    reason,
    ...(key?.clientId !== undefined && { clientId: key.clientId }),
    ...(key && { keyId: key.keyId }),
  });
  return { principalId: 'nobody', policyDocument: policy('Deny', event.methodArn) };
}

/** `arn:…:<api>/<stage>/<method>/<path>` becomes `arn:…:<api>/<stage>/*`. */
function policy(Effect: 'Allow' | 'Deny', methodArn: string): APIGatewayAuthorizerResult['policyDocument'] {
  const stage = methodArn.split('/').slice(0, 2).join('/');
  return { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect, Resource: `${stage}/*` }] };
}

/** In constant time: how long a comparison takes must not reveal how much of a hash is right. */
function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
