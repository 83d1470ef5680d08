/** The effect of an erasure on changes that were not published yet. */
import { announce, NOTHING_ANNOUNCED, published } from '../../../../functions/domain/profiles/change.ts';

const facts = (id: string, cause: 'import' | 'time' | 'erasure') => ({
  ...{ id, ownerExternalId: 'o', at: 0, asOf: 20_000, catalogueVersion: 'v', cause },
});
const entered = announce(NOTHING_ANNOUNCED, ['parent', 'tenant'], facts('a', 'import'));

test('an erasure says that the list is empty where only what waits would have said so', () => {
  const waits = announce(published(entered, new Set(['a'])), [], facts('b', 'time'));
  const erased = announce(waits, [], facts('c', 'erasure'));
  expect(erased).toEqual({
    ...{ profiles: [], sequence: 3, erased: { upTo: 3, kept: 3 } },
    pending: [{ ...facts('c', 'erasure'), sequence: 3, entered: [], left: ['parent', 'tenant'], profiles: [] }],
  });
  // Repeated, it adds nothing, published or not.
  expect(announce(erased, [], facts('d', 'erasure'))).toEqual(erased);
  const told = published(erased, new Set(['c']));
  expect(announce(told, [], facts('d', 'erasure'))).toEqual(told);
});

test('it says nothing where the list was empty and all was published', () => {
  const left = announce(published(entered, new Set(['a'])), [], facts('b', 'time'));
  const erased = announce(published(left, new Set(['b'])), [], facts('c', 'erasure'));
  expect(erased).toEqual({ profiles: [], sequence: 2, pending: [], erased: { upTo: 2, kept: 0 } });
  expect(announce(NOTHING_ANNOUNCED, [], facts('c', 'erasure'))).toEqual(NOTHING_ANNOUNCED);
});
