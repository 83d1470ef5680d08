/**
 * The one logger. Level and service name come from the environment (POWERTOOLS_LOG_LEVEL, POWERTOOLS_SERVICE_NAME).
 *
 * What may be logged of a request: client, key, outcome, code, times. What may not: owner ids, query strings, bodies.
 */
import { Logger } from '@aws-lambda-powertools/logger';

export const logger = new Logger();
