/** Requests: each route as its OpenAPI document has it, and with every trick that a request can carry. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { openApiDocument } from '../functions/contracts/openapi.ts';
import { ROUTES, type Route } from '../functions/contracts/routes.ts';
import type { Asked } from './ask.ts';
import { allowedBy, type Schema } from './from-schema.ts';
import type { Keys } from './functions.ts';
import { UPLOAD, type UploadCase } from './import-cases.ts';
import { ERASED, FOREIGN, LASTING, NASTY_TEXT } from './values.ts';

export type RequestCase = Asked & {
  readonly route: string;
  /** Nothing is wrong with it: what answers is the route itself. */
  readonly good: boolean;
  /** The owner that is asked for, when it is told apart easily. */
  readonly owner?: string;
};

type Parameter = { readonly name: string; readonly required: boolean; readonly schema: Schema };
type Pair = readonly [name: string, value: string];

const DOCUMENT = openApiDocument() as unknown as {
  readonly paths: Record<string, Record<string, { readonly parameters?: readonly Parameter[] }>>;
};

const percent = (text: string): string => encodeURIComponent(text.toWellFormed());
/** Every byte encoded, in lower case: the same text to whoever decodes it. */
const bytewise = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

const NO_HEADERS: readonly Pair[] = [];
const TRICKS = fc.constantFrom<readonly Pair[]>(
  [['X-Client-Id', 'other']],
  [
    ['X-Forwarded-For', '203.0.113.9'],
    ['X-Real-IP', '203.0.113.9'],
    ['Forwarded', 'for=203.0.113.9'],
  ],
  [['X-HTTP-Method-Override', 'DELETE']],
  [
    ['X-Original-URL', '/v1/owner'],
    ['X-Rewrite-URL', '/v1/owner'],
  ],
  [
    ['Accept', 'text/html'],
    ['Accept-Encoding', 'br'],
  ],
  [['Accept', 'application/problem+json']],
  [
    ['Authorization', 'Bearer x'],
    ['Cookie', 'clientId=other'],
  ],
  [
    ['Content-Type', 'application/json'],
    ['Content-Type', 'text/plain'],
  ],
  [
    ['Range', 'bytes=0-1'],
    ['If-None-Match', '*'],
    ['Expect', '100-continue'],
  ],
  [['X-Long', 'x'.repeat(8_000)]],
);

function keyHeaders(keys: Keys): fc.Arbitrary<readonly Pair[]> {
  const { demo, other, ...others } = keys;
  return fc.oneof(
    fc.constantFrom(...Object.values(others)).map((key): Pair[] => [['X-Api-Key', key]]),
    fc.constantFrom('x-api-key', 'X-API-KEY', 'x-Api-kEY').map((name): Pair[] => [[name, demo]]),
    fc
      .constantFrom(` ${demo} `, `${demo}x`, demo.toLowerCase(), demo.slice(0, -1), `Bearer ${demo}`, '')
      .map((key): Pair[] => [['X-Api-Key', key]]),
    fc.constantFrom<readonly Pair[]>(
      NO_HEADERS,
      [
        ['X-Api-Key', demo],
        ['x-api-key', other],
      ],
      [['X-Api-Key', `${demo},${other}`]],
      [['Api-Key', demo]],
    ),
    fc
      .string({ unit: 'binary-ascii', maxLength: 70 })
      .map((key): Pair[] => [['X-Api-Key', key.replaceAll(/\p{Cc}/gu, '')]]),
  );
}

