/** One explanation of the API as text: the verdict, each condition, and the transactions behind it. */
import { mark, safe, styled, table } from './terminal.ts';

/** As the API returns it; an older service may leave out every field but `profile`. */
export type Explanation = {
  profile: string;
  title?: string;
  applies?: boolean;
  judged?: boolean;
  /** While it applies: the last day on which its entering rule held. */
  enteredOn?: string | null;
  /** While it applies: since when, and the first day on which it would end without new data. */
  since?: string | null;
  endsOn?: string | null;
  summary?: string;
  missing?: readonly string[];
  wouldChange?: string | null;
  wouldKeep?: string | null;
  conditions?: readonly Condition[];
};
export type Condition = {
  part?: string;
  path?: string;
  feature?: string;
  window?: string | null;
  operator?: string;
  threshold?: unknown;
  value?: unknown;
  verdict?: boolean;
  on?: string;
  transactions?: readonly Evidence[];
  transactionsOmitted?: number;
};
type Evidence = {
  bookedOn?: string;
  currencyAmount?: string;
  currencyName?: string;
  title?: string;
  party?: string | null;
  labels?: readonly string[];
  reasons?: Readonly<Record<string, unknown>>;
};

export const SIGNS: Readonly<Record<string, string>> = {
  atLeast: '≥',
  atMost: '≤',
  below: '<',
  above: '>',
  between: 'within',
};
/** A bound in words. */
const BOUNDS: Readonly<Record<string, (bound: string) => string>> = {
  atLeast: (bound) => `${bound} or more`,
  atMost: (bound) => `${bound} or less`,
  below: (bound) => `less than ${bound}`,
  above: (bound) => `more than ${bound}`,
  between: (bound) => `between ${bound}`,
};
const PARTS: Readonly<Record<string, string>> = { needs: 'needs', enter: 'to get it', stay: 'to keep it' };

/** The purpose of a condition. */
export function partWords({ part = '' }: Condition): string {
  return PARTS[part] ?? safe(part);
}

export function explained(explanation: Explanation, withTransactions: boolean): string {
  const lines = [headOf(explanation)];
  if (explanation.summary) lines.push(`  ${safe(explanation.summary)}`);
  const shown = new Set<string>();
  let part: string | undefined;
  let open: readonly string[] = [];
  for (const condition of explanation.conditions ?? []) {
    if (condition.part !== part) {
      part = condition.part;
      open = [];
      if (part) lines.push(styled('dim', `  ${partWords(condition)}`));
    }
    const groups = groupsOf(condition);
    groups.forEach((group, depth) => {
      if (group !== open[depth]) lines.push(styled('dim', `    ${INDENT.repeat(depth)}${wordOf(group)}`));
    });
    open = groups;
    const indent = `    ${INDENT.repeat(groups.length)}`;
    lines.push(indent + conditionOf(condition));
    if (withTransactions) lines.push(...evidenceOf(condition, shown, `${indent}  `));
  }
  for (const sentence of explanation.missing ?? []) lines.push(styled('yellow', `  missing: ${safe(sentence)}`));
  if (explanation.wouldChange) lines.push(styled('yellow', `  would change it: ${safe(explanation.wouldChange)}`));
  if (explanation.wouldKeep) lines.push(styled('yellow', `  would keep it: ${safe(explanation.wouldKeep)}`));
  return lines.join('\n');
}

/** The transactions behind an explanation, each list once, under the number of the first condition that has it. */
export function evidenceIn({ conditions = [] }: Explanation, indent: string): string[] {
  const shown = new Set<string>();
  return conditions.flatMap((condition) => {
    if (!condition.transactions?.length || shown.has(JSON.stringify(condition.transactions))) return [];
    const number = safe(condition.feature) + overOf(condition);
    return [`${indent}behind ${number}`, ...evidenceOf(condition, shown, indent)];
  });
}

const INDENT = '  ';
const WORDS: Readonly<Record<string, string>> = { any: 'any of', all: 'all of', not: 'not' };

/**
 * The groups that contain a condition, outermost first: `enter.any[1].all[0]` is in `any` and in `any[1].all`. An
 * outermost `all` is the default, so it is not named.
 */
