/** Who calls, and whether they may. */
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { OPERATE, type Route } from '../contracts/http/routes.ts';
import {
  type Changeover,
  type ClientSettings,
  PURPOSES,
  type Purpose,
  settingsAt,
  settingsOfKey,
} from '../domain/catalogue/client-settings.ts';
import { HttpProblem } from './problems.ts';

type Needs = Pick<Route, 'scopes' | 'anyScope' | 'ofWholeClient'>;

/** What the authorizer passes on. The gateway carries texts only. */
export type CallerContext = {
  readonly clientId: string;
  readonly keyId: string;
  /** Separated by blanks. */
  readonly scopes: string;
  readonly addressAllowed: 'true' | 'false';
  /** Separated by commas. */
  readonly enabledProfiles: string;
  /** What the key may be used for; empty: the same as the client's. */
  readonly purposeOfKey: Purpose | '';
  /** Version of the client's amendment; empty, as the two after it, when none was ever published. */
  readonly amendment: string;
  /** Milliseconds since 1970 from which that version holds. */
  readonly amendmentFrom: string;
  /** The version that holds until then. */
  readonly amendmentBefore: string;
  /** What the client's plan allows, `100:200:600`; empty: the stage has no plans. Read by rate-limit.ts. */
  readonly limits: string;
  /** Why a person who signed in may do nothing at all; absent for others. */
  readonly refusal?: string;
};

type RightsContext = Omit<CallerContext, 'limits'>;

/** What it passes on of an operator's key: no client. */
export type OperatorContext = Pick<CallerContext, 'keyId' | 'addressAllowed' | 'limits'> & {
  readonly operator: 'true';
};

export type Caller = {
  readonly clientId: string;
  /** Of the key; of a person who signed in `user:` and their id. */
  readonly keyId: string;
  readonly scopes: readonly string[];
  readonly settings: ClientSettings;
};

/** A request whose caller is known. On routes that need no key, or an operator's, there is none, and reading it is a fault of ours. */
export type CalledEvent = APIGatewayProxyEvent & { caller: Caller };

/**
 * Makes the event one whose caller is known. No scopes: no key is needed, and there is no caller.
 *
 * @throws HttpProblem USER_WITHOUT_CLIENT when the groups of a person name no client
 * @throws HttpProblem FORBIDDEN when the key lacks one of the scopes, may not be used from where it is, or has a stricter purpose than its
 * client on a route about the whole client; to an operator's key on every route of clients, and to theirs on every route of operators
 */
export function callerOf(event: APIGatewayProxyEvent, { scopes, anyScope, ofWholeClient }: Needs): void {
  if (scopes.length === 0) return;
  const isForOperators = scopes.includes(OPERATE);
  const { operator, addressAllowed } = event.requestContext.authorizer ?? {};
  if (operator === 'true') {
    admitOperator(isForOperators, addressAllowed);
    return;
  }
  const context = readContext(event);
  if (context.refusal) throw new HttpProblem('USER_WITHOUT_CLIENT', context.refusal);
  refuseElsewhere(context.addressAllowed);
  if (isForOperators) throw new HttpProblem('FORBIDDEN', "This needs an operator's key, which belongs to no client.");
  const given = context.scopes.split(' ');
  const lacking = scopes.filter((scope) => !given.includes(scope));
  if (anyScope ? lacking.length === scopes.length : lacking.length > 0) {
    const needed = anyScope ? lacking.map((scope) => `"${scope}"`).join(' or ') : `"${lacking[0]}"`;
    throw new HttpProblem('FORBIDDEN', `The API key does not have the scope ${needed}.`);
  }
  const { clientId, keyId } = context;
  const enabledProfiles = context.enabledProfiles.split(',').filter((id) => id !== '');
  // By the gateway's clock and not by ours: requests of one instant are judged by one catalogue, wherever they are answered.
  const ofClient = settingsAt(enabledProfiles, inForceOf(context), event.requestContext.requestTimeEpoch);
  const settings = settingsOfKey(ofClient, context.purposeOfKey || undefined);
  if (ofWholeClient && settings.isOfKey) {
    throw new HttpProblem(
      'FORBIDDEN',
      'This key is for credit and its client is not: it may not see data about the client as a whole.',
    );
  }
  (event as CalledEvent).caller = { clientId, keyId, scopes: given, settings };
}

function admitOperator(isForOperators: boolean, addressAllowed: unknown): void {
  refuseElsewhere(addressAllowed);
  if (!isForOperators) throw new HttpProblem('FORBIDDEN', "An operator's key sees no client's data.");
}

function refuseElsewhere(addressAllowed: unknown): void {
  if (addressAllowed === 'true') return;
  throw new HttpProblem('FORBIDDEN', 'The API key may not be used from this address.');
}

function inForceOf({ amendment, amendmentFrom, amendmentBefore }: RightsContext): Changeover | undefined {
  if (amendment === '') return undefined;
  if (!/^\d+$/.test(amendmentFrom) || amendmentBefore === '') {
    throw new Error('the authorizer passed on an amendment without its instant or what held before');
  }
  return { version: amendment, from: Number(amendmentFrom), before: amendmentBefore };
}

/** Fails closed: without a whole context no authorizer has run, and the route is wired wrongly. */
function readContext(event: APIGatewayProxyEvent): RightsContext {
  const context: Record<string, unknown> = event.requestContext.authorizer ?? {};
  const read = (name: keyof CallerContext): string => {
    const value = context[name];
    if (typeof value !== 'string') throw new Error(`the authorizer passed on no ${name}`);
    return value;
  };
  const clientId = read('clientId');
  // Verdicts of an older authorizer, without amendments or purposes of keys, may still be cached while a new release goes out.
  const amendment = context['amendment'] === undefined ? '' : read('amendment');
  const purposeOfKey = context['purposeOfKey'] === undefined ? '' : readPurpose(read('purposeOfKey'));
  const refusal = context['refusal'] === undefined ? '' : read('refusal');
  if (clientId === '') throw new Error('the authorizer passed on an empty clientId');
  return {
    clientId,
    keyId: read('keyId'),
    scopes: read('scopes'),
    addressAllowed: read('addressAllowed') === 'true' ? 'true' : 'false',
    enabledProfiles: read('enabledProfiles'),
    purposeOfKey,
    amendment,
    amendmentFrom: amendment === '' ? '' : read('amendmentFrom'),
    amendmentBefore: amendment === '' ? '' : read('amendmentBefore'),
    ...(refusal && { refusal }),
  };
}

function readPurpose(text: string): Purpose | '' {
  const purpose = PURPOSES.find((each) => each === text);
  if (text !== '' && !purpose) throw new Error(`the authorizer passed on the unknown purpose ${text}`);
  return purpose ?? '';
}
