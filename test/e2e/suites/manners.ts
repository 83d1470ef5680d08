/** What HTTP promises of every answer to a GET, and of every path; asked of all operations that there are examples of. */
import { gunzipSync } from 'node:zlib';
import { QUERY_NAMES } from '../../../functions/contracts/http/query-names.ts';
import { OPERATE, ROUTES, type RouteName, routeName } from '../../../functions/contracts/http/routes.ts';
import type { Answered } from '../../../tools/examples/ask.ts';
import { call, expectProblem } from '../support/http.ts';
import type { Running } from '../support/service.ts';

/** Addresses are signed at every request, and a look at failures counts itself. */
const NEVER_THE_SAME = /\/files$|\/failures/;
const WORTH_PACKING = 1024;

/** Asks for the same again: for its head, only if it changed, packed, and with a parameter misspelt. */
export async function expectManners(service: Running, { step, path, key, status }: Answered): Promise<void> {
  if (step.method !== undefined || step.of === undefined || status !== 200) return;
  const ask = (asked: string, headers = {}, method = 'GET') => call(service, asked, { method, headers, key });
  const plain = await ask(path);
  const { etag = '', 'cache-control': cache } = plain.headers;
  expect([path, etag, cache]).toEqual([path, expect.stringMatching(/^(W\/)?"[!#-~]+"$/), 'no-store']);
  const isFixed = !NEVER_THE_SAME.test(path);

  const head = await ask(path, {}, 'HEAD');
  expect([path, head.status, head.text]).toEqual([path, 200, '']);
  if (isFixed) {
    expect([path, head.headers.etag]).toEqual([path, etag]);
    const known = await ask(path, { 'If-None-Match': `"other", ${etag}` });
    expect([path, known.status, known.text, known.headers.etag]).toEqual([path, 304, '', etag]);
  }

  const packed = await ask(path, { 'Accept-Encoding': 'gzip' });
  const isPacked = packed.headers['content-encoding'] === 'gzip';
  expect([path, isPacked]).toEqual([path, plain.bytes.length >= WORTH_PACKING]);
  if (isPacked && isFixed) expect(gunzipSync(packed.bytes).toString()).toBe(plain.text);

  const name = path.includes('?') ? new URLSearchParams(path.slice(path.indexOf('?'))).keys().next().value! : '';
  if (name.length < 4) return;
  const misspelt = path.replace(`${name}=`, `${name.slice(0, -1)}=`);
  const refused = await ask(misspelt);
  expectProblem(refused, 400, name === 'ownerExternalId' ? 'INVALID_OWNER_EXTERNAL_ID' : 'INVALID_PARAMETER');
  expect(refused.body.detail).toContain('did you mean');
}

const METHODS = ['GET', 'HEAD', 'PATCH', 'DELETE', 'OPTIONS'];

export function manners(service: () => Running): void {
  const keyOf = (name: RouteName) => {
    const isForOperators = ROUTES.some((route) => routeName(route) === name && route.scopes.includes(OPERATE));
    return isForOperators ? service().outputs.OperatorKey : service().outputs.ApiKey;
  };

  test('every path says which methods it takes', async () => {
    for (const [path, routes] of Map.groupBy(ROUTES, (route) => route.path)) {
      const own: string[] = routes.map(({ method }) => method);
      const taken = own.includes('GET') ? [...own, 'HEAD'] : own;
      const others = METHODS.filter((name) => !taken.includes(name));
      const asked = others.map((method) => call(service(), path.replaceAll(/\{\w+\}/g, 'x'), { method }));
      for (const [at, answer] of (await Promise.all(asked)).entries()) {
        const method = others[at]!;
        if (method !== 'HEAD') expectProblem(answer, 405, 'METHOD_NOT_ALLOWED');
        expect([path, method, answer.status, answer.headers.allow]).toEqual([
          path,
          method,
          405,
          taken.sort().join(', '),
        ]);
      }
    }
  });

  test('a parameter that is nearly one of a route is refused, before anything is looked for', async () => {
    for (const [name, parameters] of Object.entries(QUERY_NAMES) as [RouteName, readonly string[]][]) {
      const [method = '', path = ''] = name.split(' ');
      for (const parameter of parameters) {
        const query = `${parameter.toUpperCase()}=1`;
        const answer = await call(service(), `${path.replaceAll(/\{\w+\}/g, 'x')}?${query}`, {
          method,
          key: keyOf(name),
        });
        const isOwner = parameter === 'ownerExternalId';
        expectProblem(answer, 400, isOwner ? 'INVALID_OWNER_EXTERNAL_ID' : 'INVALID_PARAMETER');
        expect([name, answer.body.detail]).toEqual([name, expect.stringContaining('did you mean')]);
      }
    }
  });
}
