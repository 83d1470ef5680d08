/**
 * A client of the AWS JSON protocols, small enough to load at once: the service reaches its own queue and table over the same
 * protocol as everybody else, without waiting for an SDK to load.
 */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

// The local servers check no signature, but dynalite insists on the header's form.
const authorization = (caller: string) =>
  `AWS4-HMAC-SHA256 Credential=${caller}/20260101/local/any/aws4_request, SignedHeaders=host;x-amz-date, Signature=00`;

export type AwsCall = {
  readonly endpoint: string;
  /** Service and action, as in `AmazonSQS.SendMessage`. */
  readonly target: string;
  readonly input: object;
  /** Who asks: the service itself, which may do anything, or a function in whose name it acts. */
  readonly caller?: string;
  readonly signal?: AbortSignal;
};

export async function callAws<Output>(call: AwsCall): Promise<Output> {
  const response = await fetch(call.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': call.target,
      'x-amz-date': '20260101T000000Z',
      authorization: authorization(call.caller ?? 'local'),
    },
    body: JSON.stringify(call.input),
    ...(call.signal ? { signal: call.signal } : {}),
  });
  const text = await response.text();
  const answer = text === '' ? {} : JSON.parse(text);
  if (response.ok) return answer as Output;
  const code = String(answer.__type ?? response.status).replace(/^.*#/, '');
  throw new AwsError(code, `${call.target}: ${answer.message ?? answer.Message ?? code}`);
}
