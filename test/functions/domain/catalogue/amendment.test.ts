import { fc, test as property } from '@fast-check/jest';
import {
  type AmendmentDocument,
  amend,
  amendmentFaults,
  canonicalText,
  changesBetween,
  MOST_CONDITIONS_TOGETHER,
  MOST_PROFILES,
  NO_AMENDMENT,
  normalised,
} from '../../../../functions/domain/catalogue/amendment.ts';
import { settingsAt, versionAt } from '../../../../functions/domain/catalogue/client-settings.ts';
import type { DefinitionDocument, RuleDocument } from '../../../../functions/domain/catalogue/definition.ts';
import { tinyCatalogue } from '../../../support/tiny-catalogue.ts';

const base = { title: 'P', description: 'P' };
const condition = { feature: 'pets.count', window: '30d', atLeast: 1 };
const definition = (id: string, more: Partial<DefinitionDocument> = {}): DefinitionDocument => ({
  ...base,
  id,
  enter: condition,
  ...more,
});
const CATALOGUE = tinyCatalogue([definition('busy'), definition('gambler', { sensitive: true }), definition('pets')]);
const amendment = (more: Partial<AmendmentDocument>): AmendmentDocument => ({ ...NO_AMENDMENT, ...more });
const OFF = { enabledProfiles: [] };

const seen = (document: AmendmentDocument, settings = OFF) =>
  amend(CATALOGUE, document, settings).entries.map(
    ({
      definition: {
        document: { id },
      },
      origin,
      sensitive,
      enabled,
    }) => `${id}: ${origin}${sensitive ? ', sensitive' : ''}${enabled ? '' : ', off'}`,
  );

test('without an amendment the catalogue is the built-in one', () => {
  expect(seen(NO_AMENDMENT)).toEqual(['busy: built-in', 'gambler: built-in, sensitive, off', 'pets: built-in']);
  expect(
    amend(CATALOGUE, NO_AMENDMENT, { enabledProfiles: ['gambler'] }).judged.map(({ document }) => document.id),
  ).toEqual(['busy', 'gambler', 'pets']);
});

test('a client adds, overrides, switches off and switches on', () => {
  const document = amendment({
    profiles: [definition('vet-goer'), definition('busy', { title: 'Own' }), definition('gambler')],
    disabled: ['pets'],
    enabled: ['gambler'],
  });
  expect(amendmentFaults(CATALOGUE, document)).toEqual([]);
  expect(seen(document)).toEqual([
    'busy: overridden',
    'gambler: overridden, sensitive',
    'pets: disabled, off',
    'vet-goer: own',
  ]);
  expect(amend(CATALOGUE, document, OFF).judged.map(({ document }) => [document.id, document.title])).toEqual([
    ['busy', 'Own'],
    ['gambler', 'P'],
    ['vet-goer', 'P'],
  ]);
});

test('a replacement of a sensitive profile stays off until it is named', () => {
  expect(seen(amendment({ profiles: [definition('gambler')] }))[1]).toBe('gambler: overridden, sensitive, off');
});

test('every fault is reported with its path and the nearest name', () => {
  const document = amendment({
    profiles: [
      definition('a', { enter: { all: [{ feature: 'pet.count', window: '30d', atLeast: 1 }] } }),
      definition('b', { hold: '90d' }),
      definition('b'),
      definition('gambler', { sensitive: false }),
      definition('pets'),
    ],
    disabled: ['bussy', 'pets', 'own'],
    enabled: ['busy', 'gamblr', 'gambler'],
  });
  expect(amendmentFaults(CATALOGUE, document).map(({ path, message }) => `${path}: ${message}`)).toEqual([
    'profiles[0].enter.all[0].feature: must have a known label, and `pet` is not: did you mean `pets`?',
    'profiles[1].hold: must be at most 60 days, and is 90',
    'profiles[2].id: must be defined once, and "b" is at profiles[1] too',
    'profiles[3].sensitive: must be true: the built-in profile "gambler" is sensitive, and so is what replaces it',
    'disabled[0]: must be a known built-in profile, and `bussy` is not: did you mean `busy`?',
    'disabled[1]: must not be defined as well: take "pets" out of one of them',
    'disabled[2]: must be a known built-in profile, and `own` is not',
    'enabled[0]: must be a sensitive profile: "busy" is judged without being enabled',
    'enabled[1]: must be a known profile, and `gamblr` is not: did you mean `gambler`?',
  ]);
});

