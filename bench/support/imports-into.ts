/** Further imports of owners who have a history. */
import type { ImportMessage } from '../../evaluation/lives/life.ts';
import { LAST_DAY, messageOf, NOW, SEED, transactionsOf } from './owners.ts';

/** Bodies of imports of 50 rows of the last days into the account of each of these owners, each newer than the one before. */
export function importsInto(history: readonly ImportMessage[]): (owner: number) => string {
  const fifty = transactionsOf({ rows: 50, seed: SEED + 1, days: 15 });
  let second = 0;
  return (owner) => {
    const importedAt = new Date(NOW - 3_600_000 + ++second * 1000).toISOString();
    const own = history[owner];
    const message = messageOf(fifty, {
      ...(own && { ownerExternalId: own.ownerExternalId }),
      importId: `i${second}`,
      from: LAST_DAY - 14,
      importedAt,
    });
    return JSON.stringify({
      ...message,
      accounts: [
        { ...message.accounts[0], iban: own?.accounts[0]?.iban, currencyName: own?.accounts[0]?.currencyName },
      ],
    });
  };
}
