/** How an owner's rows reach the service: one to four imports, by source, overlapping in whole days. */

import type { Ledger } from './ledger.ts';
import type { ImportedAccount, ImportMessage, Source, Transaction } from './life.ts';
import { isoOf, random } from './life.ts';

export type Piece = { source: Source; from: number; to: number; importedOn: number; pendingTail?: boolean };

const copyFor = (source: Source, row: Transaction, partyless: boolean): Transaction => {
  const { merchantCategoryCode, partyIban, transactionId, ...rest } = row;
  if (source === 'PDF') return partyless ? inOneText(rest) : rest;
  const partly: Transaction = partyIban === undefined ? rest : { ...rest, partyIban };
  if (source === 'OWNER_UPLOAD') return partly;
  return {
    ...partly,
    ...(merchantCategoryCode === undefined ? {} : { merchantCategoryCode }),
    ...(transactionId === undefined ? {} : { transactionId }),
  };
};

/** Like statements with one column of text: the party is in the title. */
function inOneText({ party, ...rest }: Transaction): Transaction {
  return party === undefined || rest.title.includes(party) ? rest : { ...rest, title: `${rest.title} ${party}`.trim() };
}

export function pieces(start: number, end: number, mode: number): Piece[] {
  const length = end - start;
  const at = (share: number): number => start + Math.round(length * share);
  if (length < 120)
    return mode % 2 === 0
      ? [{ source: 'AIS', from: start, to: end, importedOn: end }]
      : [
          { source: 'OWNER_UPLOAD', from: start, to: end - 10, importedOn: end - 9 },
          { source: 'AIS', from: end - 30, to: end, importedOn: end },
        ];
  switch (mode) {
    case 0:
      return [{ source: 'AIS', from: start, to: end, importedOn: end }];
    case 1:
      return [
        { source: 'PDF', from: start, to: at(0.7), importedOn: at(0.7) + 3 },
        { source: 'AIS', from: at(0.6), to: end, importedOn: end },
      ];
    case 2:
      return [
        { source: 'AIS', from: start, to: at(0.4), importedOn: at(0.4), pendingTail: true },
        { source: 'AIS', from: at(0.35), to: at(0.8), importedOn: at(0.8), pendingTail: true },
        { source: 'AIS', from: at(0.75), to: end, importedOn: end },
      ];
    case 3:
      return [
        { source: 'PDF', from: start, to: at(0.5), importedOn: at(0.5) + 5 },
        { source: 'OWNER_UPLOAD', from: at(0.3), to: end - 50, importedOn: end - 48 },
        { source: 'AIS', from: end - 89, to: end - 20, importedOn: end - 20, pendingTail: true },
        { source: 'AIS', from: end - 60, to: end, importedOn: end },
      ];
    default:
      return [{ source: 'OWNER_UPLOAD', from: start, to: end, importedOn: end }];
  }
}

export type Delivery = {
  clientId: string;
  ownerExternalId: string;
  seed: number;
  byAccountId?: boolean;
  partyless?: boolean;
};

export function deliver(ledger: Ledger, parts: readonly Piece[], delivery: Delivery): ImportMessage[] {
  const rng = random(delivery.seed);
  const rows = ledger.rows
    .map((row, n) => ({ row, n }))
    .sort((a, b) => a.row.day - b.row.day || a.n - b.n)
    .map(({ row }) => row);
  if (rng.chance(0.35))
    rows.forEach((row, n) => {
      row.transaction.transactionId = `T${String(row.day)}-${String(n + 1)}`;
    });
  return parts.map((part, n) => {
    const accounts = ledger.ibans.map((number, account): ImportedAccount => {
      const transactions = rows
        .filter((row) => row.account === account && row.day >= part.from && row.day <= part.to)
        .map((row) => {
          const copy = copyFor(part.source, row.transaction, delivery.partyless === true);
          return part.pendingTail === true && row.day >= part.to - 1 && copy.transactionOn !== undefined
            ? { ...copy, status: 'PENDING' as const }
            : copy;
        });
      return {
        ...(delivery.byAccountId === true ? { accountId: `acc-${number.slice(-10)}` } : { iban: number }),
        currencyName: ledger.currencies[account] ?? '',
        covers: { from: isoOf(part.from), to: isoOf(part.to) },
        transactions,
      };
    });
    const clock = `${String(rng.int(8, 21)).padStart(2, '0')}:${String(rng.int(0, 59)).padStart(2, '0')}:${String(rng.int(0, 59)).padStart(2, '0')}`;
    return {
      type: 'owner-import',
      version: 1,
      clientId: delivery.clientId,
      importId: `${delivery.ownerExternalId}-${String(n + 1)}`,
      ownerExternalId: delivery.ownerExternalId,
      source: part.source,
      importedAt: `${isoOf(part.importedOn)}T${clock}Z`,
      accounts,
    };
  });
}
