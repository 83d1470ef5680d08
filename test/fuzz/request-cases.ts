/** Requests: each route as in its OpenAPI document, and with every trick that a request can carry. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { OPERATE, ROUTES, type Route } from '../../functions/contracts/http/routes.ts';
import { openApiDocument } from '../../functions/contracts/openapi/document.ts';
import type { Asked } from './ask.ts';
import { bodyOf } from './catalogue-cases.ts';
import { allowedBy, type Schema } from './from-schema.ts';
import type { Keys } from './functions.ts';
import { UPLOAD, type UploadCase } from './import-cases.ts';
import { ERASED, FOREIGN, LASTING, NASTY_TEXT } from './values.ts';

export type RequestCase = Asked & {
  readonly route: string;
  /** It has no fault: the route itself answers. */
  readonly good: boolean;
  /** The requested owner, when it is easily identified. */
  readonly owner?: string;
};

type Parameter = {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: Schema;
};
type Pair = readonly [name: string, value: string];

const DOCUMENT = openApiDocument() as unknown as {
  readonly paths: Record<string, Record<string, { readonly parameters?: readonly Parameter[] }>>;
};

const percent = (text: string): string => encodeURIComponent(text.toWellFormed());
/** Every byte encoded, in lower case: the same text once decoded. */
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
    ['If-Match', '"aaaaaaaaaaaa", W/"x"'],
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

const KNOWN: Readonly<Record<string, readonly string[]>> = {
  profile: ['traveller', 'parent', 'pet-owner'],
  id: ['traveller', 'parent', 'pet-owner', 'no-such-profile'],
  version: ['built-in', '3fb2c1d0a9e8'],
  previewId: ['01JD9YB2M0X7Q4W8ZC5R1T6KHN', 'x'],
  publicationId: ['01JD9YF8S3V2J6D0PA9G4E7BXM', '_'],
  snapshotId: ['snapshot-01JD9YB2M0X7Q4W8ZC5R1T6KHN', 'x'],
  webhookId: ['01KAPV3D6M8W1C0J5R9XQZ2T4B', '_'],
  // The start of the feed, as a recent answer gives it.
  after: [`0-${Date.now().toString(36)}`],
};

function valuesOf({ name, schema }: Parameter, { method }: Route): fc.Arbitrary<unknown> {
  const owners = method === 'DELETE' ? ERASED : LASTING;
  if (name === 'ownerExternalId') return fc.oneof(fc.constantFrom(...owners), allowedBy(schema));
  const known = KNOWN[name];
  return known ? fc.constantFrom(...known) : allowedBy(schema);
}

type WellFormed = { readonly path: string; readonly query: string; readonly owner?: string };

/** Path and query of a route by its schema, written as a well-behaved client writes them. */
function wellFormed(route: Route): fc.Arbitrary<WellFormed> {
  const parameters = DOCUMENT.paths[route.path]?.[route.method.toLowerCase()]?.parameters ?? [];
  const parts = parameters
    .filter((parameter) => parameter.in !== 'header')
    .map((parameter) => {
      const value = valuesOf(parameter, route);
      return fc.tuple(
        fc.constant(parameter),
        parameter.required ? value : fc.option(value, { nil: undefined }),
        fc.boolean(),
      );
    });
  return fc.tuple(...parts).map((all) => {
    const given = (all as [Parameter, unknown, boolean][])
      .filter(([, value]) => value !== undefined)
      .map(([parameter, value, whole]) => ({
        ...parameter,
        value: String(value),
        written: whole ? bytewise(String(value)) : percent(String(value)),
      }));
    const written = new Map(given.map((one) => [one.name, one.written]));
    const query = given.filter((one) => one.in === 'query').map((one) => `${one.name}=${one.written}`);
    const owner = given.find(({ name }) => name === 'ownerExternalId')?.value;
    return {
      path: route.path.replace(/\{(\w+)\}/g, (_, name: string) => written.get(name) ?? ''),
      query: query.length === 0 ? '' : `?${query.join('&')}`,
      ...(owner !== undefined && { owner }),
    };
  });
}