function groupsOf({ path = '', part }: Condition): string[] {
  const steps = path.split('.').filter((step, index) => step !== '' && !(index === 0 && step === part));
  return steps.flatMap((step, depth) => {
    const kind = step.replace(/\[\d+\]$/, '');
    if (!(kind in WORDS) || (depth === 0 && kind === 'all')) return [];
    return [...steps.slice(0, depth), kind].join('.');
  });
}

function wordOf(group: string): string {
  return WORDS[group.split('.').at(-1) ?? ''] ?? '';
}

function headOf({ profile, title, applies, judged, enteredOn, since, endsOn }: Explanation): string {
  const name = styled('bold', safe(profile)) + (title ? ` (${safe(title)})` : '');
  if (judged === false) return `${styled('yellow', '?')} ${name}: not judged, too little data`;
  if (applies !== true) return `${mark(false)} ${name}: does not apply`;
  const parts = [
    since ? `applies since ${safe(since)}` : 'applies',
    enteredOn && `last qualified on ${safe(enteredOn)}`,
    endsOn && `it ends on ${safe(endsOn)} without new data`,
  ];
  return `${mark(true)} ${name}: ${parts.filter(Boolean).join(', ')}`;
}

function conditionOf(condition: Condition): string {
  const date = condition.on ? styled('dim', ` on ${safe(condition.on)}`) : '';
  return `${mark(isAsNeeded(condition))} ${conditionWords(condition)}${date}`;
}

/** Whether a condition is as the profile needs it: inside a `not` it must not hold. */
export function isAsNeeded(condition: Condition): boolean {
  return (condition.verdict === true) !== isNegated(condition);
}

function isNegated(condition: Condition): boolean {
  return groupsOf(condition).filter((group) => group.endsWith('not')).length % 2 === 1;
}

/** `pets.months over 180d: 4 ≥ 3`, or `pets.months over 180d: 0, needs 3 or more`: an unmet condition must not read as a false formula. */
export function conditionWords(condition: Condition): string {
  const { feature, operator, threshold, value, verdict } = condition;
  const bound = safe(Array.isArray(threshold) ? threshold.map(String).join(' to ') : threshold);
  const name = `${safe(feature)}${overOf(condition)}: ${value == null ? 'no value' : safe(value)}`;
  const words = BOUNDS[operator ?? '']?.(bound) ?? `${safe(operator)} ${bound}`;
  if (isNegated(condition)) return `${name}, ${verdict === true ? 'must not be' : 'not'} ${words}`;
  if (verdict === true) return `${name} ${SIGNS[operator ?? ''] ?? safe(operator)} ${bound}`;
  return `${name}, needs ${words}`;
}

function overOf({ window }: Condition): string {
  return window ? ` over ${safe(window)}` : '';
}

/** Conditions on one label have the same transactions: they are shown once. */
function evidenceOf(
  { transactions = [], transactionsOmitted = 0 }: Condition,
  shown: Set<string>,
  indent: string,
): string[] {
  if (transactions.length === 0) return [];
  const content = JSON.stringify(transactions);
  if (shown.has(content)) return [indent + styled('dim', 'the same transactions as above')];
  shown.add(content);
  const rows = transactions.map((row) => [
    safe(row.bookedOn),
    `${safe(row.currencyAmount)} ${safe(row.currencyName)}`.padStart(14),
    safe([row.title, row.party].filter(Boolean).join(' · ')),
    (row.labels ?? []).map((label) => labelOf(label, row.reasons)).join(', '),
  ]);
  const lines = [table(['booked', 'amount', 'title · party', 'labels'], rows, indent)];
  if (transactionsOmitted > 0) lines.push(indent + styled('dim', `and ${transactionsOmitted} more`));
  return lines;
}

function labelOf(label: string, reasons: Readonly<Record<string, unknown>> | undefined): string {
  const reason = reasons?.[label];
  if (reason === undefined || reason === null) return safe(label);
  return `${safe(label)} (${safe(typeof reason === 'string' ? reason : JSON.stringify(reason))})`;
}
