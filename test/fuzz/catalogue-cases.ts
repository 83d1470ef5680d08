/** JSON bodies of routes: the examples of the document, as they are and spoilt. */
import fc from 'fast-check';
import type { Route } from '../../functions/contracts/http/routes.ts';
import { openApiDocument } from '../../functions/contracts/openapi/document.ts';
import { cut } from './import-cases.ts';
import { changed } from './values.ts';

type Examples = Readonly<Record<string, { readonly value: unknown }>>;
type Described = {
  readonly requestBody?: { readonly content: { readonly 'application/json'?: { readonly examples?: Examples } } };
};

const PATHS = openApiDocument().paths as unknown as Readonly<Record<string, Readonly<Record<string, Described>>>>;

/** Texts that a route may be sent; undefined where it takes no body. */
export function bodyOf({ path, method }: Route): fc.Arbitrary<string> | undefined {
  const { requestBody } = PATHS[path]?.[method.toLowerCase()] ?? {};
  if (!requestBody) return undefined;
  const examples = requestBody.content['application/json']?.examples;
  if (!examples) throw new Error(`the document shows no example of a body for ${method} ${path}`);
  const example = fc.constantFrom(...Object.values(examples).map(({ value }) => value));
  return fc.oneof(
    { weight: 3, arbitrary: example.map((value) => JSON.stringify(value)) },
    { weight: 5, arbitrary: changed(example).map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: cut(example) },
  );
}
