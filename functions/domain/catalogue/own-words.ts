/**
 * A client's own words: labels that the catalogue does not have, and rules that give labels and take built-in ones.
 *
 *     labels:
 *       - { id: golf, title: Golf, group: leisure }
 *     rules:
 *       - id: golf-clubs
 *         when: { words: ['club de golf', 'golfov*'], direction: out }
 *         give: [golf]
 *         take: [sport]
 */

import { SPECIAL_SETS } from '../features/feature.ts';
import { patternFault, patternsFault } from '../labels/own-patterns.ts';
import type { OwnRule } from '../labels/own-rule-index.ts';
import { withOwnRules } from '../labels/own-rules.ts';
import { normaliseIban } from '../ledger/iban.ts';
import { MOST_FAULTS } from '../ledger/import.ts';
import { compareCodePoints } from '../values/code-points.ts';
import type { Fault } from '../values/fault.ts';
import { nearest } from '../values/nearest.ts';
import type { Rates } from '../values/rates.ts';
import type { Catalogue } from './catalogue.ts';
import { type Comparison, compileAmount, meets } from './definition.ts';

export type OwnLabelDocument = {
  readonly id: string;
  readonly title: string;
  /** A built-in group. */
  readonly group: string;
};
/** Each field given must hold, of a list any one. */
export type OwnRuleWhen = {
  readonly words?: readonly string[] | undefined;
  readonly party?: readonly string[] | undefined;
  readonly iban?: readonly string[] | undefined;
  readonly merchantCategoryCode?: readonly string[] | undefined;
  readonly direction?: 'in' | 'out' | undefined;
  /** Of the absolute amount. */
  readonly amount?: Comparison<string> | undefined;
};
export type OwnRuleDocument = {
  readonly id: string;
  readonly when: OwnRuleWhen;
  readonly give?: readonly string[] | undefined;
  readonly take?: readonly string[] | undefined;
};
export type OwnWordsDocument = {
  readonly labels: readonly OwnLabelDocument[];
  readonly rules: readonly OwnRuleDocument[];
};

export const MOST_OWN_LABELS = 100;
export const MOST_OWN_RULES = 500;
/** Entries of all `words` and `party` together. */
export const MOST_OWN_WORDS = 20_000;

export type OwnWords = {
  /** The built-in catalogue with the client's labels and rules. */
  readonly catalogue: Catalogue;
  /** What does not hold; it is left out. */
  readonly faults: readonly Fault[];
};

/** The catalogue with a client's own words; the very same where there are none. */
export function withOwnWords(base: Catalogue, document: OwnWordsDocument): OwnWords {
  const { labels, rules } = document;
  if (labels.length === 0 && rules.length === 0) return { catalogue: base, faults: [] };
  const faults = new Faults();
  const names = namesWith(base, labels, faults);
  const own = rules.flatMap(
    (rule, index) => compileRule(rule, `rules[${index}]`, { ...names, rates: base.rates }, faults) ?? [],
  );
  const fault = patternsFault(rules.flatMap(({ when }) => [...(when.words ?? []), ...(when.party ?? [])]));
  if (fault !== undefined) faults.add('rules', fault);
  // One limit is of all rules together: where it is passed there is none to leave out alone.
  const tried = fault === undefined ? own.sort((a, b) => compareCodePoints(a.id, b.id)) : [];
  const { labeller, rates } = base;
  const catalogue = {
    ...base,
    labels: names.all,
    labelNames: [...base.labelNames, ...names.declared.keys()],
    groupOf: new Map([...labels.map(({ id, group }) => [id, group] as const), ...base.groupOf]),
    labeller: withOwnRules(labeller, tried, names.declared, rates),
  };
  return { catalogue, faults: faults.list };
}

/** The faults that keep own words from being published: invalid, duplicate, too many. */
export function ownWordsFaults(base: Catalogue, document: OwnWordsDocument): Fault[] {
  const { labels, rules } = document;
  const twice = [...repeated('labels', labels), ...repeated('rules', rules)];
  return [...withOwnWords(base, document).faults, ...twice, ...sizeFaults(labels, rules)];
}

type Names = {
  /** Label → index, those of the client behind the built-in ones. */
  readonly all: ReadonlyMap<string, number>;
  readonly builtIn: ReadonlyMap<string, number>;
  readonly declared: ReadonlyMap<string, number>;
};

/** Collects as many faults as an answer lists; for more the search for near names is not worth its time. */
class Faults {
  readonly list: Fault[] = [];

  add(path: string, message: string): undefined {
    if (this.list.length < MOST_FAULTS) this.list.push({ path, message });
  }

