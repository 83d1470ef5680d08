/** Middlewares: whether the method is taken, who calls, and whether they may. */
import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { Scope } from '../contracts/routes.ts';
import type { ClientSettings } from '../domain/client.ts';
import { HttpProblem } from './http-problems.ts';

/** What the authorizer hands on. The gateway carries texts only. */
export type CallerContext = {
  readonly clientId: string;
  readonly keyId: string;
  /** Separated by blanks. */
  readonly scopes: string;
  readonly addressAllowed: 'true' | 'false';
  /** Separated by commas. */
  readonly enabledProfiles: string;
};

export type Caller = { readonly clientId: string; readonly keyId: string; readonly settings: ClientSettings };

/** A request whose caller is known. On routes that need no key there is none, and reading it is a fault of ours. */
export type CalledEvent = APIGatewayProxyEvent & { caller: Caller };

type Middleware = MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult>;

export function checkMethod(methods: readonly string[], allowed: readonly string[]): Middleware {
  return {
    before: ({ event }) => {
      if (methods.includes(event.httpMethod)) return;
      throw new HttpProblem('METHOD_NOT_ALLOWED', `This route takes ${allowed.join(' and ')}.`, {
        headers: { Allow: allowed.join(', ') },
      });
    },
  };
}

export function callerOf(scope: Scope): Middleware {
  return {
    before: ({ event }) => {
      const context = readContext(event);
      if (context.addressAllowed !== 'true') {
        throw new HttpProblem('FORBIDDEN', 'The API key may not be used from this address.');
      }
      if (!context.scopes.split(' ').includes(scope)) {
        throw new HttpProblem('FORBIDDEN', `The API key has not the scope "${scope}".`);
      }
      const { clientId, keyId, enabledProfiles } = context;
      const settings = { enabledProfiles: enabledProfiles.split(',').filter((id) => id !== '') };
      (event as CalledEvent).caller = { clientId, keyId, settings };
    },
  };
}

/** Fails closed: without a whole context no authorizer has spoken, and the route is wired wrongly. */
function readContext(event: APIGatewayProxyEvent): CallerContext {
  const context: Record<string, unknown> = event.requestContext.authorizer ?? {};
  const read = (name: keyof CallerContext): string => {
    const value = context[name];
    if (typeof value !== 'string') throw new Error(`the authorizer handed on no ${name}`);
    return value;
  };
  const clientId = read('clientId');
  if (clientId === '') throw new Error('the authorizer handed on an empty clientId');
  return {
    clientId,
    keyId: read('keyId'),
    scopes: read('scopes'),
    addressAllowed: read('addressAllowed') === 'true' ? 'true' : 'false',
    enabledProfiles: read('enabledProfiles'),
  };
}
