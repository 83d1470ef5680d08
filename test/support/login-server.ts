/**
 * What Amazon Cognito is to the console and the authorizer: the keys of a user pool, the page where people sign in, and the endpoints of
 * tokens (OAuth 2.0 by code with PKCE, refresh tokens that work once). Everybody who opens the page is signed in at once.
 */
import { createHash, createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { closeServer, listen } from '../../local/http.ts';

export type LoginServer = Awaited<ReturnType<typeof startLoginServer>>;

type Claims = Readonly<Record<string, unknown>>;
type Granted = { readonly groups: readonly string[]; readonly challenge?: string; readonly redirect?: string };

const KID = 'key-1';
const SECONDS = 600;
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** @param now milliseconds since 1970, for when tokens are made */
export async function startLoginServer(now: () => number) {
  const [own, strange] = [newKey(), newKey()];
  const grants = new Map<string, Granted>();
  const asked: string[] = [];
  /** What tests choose. */
  const pool = { id: 'eu-central-1_pool00000', clientId: 'console', groups: [] as readonly string[], refuses: false };

  /** An access token as the pool makes it, with these claims and parts of its header changed. */
  function token(claims: Claims = {}, header: Claims = {}, key = own): string {
    const iat = Math.floor(now() / 1000);
    const body = {
      sub: '5f0c1d2e-0000-4000-8000-000000000001',
      iss: `https://cognito-idp.eu-central-1.amazonaws.com/${pool.id}`,
      client_id: pool.clientId,
      token_use: 'access',
      scope: 'openid',
      iat,
      exp: iat + SECONDS,
      jti: randomUUID(),
      ...(pool.groups.length > 0 && { 'cognito:groups': pool.groups }),
      ...claims,
    };
    const signed = `${part({ kid: KID, alg: 'RS256', ...header })}.${part(body)}`;
    return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key.privateKey, 'base64url')}`;
  }

  function grant(granted: Granted): string {
    const code = randomUUID();
    grants.set(code, granted);
    return code;
  }

  function exchange(form: URLSearchParams): object | undefined {
    const code = form.get('code') ?? form.get('refresh_token') ?? '';
    const granted = grants.get(code);
    grants.delete(code);
    if (!granted || pool.refuses || form.get('client_id') !== pool.clientId) return undefined;
    if (form.get('grant_type') === 'authorization_code') {
      const challenge = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url');
      if (challenge !== granted.challenge || form.get('redirect_uri') !== granted.redirect) return undefined;
    }
    const { groups } = granted;
    return {
      access_token: token({ 'cognito:groups': groups }),
      refresh_token: grant({ groups }),
      expires_in: SECONDS,
      token_type: 'Bearer',
    };
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams: query } = new URL(request.url ?? '', 'http://pool');
    asked.push(`${request.method} ${pathname}`);
    response.setHeader('access-control-allow-origin', request.headers.origin ?? '*');
    const send = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const leadTo = (address: string) => response.writeHead(302, { location: address }).end();
    if (pathname === `/${pool.id}/.well-known/jwks.json`) {
      return void send(200, { keys: [{ ...own.jwk, kid: KID, use: 'sig', alg: 'RS256' }] });
    }
    if (pathname === '/oauth2/authorize') {
      const [redirect, challenge] = [query.get('redirect_uri') ?? '', query.get('code_challenge') ?? ''];
      const isRight = query.get('code_challenge_method') === 'S256' && query.get('client_id') === pool.clientId;
      const given = isRight && !pool.refuses && { code: grant({ groups: pool.groups, challenge, redirect }) };
      const said = new URLSearchParams({ ...(given || { error: 'access_denied' }), state: query.get('state') ?? '' });
      return void leadTo(`${redirect}?${said}`);
    }
    if (pathname === '/logout') return void leadTo(query.get('logout_uri') ?? '');
    const form = new URLSearchParams(await text(request));
    if (pathname === '/oauth2/token') {
      const tokens = exchange(form);
      return void send(tokens ? 200 : 400, tokens ?? { error: 'invalid_grant' });
    }
    if (pathname === '/oauth2/revoke') grants.delete(form.get('token') ?? '');
    send(pathname === '/oauth2/revoke' ? 200 : 404, {});
  }

  const server = createServer((request, response) => void answer(request, response));
  const port = await listen(server, 0, { anyOrigin: true });
  return {
    url: `http://127.0.0.1:${port}`,
    pool,
    token,
    strange,
    /** Method and path of every request so far. */
    asked,
    close: () => closeServer(server, 1_000),
  };
}

function newKey() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { privateKey, jwk: publicKey.export({ format: 'jwk' }) };
}
