/** Labels of single transactions against those given by hand (`evaluation/gold`). */
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import type { Catalogue } from '../../functions/domain/catalogue/catalogue.ts';
import { parseAmount } from '../../functions/domain/values/money.ts';
import { NORDIC } from '../lives/vocabulary.ts';
import { evidenceOf, type WeakWords } from './evidence.ts';
import { Tallies } from './scores.ts';

const goldLine = z.strictObject({
  country: z.string().length(2),
  shape: z.string().optional(),
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

/** Countries whose languages and brands the catalogue had before it was extended to others. */
const COVERED_FIRST = ['PL', 'CZ', 'SK', 'LT', 'LV', 'EE', 'DE', 'ES', 'PT', 'RO', 'GB'];

/** How lines are grouped: each gives the name of a line's group. */
export const GROUPINGS = {
  merchant: ({ merchant }: GoldLine) => merchant,
  country: ({ country }: GoldLine) => country,
  coverage: ({ country }: GoldLine) =>
    COVERED_FIRST.includes(country)
      ? 'covered before'
      : NORDIC.some((one) => one === country)
        ? 'Nordic'
        : 'the seven new',
  shape: ({ shape }: GoldLine) => shape ?? 'not marked',
} as const;
export type Grouping = keyof typeof GROUPINGS;

/** Labels that depend on other rows; a line alone is not judged by them. */
const NEEDS_OTHER_ROWS = ['salary', 'regular wage', 'monthly'];

/** The result of a group of lines. `perfect`: all that is expected and nothing wrong. */
export type Lines = { lines: number; perfect: number; wrong: number; labelled: number };
export type GoldError = {
  readonly line: GoldLine;
  readonly missed: readonly string[];
  /** Label and the reason it was given for. */
  readonly wrong: readonly string[];
};
export type GoldResult = {
  readonly all: Lines;
  readonly groups: Readonly<Record<Grouping, ReadonlyMap<string, Lines>>>;
  readonly labels: Tallies;
  /** By the kind of evidence of each label that was given: how many are right, how many wrong. */
  readonly evidence: Tallies;
  /** Lines that deserve a label and got none; lines that deserve none and got none, and how many these are. */
  readonly silent: number;
  readonly nothing: { readonly lines: number; readonly silent: number };
  readonly errors: readonly GoldError[];
};

export function readGold(file: URL): GoldLine[] {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => goldLine.parse(JSON.parse(line)));
}

/** The files of gold lines; the first lines and those in the shapes of real feeds have separate figures. */
export const GOLD_FILES = {
  open: { open: 'open.jsonl', 'open feeds': 'open-feeds.jsonl' },
  sealed: { sealed: 'sealed.jsonl', 'sealed feeds': 'sealed-feeds.jsonl' },
} as const;

/** The gold lines of a file beside `gold/README.md`. */
export function goldLines(file: string): GoldLine[] {
  return readGold(new URL(`../gold/${file}`, import.meta.url));
}

/** @param weak the patterns of weak words, to separate them from words as evidence; without them all are words */
export function measureGold(catalogue: Catalogue, lines: readonly GoldLine[], weak: WeakWords = new Set()): GoldResult {
  const all = noLines();
  const groups: Record<Grouping, Map<string, Lines>> = {
    merchant: new Map(),
    country: new Map(),
    coverage: new Map(),
    shape: new Map(),
  };
  const labels = new Tallies();
  const evidence = new Tallies();
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
    for (const label of given) {
      const tally = evidence.of(evidenceOf(reasons.get(label)!, weak));
      if (wrong.includes(label)) tally.wrong++;
      else tally.hits++;
    }
    const own = (Object.keys(groups) as Grouping[]).map((by) => groupOf(groups[by], GROUPINGS[by](line)));
    for (const group of [all, ...own]) {
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
  return { all, groups, labels, evidence, silent, nothing, errors };
}

/** A line is judged alone: its account is one of its country, and nothing else is known of it. */
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
  return new Map(labels.map((label, index) => [catalogue.labelNames[label]!, reasons[index]!]));
}

function noLines(): Lines {
  return { lines: 0, perfect: 0, wrong: 0, labelled: 0 };
}

function groupOf(groups: Map<string, Lines>, name: string): Lines {
  const group = groups.get(name) ?? noLines();
  groups.set(name, group);
  return group;
}
