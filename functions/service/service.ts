/** What every use of the service stands on. */
import type { BuiltInCatalogue } from '../adapters/built-in-catalogue.ts';
import type { Clock } from '../adapters/clock.ts';
import type { OwnerKey, OwnerStore } from '../adapters/owner-store.ts';
import { isEnabled, versionFor } from '../domain/catalogue.ts';
import type { ClientSettings } from '../domain/client.ts';
import { type Day, dayOfInstant, type Month, monthOf } from '../domain/day.ts';
import type { DerivationInput } from '../domain/derive.ts';
import { READ_DAYS, rowsOf } from '../domain/derive.ts';
import type { Page } from '../domain/page.ts';

export type Service = {
  readonly store: OwnerStore;
  readonly catalogue: BuiltInCatalogue;
  readonly clock: Clock;
  readonly ownerKey: (clientId: string, ownerExternalId: string) => OwnerKey;
  /** Months that a page is kept after the month it holds. */
  readonly retentionMonths: number;
  /** Waits a random time up to so many milliseconds; the timer of this process when absent. */
  readonly pause?: (longestMs: number) => Promise<void>;
};

/** The day it is, in UTC. */
export function today(service: Service): Day {
  return dayOfInstant(service.clock());
}

/** Months before this one are past their retention: readers ignore them, whether they are deleted already or not. */
export function firstKeptMonth(service: Service): Month {
  return monthOf(today(service)) - service.retentionMonths;
}

/** The months that a derivation for a day reads; the next one holds rows that banks book ahead. */
export function monthsRead(service: Service, day: Day): { from: Month; to: Month } {
  return { from: Math.max(monthOf(day - READ_DAYS + 1), firstKeptMonth(service)), to: monthOf(day) + 1 };
}

export function derivationInput(
  service: Service,
  settings: ClientSettings,
  pages: readonly Page[],
  dataFrom: Day | null,
): DerivationInput {
  const catalogue = service.catalogue.load();
  const definitions = catalogue.definitions.filter(({ document }) => isEnabled(document, settings));
  return { catalogue, definitions, rows: rowsOf(pages), dataFrom };
}

export function catalogueVersion(service: Pick<Service, 'catalogue'>, settings: ClientSettings): string {
  return versionFor(service.catalogue.version, settings);
}
