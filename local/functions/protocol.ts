/** Messages between the service and a function's process. Event and answer stay JSON text, as Lambda passes them on. */
export type Job = {
  readonly requestId: string;
  readonly event: string;
  readonly timeoutMs: number;
  readonly functionArn: string;
};

export type Fault = { readonly errorType: string; readonly errorMessage: string; readonly trace?: readonly string[] };

export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly error: Fault }
  | { readonly kind: 'done'; readonly requestId: string; readonly payload: string }
  | { readonly kind: 'error'; readonly requestId: string; readonly error: Fault };

export type Outcome = { readonly ok: true; readonly payload: string } | { readonly ok: false; readonly error: Fault };

/** Lambda's limit for the event and for the answer of a synchronous call. */
export const MAX_PAYLOAD = 6 * 1_048_576;
