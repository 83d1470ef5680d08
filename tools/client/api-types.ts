/**
 * `npm run client:types`: writes the types of the client package, which the console uses too, from our OpenAPI document, in the form that
 * openapi-fetch reads.
 *
 * openapi-typescript does the same for any document; it needs a TypeScript that still has its compiler as a library, and ours has not.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiDocument } from '../../functions/contracts/openapi/document.ts';
import { ROOT } from '../drawing/imports.ts';

export const API_TYPES = 'client/schema.ts';

type Schema = Readonly<Record<string, unknown>>;
type Content = Readonly<Record<string, { readonly schema: Schema }>>;
type Operation = {
  readonly parameters?: readonly { name: string; in: string; required: boolean; schema: Schema }[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
};

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

const PROBLEM = { content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } };

export function apiTypes(): string {
  const { paths, components } = openApiDocument();
  const routes = Object.entries(paths).map(([path, operations]) => {
    const methods = METHODS.map((method) => {
      const described = operations[method] as Operation | undefined;
      return described ? `${method}: ${operation(described)}` : `${method}?: never`;
    });
    return `${JSON.stringify(path)}: { parameters: { query?: never; header?: never; path?: never; cookie?: never }; ${methods.join('; ')} };`;
  });
  const schemas = Object.entries(components.schemas).map(([name, schema]) => `${name}: ${type(schema)};`);
  return [
    '// Written by `npm run client:types` from the OpenAPI document.',
    `export interface paths {\n${routes.join('\n')}\n}`,
    `export interface components { schemas: {\n${schemas.join('\n')}\n} }`,
    '',
  ].join('\n');
}

function operation({ parameters = [], requestBody, responses }: Operation): string {
  const places = ['query', 'header', 'path', 'cookie'].map((place) => {
    const here = parameters.filter((parameter) => parameter.in === place);
    if (here.length === 0) return `${place}?: never`;
    const isNeeded = here.some(({ required }) => required);
    const fields = here.map(
      ({ name, required, schema }) => `${fieldName(name)}${required ? '' : '?'}: ${type(schema)}`,
    );
    return `${place}${isNeeded ? '' : '?'}: { ${fields.join('; ')} }`;
  });
  const body = requestBody
    ? `requestBody${requestBody.required === false ? '?' : ''}: { ${content(requestBody.content)} }`
    : 'requestBody?: never';
  // All problems have one form, whatever their status.
  const successes = Object.entries(responses).filter(([status]) => Number(status) < 400);
  const answers = [...successes, ['default', PROBLEM] as const].map(
    ([status, response]) =>
      `${status}: { headers: { [name: string]: unknown }; ${response.content ? content(response.content) : 'content?: never'} }`,
  );
  return `{ parameters: { ${places.join('; ')} }; ${body}; responses: { ${answers.join('; ')} } }`;
}

const content = (media: Content) =>
  `content: { ${Object.entries(media)
    .map(([name, { schema }]) => `${JSON.stringify(name)}: ${type(schema)}`)
    .join('; ')} }`;

function type(schema: Schema): string {
  const { $ref, anyOf, oneOf, const: constant, enum: values, 'x-extensible-enum': known } = schema;
  if (typeof $ref === 'string') return `components["schemas"][${JSON.stringify($ref.split('/').at(-1))}]`;
  const either = (anyOf ?? oneOf) as readonly Schema[] | undefined;
  if (either) return `(${either.map(type).join(' | ')})`;
  if (constant !== undefined) return JSON.stringify(constant);
  if (Array.isArray(values)) return `(${values.map((value) => JSON.stringify(value)).join(' | ')})`;
  // The known ones are offered, and any other is a text too.
  if (Array.isArray(known)) return `(${known.map((value) => JSON.stringify(value)).join(' | ')} | (string & {}))`;
  const names = Array.isArray(schema['type']) ? schema['type'] : [schema['type']];
  return names.length === 1 ? plain(names[0], schema) : `(${names.map((name) => plain(name, schema)).join(' | ')})`;
}

function plain(name: unknown, schema: Schema): string {
  if (name === 'integer' || name === 'number') return 'number';
  if (name === 'string') return schema['format'] === 'binary' ? 'Blob' : 'string';
  if (name === 'boolean' || name === 'null') return name;
  if (name === 'array') return array(schema);
  return name === 'object' ? object(schema) : 'unknown';
}

function array({ items, prefixItems }: Schema): string {
  // As a list: openapi-fetch turns it into one in its answers, and would then not accept it as input.
  if (Array.isArray(prefixItems)) return `(${[...new Set(prefixItems.map(type))].join(' | ')})[]`;
  return items ? `${type(items as Schema)}[]` : 'unknown[]';
}

function object({ properties, required, additionalProperties }: Schema): string {
  if (additionalProperties && typeof additionalProperties === 'object') {
    return `{ [name: string]: ${type(additionalProperties as Schema)} }`;
  }
  if (!properties) return '{ [name: string]: unknown }';
  const needed = new Set(required as readonly string[] | undefined);
  const fields = Object.entries(properties as Record<string, Schema>).map(
    ([name, schema]) => `${fieldName(name)}${needed.has(name) ? '' : '?'}: ${type(schema)}`,
  );
  return `{ ${fields.join('; ')} }`;
}

const fieldName = (name: string) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));

if (import.meta.main) writeFileSync(join(ROOT, API_TYPES), apiTypes());
