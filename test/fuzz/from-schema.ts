/** Values that a JSON Schema allows (2020-12, the part of it that our schemas use). */
import fc from 'fast-check';

export type Schema = { readonly [keyword: string]: unknown };

const CONTROL = /\p{Cc}/u;
const ANY_JSON = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<unknown>;

/** @param resolve what a `$ref` names */
export function allowedBy(schema: Schema, resolve: (ref: string) => Schema = missing): fc.Arbitrary<unknown> {
  const of = (inner: unknown) => allowedBy(inner as Schema, resolve);
  if (typeof schema['$ref'] === 'string') return of(resolve(schema['$ref']));
  if ('const' in schema) return fc.constant(schema['const']);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...schema['enum']);
  const choices = (schema['anyOf'] ?? schema['oneOf']) as Schema[] | undefined;
  if (choices) return fc.oneof(...choices.map(of));
  switch (schema['type']) {
    case 'object':
      return objectOf(schema, of);
    case 'array':
      return fc.array(of(schema['items'] ?? {}), {
        minLength: Number(schema['minItems'] ?? 0),
        maxLength: Math.min(Number(schema['maxItems'] ?? 4), 4),
      });
    case 'string':
      return textOf(schema);
    case 'integer':
      return fc.integer({
        min: Number(schema['minimum'] ?? -1e9),
        max: Math.min(Number(schema['maximum'] ?? 1e9), 1e9),
      });
    case 'number':
      return fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return ANY_JSON;
  }
}

function objectOf(schema: Schema, of: (inner: unknown) => fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, Schema>);
  const record = Object.fromEntries(properties.map(([name, inner]) => [name, of(inner)]));
  return fc.record(record, { requiredKeys: (schema['required'] ?? []) as string[] });
}

function textOf({ pattern, format, minLength = 0, maxLength }: Schema): fc.Arbitrary<string> {
  if (format === 'date') return DAY;
  const source = String(pattern ?? '');
  // A negated class of control characters, without an upper bound: a generator cannot guess what else is meant.
  if (source !== '' && !source.startsWith('^[^')) return fc.stringMatching(new RegExp(source, 'u'));
  const bounds = { minLength: Number(minLength), maxLength: Math.min(Number(maxLength ?? 40), 300) };
  return fc
    .oneof(fc.string(bounds), fc.string({ ...bounds, unit: 'grapheme' }), fc.string({ ...bounds, unit: 'binary' }))
    .filter((text) => source === '' || (!CONTROL.test(text) && text.isWellFormed()));
}

const DAY_MS = 86_400_000;
/** Any of the last three years, often one of the last weeks. */
export const DAY = fc
  .oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 1_100 }))
  .map((ago) => new Date(Date.UTC(2026, 10, 20) - ago * DAY_MS).toISOString().slice(0, 10));

function missing(ref: string): never {
  throw new Error(`nothing is at ${ref}`);
}