  unknown(path: string, what: string, name: string, names: Iterable<string>): undefined {
    if (this.list.length >= MOST_FAULTS) return;
    const near = nearest(name, names);
    this.add(path, `must be a known ${what}, and \`${name}\` is not${near ? `: did you mean \`${near}\`?` : ''}`);
  }
}

const RESERVED: readonly string[] = [...SPECIAL_SETS, 'owner'];

function namesWith(base: Catalogue, labels: readonly OwnLabelDocument[], faults: Faults): Names {
  const groups = new Set(base.groupOf.values());
  const all = new Map(base.labels);
  const declared = new Map<string, number>();
  for (const [index, { id, group }] of labels.entries()) {
    const path = `labels[${index}]`;
    if (!groups.has(group)) faults.unknown(`${path}.group`, 'group', group, groups);
    if (base.labels.has(id))
      faults.add(`${path}.id`, `must not be the built-in label \`${id}\`: rules may give it without a declaration`);
    else if (RESERVED.includes(id) || / without /.test(` ${id} `)) {
      faults.add(`${path}.id`, `must not be \`${id}\`, which means something else in the names of features`);
    } else if (!declared.has(id)) {
      declared.set(id, all.size);
      all.set(id, all.size);
    }
  }
  return { all, builtIn: base.labels, declared };
}

function compileRule(
  { id, when, give = [], take = [] }: OwnRuleDocument,
  path: string,
  names: Names & { readonly rates: Rates },
  faults: Faults,
): OwnRule | undefined {
  const before = faults.list.length;
  for (const field of ['words', 'party'] as const) {
    for (const [index, word] of (when[field] ?? []).entries()) {
      const fault = patternFault(word);
      if (fault !== undefined) faults.add(`${path}.when.${field}[${index}]`, fault);
    }
  }
  const iban = when.iban?.map(normaliseIban);
  for (const [index, account] of (iban ?? []).entries()) {
    if (!/^[A-Z0-9]{2,34}\*?$/.test(account)) {
      faults.add(`${path}.when.iban[${index}]`, 'must be an account number, or its first characters and a *');
    }
  }
  const compared = when.amount && compileAmount(when.amount, `${path}.when.amount`, names.rates);
  for (const { path: at, message } of compared?.faults ?? []) faults.add(at, message);
  const condition = compared?.comparison;
  if (Object.values(when).every((field) => field === undefined))
    faults.add(`${path}.when`, 'must have at least one field');
  if (give.length === 0 && take.length === 0) faults.add(path, 'must give or take a label');
  const given = numbersOf(give, `${path}.give`, names.all, faults);
  const taken = numbersOf(take, `${path}.take`, names.builtIn, faults, names.declared);
  if (faults.list.length > before || before >= MOST_FAULTS) return undefined;
  const { words, party, merchantCategoryCode, direction } = when;
  return {
    ...{ id, words, party, iban, merchantCategoryCode, direction, give: given, take: taken },
    amount: condition && ((cents) => meets(condition, cents)),
  };
}

function numbersOf(
  labels: readonly string[],
  path: string,
  known: ReadonlyMap<string, number>,
  faults: Faults,
  declared?: ReadonlyMap<string, number>,
): number[] {
  return labels.flatMap((label, index) => {
    const number = known.get(label);
    if (number !== undefined) return number;
    if (declared?.has(label)) faults.add(`${path}[${index}]`, `must be a built-in label: \`${label}\` is your own`);
    else faults.unknown(`${path}[${index}]`, 'label', label, known.keys());
    return [];
  });
}

function repeated(list: string, entries: readonly { readonly id: string }[]): Fault[] {
  const first = new Map<string, number>();
  return entries.flatMap(({ id }, index): Fault[] => {
    const known = first.get(id);
    if (known !== undefined)
      return [
        { path: `${list}[${index}].id`, message: `must be defined once, and "${id}" is at ${list}[${known}] too` },
      ];
    first.set(id, index);
    return [];
  });
}

function sizeFaults(labels: readonly OwnLabelDocument[], rules: readonly OwnRuleDocument[]): Fault[] {
  const words = rules.reduce((sum, { when }) => sum + (when.words?.length ?? 0) + (when.party?.length ?? 0), 0);
  const limited = (path: string, count: number, most: number, what: string): Fault[] =>
    count <= most ? [] : [{ path, message: `must not have more than ${most} ${what}, and has ${count}` }];
  return [
    ...limited('labels', labels.length, MOST_OWN_LABELS, 'labels'),
    ...limited('rules', rules.length, MOST_OWN_RULES, 'rules'),
    ...limited('rules', words, MOST_OWN_WORDS, 'words together'),
  ];
}
