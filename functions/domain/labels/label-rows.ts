/**
 * What rows say together: monthly streams, regular wages, transfers between the owner's own accounts.
 *
 * Every rule looks at rows within `CONTEXT_DAYS` of the row it labels and no farther, on both sides. So a row's labels depend on
 * its neighbourhood alone and stay what they are when older rows fall out of sight.
 */
import { type Account, accountKey } from '../ledger/ledger.ts';
import { countUpTo, type Day, monthOf } from '../values/day.ts';
import { Found } from './label-reasons.ts';
import type { Labelled, LedgerRow } from './labelled-row.ts';
import { streamsIn } from './monthly-streams.ts';
import { CONTEXT_DAYS, type ReadRows } from './read-rows.ts';
import type { Labeller, RowLabels } from './row-labeller.ts';

/** Why each row bears the labels of its neighbourhood; undefined: it does not. */
type Given = {
  readonly internal: (string | undefined)[];
  readonly wage: (string | undefined)[];
  readonly monthly: Uint8Array;
};

/** What rows are labelled by: the labels by number, and the labeller of single rows. */
export type Labelling = { readonly labels: ReadonlyMap<string, number>; readonly labeller: Labeller };

/** Labels rows, given in ledger order. */
export function labelRows(rows: readonly LedgerRow[], labelling: Labelling): Labelled[] {
  const read = readRows(rows, labelling);
  const indexOf = (label: string) => labelling.labels.get(label);
  const internal = ownTransfers(read, indexOf('internal'), indexOf('savings'));
  const given = { internal, wage: wages(read, internal, indexOf('compensation')), monthly: streamsIn(read) };
  const labels = {
    internal: indexOf('internal'),
    savings: indexOf('savings'),
    wage: [indexOf('regular wage'), indexOf('salary')],
    monthly: indexOf('monthly'),
  };
  const labelled = new Array<Labelled>(rows.length);
  for (let at = 0; at < rows.length; at++) {
    const { day, account, row } = rows[at] as LedgerRow;
    const found = read.found[at] as RowLabels;
    const { otherLabels, party, country } = found;
    const isAlone = internal[at] === undefined && given.wage[at] === undefined && given.monthly[at] === 0;
    const own = isAlone ? found : joined(found, given, at, labels);
    labelled[at] = { day, account, row, labels: own.labels, reasons: own.reasons, otherLabels, party, country };
  }
  return labelled;
}

function readRows(rows: readonly LedgerRow[], { labeller }: Labelling): ReadRows {
  const numbers = new AccountNumbers();
  const count = rows.length;
  const found = new Array<RowLabels>(count);
  const day = new Int32Array(count);
  const amount = new Float64Array(count);
  const account = new Int32Array(count);
  for (let at = 0; at < count; at++) {
    const row = rows[at] as LedgerRow;
    found[at] = labeller.label(row);
    day[at] = row.day;
    amount[at] = row.row.amount;
    account[at] = numbers.of(row.account);
  }
  return { rows, found, day, amount, account, accounts: numbers.count };
}

type Label = number | undefined;

/** What a row says by itself goes first, unless it is a transfer of one's own: then only publisher and savings still count. */
function joined(
  own: RowLabels,
  { internal, wage, monthly }: Given,
  at: number,
  labels: { internal: Label; savings: Label; wage: readonly Label[]; monthly: Label },
): Found {
  const [transfer, pay] = [internal[at], wage[at]];
  const found = new Found();
  const give = (label: Label, reason: string | undefined) => {
    if (label !== undefined && reason !== undefined) found.add(label, reason);
  };
  for (let index = 0; index < own.labels.length; index++) {
    const [label, reason] = [own.labels[index] as number, own.reasons[index] as string];
    if (transfer === undefined || reason === 'publisher' || label === labels.savings) found.add(label, reason);
  }
  give(labels.internal, transfer);
  for (const label of labels.wage) give(label, pay);
  if (monthly[at] === 1) give(labels.monthly, 'a month apart');
  return found;
}

/** Accounts by number. Rows of a page share one object, so most need no key. */
class AccountNumbers {
  readonly #byObject = new Map<Account, number>();
  readonly #byKey = new Map<string, number>();
  #last: Account | undefined;
  #number = 0;

  get count(): number {
    return this.#byKey.size;
  }

  of(account: Account): number {
    if (account !== this.#last) {
      this.#last = account;
      this.#number = this.#byObject.get(account) ?? this.#numberOf(account);
    }
    return this.#number;
  }

  #numberOf(account: Account): number {
    const key = accountKey(account);
    const number = this.#byKey.get(key) ?? this.#byKey.size;
    this.#byKey.set(key, number);
    this.#byObject.set(account, number);
    return number;
  }
}

