/** Which failures of AWS pass by themselves. Plain checks of the error, so that no SDK client is loaded for it. */
import { PermanentError, TransientError } from './errors.ts';

/** Names that the SDK's own retries go by, and those of dropped connections (@smithy/service-error-classification). */
const TRANSIENT_NAMES: ReadonlySet<string> = new Set([
  'AbortError',
  'BandwidthLimitExceeded',
  'EC2ThrottledException',
  'InternalError',
  'InternalFailure',
  'InternalServerError',
  'InternalServiceError',
  'KmsThrottled',
  'LimitExceededException',
  'NetworkingError',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'RequestTimeout',
  'RequestTimeoutException',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TimeoutError',
  'TooManyRequestsException',
  'TransactionInProgressException',
]);
const TRANSIENT_CODES: ReadonlySet<string> = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_SOCKET',
]);
const DEEPEST_CAUSE = 8;

/** Whether the same call may be well the next time: throttles, time-outs, dropped connections, faults of AWS itself. */
export function isTransient(error: unknown): boolean {
  let fault = error;
  for (let depth = 0; depth < DEEPEST_CAUSE && typeof fault === 'object' && fault !== null; depth++) {
    if (fault instanceof TransientError) return true;
    if (fault instanceof PermanentError) return false;
    const { name, code, $metadata, cause } = fault as AwsFault;
    if (TRANSIENT_NAMES.has(String(name)) || TRANSIENT_CODES.has(String(code))) return true;
    const status = $metadata?.httpStatusCode ?? 0;
    if (status === 429 || status >= 500) return true;
    fault = cause;
  }
  return false;
}

type AwsFault = {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly cause?: unknown;
};
