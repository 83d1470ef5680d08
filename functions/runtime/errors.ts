/** The few errors of the service. Each says by its class whether it passes. */

/** A fault of the caller's or publisher's data or of ours that no retry mends. `code` is stable. */
export class PermanentError extends Error {
  override readonly name = 'PermanentError';
  readonly code: string;

  constructor(code: string, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
  }
}

/** Something that may be well the next time: a throttle, a time-out, a conflict that did not settle. */
export class PassingError extends Error {
  override readonly name = 'PassingError';
}

/** The function is wired wrongly; it must not start. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}
