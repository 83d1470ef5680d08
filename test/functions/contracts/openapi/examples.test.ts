/** The examples of the document are whole, and each is by its own schema. */
import * as z from 'zod';
import { openApiDocument } from '../../../../functions/contracts/openapi/document.ts';
import recorded from '../../../../functions/contracts/openapi/examples.json' with { type: 'json' };
import { OPERATIONS } from '../../../../functions/contracts/openapi/operations.ts';

type Media = { readonly schema: { readonly $ref?: string }; readonly example?: unknown };
type Operation = {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Media>> }>>;
};

const { paths, components } = openApiDocument();
const operations = Object.values(paths).flatMap((path) => Object.values(path)) as unknown as Operation[];
/** Of every operation and each of its good answers that has a body and is not a document or a page of its own. */
const answers = operations.flatMap(({ operationId, responses }) =>
  Object.entries(responses).flatMap(([status, { content = {} }]) => {
    const media = content['application/json'];
    return media?.schema.$ref ? [{ name: `${operationId} ${status}`, media }] : [];
  }),
);

/** One schema for all: the validator reads the components once. */
const DEFINED = JSON.parse(JSON.stringify(components.schemas).replaceAll('#/components/schemas/', '#/$defs/'));
function faultsOf(component: string, value: unknown): readonly unknown[] {
  const schema = z.fromJSONSchema({ $ref: `#/$defs/${component}`, $defs: DEFINED });
  return schema.safeParse(value).error?.issues ?? [];
}

test('every answer has an example, and no example is of an answer that there is not (npm run examples)', () => {
  const described = Object.values(OPERATIONS).flatMap(({ operationId, successes }) =>
    successes.flatMap(({ status, schema }) =>
      schema === undefined || schema === 'any' || schema === 'page' ? [] : [`${operationId} ${status}`],
    ),
  );
  expect(answers.map(({ name }) => name).sort()).toEqual(described.sort());
  expect(Object.keys(recorded.answers).sort()).toEqual(described.sort());
});

test('a value that is by no schema has a fault', () => {
  expect(faultsOf('OwnerProfiles', { ownerExternalId: 1 })).not.toEqual([]);
  expect(faultsOf('Explanation', [])).not.toEqual([]);
});

test.each(answers)('the example of $name is by its schema', ({ media }) => {
  expect(faultsOf(media.schema.$ref!.split('/').at(-1)!, media.example)).toEqual([]);
});

test.each(Object.entries(components.examples))('the example of %s is a problem', (code, example) => {
  expect(example).toMatchObject({ value: { code, type: expect.stringContaining(`#${code.toLowerCase()}`) } });
  expect(faultsOf('Problem', example['value'])).toEqual([]);
});
