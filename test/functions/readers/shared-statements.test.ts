import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { joinStatements } from '../../../functions/readers/join-statements.ts';
import { readerOf } from '../../../functions/readers/reader.ts';
import { accountsIn, fileOf, NOW } from './reading.ts';

/** Statements by others; they are stored beside the project, and without them there is nothing to test here. */
const DATA = join(import.meta.dirname, '../../../../shared/data');
const there = existsSync(DATA);
if (!there) console.warn(`skipped: there are no statements in ${DATA}`);

/** Format, then per account its name, first and last covered day, and how many transactions. */
const EXPECTED: Record<string, readonly [string, ...[string, string, string, number][]]> = {
  'kontobank/data-reply.xml': ['kontomatik-xml', ['PL69137013140000049678278112', '2022-11-26', '2023-05-23', 72]],
  'statements/mt940/betterplace_sepa_snippet.sta': [
    'mt940',
    ['50880050/0194787400888', '2007-09-04', '2007-09-04', 4],
    ['50880050/0194791600888', '2007-09-04', '2007-09-04', 7],
  ],
  'statements/mt940/cmxl_mt940.sta': [
    'mt940',
    ['DE98450500500076198810', '2013-10-17', '2013-10-17', 11],
    ['DE73100200300001234567', '2002-11-02', '2002-11-30', 2],
    ['BPHKPLPK/320000546101', '2003-10-03', '2003-10-19', 0],
  ],
  'statements/mt940/jejik_ing.sta': ['mt940', ['0001234567', '2010-07-23', '2010-07-23', 1]],
  'statements/mt940/jejik_knab.sta': [
    'mt940',
    ['123456789', '2014-05-08', '2014-05-08', 0],
    ['123456789', '2014-07-30', '2014-07-30', 0],
  ],
  'statements/mt940/mBank_mt940.sta': ['mt940'],
  // Their closing balance is dated before their only row, so its day is not shown to be whole.
  'statements/camt/genkgo_camt053.v2.minimal.xml': ['camt053'],
  'statements/camt/genkgo_camt053.v2.multi.statement.xml': ['camt053'],
  'statements/camt/genkgo_camt053.v4.xml': ['camt053'],
  'statements/camt/genkgo_camt053.v8.xml': ['camt053'],
};

(there ? describe : describe.skip)('statements of others', () => {
  test.each(Object.entries(EXPECTED))('%s', (file, [format, ...accounts]) => {
    const bytes = readFileSync(join(DATA, file));
    expect(readerOf(bytes).name).toBe(format);
    expect(
      accountsIn(format, bytes).map((account) => [
        account.iban ?? account.accountId,
        account.covers?.from,
        account.covers?.to,
        account.transactions.length,
      ]),
    ).toEqual(accounts);
  });

  test('the reply of Kontomatik names its owner and time', () => {
    const reply = readFileSync(join(DATA, 'kontobank/data-reply.xml'));
    const read = fileOf('kontomatik-xml', reply);
    const rows = accountsIn('kontomatik-xml', reply, { keepLabels: true })[0]?.transactions ?? [];
    expect(read.importedAt).toBe('2023-05-23T07:44:49Z');
    expect(read.ownerExternalId).toBe('kontomatik-27452a6f-3efc-4e17-b07e-6f0dc6225b27');
    expect([rows[0]?.bookedOn, rows.at(-1)?.bookedOn]).toEqual(['2022-11-26', '2023-05-23']);
    expect(rows.filter(({ labels }) => labels).length).toBe(67);
  });

  test.each([
    ['statements/mt940/mBank_mt942.sta', 3],
    ['statements/camt/genkgo_camt052.v6.xml', 1],
    ['statements/mt940/mBank_mt940.sta', 3],
    ['statements/camt/genkgo_camt053.v4.xml', 1],
  ])('every row of %s is sent or named as left out, and sent with --whole-days', (file, count) => {
    const bytes = readFileSync(join(DATA, file));
    const read = readerOf(bytes).read(bytes, { now: NOW });
    const sent = (wholeDays: boolean) =>
      joinStatements([read], { wholeDays })
        .imports.flatMap(({ accounts }) => accounts.map(({ transactions }) => transactions.length))
        .reduce((sum, rows) => sum + rows, 0);
    const leftOut = joinStatements([read]).warnings.reduce((sum, { rows = 0 }) => sum + rows, 0);
    expect([sent(false) + leftOut, sent(true)]).toEqual([count, count]);
  });
});
