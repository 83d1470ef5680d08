/** Rows of generated lives have little beside their texts; open-banking interfaces send more of each. */

import type { ImportMessage, Transaction } from '../../evaluation/lives/life.ts';
import { hasRightCheckDigits } from '../../functions/domain/ledger/iban.ts';

/** The same import with an id and a status for every row, and the IBAN of every party. */
export function withFullRows(message: ImportMessage): ImportMessage {
  const ibans = new Map<string, string>();
  const ibanOf = (party: string) => {
    const iban = ibans.get(party) ?? germanIban(ibans.size);
    ibans.set(party, iban);
    return iban;
  };
  const full = (row: Transaction, index: number): Transaction => ({
    ...row,
    status: 'DONE',
    transactionId: `${row.bookedOn}-${String(index).padStart(9, '0')}`,
    ...(row.party !== undefined && { partyIban: ibanOf(row.party) }),
  });
  const accounts = message.accounts.map((account) => ({ ...account, transactions: account.transactions.map(full) }));
  return { ...message, accounts };
}

function germanIban(number: number): string {
  const account = `37040044${String(532_013_000 + number).padStart(10, '0')}`;
  for (let check = 2; check < 99; check++) {
    const iban = `DE${String(check).padStart(2, '0')}${account}`;
    if (hasRightCheckDigits(iban)) return iban;
  }
  throw new Error(`no check digits fit ${account}`);
}
