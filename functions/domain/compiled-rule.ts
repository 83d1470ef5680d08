/** Rules of labelling as the labeller uses them: patterns compiled, labels sorted by what they say. */
import { Patterns } from './patterns.ts';
import type { Field, WordRule } from './rules.ts';

export type Family = 'brand' | 'word' | 'weak' | 'gateway';

/** What a rule gives for money that goes one way. */
export type Side = {
  /** Labels that say what the row is. */
  readonly says: readonly string[];
  /** Labels that say how it was paid: they join whatever else the row is. */
  readonly qualifies: readonly string[];
  /** What is not meant where this is found, and what is not meant where the same text says it. */
  readonly hides: ReadonlySet<string>;
  readonly hidesBeside: ReadonlySet<string>;
};

export type CompiledRule = {
  readonly family: Family;
  /** The brand's name, which is the counterparty's too; otherwise the pattern or the gateway. */
  readonly name: string;
  readonly reason: string;
  readonly in: Side | undefined;
  readonly out: Side | undefined;
  readonly countries: ReadonlySet<string> | undefined;
  readonly with: Patterns<true> | undefined;
  readonly unless: Patterns<true> | undefined;
  readonly fields: readonly Field[] | undefined;
  readonly atLeastCents: number;
  readonly atMostCents: number;
};

export const GATEWAY_LABEL = 'payment processor';
const NOTHING: readonly string[] = [];
const QUALIFIERS: ReadonlySet<string> = new Set([GATEWAY_LABEL, 'online', 'foreign', 'verification']);

/** Places that have a café or a kitchen. */
const EATEN_IN: readonly string[] = [
  ...['culture', 'leisure', 'healthcare', 'education', 'sport', 'fitness', 'religion', 'hobby', 'furniture'],
];

/** Where both are found, the first is meant: a gift to a parish is no charity, a charger at a filling station sells no fuel. */
const MEANT_BEFORE: Readonly<Record<string, readonly string[]>> = {
  religion: ['charity'],
  zus: ['insurance', 'healthcare'],
  'social insurance': ['insurance', 'healthcare'],
  mortgage: ['repayment', 'loan', 'bank'],
  'credit card': ['repayment', 'bank'],
  leasing: ['repayment'],
  'late payment': ['bank', 'fee', 'interest', 'fine'],
  'debt collection': ['late payment', 'repayment'],
  bailiff: ['late payment', 'tax'],
  veterinary: ['healthcare', 'pets'],
  'ev charging': ['fuel', 'parking', 'car service', 'utilities'],
  'second hand': ['apparel', 'charity'],
  press: ['grocery'],
  dividend: ['investment', 'bank'],
  interest: ['bank', 'savings'],
  'currency exchange': ['investment', 'bank'],
  loan: ['investment', 'bank'],
  alimony: ['pension', 'welfare'],
  '500+': ['zus', 'social insurance', 'tax'],
  pension: ['zus', 'social insurance', 'tax'],
  welfare: ['zus', 'social insurance', 'tax'],
  'car service': ['fuel'],
  insurance: ['healthcare', 'airline', 'travel agency', 'pets', 'car service'],
  'shared mobility': ['public transport', 'rail and coach'],
  'car rental': ['airline', 'car service'],
  gambling: ['press', 'leisure'],
  books: ['cafe', 'education', 'culture'],
  education: ['culture', 'hobby'],
  childcare: ['education'],
};

/** What stands inside or beside a place of another kind, where one text names both: the car park of a hospital. */
const INSIDE: Readonly<Record<string, readonly string[]>> = {
  parking: [
    ...['healthcare', 'education', 'culture', 'leisure', 'rail and coach', 'public transport', 'airline', 'sport'],
    ...['car service', 'accommodation', 'religion', 'grocery'],
  ],
  cafe: EATEN_IN,
  restaurant: [...EATEN_IN, 'accommodation', 'gardening'],
  'fast food': [...EATEN_IN, 'rail and coach', 'fuel'],
  accommodation: ['religion', 'leisure', 'gardening'],
  pharmacy: ['healthcare', 'education', 'leisure'],
  optician: ['healthcare', 'education', 'pharmacy'],
  fitness: ['education', 'sport', 'leisure', 'healthcare'],
  childcare: ['religion', 'education', 'healthcare'],
  education: ['religion', 'sport'],
  books: ['religion', 'restaurant'],
  gifts: ['culture', 'healthcare', 'religion', 'leisure'],
  culture: ['leisure', 'education'],
  sport: ['education'],
};

/** What a counter of services (copies, keys, laundry, post, a notary) is not, whatever stands beside or in its name. */
export const NOT_A_SERVICE: ReadonlySet<string> = new Set([
  ...[
    'education',
    'culture',
    'religion',
    'leisure',
    'healthcare',
    'hobby',
    'sport',
    'rail and coach',
    'public transport',
  ],
  ...[
    'diy',
    'furniture',
    'electronics',
    'apparel',
    'grocery',
    'utilities',
    'gardening',
    'car service',
    'beauty',
    'books',
  ],
  ...['kids', 'gifts', 'press', 'airline', 'charity', 'childcare'],
]);
/** A rule of words that gives nothing and counts in these fields alone names such a service. */
const FIELDS_OF_SERVICE = 'title party';

export function compileRule(family: Family, name: string, from: Omit<WordRule, 'words'>): CompiledRule {
  const isService = family === 'word' && from.field?.join(' ') === FIELDS_OF_SERVICE;
  return {
    family,
    name,
    reason: reasonOf(family, name),
    in: from.in && sideOf(from.in, isService),
    out: from.out && sideOf(from.out, isService),
    countries: from.countries && new Set(from.countries),
    with: from.with && patternsOf(from.with),
    unless: from.unless && patternsOf(from.unless),
    fields: from.field,
    atLeastCents: (from.atLeast ?? 0) * 100,
    atMostCents: (from.atMost ?? Number.POSITIVE_INFINITY) * 100,
  };
}

export function withName(rule: CompiledRule, name: string): CompiledRule {
  return { ...rule, name, reason: reasonOf(rule.family, name) };
}

function reasonOf(family: Family, name: string): string {
  return `${family === 'weak' ? 'word' : family} ${name}`;
}

function patternsOf(texts: readonly string[]): Patterns<true> {
  const patterns = new Patterns<true>();
  for (const text of texts) patterns.add(text, true);
  return patterns;
}

/** Most rules give one of a hundred combinations of labels: each stands once. */
const SIDES = new Map<string, Side>();
const SERVICE: Side = { says: [], qualifies: [], hides: NOT_A_SERVICE, hidesBeside: NOT_A_SERVICE };

/** The labels that are not meant where a text says these. */
export function hiddenBy(labels: readonly string[]): ReadonlySet<string> {
  return new Set(labels.flatMap((label) => [...(MEANT_BEFORE[label] ?? NOTHING), ...(INSIDE[label] ?? NOTHING)]));
}

function sideOf(labels: readonly string[], isService: boolean): Side {
  if (isService && labels.length === 0) return SERVICE;
  const key = labels.join('|');
  const side = SIDES.get(key) ?? {
    says: labels.filter((label) => !QUALIFIERS.has(label)),
    qualifies: labels.filter((label) => QUALIFIERS.has(label)),
    hides: new Set(labels.flatMap((label) => MEANT_BEFORE[label] ?? NOTHING)),
    hidesBeside: hiddenBy(labels),
  };
  SIDES.set(key, side);
  return side;
}
