/**
 * The gateway's own answers, rendered from the gateway responses of the template.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
import type { ApiSpec, GatewayResponseSpec } from '../template/api.ts';

const STANDARD = {
  ACCESS_DENIED: [403, 'User is not authorized to access this resource'],
  AUTHORIZER_CONFIGURATION_ERROR: [500, 'Internal server error'],
  AUTHORIZER_FAILURE: [500, 'Internal server error'],
  BAD_REQUEST_PARAMETERS: [400, 'Bad Request'],
  DEFAULT_5XX: [502, 'Internal server error'],
  INTEGRATION_TIMEOUT: [504, 'Endpoint request timed out'],
  INVALID_API_KEY: [403, 'Forbidden'],
  MISSING_AUTHENTICATION_TOKEN: [403, 'Missing Authentication Token'],
  REQUEST_TOO_LARGE: [413, 'Request Too Long'],
  THROTTLED: [429, 'Too Many Requests'],
  UNAUTHORIZED: [401, 'Unauthorized'],
} as const satisfies Readonly<Record<string, readonly [number, string]>>;

export type ResponseType = keyof typeof STANDARD;

export type Rendered = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Dotted names below `$context`, as far as they are known at the time of the answer. */
export type AnswerContext = Readonly<Record<string, string | undefined>>;

export function renderAnswer(
  responses: ApiSpec['responses'],
  type: ResponseType,
  known: AnswerContext,
  accept: string | undefined,
): Rendered {
  const [standardStatus, message] = STANDARD[type];
  const family = standardStatus < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX';
  const spec: GatewayResponseSpec | undefined = responses.get(type) ?? responses.get(family);
  const context: AnswerContext = {
    ...known,
    'error.message': message,
    'error.messageString': JSON.stringify(message),
    'error.responseType': type,
  };
  const offered = Object.keys(spec?.templates ?? {});
  const mediaType =
    offered.find((each) => accept?.toLowerCase().includes(each.toLowerCase())) ??
    offered.find((each) => each === 'application/json') ??
    offered[0] ??
    'application/json';
  const template = spec?.templates[mediaType] ?? '{"message":$context.error.messageString}';
  const headers: Record<string, string> = { 'content-type': mediaType };
  for (const [name, expression] of Object.entries(spec?.headers ?? {})) {
    const value = evaluate(expression, context);
    if (value !== undefined) headers[name.toLowerCase()] = value;
  }
  return {
    status: spec?.status ?? standardStatus,
    headers,
    body: template.replace(
      /\$context\.(\w+(?:\.\w+)*)|\$\{context\.([\w.]+)\}/g,
      (_, plain, braced) => context[plain ?? braced] ?? '',
    ),
  };
}

/** `'a fixed text'` or `context.requestId`. */
function evaluate(expression: string, context: AnswerContext): string | undefined {
  const fixed = /^'(.*)'$/s.exec(expression);
  if (fixed) return fixed[1];
  return expression.startsWith('context.') ? context[expression.slice('context.'.length)] : undefined;
}
