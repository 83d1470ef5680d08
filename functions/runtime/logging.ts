/**
 * The one logger. Level and service name come from the environment (POWERTOOLS_LOG_LEVEL, POWERTOOLS_SERVICE_NAME).
 *
 * What may be logged of a request or a message: client, key, outcome, code, counts, times. What may not: owner ids, query
 * strings, bodies, and what is in them. Errors of others are held to that by `withoutData`.
 */
import { Logger } from '@aws-lambda-powertools/logger';
import { withSources } from './sources.ts';

/** What DynamoDB returns with a refused write: items of owners. */
const ITEMS_IN_ERRORS = new Set(['Item', 'CancellationReasons']);

/**
 * A replacer of `JSON.stringify`. Stacks name the sources. The message of a SyntaxError quotes what was parsed (`Unexpected token 'x', "…"
 * is not valid JSON`), which may be bank data: its name and its frames must do.
 */
export function withoutData(key: string, value: unknown): unknown {
  if (ITEMS_IN_ERRORS.has(key)) return undefined;
  if (key === 'stack' && typeof value === 'string') return withSources(value);
  if (typeof value !== 'object' || value === null || !('stack' in value)) return value;
  const { name, message, stack } = value as { name?: unknown; message?: unknown; stack?: unknown };
  if (name !== 'SyntaxError') return value;
  const frames = String(stack).split(String(message)).at(-1);
  return { ...value, name, message: '(withheld: it may quote data)', stack: `SyntaxError${frames}` };
}

export const logger = new Logger({ jsonReplacerFn: withoutData });
