/** Labels of the transactions in a reply of Kontomatik against the labels that the reply itself has. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Catalogue } from '../../functions/domain/catalogue/catalogue.ts';
import { interpretImport } from '../../functions/domain/ledger/import.ts';
import { firstBookedDay, joinPages } from '../../functions/domain/ledger/page.ts';
import { columnsFor, rowsOf } from '../../functions/domain/profiles/derive.ts';
import { dayOfInstant } from '../../functions/domain/values/day.ts';
import { joinStatements } from '../../functions/readers/join-statements.ts';
import { kontomatikXml } from '../../functions/readers/kontomatik-xml.ts';
import { Tallies } from './scores.ts';

/** Where the reply is: beside the repository, because it is not part of it. */
const REPLY = new URL('../../../shared/data/kontobank/data-reply.xml', import.meta.url);

export type VendorError = {
  readonly title: string;
  readonly amount: string;
  readonly missed: readonly string[];
  readonly added: readonly string[];
};
export type VendorResult = {
  readonly rows: number;
  readonly labels: Tallies;
  readonly unknown: readonly string[];
  readonly errors: readonly VendorError[];
};

/** Undefined when there is no reply. Its own labels are removed before the service's labelling sees it. */
export function measureVendor(catalogue: Catalogue): VendorResult | undefined {
  if (!existsSync(REPLY)) return undefined;
  const file = kontomatikXml.read(readFileSync(fileURLToPath(REPLY)), { now: Date.UTC(2100, 0, 1), keepLabels: true });
  const expectedOf: string[][] = [];
  const joined = joinStatements([file]).imports.flatMap((each) => each.accounts);
  const accounts = joined.map((account) => ({
    ...account,
    transactions: account.transactions.map(({ labels = [], ...rest }) => {
      expectedOf.push([...labels]);
      return { ...rest, transactionId: String(expectedOf.length - 1) };
    }),
  }));
  const importedAt = Date.parse(file.importedAt ?? '2100-01-01T00:00:00Z');
  const message = { importId: '1', source: 'AIS' as const, importedAt: new Date(importedAt).toISOString(), accounts };
  const read = interpretImport(message, importedAt);
  if (!read.import) throw new Error(JSON.stringify(read.faults));
  const { pages } = joinPages([], [read.import], { erasedAt: 0, firstMonth: 0 });
  const dataFrom = firstBookedDay(pages) ?? null;
  const input = { catalogue, definitions: [], rows: rowsOf(pages), dataFrom };
  const labels = new Tallies();
  const unknown = new Set<string>();
  const errors: VendorError[] = [];
  for (const { row, labels: indices } of columnsFor(input, dayOfInstant(importedAt)).rows) {
    const asked = expectedOf[Number(row.transactionId)] ?? [];
    const expected = asked.filter((label) => catalogue.labels.has(label));
    for (const label of asked) if (!catalogue.labels.has(label)) unknown.add(label);
    const given = indices.map((index) => catalogue.labelNames[index]!);
    labels.add(given, expected);
    const missed = expected.filter((label) => !given.includes(label));
    const added = given.filter((label) => !expected.includes(label));
    if (missed.length + added.length > 0) {
      errors.push({ title: row.title, amount: (row.amount / 100).toFixed(2), missed, added });
    }
  }
  return { rows: expectedOf.length, labels, unknown: [...unknown].sort(), errors };
}
