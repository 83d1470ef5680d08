/** Rules of labelling as the labeller uses them: labels by number, lists as sets. */
import type { Meaning, Side } from './meaning.ts';
import type { Field, WordRule } from './rules.ts';

export type Family = 'brand' | 'word' | 'weak' | 'gateway';

/** A rule as it is stored; what it looks for beside its patterns is given by the numbers of clues. */
export type StoredRule = Omit<WordRule, 'words' | 'weak' | 'with' | 'unless'> & {
  readonly family: Family;
  readonly payee?: boolean | undefined;
  /** A brand whose pattern is one word of everyday language. */
  readonly isOrdinary?: boolean | undefined;
  /** A brand whose pattern is a given name. */
  readonly isFirstName?: boolean | undefined;
  /** A rail that is called by a short code: it counts in texts with an asterisk behind a word. */
  readonly beforeAsterisk?: boolean | undefined;
  readonly with?: readonly number[] | undefined;
  readonly unless?: readonly number[] | undefined;
};

export type CompiledRule = {
  readonly family: Family;
  /** Whether it is of words, surer or weak. */
  readonly isWord: boolean;
  /** Whether it is a brand whose name may well mean something else: one word of everyday language, or what needs a payee. */
  readonly isOrdinary: boolean;
  /** Whether it is a brand whose name is a given name. */
  readonly isFirstName: boolean;
  /** Whether it is meant only as who was paid. */
  readonly isPayee: boolean;
  /** Whether it is meant only where nothing else is said. */
  readonly isAlone: boolean;
  /** Whether it is meant only where an asterisk follows a word. */
  readonly isBeforeAsterisk: boolean;
  /** The brand's name, which is the counterparty's too; otherwise the pattern or the gateway. */
  readonly name: string;
  readonly reason: string;
  readonly in: Side | undefined;
  readonly out: Side | undefined;
  /** The kinds of all that it says, whichever way the money goes. */
  readonly kinds: number;
  readonly countries: ReadonlySet<string> | undefined;
  readonly with: ReadonlySet<number> | undefined;
  readonly unless: ReadonlySet<number> | undefined;
  readonly fields: readonly Field[] | undefined;
  readonly atLeastCents: number;
  readonly atMostCents: number;
  readonly dependsOnAmount: boolean;
};

export const GATEWAY_LABEL = 'payment processor';
/** A rule of words that gives nothing and counts in these fields alone names a counter of services. */
const FIELDS_OF_SERVICE = 'title party';

/** What rules of other names have in common. */
export type Unnamed = Omit<CompiledRule, 'name' | 'reason'>;

export function compileRule(from: StoredRule, meaning: Meaning): Unnamed {
  const isService = from.family === 'word' && from.field?.join(' ') === FIELDS_OF_SERVICE;
  const sideOf = (labels: readonly string[] | undefined) =>
    labels && (isService && labels.length === 0 ? meaning.service : meaning.sideOf(labels));
  const [inwards, outwards] = [sideOf(from.in), sideOf(from.out)];
  const [atLeastCents, atMostCents] = [(from.atLeast ?? 0) * 100, (from.atMost ?? Number.POSITIVE_INFINITY) * 100];
  return {
    family: from.family,
    isWord: from.family === 'word' || from.family === 'weak',
    isOrdinary: from.isOrdinary === true || from.payee === true,
    isFirstName: from.isFirstName === true,
    isPayee: from.payee === true,
    isAlone: from.alone === true,
    isBeforeAsterisk: from.beforeAsterisk === true,
    in: inwards,
    out: outwards,
    kinds: (inwards?.kinds ?? 0) | (outwards?.kinds ?? 0),
    countries: from.countries && new Set(from.countries),
    with: from.with && new Set(from.with),
    unless: from.unless && new Set(from.unless),
    fields: from.field,
    atLeastCents,
    atMostCents,
    dependsOnAmount: atLeastCents > 0 || atMostCents < Number.POSITIVE_INFINITY,
  };
}

/** @param called the brand or the gateway; words have no name of their own, but the pattern that was found */
export function withName(rule: Unnamed, called: string): CompiledRule {
  const { family } = rule;
  const name = rule.isWord ? `"${called}"` : called;
  return { ...rule, name, reason: `${family === 'weak' ? 'word' : family} ${name}` };
}
