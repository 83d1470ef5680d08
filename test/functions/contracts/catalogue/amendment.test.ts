import { amendmentJsonSchema } from '../../../../functions/contracts/catalogue/amendment.ts';

/** Every value in a document with its path, as references name it. */
function* placesIn(value: unknown, path = '#'): Generator<[string, unknown]> {
  yield [path, value];
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) yield* placesIn(inner, `${path}/${key}`);
}

describe('the JSON Schema of an amendment', () => {
  const schema = amendmentJsonSchema(['groceries', 'pets']);
  const places = new Map(placesIn(schema));

  test('is strict, and of a single definition too', () => {
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      additionalProperties: false,
      properties: { profiles: { items: { $ref: '#/$defs/definition' } } },
    });
    expect(places.get('#/$defs/definition')).toMatchObject({
      additionalProperties: false,
      required: ['id', 'title', 'description', 'enter'],
      properties: { enter: { $ref: '#/$defs/rule' } },
    });
    expect(Object.keys(places.get('#/$defs')!)).toEqual(['definition', 'label', 'ownRule', 'rule', 'labels', 'rules']);
  });

  test('refers to nothing that is not there', () => {
    const references = [...places].filter(([path]) => path.endsWith('/$ref')).map(([, to]) => String(to));
    expect(references.length).toBeGreaterThan(4);
    expect(references.filter((to) => !places.has(to))).toEqual([]);
  });

  test('completes labels with their metrics', () => {
    const text = JSON.stringify(schema);
    for (const name of ['pets.months', 'groceries.total', 'owner.history']) expect(text).toContain(`"${name}"`);
  });
});
