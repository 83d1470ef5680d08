/** Tables of more owners than are written at a time, read back. */
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { tableOf } from '../../../../functions/adapters/segments/tables.ts';
import { FoundOwners, openSlice } from '../../../../functions/domain/segments/snapshot-slice.ts';

const OWNERS = 5003;
const FEATURE = { name: 'all.count', window: 30, unit: 'transactions' } as const;
const KEY = 'all.count/30d';

test('every owner is one row, in the order of ids, whatever groups the rows are written in', async () => {
  const found = new FoundOwners(['parent', 'tenant'], [KEY]);
  const expected = Array.from({ length: OWNERS }, (_, number) => ({
    ownerExternalId: `loan-${String((number * 4999) % OWNERS).padStart(5, '0')}`,
    profiles: number % 3 === 0 ? ['parent', 'tenant'] : number % 2 === 0 ? ['tenant'] : [],
    notJudged: number % 5 === 0 ? ['parent'] : [],
    [KEY]: number % 7 === 0 ? null : number,
  }));
  for (const { ownerExternalId: id, profiles, notJudged, [KEY]: value } of expected) {
    found.add({ id, profiles, notJudged, values: [value as number | null], erasedAt: 0 });
  }
  const slice = openSlice(found.pack({ failed: 0, sum: '0' }));
  expected.sort((a, b) => (a.ownerExternalId < b.ownerExternalId ? -1 : 1));

  const { rows, body } = tableOf(slice, [FEATURE], 'parquet');
  const file = body.slice().buffer as ArrayBuffer;
  expect([rows, parquetMetadata(file).row_groups.length]).toEqual([OWNERS, 2]);
  expect(await parquetReadObjects({ file })).toEqual(expected);
  const { body: sql } = tableOf(slice, [FEATURE], 'sql');
  expect(await parquetReadObjects({ file: sql.slice().buffer as ArrayBuffer })).toEqual(
    expected.map(({ [KEY]: value, ...one }) => ({ ...one, all_count_30d: value })),
  );
  const lines = Buffer.from(tableOf(slice, [FEATURE], 'csv').body)
    .toString()
    .split('\r\n');
  expect(lines).toEqual([
    `ownerExternalId,profiles,notJudged,${KEY}`,
    ...expected.map((one) =>
      [one.ownerExternalId, one.profiles.join(';'), one.notJudged.join(';'), one[KEY] ?? ''].join(','),
    ),
    '',
  ]);
});
