/** Transfers between the owner's own accounts: the IBAN of another own account is named, or one amount leaves one and reaches another. */
import { countUpTo, type Day } from '../values/day.ts';
import type { LedgerRow, RowLabels } from './labelled-row.ts';
import { CONTEXT_DAYS, type ReadRows } from './read-rows.ts';

const TRANSFER_DAYS = 3;

/** Labels by their numbers. */
export type TransferLabels = {
  /** Those that the words of a transfer may give. */
  readonly plain: ReadonlySet<number>;
  readonly creditCard: number | undefined;
  /** Those that the words of a card's bill may give beside it. */
  readonly cardBill: ReadonlySet<number>;
  readonly exchange: number | undefined;
};

/** Why each row is a transfer of one's own; undefined: it is not. */
export function ownTransfers(read: ReadRows, labels: TransferLabels): (string | undefined)[] {
  const { rows, day, amount, account, accounts, found } = read;
  const reasons = new Array<string | undefined>(rows.length).fill(undefined);
  if (accounts < 2) return reasons;
  const accountOf = (at: number) => (rows[at] as LedgerRow).account;
  const partyIbanOf = (at: number) => (rows[at] as LedgerRow).row.partyIban;
  const { plain, creditCard, cardBill, exchange } = labels;
  const isPlain = (at: number) => {
    const own = (found[at] as RowLabels).labels;
    const isBill = creditCard !== undefined && own.includes(creditCard);
    return own.every((label) => (isBill ? cardBill : plain).has(label));
  };
  const ofIban = new Map<string, number[]>();
  for (let at = 0; at < rows.length; at++) {
    const { iban } = accountOf(at);
    if (iban !== undefined) listAt(ofIban, iban).push(at);
  }
  const halves = new Halves(read);
  for (let at = 0; at < rows.length; at++) {
    const partyIban = partyIbanOf(at);
    const { iban, currency } = accountOf(at);
    // Without any IBAN named, two shops' payments may cancel out by chance: neither side may be something else.
    if (partyIban === undefined) {
      if (isPlain(at)) halves.add(at, currency);
    } else if (partyIban !== iban && ofIban.has(partyIban)) halves.add(at, currency, partyIban);
  }
  for (let at = 0; at < rows.length; at++) {
    if (amount[at] === 0) continue;
    const on = day[at] as Day;
    const partyIban = partyIbanOf(at);
    const { iban, currency } = accountOf(at);
    if (partyIban !== undefined && partyIban !== iban) {
      // Another account than the owner's own, when one is named: then equal amounts are chance.
      const own = ofIban.get(partyIban);
      if (own && someWithin(own, day, on - CONTEXT_DAYS, on + CONTEXT_DAYS)) reasons[at] = 'own account';
    } else {
      const isOtherAccount = (other: number) => account[other] !== account[at];
      const isMatched = (half: readonly number[] | undefined) =>
        half !== undefined && someWithin(half, day, on - TRANSFER_DAYS, on + TRANSFER_DAYS, isOtherAccount);
      const opposite = -(amount[at] as number);
      if (
        (iban !== undefined && isMatched(halves.of(opposite, currency, iban))) ||
        (isPlain(at) && isMatched(halves.of(opposite, currency)))
      ) {
        reasons[at] = 'matching transfer on own account';
      }
    }
  }
  if (exchange !== undefined) markExchanges(read, exchange, reasons);
  return reasons;
}

/** Money that leaves one pocket and reaches another one of another currency within days, where both titles say that it was exchanged. */
function markExchanges(read: ReadRows, exchange: number, reasons: (string | undefined)[]): void {
  const { rows, day, amount, found } = read;
  const currencyOf = (at: number) => (rows[at] as LedgerRow).account.currency;
  const isHalf = (at: number) => (found[at] as RowLabels).labels.includes(exchange);
  /** By sign: of each day one row, and one more of another currency. */
  const halves = new Map<number, number[]>();
  for (let at = 0; at < rows.length; at++) {
    if (!isHalf(at)) continue;
    const list = listAt(halves, Math.sign(amount[at] as number));
    const ofDay = list.slice(-2).filter((other) => day[other] === day[at]);
    if (ofDay.length < 2 && ofDay.every((other) => currencyOf(other) !== currencyOf(at))) list.push(at);
  }
  for (let at = 0; at < rows.length; at++) {
    if (!isHalf(at)) continue;
    const on = day[at] as Day;
    const others = halves.get(-Math.sign(amount[at] as number)) ?? [];
    const isOther = (other: number) => currencyOf(other) !== currencyOf(at);
    if (someWithin(others, day, on - TRANSFER_DAYS, on + TRANSFER_DAYS, isOther)) {
      reasons[at] ??= 'exchange between own accounts';
    }
  }
}

/** Rows that may be one half of a transfer, by amount, currency and the IBAN that they name. */
class Halves {
  readonly #day: Int32Array;
  readonly #account: Int32Array;
  readonly #amount: Float64Array;
  readonly #lists = new Map<string, Map<number, number[]>>();

  constructor({ day, account, amount }: ReadRows) {
    this.#day = day;
    this.#account = account;
    this.#amount = amount;
  }

  /** Rows come in the order of days. Two of a day are enough, of different accounts: one of them is not that of the other half. */
  add(at: number, currency: string, iban = ''): void {
    const ofKey = this.#lists.get(currency + iban) ?? new Map<number, number[]>();
    this.#lists.set(currency + iban, ofKey);
    const list = listAt(ofKey, this.#amount[at] as number);
    const isOfDay = (row: number | undefined) => row !== undefined && this.#day[row] === this.#day[at];
    const last = list.at(-1);
    if (isOfDay(last) && (this.#account[last as number] === this.#account[at] || isOfDay(list.at(-2)))) return;
    list.push(at);
  }

  of(amount: number, currency: string, iban = ''): readonly number[] | undefined {
    return this.#lists.get(currency + iban)?.get(amount);
  }
}

function listAt<Key>(lists: Map<Key, number[]>, key: Key): number[] {
  const list = lists.get(key) ?? [];
  if (list.length === 0) lists.set(key, list);
  return list;
}

/** Whether any row of a list in ledger order, of a day between two days, both included, is as wanted. */
function someWithin(
  list: readonly number[],
  day: Int32Array,
  from: Day,
  to: Day,
  wanted?: (at: number) => boolean,
): boolean {
  const first = countUpTo(from - 1, list.length, (at) => day[list[at] as number] as Day);
  for (let at = first; at < list.length; at++) {
    const row = list[at] as number;
    if ((day[row] as Day) > to) return false;
    if (!wanted || wanted(row)) return true;
  }
  return false;
}
