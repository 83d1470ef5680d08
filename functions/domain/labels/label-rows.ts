/**
 * What rows say together: monthly streams, regular wages, transfers between the owner's own accounts.
 *
 * Every rule looks at rows within `CONTEXT_DAYS` of the row it labels and no farther, on both sides. So a row's labels depend on its
 * neighbourhood alone and do not change when older rows leave the window.
 */
import { type Account, accountKey } from '../ledger/ledger.ts';
import { type Day, monthOf } from '../values/day.ts';
import { Found, PUBLISHER } from './label-reasons.ts';
import type { Labelled, LedgerRow, RowLabels } from './labelled-row.ts';
import { languagesOf } from './languages.ts';
import { streamsIn } from './monthly-streams.ts';
import { withOwnLabels } from './own-rules.ts';
import { ownTransfers } from './own-transfers.ts';
import { NEIGHBOUR_DAYS, type ReadRows } from './read-rows.ts';
import { reversalsIn } from './reversals.ts';
import type { Labeller, Texts } from './row-labeller.ts';

/** Why each row has the labels of its neighbourhood; undefined: it has not. */
type Given = {
  readonly internal: (string | undefined)[];
  readonly wage: (string | undefined)[];
  readonly monthly: Uint8Array;
  readonly reversed: Uint8Array;
};

/** What money that comes back may be labelled; how it was paid says nothing. */
const COMES_BACK_AS = ['refund', 'payment processor', 'online', 'foreign', 'internal', 'bank'];
/** What an employer or an office may have to take back. */
const TAKEN_BACK_PAY = ['compensation', 'pension', 'welfare', '500+', 'scholarship'];

/** What rows are labelled by: the labels by number, and the labeller of single rows. */
export type Labelling = { readonly labels: ReadonlyMap<string, number>; readonly labeller: Labeller };

/** Labels rows, given in ledger order. */
export function labelRows(rows: readonly LedgerRow[], labelling: Labelling): Labelled[] {
  const read = readRows(rows, labelling);
  const indexOf = (label: string) => labelling.labels.get(label);
  const indicesOf = (names: readonly string[]) => new Set(names.flatMap((name) => indexOf(name) ?? []));
  const internal = ownTransfers(read, {
    plain: indicesOf(['internal', 'savings']),
    creditCard: indexOf('credit card'),
    cardBill: indicesOf(['credit card', 'repayment', 'internal', 'bank']),
    exchange: indexOf('currency exchange'),
  });
  const reversed = reversalsIn(read, { back: indicesOf(COMES_BACK_AS), pay: indicesOf(TAKEN_BACK_PAY) });
  const given = {
    internal,
    wage: wages(read, internal, indexOf('compensation')),
    monthly: streamsIn(read),
    reversed,
  };
  const labels = {
    internal: indexOf('internal'),
    savings: indexOf('savings'),
    reversed: indexOf('reversed'),
    refund: indexOf('refund'),
    wage: [indexOf('regular wage'), indexOf('salary')],
    monthly: indexOf('monthly'),
  };
  const labelled = new Array<Labelled>(rows.length);
  for (let at = 0; at < rows.length; at++) {
    const { day, account, row } = rows[at]!;
    const found = read.found[at]!;
    const { otherLabels, party, country } = found;
    const isAlone =
      internal[at] === undefined && given.wage[at] === undefined && given.monthly[at] === 0 && reversed[at] === 0;
    const all = isAlone ? found : joined(found, given, at, labels);
    const { labels: last, reasons } = isAlone || !found.own ? all : withOwnLabels(all, found.own);
    labelled[at] = { day, account, row, labels: last, reasons, otherLabels, party, country };
  }
  return labelled;
}

function readRows(rows: readonly LedgerRow[], { labeller }: Labelling): ReadRows {
  const numbers = new AccountNumbers();
  const count = rows.length;
  const texts = new Array<Texts>(count);
  const day = new Int32Array(count);
  const amount = new Float64Array(count);
  const account = new Int32Array(count);
  for (let at = 0; at < count; at++) {
    const row = rows[at]!;
    texts[at] = labeller.read(row);
    day[at] = row.day;
    amount[at] = row.row.amount;
    account[at] = numbers.of(row.account);
  }
  const spoken = languagesOf(rows, texts, account, labeller.places);
  const found = rows.map((row, at) => labeller.label(row, texts[at], spoken[at]));
  return { rows, found, day, amount, account, accounts: numbers.count };
}

type Label = number | undefined;

/**
 * What a row says by itself goes first, unless it is a transfer of one's own: then only publisher and savings still count; or it was taken
 * back: then only publisher and refund do.
 */
function joined(
  own: RowLabels,
  { internal, wage, monthly, reversed }: Given,
  at: number,
  labels: Record<'internal' | 'savings' | 'reversed' | 'refund' | 'monthly', Label> & { wage: readonly Label[] },
): Found {
  const [transfer, pay] = [internal[at], wage[at]];
  const isReversed = transfer === undefined && reversed[at] === 1;
  const found = new Found();
  const give = (label: Label, reason: string | undefined) => {
    if (label !== undefined && reason !== undefined) found.add(label, reason);
  };
  for (let index = 0; index < own.labels.length; index++) {
    const [label, reason] = [own.labels[index]!, own.reasons[index]!];
    const stays = transfer !== undefined ? label === labels.savings : !isReversed || label === labels.refund;
    if (stays || reason === PUBLISHER) found.add(label, reason);
  }
  give(labels.internal, transfer);
  if (isReversed) {
    give(labels.reversed, 'taken back');
    return found;
  }
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

const WAGE_MONTHS = 3;
/** "Most months": of the months from the first to the last known pay. */
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
    // A transfer of one's own counts as a pay day all the same: what made it one may be outside the window of the wages beside it.
    const { labels, party } = found[at]!;
    if (labels.includes(compensation) && party.name !== '') paid.push(at);
  }
  for (const payments of groupedBy(paid, (at) => found[at]!.party.name).values()) {
    const days = [...new Set(payments.map((at) => day[at]!))];
    const reasonOf = new Map(payReasons(days).map((reason, index) => [days[index], reason]));
    for (const at of payments) if (internal[at] === undefined) reasons[at] = reasonOf.get(day[at]!);
  }
  return reasons;
}

/** For each pay day of one employer, in order, why its pay is regular; undefined: it is not. */
function payReasons(days: readonly Day[]): (string | undefined)[] {
  /** How many months with a pay day start before or in that of each pay day. */
  const monthsUpTo: number[] = [];
  for (const [at, day] of days.entries()) {
    const isSameMonth = at > 0 && monthOf(day) === monthOf(days[at - 1]!);
    monthsUpTo.push((monthsUpTo[at - 1] ?? 0) + (isSameMonth ? 0 : 1));
  }
  let [first, last] = [0, 0];
  return days.map((day) => {
    while (days[first]! < day - NEIGHBOUR_DAYS) first++;
    while (last + 1 < days.length && days[last + 1]! <= day + NEIGHBOUR_DAYS) last++;
    const months = monthsUpTo[last]! - monthsUpTo[first]! + 1;
    const span = monthOf(days[last]!) - monthOf(days[first]!) + 1;
    if (months < WAGE_MONTHS || months < WAGE_SHARE * span) return undefined;
    return `same employer in ${months} of ${span} months`;
  });
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