/** Path steps that might be mistaken for a way around. */
const oddPath = (route: Route): fc.Arbitrary<string> =>
  fc
    .array(fc.oneof(VALUES, fc.constantFrom('..', '.', '%2e%2e', '%2E%2e%2F', '%252e', 'a%2Fb', 'a;b', '+')), {
      minLength: 3,
      maxLength: 3,
    })
    .map((values) => route.path.replace(/\{\w+\}/g, () => values.shift() ?? ''));

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

/** Files of banks, whole and cut anywhere. Whether one is valid depends on the parameters beside it. */
const FILES = [
  ':20:X\r\n:25:DE89370400440532013000\r\n:60F:C260531EUR10,00\r\n:61:2606020602DR1,00NDDTNONREF\r\n:86:105?20Futter\r\n:62F:C260630EUR9,00\r\n-',
  'Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\nCARD_PAYMENT,Current,2026-06-09 18:01:00,2026-06-10 03:12:00,Zooplus,-42.50,0.00,EUR,COMPLETED,57.50\n',
  '!Type:Bank\nD06/10/2026\nT-42.50\nPZooplus\n^\n',
];
const STATEMENT = fc
  .tuple(fc.constantFrom(...FILES), fc.nat({ max: 300 }))
  .map(([text, cut]) => ({ text: cut < 150 ? text : text.slice(0, cut), good: false }));

/** Bodies of a route; only for uploads it is known whether one is valid. */
function bodies(route: Route): fc.Arbitrary<UploadCase | undefined> {
  if (route.path === '/v1/owner' && route.method === 'POST') return UPLOAD;
  if (route.path === '/v1/owner/statements') return STATEMENT;
  return bodyOf(route)?.map((text) => ({ text, good: false })) ?? fc.constant(undefined);
}

/** Two days that are each valid may not be a range, and an invented cursor is refused. */
const MAY_BE_REFUSED = /[?&](from=.*&to|cursor|after)=/;

const keyOf = ({ scopes }: Route, { demo, operator }: Keys) => (scopes.includes(OPERATE) ? operator : demo);

/** A request that the document allows; its body may still mean nothing. */
function goodRequest(route: Route, keys: Keys): fc.Arbitrary<RequestCase> {
  const key: readonly Pair[] = route.scopes.length === 0 ? NO_HEADERS : [['X-Api-Key', keyOf(route, keys)]];
  return fc.tuple(wellFormed(route), bodies(route), fc.boolean()).map(([{ path, query, owner }, body, zip]) => ({
    route: `${route.method} ${route.path}`,
    method: route.method,
    target: path + query,
    headers: [
      ...key,
      ...(body ? JSON_BODY : NO_HEADERS),
      ...(body && zip ? ([['Content-Encoding', 'gzip']] as const) : NO_HEADERS),
    ],
    body: body ? packed(body.text, zip ? 'gzip' : 'plain') : NO_BODY,
    good: body?.good ?? !MAY_BE_REFUSED.test(query),
    ...(owner !== undefined && { owner }),
  }));
}

/** The bad half: anything may be odd, but an erasure never names an owner that must last. */
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
      path: fc.oneof(
        { weight: 3, arbitrary: wellFormed(route).map((made) => made.path) },
        { weight: 1, arbitrary: oddPath(route) },
        { weight: 1, arbitrary: PATHS },
      ),
      query,
      key: fc.oneof(
        { weight: 2, arbitrary: fc.constant<readonly Pair[]>([['X-Api-Key', keyOf(route, keys)]]) },
        { weight: 1, arbitrary: keyHeaders(keys) },
      ),
      tricks: fc.oneof(fc.constant(NO_HEADERS), TRICKS),
      content: fc.tuple(
        bodyHeaders,
        fc.oneof(
          anyBody,
          bodies(route).map((body) => Buffer.from(body?.text ?? '{}')),
        ),
      ),
    })
    .map(({ method, path, query: asked, key, tricks, content }) => {
      const [headers, body] =
        method === 'POST' || method === 'PUT' || asked.length % 7 === 0 ? content : [NO_HEADERS, NO_BODY];
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

/** Another client, requesting our owners by every route: the answer is always that they are unknown. */
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
