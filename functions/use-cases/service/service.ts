/** What every use case needs. */

import type { ChangeFeed } from '../../adapters/changes/change-feed.ts';
import type { RefusedImports } from '../../adapters/imports/refused-imports.ts';
import type { OwnerKey } from '../../adapters/owners/owner-key.ts';
import type { OwnerStore } from '../../adapters/owners/owner-store.ts';
import type { SealedCursors } from '../../adapters/sealed-cursor.ts';
import type { AmendedCatalogue } from '../../domain/catalogue/amendment.ts';
import type { Page } from '../../domain/ledger/page.ts';
import type { DerivationInput } from '../../domain/profiles/derive.ts';
import { READ_DAYS, rowsOf } from '../../domain/profiles/derive.ts';
import { type Day, dayOfInstant, type Month, monthOf } from '../../domain/values/day.ts';
import type { Keeping } from '../../runtime/clock.ts';
import type { Catalogues } from './catalogues.ts';

/** Asks for a look whether an owner has changes to publish. */
export type Announcer = {
  /** In some minutes, when the writer that asks is done or dead. */
  readonly later: (owner: OwnerKey) => Promise<void>;
  readonly now: (owner: OwnerKey) => Promise<void>;
};

export type Service = Keeping & {
  readonly store: OwnerStore;
  readonly announcer: Announcer;
  readonly feed: Pick<ChangeFeed, 'blank'>;
  readonly refused: RefusedImports;
  readonly catalogues: Catalogues;
  readonly ownerKey: (clientId: string, ownerExternalId: string) => OwnerKey;
  /** Waits a random time up to so many milliseconds; the timer of this process when absent. */
  readonly pause?: (longestMs: number) => Promise<void>;
};

/** A service that pages by sealed cursors. */
export type PagingService = Service & { readonly cursors: SealedCursors };

/** The day it is, in UTC. */
export function today(service: Pick<Keeping, 'clock'>): Day {
  return dayOfInstant(service.clock());
}

/** Months before this one are past their retention: readers ignore them, whether they are deleted already or not. */
export function firstKeptMonth(service: Keeping): Month {
  return monthOf(today(service)) - service.retentionMonths;
}

/** The months that a derivation for a day reads; the next one holds rows that banks book ahead. */
export function monthsRead(service: Keeping, day: Day): { from: Month; to: Month } {
  return { from: Math.max(monthOf(day - READ_DAYS + 1), firstKeptMonth(service)), to: monthOf(day) + 1 };
}

/** All months that pages can be of: those far below and above every month that an import can name are among them. */
export function everyMonth(service: Pick<Keeping, 'clock'>): { from: Month; to: Month } {
  return { from: -1970 * 12, to: monthOf(today(service)) + 2 };
}

/** What is derived from: the rows of pages, under the definitions that are judged for a client. */
export function derivationInput(
  { base, judged }: Pick<AmendedCatalogue, 'base' | 'judged'>,
  pages: readonly Page[],
  dataFrom: Day | null,
): DerivationInput {
  return { catalogue: base, definitions: judged, rows: rowsOf(pages), dataFrom };
}
