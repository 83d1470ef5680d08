/** Labels of single transactions against those that were given to them by hand (`evaluation/gold`). */
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import type { Catalogue } from '../../functions/domain/catalogue/catalogue.ts';
import { parseAmount } from '../../functions/domain/values/money.ts';
import { Tallies } from './scores.ts';

const goldLine = z.strictObject({
  country: z.string().length(2),
  currencyName: z.string().length(3),
  currencyAmount: z.string(),
  title: z.string(),
  party: z.string().optional(),
  kind: z.string().optional(),
  merchantCategoryCode: z.string().optional(),
  labels: z.array(z.string()),
  also: z.array(z.string()).default([]),
  merchant: z.enum(['listed', 'unlisted', 'none']),
  note: z.string().optional(),
});
export type GoldLine = z.infer<typeof goldLine>;

/** Labels that need other rows to be told; a line alone is not judged by them. */
const NEEDS_OTHER_ROWS = ['salary', 'regular wage', 'monthly'];

/** How a group of lines came out. `perfect`: all that is expected and nothing wrong. */
export type Lines = { lines: number; perfect: number; wrong: number; labelled: number };
export type GoldError = {
  readonly line: GoldLine;
  readonly missed: readonly string[];
  /** Label and the reason it was given for. */
  readonly wrong: readonly string[];
};
export type GoldResult = {
  readonly all: Lines;
  readonly merchants: ReadonlyMap<string, Lines>;
  readonly countries: ReadonlyMap<string, Lines>;
  readonly labels: Tallies;
  /** Lines that deserve a label and got none; lines that deserve none and got none, and how many these are. */
  readonly silent: number;
  readonly nothing: { readonly lines: number; readonly silent: number };
  readonly errors: readonly GoldError[];
};

export function readGold(file: URL): GoldLine[] {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => goldLine.parse(JSON.parse(line)));
}

export function measureGold(catalogue: Catalogue, lines: readonly GoldLine[]): GoldResult {
  const all = noLines();
  const merchants = new Map<string, Lines>();
  const countries = new Map<string, Lines>();
  const labels = new Tallies();
  const errors: GoldError[] = [];
  const nothing = { lines: 0, silent: 0 };
  let silent = 0;
  for (const line of lines) {
    const reasons = labelsOf(catalogue, line);
    const given = [...reasons.keys()].filter((label) => !NEEDS_OTHER_ROWS.includes(label));
    const expected = line.labels.filter((label) => !NEEDS_OTHER_ROWS.includes(label));
    const missed = expected.filter((label) => !given.includes(label));
    const wrong = given.filter((label) => !expected.includes(label) && !line.also.includes(label));
    labels.add(given, expected, line.also);
    for (const group of [all, groupOf(merchants, line.merchant), groupOf(countries, line.country)]) {
      group.lines++;
      if (missed.length + wrong.length === 0) group.perfect++;
      if (wrong.length > 0) group.wrong++;
      if (given.length > 0) group.labelled++;
    }
    if (expected.length === 0) nothing.lines++;
    if (given.length === 0) {
      if (expected.length === 0) nothing.silent++;
      else silent++;
    }
    if (missed.length + wrong.length > 0) {
      errors.push({ line, missed, wrong: wrong.map((label) => `${label} (${reasons.get(label)})`) });
    }
  }
  return { all, merchants, countries, labels, silent, nothing, errors };
}

/** A line stands alone: its account is one of its country, and nothing else is known of it. */
function labelsOf(catalogue: Catalogue, line: GoldLine): ReadonlyMap<string, string> {
  const amount = parseAmount(line.currencyAmount, line.currencyName);
  if (typeof amount === 'string') throw new Error(`amount of a gold line: ${amount}`);
  const { title, party, kind, merchantCategoryCode } = line;
  const row = {
    amount,
    title,
    ...(party !== undefined && { party }),
    ...(kind !== undefined && { kind }),
    ...(merchantCategoryCode !== undefined && { merchantCategoryCode }),
  };
  const account = { iban: `${line.country}00`, currency: line.currencyName };
  const { labels, reasons } = catalogue.labeller.label({ day: 0, account, row });
  return new Map(labels.map((label, index) => [catalogue.labelNames[label] as string, reasons[index] as string]));
}

function noLines(): Lines {
  return { lines: 0, perfect: 0, wrong: 0, labelled: 0 };
}

function groupOf(groups: Map<string, Lines>, name: string): Lines {
  const group = groups.get(name) ?? noLines();
  groups.set(name, group);
  return group;
}
