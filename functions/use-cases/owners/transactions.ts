/** An owner's booked rows with their labels, page by page, newest first. Always labelled at once: what is asked seldom is not stored. */
import type { OwnerKey } from '../../adapters/owners/owner-key.ts';
import { bytesInAnswer, MOST_ANSWER_BYTES } from '../../contracts/http/answer-bytes.ts';
import { labelRows } from '../../domain/labels/label-rows.ts';
import type { Labelled } from '../../domain/labels/labelled-row.ts';
import { CONTEXT_DAYS } from '../../domain/labels/read-rows.ts';
import { withoutErased } from '../../domain/ledger/page.ts';
import { rowsOf } from '../../domain/profiles/derive.ts';
import type { TransactionsPage, TransactionsRequest } from '../../domain/profiles/owner-answer.ts';
import {
  beginningOf,
  daysBackwards,
  firstBehind,
  isAsked,
  type ListedTransaction,
  listed,
  type PlaceInDay,
  placeBehind,
} from '../../domain/profiles/transactions.ts';
import { type Day, firstDayOf, monthOf } from '../../domain/values/day.ts';
import { firstKeptMonth, type PagingService, type Service, today } from '../service/service.ts';
import { isKnown } from './known.ts';

/** Days that are labelled at once. */
const DAYS_AT_ONCE = 365;
const DEFAULT_DAYS = 365;
/** Rows that are labelled for one page: of a label that is seldom given, a page may hold fewer than are asked for. */
const MOST_ROWS_OF_A_PAGE = 30_000;

/** Undefined when the owner is not known; `cursor` when there is no such page of this owner. */
export async function ownerTransactions(
  service: PagingService,
  request: TransactionsRequest,
): Promise<TransactionsPage | 'cursor' | undefined> {
  const { clientId, settings, ownerExternalId } = request;
  const owner = service.ownerKey(clientId, ownerExternalId);
  const stored = await service.store.readAnswer(owner, { consistent: true });
  if (!isKnown(service, stored)) return undefined;
  const range = rangeOf(service, owner, request);
  if (!range) return 'cursor';
  const { base } = await service.catalogues.of(clientId, settings);
  const page = new PageOfRows(request, base.labelNames, base.labels);
  const first = Math.max(range.from, stored.dataFrom ?? range.place.day + 1, firstDayOf(firstKeptMonth(service)));
  let { place } = range;
  while (place.day >= first && !page.isFull) {
    const from = Math.max(first, place.day - DAYS_AT_ONCE + 1);
    const rows = await rowsAround(service, owner, stored.erasedAt, { from, to: place.day, latest: range.latest });
    place = page.add(labelRows(rows, base), from, place);
  }
  const cursor =
    place.day < first ? null : service.cursors.seal([range.from, ...Object.values(place)], sealedFor(owner));
  return { transactions: page.transactions, cursor, catalogueVersion: service.catalogues.versionFor(settings) };
}

type Range = {
  readonly from: Day;
  readonly place: PlaceInDay;
  /** Rows after this day are not known to the labels. */
  readonly latest: Day;
};

function rangeOf(
  service: PagingService,
  owner: OwnerKey,
  { from, to, cursor }: TransactionsRequest,
): Range | undefined {
  const latest = Math.max(to, today(service));
  if (cursor === undefined) return { from: from ?? to - DEFAULT_DAYS + 1, place: beginningOf(to), latest };
  const opened = service.cursors.open(cursor, sealedFor(owner));
  if (!Array.isArray(opened)) return undefined;
  const [began, day, account, row, ordinal] = opened;
  const place = day > to ? beginningOf(to) : { day, account, row, ordinal };
  return { from: from ?? began, place, latest };
}

function sealedFor({ clientId, hash }: OwnerKey): string {
  return `transactions ${clientId} ${hash}`;
}

/** The rows of some days with all that their labels depend on. */
async function rowsAround(
  service: Service,
  owner: OwnerKey,
  erasedAt: number,
  { from, to, latest }: { from: Day; to: Day; latest: Day },
) {
  const [first, last] = [from - CONTEXT_DAYS, Math.min(latest, to + CONTEXT_DAYS)];
  const firstMonth = Math.max(monthOf(first), firstKeptMonth(service));
  const pages = await service.store.readPages(owner, firstMonth, monthOf(last));
  return rowsOf(withoutErased(pages, erasedAt)).filter(({ day }) => day >= first && day <= last);
}

class PageOfRows {
  readonly transactions: ListedTransaction[] = [];
  isFull = false;
  readonly #request: TransactionsRequest;
  readonly #labelNames: readonly string[];
  readonly #label: number | undefined;
  #rows = 0;
  #bytes = 0;

  constructor(request: TransactionsRequest, labelNames: readonly string[], labels: ReadonlyMap<string, number>) {
    this.#request = request;
    this.#labelNames = labelNames;
    const { filter } = request;
    this.#label = typeof filter === 'object' ? labels.get(filter.label) : undefined;
  }

  /**
   * Adds what is asked for of the days from a place back to `from`.
   *
   * @returns where it ended: behind the last row added, or before the day before `from`
   */
  add(labelled: readonly Labelled[], from: Day, place: PlaceInDay): PlaceInDay {
    this.#rows += labelled.length;
    let last: PlaceInDay | undefined;
    for (const rows of daysBackwards(labelled)) {
      const { day } = rows[0]!;
      if (day > place.day || day < from) continue;
      for (let at = day === place.day ? firstBehind(rows, place) : 0; at < rows.length; at++) {
        if (!isAsked(rows[at]!, this.#request.filter, this.#label)) continue;
        // One more than fits: only then is there another page.
        if (this.isFull) return last!;
        const transaction = listed(rows[at]!, this.#labelNames);
        this.transactions.push(transaction);
        this.#bytes += bytesInAnswer(transaction);
        this.isFull = this.transactions.length >= this.#request.limit || this.#bytes >= MOST_ANSWER_BYTES;
        if (this.isFull) last = placeBehind(rows, at);
      }
    }
    this.isFull ||= this.#rows >= MOST_ROWS_OF_A_PAGE;
    return beginningOf(from - 1);
  }
}
