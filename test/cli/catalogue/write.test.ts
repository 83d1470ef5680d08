import { relative } from 'node:path';
import { fc, test } from '@fast-check/jest';
import { readFolder } from '../../../cli/catalogue/folder.ts';
import { readSource } from '../../../cli/catalogue/source.ts';
import { apply, changesTo, definitionText, listText, settingsText } from '../../../cli/catalogue/write.ts';
import { readAmendment, readDefinition } from '../../../functions/contracts/catalogue/amendment.ts';
import { NO_AMENDMENT } from '../../../functions/domain/catalogue/amendment.ts';
import type { DefinitionDocument } from '../../../functions/domain/catalogue/definition.ts';
import { rule } from '../../support/tiny-catalogue.ts';
import { folderOf } from './files.ts';

/** Texts with all that YAML could misread. */
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
  const { value } = readSource('catalogue.yaml', settingsText({ ...NO_AMENDMENT, disabled, enabled }));
  expect(readAmendment(value).value).toEqual({ ...NO_AMENDMENT, disabled, enabled });
});

const patterns = fc.array(fc.constantFrom('club de golf', 'golf*', 'null', '1'), { minLength: 1, maxLength: 30 });
const rules = fc.array(
  fc.record(
    {
      id: fc.constantFrom('golf', '1', 'null'),
      when: fc.record(
        {
          words: patterns,
          direction: fc.constantFrom('in' as const, 'out' as const),
          amount: fc.constant({ between: ['1 EUR', '2 EUR'] as [string, string] }),
        },
        { requiredKeys: [] },
      ),
      give: fc.array(fc.constantFrom('golf', '500+')),
    },
    { requiredKeys: ['id', 'when'] },
  ),
);

test.prop([rules])('so are rules', (written) => {
  const { value } = readSource('rules.yaml', listText('rules', written));
  expect(readAmendment({ rules: value }).value).toEqual({ ...NO_AMENDMENT, rules: written });
});

test('labels and rules are pulled into files of their own, which stay where they say the same', () => {
  const label = { id: 'golf', title: 'Golf', group: 'leisure' };
  const clubs = {
    id: 'clubs',
    when: { words: ['club de golf', 'golf*'], amount: { atLeast: '20 EUR' } },
    give: ['golf'],
  };
  const amendment = { ...NO_AMENDMENT, labels: [label], rules: [clubs] };
  const folder = folderOf({
    'catalogue.yaml': '',
    'labels.yaml': '# ours\nlabels: [{ group: leisure, title: Golf, id: golf }]\n',
  });
  const changes = changesTo(readFolder(folder), amendment);
  expect(changes.map(({ file, change, text }) => [relative(folder, file), change, text])).toEqual([
    [
      'rules.yaml',
      'new',
      `# yaml-language-server: $schema=catalogue.schema.json#/$defs/rules
- id: clubs
  when:
    words: [ club de golf, golf* ]
    amount: { atLeast: 20 EUR }
  give: [ golf ]
`,
    ],
  ]);
  const gone = changesTo(readFolder(folder), NO_AMENDMENT);
  expect(gone.map(({ file, change }) => [relative(folder, file), change])).toEqual([['labels.yaml', 'removed']]);
});

test('a rule stays in its file, and a new one goes into the usual file', () => {
  const ruleOf = (id: string, word: string) => ({ id, when: { words: [word] }, give: ['golf'] });
  const folder = folderOf({
    'catalogue.yaml': 'disabled: []',
    'rules/clubs.yaml': '# ours\n- { id: clubs, when: { words: [club] }, give: [golf] }\n',
    'rules/shops.json': JSON.stringify([ruleOf('shops', 'tee')]),
    'rules/old.yaml': '- { id: old, when: { words: [old] }, give: [golf] }\n',
  });
  const amendment = {
    ...NO_AMENDMENT,
    rules: [ruleOf('clubs', 'club'), ruleOf('fees', 'fee'), ruleOf('shops', 'tees')],
  };
  const changes = changesTo(readFolder(folder), amendment);
  expect(changes.map(({ file, change }) => [relative(folder, file), change])).toEqual([
    ['rules.yaml', 'new'],
    ['rules/old.yaml', 'removed'],
    ['rules/shops.json', 'overwritten'],
  ]);
  apply(folder, changes);
  expect(changesTo(readFolder(folder), amendment)).toEqual([]);
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
