/** Statements as they are compared in tests: days as text, an account as its number. */
import { formatDay } from '../../../functions/domain/values/day.ts';
import type { Reader, ReadOptions, Statement } from '../../../functions/readers/statement.ts';

export const NOW = Date.UTC(2026, 10, 29);

export function readPlainly(reader: Reader, content: string | Uint8Array, options: Partial<ReadOptions> = {}) {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const { statements, warnings, ...file } = reader.read(bytes, { now: NOW, ...options });
  return { ...file, statements: statements.map(plain), warnings };
}

export function plain({ account, currencyName, transactions, wholeDays, opening, closing }: Statement) {
  return {
    account: 'iban' in account ? account.iban : `id ${account.accountId}`,
    currencyName,
    ...(wholeDays && {
      wholeDays: wholeDays.from <= wholeDays.to ? `${formatDay(wholeDays.from)} to ${formatDay(wholeDays.to)}` : 'none',
    }),
    ...(opening && { opening: `${formatDay(opening.on)} ${opening.amount}` }),
    ...(closing && { closing: `${formatDay(closing.on)} ${closing.amount}` }),
    transactions,
  };
}

/** A booked row. */
export function row(bookedOn: string, currencyAmount: string, title: string, more = {}): Record<string, unknown> {
  return { bookedOn, currencyAmount, title, status: 'DONE', ...more };
}
