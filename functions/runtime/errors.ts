/** The few errors of the service. Each says by its class whether it passes. */
import type { ProblemCode } from '../contracts/http/problems.ts';
import type { Fault } from '../domain/values/fault.ts';

/** A fault of the caller's or publisher's data or of ours that no retry fixes. `code` is stable. */
export class PermanentError extends Error {
  override readonly name = 'PermanentError';
  readonly code: string;

  constructor(code: string, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
  }
}

/** Something that may be well the next time: a throttle, a time-out, a conflict that did not settle. */
export class TransientError extends Error {
  override readonly name = 'TransientError';
}

/** There was no time left to start: nothing was tried, and another worker may start at once. */
export class NotBegunError extends TransientError {}

/**
 * A request cannot be done because of the caller: an unknown name, a stale edit, a faulty document. It is answered with the problem of this
 * code; `detail` and `errors` are for the caller to read.
 */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly code: ProblemCode;
  readonly errors: readonly Fault[] | undefined;

  constructor(code: ProblemCode, detail: string, errors?: readonly Fault[]) {
    super(detail);
    this.code = code;
    this.errors = errors;
  }
}

/** As many runs of a kind are under way as may be; `most` is how many. */
export class TooManyRunsError extends RefusedError {
  readonly most: number;

  constructor(kind: 'snapshots' | 'previews', most: number) {
    super('RATE_LIMITED', `${most} ${kind} are running. Wait for one, or cancel it.`);
    this.most = most;
  }
}

/** The function is wired wrongly; it must not start. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}