const TRANSFER_DAYS = 3;

/** A debit of one account and a credit of another one of the owner, of one amount, a few days apart at most. */
function ownTransfers(read: ReadRows, internal: Label, savings: Label): (string | undefined)[] {
  const { rows, day, amount, account, accounts, found } = read;
  const reasons = new Array<string | undefined>(rows.length).fill(undefined);
  if (accounts < 2) return reasons;
  const ibanOf = (at: number) => (rows[at] as LedgerRow).account.iban;
  const partyIbanOf = (at: number) => (rows[at] as LedgerRow).row.partyIban;
  const currencyOf = (at: number) => (rows[at] as LedgerRow).account.currency;
  const isPlain = (at: number) =>
    (found[at] as RowLabels).labels.every((label) => label === internal || label === savings);
  const isOtherHalf = (at: number, other: number) => {
    if (account[other] === account[at] || currencyOf(other) !== currencyOf(at)) return false;
    const partyIban = partyIbanOf(other);
    if (partyIban !== undefined) return partyIban === ibanOf(at);
    // Without any IBAN named, two shops' payments may cancel out by chance: neither side may be something else.
    return isPlain(at) && isPlain(other);
  };
  const ofAmount = groupedBy(rows.keys(), (at) => amount[at]);
  const ofIban = groupedBy(rows.keys(), ibanOf);
  for (const at of rows.keys()) {
    if (amount[at] === 0) continue;
    const on = day[at] as Day;
    const partyIban = partyIbanOf(at);
    if (partyIban !== undefined && partyIban !== ibanOf(at)) {
      // Another account than the owner's own, when one is named: then equal amounts are chance.
      const own = ofIban.get(partyIban);
      if (own && someWithin(own, day, on - CONTEXT_DAYS, on + CONTEXT_DAYS)) reasons[at] = 'own account';
      continue;
    }
    const opposite = ofAmount.get(-(amount[at] as number));
    if (
      opposite &&
      someWithin(opposite, day, on - TRANSFER_DAYS, on + TRANSFER_DAYS, (other) => isOtherHalf(at, other))
    ) {
      reasons[at] = 'matching transfer on own account';
    }
  }
  return reasons;
}

const WAGE_MONTHS = 3;
/** "Most months": of the months from the first to the last pay in sight. */
const WAGE_SHARE = 0.6;

/** Pay for work is a regular wage and a salary where one employer pays in most months. */
function wages(
  { rows, found, day }: ReadRows,
  internal: readonly (string | undefined)[],
  compensation: Label,
): (string | undefined)[] {
  const reasons = new Array<string | undefined>(rows.length).fill(undefined);
  if (compensation === undefined) return reasons;
  const paid: number[] = [];
  for (let at = 0; at < rows.length; at++) {
    // A transfer of one's own counts as a pay day all the same: what made it one may lie out of sight of the wages beside it.
    const { labels, party } = found[at] as RowLabels;
    if (labels.includes(compensation) && party.name !== '') paid.push(at);
  }
  for (const payments of groupedBy(paid, (at) => (found[at] as RowLabels).party.name).values()) {
    const days = [...new Set(payments.map((at) => day[at] as Day))];
    for (const at of payments) {
      if (internal[at] !== undefined) continue;
      const inSight = days.filter((other) => Math.abs(other - (day[at] as Day)) <= CONTEXT_DAYS);
      const months = new Set(inSight.map(monthOf));
      const span = monthOf(inSight.at(-1) as Day) - monthOf(inSight[0] as Day) + 1;
      if (months.size < WAGE_MONTHS || months.size < WAGE_SHARE * span) continue;
      reasons[at] = `same employer in ${months.size} of ${span} months`;
    }
  }
  return reasons;
}

/** Rows by a key, each group in ledger order; rows without a key are left out. */
function groupedBy<Key>(rows: Iterable<number>, keyOf: (at: number) => Key | undefined): Map<Key, number[]> {
  const groups = new Map<Key, number[]>();
  for (const at of rows) {
    const key = keyOf(at);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(at);
    else groups.set(key, [at]);
  }
  return groups;
}

/** Whether any row of a group, of a day between two days, both included, is as wanted. */
function someWithin(
  group: readonly number[],
  day: Int32Array,
  from: Day,
  to: Day,
  wanted?: (at: number) => boolean,
): boolean {
  const first = countUpTo(from - 1, group.length, (at) => day[group[at] as number] as Day);
  for (let at = first; at < group.length; at++) {
    const row = group[at] as number;
    if ((day[row] as Day) > to) return false;
    if (!wanted || wanted(row)) return true;
  }
  return false;
}
