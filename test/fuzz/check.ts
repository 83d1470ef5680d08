/** Laws of every answer, whatever the request. */
import * as z from 'zod';
import { openApiDocument } from '../../functions/contracts/openapi/document.ts';
import type { Answer } from './ask.ts';
import type { RequestCase } from './request-cases.ts';
import { FOREIGN_MARK } from './values.ts';

type Media = { readonly schema: object };
type Response = { readonly content?: Readonly<Record<string, Media>> };
type Document = {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly responses: Readonly<Record<string, Response>> }>>>
  >;
  readonly components: {
    readonly schemas: Readonly<Record<string, object>>;
    readonly responses: Readonly<Record<string, Response>>;
  };
};

const DOCUMENT = openApiDocument() as unknown as Document;
const ROUTE_NOT_FOUND: Response = {
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};
const INSIDE = /node_modules|\\n +at \w|\.ts:\d|\.js:\d|TypeError|arn:aws|dynamodb|hash-key/i;
/** An answer has no unexpected header. */
const HEADERS = new Set([
  'content-type',
  'cache-control',
  'x-request-id',
  'allow',
  'retry-after',
  'accept',
  'accept-encoding',
  'etag',
  'vary',
  'content-encoding',
  'location',
  'ratelimit',
  'ratelimit-policy',
  'content-security-policy',
  'x-content-type-options',
]);
const OF_THE_WIRE = new Set([
  'date',
  'connection',
  'keep-alive',
  'content-length',
  'transfer-encoding',
  'x-amzn-requestid',
]);

const compiled = new Map<string, z.ZodType>();

/** The validator needs complete schemas: those they refer to come with them. */
function schemaOf(media: Media, key: string): z.ZodType {
  const known = compiled.get(key);
  if (known) return known;
  const text = JSON.stringify({ ...media.schema, $defs: DOCUMENT.components.schemas });
  const made = z.fromJSONSchema(JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/')));
  compiled.set(key, made);
  return made;
}

/** @returns the faults in words; nothing when there are none */
export function faultsOf(asked: RequestCase, answer: Answer): string[] {
  const faults: string[] = [];
  const { status, headers, body } = answer;
  if (status >= 500) faults.push(`status ${status}`);
  if (INSIDE.test(body)) faults.push('the inside shows');
  if (body.includes(FOREIGN_MARK)) faults.push('shows data of another client');
  for (const [name, value] of Object.entries(headers)) {
    if (!HEADERS.has(name) && !OF_THE_WIRE.has(name)) faults.push(`header ${name}`);
    if (/[\r\n\0]/.test(value)) faults.push(`header ${name} is more than a line`);
  }
  if (!headers['x-request-id']) faults.push('no X-Request-Id');
  faults.push(...faultsOfBody(asked, answer));
  if (asked.good && ![200, 202, 204, 404].includes(status)) faults.push(`a good request is answered with ${status}`);
  return faults;
}

function faultsOfBody({ method, target }: RequestCase, { status, headers, body }: Answer): string[] {
  const path = templateOf(target.split('?')[0]!.replace(/\/$/, ''));
  const responses = DOCUMENT.paths[path]?.[method.toLowerCase()]?.responses;
  const response = responses?.[String(status)];
  if (responses && !response) return [`status ${status} is not in the document`];
  // A path or a method that is not in the document: a problem all the same.
  const { content } = resolved(response) ?? ROUTE_NOT_FOUND;
  if (method === 'HEAD') return [];
  if (!content) return body === '' ? [] : ['a body where there is none'];
  const type = (headers['content-type'] ?? '').split(';')[0]!;
  const media = content[type];
  if (!media) return [`content type ${type}`];
  if (type === 'text/html') return [];
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return ['the body is no JSON'];
  }
  const checked = schemaOf(media, `${path} ${method} ${status} ${type}`).safeParse(value);
  if (!checked.success)
    return [
      `the body is not of the schema: ${checked.error.issues[0]?.path.join('.')}: ${checked.error.issues[0]?.message}`,
    ];
  const told = (value as { status?: unknown }).status;
  return type.includes('problem') && told !== undefined && told !== status
    ? [`the problem says ${String(told)}, the status ${status}`]
    : [];
}

function resolved(response: Response | { readonly $ref: string } | undefined): Response | undefined {
  if (!response || !('$ref' in response)) return response;
  return DOCUMENT.components.responses[response.$ref.slice(response.$ref.lastIndexOf('/') + 1)];
}

/** The path in the document that a path matches, fixed steps before parameters; empty when it matches none, or cannot be read. */
function templateOf(path: string): string {
  const steps = path.split('/');
  const fitting = Object.keys(DOCUMENT.paths).filter((template) => {
    const parts = template.split('/');
    const fits = (part: string, step = '') =>
      part.startsWith('{') ? step !== '' && decoded(step) !== undefined : part === decoded(step);
    return parts.length === steps.length && parts.every((part, index) => fits(part, steps[index]));
  });
  return fitting.sort((a, b) => a.split('{').length - b.split('{').length)[0] ?? '';
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** Reasons in the operators' handbook. */
const REASONS = new Set([
  'NOT_JSON',
  'INVALID_MESSAGE',
  'UNKNOWN_CLIENT',
  'SENDER_NOT_ALLOWED',
  'ACCOUNTS_AT_MISSING',
  'ACCOUNTS_AT_FORBIDDEN',
  'PAYLOAD_TOO_LARGE',
]);

export function faultsOfParked(reason: string | undefined, detail: string | undefined): string[] {
  const faults: string[] = [];
  if (reason === undefined || !REASONS.has(reason)) faults.push(`parked for ${reason}`);
  if (!detail || detail.length > 2_000) faults.push('parked without a word, or with too many');
  if (detail && INSIDE.test(detail)) faults.push('the detail shows the inside');
  return faults;
}

/** Logs are lines of JSON, one after the other: no input may begin one, and no owner is named. */
export function faultsOfLog(text: string, owner: string | undefined): string[] {
  const faults: string[] = [];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    try {
      if (JSON.parse(line)?.message === 'forged') faults.push('a log line is forged');
    } catch {
      faults.push(`a log line is no JSON: ${line.slice(0, 80)}`);
    }
  }
  if (owner !== undefined && owner.length >= 8 && text.includes(JSON.stringify(owner).slice(1, -1)))
    faults.push('an owner id is in the log');
  return faults;
}
