/** The console beside the API, on the same origin: its files as CloudFront serves them, and the page for every address below. */
import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { BASE } from '../console/build/bundle.ts';
import { contentSecurityPolicy, SECURITY_HEADERS } from '../console/build/headers.ts';
import { loginOf, pageWith } from '../console/build/page.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};
const PAGE = 'index.html';
const FILE = /^[\w-]+\.(js|css|svg)$/;
const NAMED_BY_CONTENT = /-[A-Z0-9]{8}\./;

/** Where people sign in: an address, and the console's client there. */
export type Login = { readonly url: string; readonly clientId: string };

/** Answers requests below `/console` with the files that the folder has now. @returns whether it did */
export function serveConsole(
  folder: string,
  login?: Login,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const files = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));
  if (login) {
    const page = String(files.get(PAGE));
    files.set(PAGE, Buffer.from(pageWith(page, { login: loginOf(login.url, login.clientId) })));
  }
  const policy = login ? contentSecurityPolicy(login.url) : contentSecurityPolicy();
  return ({ url = '', method }, response) => {
    const path = url.split('?', 1)[0] ?? '';
    if (path !== BASE.slice(0, -1) && !path.startsWith(BASE)) return false;
    const isRead = method === 'GET' || method === 'HEAD';
    const name = FILE.test(path.slice(BASE.length)) ? path.slice(BASE.length) : PAGE;
    const contents = isRead ? files.get(name) : undefined;
    response.writeHead(contents ? 200 : isRead ? 404 : 405, {
      ...SECURITY_HEADERS,
      'content-security-policy': policy,
      'content-type': contents ? (TYPES[extname(name)] ?? '') : 'text/plain',
      'cache-control': NAMED_BY_CONTENT.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache',
      ...(!isRead && { allow: 'GET, HEAD' }),
    });
    response.end(method === 'HEAD' ? undefined : contents);
    return true;
  };
}
