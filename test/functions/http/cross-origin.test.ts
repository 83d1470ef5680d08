import type { Route } from '../../../functions/contracts/http/routes.ts';
import { type Answering, httpFunction, json } from '../../../functions/http/http-function.ts';
import { CONTEXT, httpEvent } from '../support/http-event.ts';
import { captureLog } from '../support/log.ts';

captureLog();
const path = '/v1/owner-profiles';
const route: Route = { method: 'GET', path, answeredBy: 'owner-profiles', scopes: ['read'] };
const answering: Answering = { routes: [route], allowed: new Map([[path, ['GET']]]) };

async function headersWith(origin: string | undefined, recipe: () => Promise<ReturnType<typeof json>>) {
  if (origin === undefined) delete process.env['CONSOLE_ORIGIN'];
  else process.env['CONSOLE_ORIGIN'] = origin;
  try {
    const { headers } = await httpFunction(answering, recipe)(httpEvent({ path }), CONTEXT);
    return Object.entries(headers ?? {}).filter(([name]) => name.startsWith('Access-Control'));
  } finally {
    delete process.env['CONSOLE_ORIGIN'];
  }
}

const greeting = async () => json(200, {});
const failing = async () => {
  throw new Error('no');
};

test.each([['an answer', greeting] as const, ['a failure', failing] as const])(
  '%s may be read by the page of the console, where there is one, and by no other',
  async (_, recipe) => {
    expect(await headersWith('https://console.example.com', recipe)).toEqual([
      ['Access-Control-Allow-Origin', 'https://console.example.com'],
      ['Access-Control-Expose-Headers', 'ETag, Location, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id'],
    ]);
    expect(await headersWith(undefined, recipe)).toEqual([]);
  },
);