/** Parameters of a route by its schema, written as a well-behaved client writes them. */
function wellFormed(route: Route): fc.Arbitrary<{ query: string; owner?: string }> {
  const parameters = DOCUMENT.paths[route.path]?.[route.method.toLowerCase()]?.parameters ?? [];
  const parts = parameters.map(({ name, required, schema }) => {
    const known = route.method === 'DELETE' ? ERASED : LASTING;
    const value =
      name === 'ownerExternalId'
        ? fc.oneof(fc.constantFrom(...known), allowedBy(schema))
        : name === 'profile'
          ? fc.constantFrom('traveller', 'parent', 'pet-owner')
          : allowedBy(schema);
    return fc.tuple(fc.constant(name), required ? value : fc.option(value, { nil: undefined }), fc.boolean());
  });
  return fc.tuple(...parts).map((all) => {
    const given = (all as [string, unknown, boolean][]).filter(([, value]) => value !== undefined);
    const query = given
      .map(([name, value, whole]) => `${name}=${whole ? bytewise(String(value)) : percent(String(value))}`)
      .join('&');
    const owner = given.find(([name]) => name === 'ownerExternalId')?.[1] as string | undefined;
    return { query: query === '' ? '' : `?${query}`, ...(owner !== undefined && { owner }) };
  });
}

const NAMES = [
  'ownerExternalId',
  'asOf',
  'profile',
  'OwnerExternalId',
  'ownerExternalId[]',
  'clientId',
  'cursor',
  '__proto__',
  'x',
];
const VALUES = fc.oneof(
  NASTY_TEXT.map(percent),
  fc.constantFrom(
    percent(FOREIGN),
    'other%23owner%23x',
    '%',
    '%ff',
    '%ED%A0%80',
    '%00',
    '%C0%AF',
    '+',
    'anna%2',
    'anna',
    '',
    '2026-01-01',
    '2026-11-22T00:00:00Z',
    '0000-00-00',
    '2099-01-01',
  ),
  fc.string({ unit: 'grapheme', maxLength: 20 }).map(percent),
);
const wildQuery = fc
  .array(fc.tuple(fc.constantFrom(...NAMES), VALUES, fc.constantFrom('=', '=', '=', '', '==')), { maxLength: 5 })
  .map((pairs) => `?${pairs.map(([name, value, sign]) => (sign === '' ? name : `${name}${sign}${value}`)).join('&')}`);

const PATHS = fc.constantFrom(
  ...ROUTES.map(({ path }) => path),
  ...ROUTES.map(({ path }) => `${path}/`),
  '/',
  '//v1/owner-profiles',
  '/v1//owner-profiles',
  '/v1/owner-profiles/../owner',
  '/v1/./owner',
  '/v1/%6Fwner-profiles',
  '/v1/owner%2Dprofiles%2Fexplanation',
  '/V1/owner-profiles',
  '/v1/owner-profiles;x=1',
  '/v1/owner-profiles%00',
  '/v1/owner-profiles%3FownerExternalId=anna',
  '/v1/other/owner-profiles',
  '/live/v1/owner-profiles',
  '/v2/profiles',
  '/v1/%ff',
  '/%',
);
const METHODS = fc.constantFrom('GET', 'POST', 'DELETE', 'PUT', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE', 'QUERY');

const JSON_BODY: readonly Pair[] = [['Content-Type', 'application/json']];
const bodyHeaders = fc.constantFrom<readonly Pair[]>(
  JSON_BODY,
  [['content-type', 'Application/JSON; charset=UTF-8']],
  [
    ['Content-Type', 'application/json'],
    ['Content-Encoding', 'gzip'],
  ],
  [
    ['Content-Type', 'application/json'],
    ['Content-Encoding', 'deflate'],
  ],
  [['Content-Type', 'text/plain']],
  [['Content-Type', 'application/json; charset=iso-8859-1']],
  NO_HEADERS,
);
const BOMB = gzipSync(Buffer.alloc(33 * 1024 * 1024, ' '));
const anyBody = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.tuple(UPLOAD, fc.constantFrom('plain', 'gzip', 'half')).map(([{ text }, how]) => packed(text, how)),
  },
  { weight: 3, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
  { weight: 1, arbitrary: fc.constantFrom(Buffer.alloc(0), Buffer.from('\ufeff{}'), BOMB.subarray(0, 500)) },
);

