/** Owners as input of a derivation, built in memory. */

import { parseImportMessage } from '../../functions/contracts/import/parse-import.ts';
import type { Catalogue } from '../../functions/domain/catalogue/catalogue.ts';
import { interpretImport } from '../../functions/domain/ledger/import.ts';
import type { Import } from '../../functions/domain/ledger/ledger.ts';
import { firstBookedDay, joinPages, type Page } from '../../functions/domain/ledger/page.ts';
import { type DerivationInput, rowsOf } from '../../functions/domain/profiles/derive.ts';
import { builtIn } from './catalogue.ts';
import { distinctOwners } from './distinct-owners.ts';
import { NOW } from './owners.ts';

export function importOf(message: unknown): Import {
  const { value, faults } = parseImportMessage(message);
  if (!value) throw new Error(JSON.stringify(faults));
  const read = interpretImport({ ...value, accounts: value.accounts ?? [] }, NOW);
  if (!read.import) throw new Error(JSON.stringify(read.faults));
  return read.import;
}

export function pagesOfOwner(message: unknown): readonly Page[] {
  return joinPages([], [importOf(message)], { erasedAt: 0, firstMonth: 0 }).pages;
}

export function inputOf(pages: readonly Page[], catalogue: Catalogue = builtIn()): DerivationInput {
  return {
    catalogue,
    definitions: catalogue.definitions,
    rows: rowsOf(pages),
    dataFrom: firstBookedDay(pages) ?? null,
  };
}

/** Owners of several countries, each with this many rows within the days that a derivation reads. */
export function derivationInputs(owners: number, rows: number): DerivationInput[] {
  return distinctOwners(owners, rows).map((message) => inputOf(pagesOfOwner(message)));
}
