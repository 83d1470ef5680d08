/** Each preset reads an export in the form of its bank; names, numbers and amounts are invented. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import iconv from 'iconv-lite';
import { formatDay } from '../../../../functions/domain/values/day.ts';
import { csv } from '../../../../functions/readers/csv/csv.ts';
import { PRESETS } from '../../../../functions/readers/csv/presets/presets.ts';
import type { Statement } from '../../../../functions/readers/statement.ts';

type Export = {
  readonly bank: string;
  readonly encoding?: string;
  readonly options?: { readonly account?: string };
  readonly statements: unknown;
  readonly warnings: readonly string[];
};

const FOLDER = join(import.meta.dirname, 'exports');
const NAMES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.csv'))
  .map((name) => name.slice(0, -4));

function exportNamed(name: string): { bytes: Buffer; expected: Export } {
  const expected = JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as Export;
  const text = readFileSync(join(FOLDER, `${name}.csv`), 'utf8');
  return { bytes: iconv.encode(text, expected.encoding ?? 'utf-8'), expected };
}

function plain({ account, currencyName, transactions, wholeDays, opening, closing }: Statement) {
  return {
    account: 'iban' in account ? account.iban : `id ${account.accountId}`,
    currencyName,
    wholeDays:
      wholeDays && wholeDays.from <= wholeDays.to
        ? `${formatDay(wholeDays.from)} to ${formatDay(wholeDays.to)}`
        : 'none',
    ...(opening && closing && { balances: `${opening.amount} to ${closing.amount}` }),
    transactions,
  };
}

test.each(NAMES)('%s', (name) => {
  const { bytes, expected } = exportNamed(name);
  expect(csv.detect({ bytes: bytes.subarray(0, 8192), text: '' })).toBe(true);
  const file = csv.read(bytes, { now: Date.UTC(2026, 10, 29), ...expected.options });
  expect({ statements: file.statements.map(plain), warnings: file.warnings }).toEqual({
    statements: expected.statements,
    warnings: expected.warnings,
  });
});

test('every preset has an export that it reads', () => {
  const banks = new Set(NAMES.map((name) => exportNamed(name).expected.bank));
  const unread = PRESETS.map(({ bank, country }) => `${bank} ${country ?? ''}`.trim()).filter(
    (bank) => !banks.has(bank),
  );
  expect(unread).toEqual([]);
});
