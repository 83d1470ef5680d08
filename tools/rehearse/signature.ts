/** Signature Version 4 for requests without query parameters in need of sorting. The emulator checks it, as AWS does. */
import { createHash, createHmac } from 'node:crypto';

export type Signable = {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
};
export type Scope = {
  readonly service: string;
  readonly region: string;
  readonly key: string;
  readonly secret: string;
};

/** The headers of a request, with those that sign it. `now` is an instant in ISO 8601. */
export function signed({ method, url, body, headers }: Signable, scope: Scope, now: string): Record<string, string> {
  const time = now.replace(/[-:]|\.\d{3}/g, '');
  const payload = hash(body);
  const all: Record<string, string> = {
    ...headers,
    host: url.host,
    'x-amz-date': time,
    'x-amz-content-sha256': payload,
  };
  const names = Object.keys(all).sort();
  const lines = names.map((name) => `${name}:${all[name]}\n`).join('');
  const asked = [method, url.pathname, url.search.slice(1), lines, names.join(';'), payload].join('\n');
  const day = time.slice(0, 8);
  const credential = `${day}/${scope.region}/${scope.service}/aws4_request`;
  const key = [day, scope.region, scope.service, 'aws4_request'].reduce<Buffer | string>(hmac, `AWS4${scope.secret}`);
  const signature = hmac(key, `AWS4-HMAC-SHA256\n${time}\n${credential}\n${hash(asked)}`).toString('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope.key}/${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return { ...all, authorization };
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest();