function packed(text: string, how: string): Buffer {
  if (how === 'plain') return Buffer.from(text);
  const zipped = gzipSync(text, { level: 1 });
  return how === 'gzip' ? zipped : zipped.subarray(0, zipped.length >> 1);
}

const NO_BODY = Buffer.alloc(0);

/** A request that the document allows; of an upload the body may still be no import. */
function goodRequest(route: Route, keys: Keys): fc.Arbitrary<RequestCase> {
  const key: readonly Pair[] = route.scopes.length === 0 ? NO_HEADERS : [['X-Api-Key', keys.demo]];
  const upload: fc.Arbitrary<UploadCase | undefined> = route.method === 'POST' ? UPLOAD : fc.constant(undefined);
  return fc.tuple(wellFormed(route), upload, fc.boolean()).map(([{ query, owner }, body, zip]) => ({
    route: `${route.method} ${route.path}`,
    method: route.method,
    target: route.path + query,
    headers: [
      ...key,
      ...(body ? JSON_BODY : NO_HEADERS),
      ...(body && zip ? ([['Content-Encoding', 'gzip']] as const) : NO_HEADERS),
    ],
    body: body ? packed(body.text, zip ? 'gzip' : 'plain') : NO_BODY,
    good: body?.good ?? true,
    ...(owner !== undefined && { owner }),
  }));
}

/** The bad half: anything may be odd, but an erasure never names an owner that is to last. */
function oddRequest(route: Route, keys: Keys): fc.Arbitrary<RequestCase> {
  const query =
    route.method === 'DELETE'
      ? fc.oneof(
          wellFormed(route).map((made) => made.query),
          wildQuery.map((text) => text.replaceAll('anna', 'gone')),
        )
      : fc.oneof(
          wellFormed(route).map((made) => made.query),
          wildQuery,
        );
  return fc
    .record({
      method: fc.oneof({ weight: 4, arbitrary: fc.constant<string>(route.method) }, { weight: 1, arbitrary: METHODS }),
      path: fc.oneof({ weight: 4, arbitrary: fc.constant(route.path) }, { weight: 1, arbitrary: PATHS }),
      query,
      key: fc.oneof(
        { weight: 2, arbitrary: fc.constant<readonly Pair[]>([['X-Api-Key', keys.demo]]) },
        { weight: 1, arbitrary: keyHeaders(keys) },
      ),
      tricks: fc.oneof(fc.constant(NO_HEADERS), TRICKS),
      content: fc.tuple(bodyHeaders, anyBody),
    })
    .map(({ method, path, query: asked, key, tricks, content }) => {
      const [headers, body] = method === 'POST' || asked.length % 7 === 0 ? content : [NO_HEADERS, NO_BODY];
      const erases =
        method === 'DELETE' &&
        LASTING.some((owner) => asked.includes(percent(owner)) || asked.includes(bytewise(owner)));
      return {
        route: `${route.method} ${route.path}`,
        method: erases ? 'GET' : method,
        target: path + asked,
        headers: [...key, ...tricks, ...headers],
        body,
        good: false,
      };
    });
}

/** Another client, asking for our owners by every route: never anything but that it knows none. */
function foreignRequest(route: Route, keys: Keys): fc.Arbitrary<RequestCase> {
  return goodRequest(route, { ...keys, demo: keys.other }).map((request) => ({ ...request, good: false }));
}

export function requestsTo(keys: Keys): readonly (readonly [string, fc.Arbitrary<RequestCase>])[] {
  return ROUTES.map((route) => [
    `${route.method} ${route.path}`,
    fc.oneof(
      { weight: 5, arbitrary: goodRequest(route, keys) },
      { weight: 8, arbitrary: oddRequest(route, keys) },
      { weight: 1, arbitrary: foreignRequest(route, keys) },
    ),
  ]);
}

export const HUGE = { bomb: BOMB, json: JSON_BODY } as const;
