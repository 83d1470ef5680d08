import { fc, test } from '@fast-check/jest';
import { readSource } from '../../../cli/catalogue/source.ts';
import { definitionText, settingsText } from '../../../cli/catalogue/write.ts';
import { readAmendment, readDefinition } from '../../../functions/contracts/catalogue/amendment.ts';
import type { DefinitionDocument } from '../../../functions/domain/catalogue/definition.ts';
import { rule } from '../../support/tiny-catalogue.ts';

/** Texts with all that YAML could take for something else. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 150 }),
  fc.constantFrom(
    'yes',
    'null',
    '~',
    '1e3',
    '0x10',
    '- a',
    'a: b',
    '# a',
    '!x',
    '&a',
    '*a',
    '"',
    "'",
    'a\n\n b \n',
    ' ',
    '%',
  ),
  fc.lorem({ maxCount: 40 }).filter((lorem) => lorem.length < 900),
);
const definition: fc.Arbitrary<DefinitionDocument> = fc.record(
  { id: fc.constantFrom('a', '1', 'null', 'true', 'a-1'), title: text, description: text, why: text, enter: rule },
  { requiredKeys: ['id', 'title', 'description', 'enter'] },
);

test.prop([definition])('a definition is read as it was written, and written as it was read', (written) => {
  const file = definitionText(written);
  const { value, faults } = readSource('x.yaml', file);
  expect(faults).toEqual([]);
  const read = readDefinition(value);
  expect(read.value).toEqual(written);
  expect(definitionText(read.value as DefinitionDocument)).toBe(file);
});

const ids = fc.array(fc.constantFrom('pet-owner', '1', 'null', 'true', 'a-b'), { maxLength: 30 });

test.prop([ids, ids])('so are the lists', (disabled, enabled) => {
  const { value } = readSource('catalogue.yaml', settingsText({ profiles: [], disabled, enabled }));
  expect(readAmendment(value).value).toEqual({ profiles: [], disabled, enabled });
});

test('a definition is written as a person would: fields in their order, a condition on a line, long texts folded', () => {
  const long =
    'Plants, seeds, pots, soil, tools, and whatever else a garden or a balcony takes, season after season, year by year.';
  expect(
    definitionText({
      needs: { history: '180d' },
      enter: {
        all: [
          { window: '365d', atLeast: 4, feature: 'gardening.months' },
          { not: { feature: 'owner.history', below: 90 } },
        ],
      },
      description: long,
      title: 'Loves the garden',
      id: 'garden-lover',
      stay: { feature: 'gardening.share', between: ['1%', 0.5], window: '365d' },
    } as DefinitionDocument),
  ).toBe(`# yaml-language-server: $schema=../catalogue.schema.json#/$defs/definition
id: garden-lover
title: Loves the garden
description: >-
  ${long}
enter:
  all:
    - { feature: gardening.months, window: 365d, atLeast: 4 }
    - not: { feature: owner.history, below: 90 }
stay: { feature: gardening.share, window: 365d, between: [ 1%, 0.5 ] }
needs: { history: 180d }
`);
});
