import { fc, test } from '@fast-check/jest';
import { expect } from '@jest/globals';
import type { Route } from '../../../functions/contracts/http/routes.ts';
import { answering, httpFunction, json } from '../../../functions/http/http-function.ts';
import { TooManyRunsError } from '../../../functions/runtime/errors.ts';
import { CALLER, CONTEXT, httpEvent } from '../support/http-event.ts';
import { captureLog } from '../support/log.ts';

captureLog();

type Item = { readonly name: string; readonly parameters: Readonly<Record<string, number>> };

/** A List of Items that are Strings with Integers as parameters (RFC 9651, 4.2), or an error. */
function itemsIn(field: string): Item[] {
  return field.split(/[ \t]*,[ \t]*/).map((member) => {
    const [, name, rest] =
      /^"([\x20\x21\x23-\x5b\x5d-\x7e]*)"((?:; *[a-z*][a-z0-9_.*-]*=-?\d{1,15})*)$/.exec(member) ?? [];
    if (name === undefined || rest === undefined) throw new Error(`no item: ${member}`);
    const pairs = [...rest.matchAll(/; *([^=]+)=(-?\d+)/g)].map(([, key, value]) => [key!, Number(value)] as const);
    return { name, parameters: Object.fromEntries(pairs) };
  });
}

async function headersOf(
  path: string,
  method: Route['method'],
  authorizer: unknown,
  recipe: () => Promise<ReturnType<typeof json>> = async () => json(200, {}),
) {
  const asked = answering(path === '/v1/owner' ? 'owner-upload' : 'owner-profiles');
  const { headers = {} } = await httpFunction(asked, recipe)(httpEvent({ path, method, authorizer }), CONTEXT);
  return headers as Readonly<Record<string, string>>;
}

const limit = fc.integer({ min: 1, max: 1_000_000 });

test.prop([limit, limit, limit])(
  'answers say what the plan allows, as a structured field',
  async (q, burst, uploads) => {
    const authorizer = { ...CALLER, limits: [q, burst, uploads].join(':') };
    const ofReading = await headersOf('/v1/owner-profiles', 'GET', authorizer);
    expect(itemsIn(ofReading['RateLimit-Policy']!)).toEqual([{ name: 'requests', parameters: { q, w: 1, burst } }]);
    const ofUpload = await headersOf('/v1/owner', 'POST', authorizer);
    expect(itemsIn(ofUpload['RateLimit-Policy']!)).toEqual([{ name: 'uploads', parameters: { q: uploads, w: 60 } }]);
  },
);

test('without plans, without a key, and from an authorizer that says none, no limit is said', async () => {
  for (const authorizer of [{ ...CALLER, limits: '' }, { ...CALLER }, undefined, { ...CALLER, limits: '1:2' }]) {
    expect(await headersOf('/v1/owner-profiles', 'GET', authorizer)).not.toHaveProperty('RateLimit-Policy');
  }
});

test('where too many runs are under way, the answer says that none is left, besides the limits of the plan', async () => {
  const headers = await headersOf('/v1/owner-profiles', 'GET', { ...CALLER, limits: '100:200:600' }, async () => {
    throw new TooManyRunsError('snapshots', 5);
  });
  expect(itemsIn(headers['RateLimit']!)).toEqual([{ name: 'runs', parameters: { r: 0 } }]);
  expect(itemsIn(headers['RateLimit-Policy']!)).toEqual([
    { name: 'requests', parameters: { q: 100, w: 1, burst: 200 } },
    { name: 'runs', parameters: { q: 5 } },
  ]);
  expect(headers['Retry-After']).toBe('30');
});
