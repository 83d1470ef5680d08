/** Files in the shape of reports from the field, which are stored beside the project: without them there is nothing to test here. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { joinStatements } from '../../../functions/readers/join-statements.ts';
import { readStatements } from '../../../functions/readers/reader.ts';
import { NOW } from './reading.ts';

const DATA = join(import.meta.dirname, '../../../../shared/data/field-cases');
const there = existsSync(DATA);
if (!there) console.warn(`skipped: there are no field cases in ${DATA}`);

/** Files given together, then each account with its days and its rows: day, amount, title, party, the other account. */
const CASES: readonly (readonly [string[], ...unknown[]])[] = [
  [
    ['f05-mt940-pages-page2.sta', 'f05-mt940-pages-page1.sta'],
    [
      'DE89370400440532013000',
      '2026-06-01',
      '2026-06-30',
      [
        ['2026-06-02', '-10.00', 'Futter', 'ZOOPLUS SE', undefined],
        ['2026-06-03', '-20.00', 'Streu', 'ZOOPLUS SE', undefined],
        ['2026-06-03', '-30.00', 'Strom Abschlag', 'STADTWERKE MUSTERHAUSEN', undefined],
      ],
    ],
  ],
  [
    ['c01-camt-utc-period-june.xml', 'c01-camt-utc-period-may.xml'],
    [
      'DE89370400440532013000',
      '2026-05-01',
      '2026-05-31',
      [['2026-05-31', '-45.00', 'Hundefutter Mai', 'FUTTERHAUS SEEROSE', undefined]],
    ],
    [
      'DE89370400440532013000',
      '2026-06-01',
      '2026-06-30',
      [['2026-06-10', '-5.00', 'Parkgebuehr', undefined, undefined]],
    ],
  ],
  [
    ['c04-camt-entry-other-currency.xml'],
    [
      'CH9300762011623852957',
      '2026-06-01',
      '2026-06-30',
      [['2026-06-05', '-109.35', 'Zimmer 4', 'Berghotel Enzian', undefined]],
    ],
  ],
  [
    ['f02-mt940-february-30.sta'],
    [
      'DE64120300000001234567',
      '2026-02-28',
      '2026-03-03',
      [
        ['2026-03-02', '-6.90', 'Kontofuehrung Februar', undefined, undefined],
        ['2026-03-03', '-12.10', 'Stadtbuecherei Gebuehr', 'STADTBUECHEREI SUED', undefined],
      ],
    ],
  ],
  [
    ['f22-mt940-86-benm-ordp-lines.sta'],
    [
      '300000002770001',
      '2026-06-01',
      '2026-06-30',
      [
        [
          '2026-06-02',
          '-42.50',
          'Tierfutter Juni 160309522 Rechnung 11/2026',
          'FUTTERHAUS SEEROSE GMBH HAFENSTR 3',
          '300000000000133',
        ],
      ],
    ],
  ],
  [
    ['f29-mt940-blank-before-type.sta'],
    [
      'DE85250400660123456789',
      '2026-06-01',
      '2026-06-30',
      [['2026-06-08', '-12.35', 'SONSTIGE GRUENDE', 'MUSTER', undefined]],
    ],
  ],
  [
    ['f31-mt940-same-account-named-a.sta', 'f31-mt940-same-account-named-b.sta', 'f31-mt940-same-account-named-d.sta'],
    [
      'DE89370400440532013000',
      '2026-06-01',
      '2026-06-30',
      [['2026-06-02', '-42.50', 'Tierfutter', 'FUTTERHAUS SEEROSE', undefined]],
    ],
  ],
  [
    ['f32-mt940-ing-pl-two-86-fields.sta'],
    [
      'PL61109010140000071219812874',
      '2026-09-01',
      '2026-09-30',
      [
        [
          '2026-09-02',
          '-49.99',
          'ZAKUP KARMY DLA PSA ZAMOWIENIE 4711',
          'SKLEP ZOOLOGICZNY LAPKA UL. KWIATOWA 1',
          'PL27114020040000300201355387',
        ],
      ],
    ],
  ],
  [
    ['u17-camt052-whole-period.xml'],
    [
      'DE89370400440532013000',
      '2026-06-01',
      '2026-06-30',
      [['2026-06-15', '-20.00', 'Baeckerei, gebucht 15.06. 00:30 Berlin', undefined, undefined]],
    ],
  ],
];

(there ? describe : describe.skip)('cases from the field', () => {
  test.each(CASES)('%j', (names, ...expected) => {
    const files = names.map((name) => readStatements(readFileSync(join(DATA, name)), { now: NOW }));
    const { imports, warnings } = joinStatements(files);
    const accounts = imports.flatMap((each) => each.accounts);
    expect(
      accounts.map(({ iban, accountId, covers, transactions }) => [
        iban ?? accountId,
        covers?.from,
        covers?.to,
        transactions.map((row) => [row.bookedOn, row.currencyAmount, row.title, row.party, row.partyIban]),
      ]),
    ).toEqual(expected);
    expect(warnings).toEqual([]);
  });
});