test('a definition that does not hold any more is not judged, and the others are', () => {
  const document = amendment({
    profiles: [definition('gone', { enter: { ...condition, feature: 'gone.count' } }), definition('own')],
  });
  const { judged, faults } = amend(CATALOGUE, document, OFF);
  expect(judged.map(({ document: { id } }) => id)).toEqual(['busy', 'own', 'pets']);
  expect(faults.map(({ path }) => path)).toEqual(['profiles[0].enter.feature']);
});

test('sizes are bounded', () => {
  const many = (conditions: number): RuleDocument => ({ all: Array.from({ length: conditions }, () => condition) });
  const profiles = Array.from({ length: MOST_PROFILES + 1 }, (_, index) =>
    definition(`p${index}`, { enter: many(11) }),
  );
  expect(amendmentFaults(CATALOGUE, amendment({ profiles })).map(({ message }) => message)).toEqual([
    `must not have more than ${MOST_PROFILES} profiles, and has ${MOST_PROFILES + 1}`,
    `must not have more than ${MOST_CONDITIONS_TOGETHER} conditions together, and have ${11 * (MOST_PROFILES + 1)}`,
  ]);
});

const ids = fc.constantFrom('busy', 'gambler', 'pets', 'own', 'other');
const documents = fc.record({
  profiles: fc.uniqueArray(
    fc.record({
      id: ids,
      title: fc.constantFrom('A', 'B'),
      description: fc.constant('P'),
      enter: fc.constant(condition),
    }),
    { selector: ({ id }) => id },
  ),
  disabled: fc.array(ids),
  enabled: fc.array(ids),
  labels: fc.uniqueArray(fc.record({ id: ids, title: fc.constantFrom('A', 'B'), group: fc.constant('leisure') }), {
    selector: ({ id }) => id,
  }),
  rules: fc.uniqueArray(fc.record({ id: ids, when: fc.record({ words: fc.array(ids) }), give: fc.array(ids) }), {
    selector: ({ id }) => id,
  }),
});

property.prop([documents])('the order of parts and of fields says nothing', (document) => {
  const reversed = {
    enabled: [...document.enabled, ...document.enabled].reverse(),
    disabled: [...document.disabled].reverse(),
    profiles: document.profiles
      .map((profile) => Object.fromEntries(Object.entries(profile).reverse()) as unknown as DefinitionDocument)
      .reverse(),
    labels: [...document.labels].reverse(),
    rules: [...document.rules].reverse(),
  };
  expect(canonicalText(reversed)).toBe(canonicalText(document));
  expect(canonicalText(normalised(document))).toBe(canonicalText(document));
  expect(changesBetween(normalised(document), normalised(reversed))).toEqual([]);
});

property.prop([documents, documents])('there are changes exactly when the amendments differ', (before, after) => {
  const changes = changesBetween(normalised(before), normalised(after));
  expect(changes.length === 0).toBe(canonicalText(before) === canonicalText(after));
  const opposite = { added: 'removed', removed: 'added', changed: 'changed' } as const;
  expect(changesBetween(normalised(after), normalised(before))).toEqual(
    changes.map(({ path, change }) => ({ path, change: opposite[change] })),
  );
});

test('a version holds from its instant on', () => {
  const inForce = { version: 'b', from: 1000, before: 'a', publicationId: 'p' };
  expect([versionAt(undefined, 0), versionAt(inForce, 999), versionAt(inForce, 1000)]).toEqual(['built-in', 'a', 'b']);
  expect(settingsAt(['x'], inForce, 2000)).toEqual({ enabledProfiles: ['x'], amendment: 'b' });
  expect(settingsAt(['x'], { ...inForce, version: 'built-in' }, 2000)).toEqual({ enabledProfiles: ['x'] });
});
