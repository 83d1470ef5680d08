/** Tests of functions/contracts/runs/sql-columns.ts. */
import { sqlColumn, sqlFeatures, sqlName } from '../../../../functions/contracts/runs/sql-columns.ts';

test('features whose columns would have one name are left out', () => {
  const features = ['a|b.count', 'a without b.count', 'a_b.count', 'pets.count'].map((name) => ({ name, window: 30 }));
  expect(features.map(sqlName)).toEqual(['a_b_count_30d', 'a_without_b_count_30d', 'a_b_count_30d', 'pets_count_30d']);
  expect(sqlFeatures(features)).toEqual([features[1], features[3]]);
});

test.each([
  ['cafe.count 180d', 'cafe_count_180d', 'int'],
  [' rail without foreign|fine.largest/30d ', 'rail_without_foreign_fine_largest_30d', 'double'],
  ['owner.savingsRate 90d', 'owner_savingsrate_90d', 'double'],
  ['owner.history', 'owner_history', 'int'],
])('%s is a column', (text, name, type) => {
  expect(sqlColumn(text)).toEqual({ name, type });
});

test.each([
  ...['', 'count 30d', '.count 30d', 'Cafe.count 30d', 'cafe|.count 30d', 'cafe.median 30d'],
  ...['cafe.count', 'cafe.count 0d', 'cafe.count 366d', 'owner.history 30d', 'owner.savingsRate'],
])('"%s" is no feature', (text) => {
  expect(sqlColumn(text)).toBeUndefined();
});
