/**
 * Signature Version 4 for requests of JSON protocols: to one path, without a query, the body at hand. The SDK's own signer does the same for
 * every kind of request, and takes three times as long. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';
import type { Credentials } from './environment-credentials.ts';

const ALGORITHM = 'AWS4-HMAC-SHA256';
/** Headers that proxies may change are left out of the signature. */
const UNSIGNED = new Set(['connection', 'expect', 'user-agent', 'x-amzn-trace-id']);

type SignableRequest = {
  readonly method: string;
  readonly path: string;
  readonly query?: object;
  readonly headers: Record<string, string>;
  readonly body?: string | Uint8Array;
};
type Signing = {
  readonly signingDate?: Date | string | number;
  readonly signingRegion?: string;
  readonly signingService?: string;
};

export class RequestSigner {
  readonly #credentials: () => Credentials | undefined;
  /** The key of a day, and of what it was made. */
  #key: { readonly of: string; readonly value: KeyObject } | undefined;

  constructor(credentials: () => Credentials | undefined) {
    this.#credentials = credentials;
  }

  /** Adds the headers of a signature to a copy of the request. */
  async sign<Request extends SignableRequest>(request: Request, signing: Signing = {}): Promise<Request> {
    const { signingDate = new Date(), signingRegion = '', signingService = '' } = signing;
    const credentials = this.#credentials();
    if (!credentials) throw new Error('there are no credentials in the environment any more');
    if (request.path !== '/' || Object.keys(request.query ?? {}).length > 0)
      throw new Error('only requests to the path / without a query are signed here');
    const time = new Date(signingDate).toISOString().replace(/[-:]|\.\d{3}/g, '');
    const scope = `${time.slice(0, 8)}/${signingRegion}/${signingService}/aws4_request`;
    const payload = hash('sha256', request.body ?? '', 'hex');
    const headers: Record<string, string> = {
      ...request.headers,
      'x-amz-date': time,
      ...(credentials.sessionToken && { 'x-amz-security-token': credentials.sessionToken }),
      'x-amz-content-sha256': payload,
    };
    const { names, lines } = canonical(headers);
    const asked = hash('sha256', `${request.method}\n/\n\n${lines}\n${names}\n${payload}`, 'hex');
    const signature = hmac(this.#keyFor(scope, credentials), `${ALGORITHM}\n${time}\n${scope}\n${asked}`).toString(
      'hex',
    );
    headers['authorization'] =
      `${ALGORITHM} Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
    return { ...request, headers };
  }

  #keyFor(scope: string, { secretAccessKey }: Credentials): KeyObject {
    const of = `${scope} ${secretAccessKey}`;
    if (this.#key?.of === of) return this.#key.value;
    const secret = Buffer.from(`AWS4${secretAccessKey}`);
    const value = createSecretKey(scope.split('/').reduce(hmac, secret));
    this.#key = { of, value };
    return value;
  }
}

/** The headers as they are signed, in the order of their names. */
function canonical(headers: Readonly<Record<string, string>>): { names: string; lines: string } {
  const signed = Object.entries(headers)
    .map(([name, value]) => [name.toLowerCase(), value.trim().replace(/\s+/g, ' ')] as const)
    .filter(([name]) => !UNSIGNED.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    names: signed.map(([name]) => name).join(';'),
    lines: signed.map(([name, value]) => `${name}:${value}\n`).join(''),
  };
}

function hmac(key: KeyObject | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
